"""How police and municipality judged the promise of 2022–2023: they agree on all but one point."""

from datetime import date

from sqlalchemy.orm import Session

from surveys.demo.approving import speaker
from surveys.demo.moments import at
from surveys.drafts.judgements import JudgementDraft
from surveys.models.judgement import CarryOver, Verdict
from surveys.models.municipality import Municipality
from surveys.models.party import Party
from surveys.models.promise import Promise
from surveys.services.progress.judgements import judge

JUDGED_ON = date(2024, 3, 12)

# party, point's number or None for the whole, verdict, reason, ground, what comes of it
_JUDGEMENTS: tuple[tuple[Party, int | None, Verdict, str, str, CarryOver | None], ...] = (
    (
        Party.POLICE,
        4,
        Verdict.KEPT,
        "Mötena blev av nästan varje vecka i två år. Sex måndagar var röda, och fyra uteblev.",
        "94 möten i loggen, av 104 veckor.",
        CarryOver.CONTINUE,
    ),
    (
        Party.MUNICIPALITY,
        4,
        Verdict.PARTLY_KEPT,
        "Löftet säger varje vecka. Fyra möten uteblev, och de röda måndagarna flyttades inte.",
        "94 möten i loggen, av 104 veckor.",
        CarryOver.CONTINUE,
    ),
    (
        Party.POLICE,
        5,
        Verdict.KEPT,
        "Alla fyra insatser blev av, och villkoret var uppfyllt varje gång.",
        "Fyra insatser i loggen, fem arbetsdagar.",
        CarryOver.CONTINUE,
    ),
    (
        Party.MUNICIPALITY,
        5,
        Verdict.KEPT,
        "Fyra av fyra insatser, med socialtjänsten på plats hela dagen.",
        "Fyra insatser i loggen, fem arbetsdagar.",
        CarryOver.CONTINUE,
    ),
    (
        Party.POLICE,
        None,
        Verdict.PARTLY_KEPT,
        "Det som gick att räkna är gjort. Två punkter säger inte hur mycket, och kan inte bedömas.",
        "Löftets punkter, loggen och rapporterna.",
        CarryOver.CHANGE,
    ),
    (
        Party.MUNICIPALITY,
        None,
        Verdict.PARTLY_KEPT,
        "Insatserna och genomgången är klara. Nästa löfte behöver mål som går att räkna.",
        "Löftets punkter, loggen och rapporterna.",
        CarryOver.CHANGE,
    ),
)


def judge_promise(session: Session, municipality: Municipality, promise: Promise) -> None:
    """Each party says how the promise and two of its points were kept."""
    points = {point.position: point.id for point in promise.points}
    now = at(JUDGED_ON, 10)
    for party, number, verdict, reason, ground, next_time in _JUDGEMENTS:
        draft = JudgementDraft(
            verdict=verdict,
            reason=reason,
            ground=ground,
            point_id=points[number] if number else None,
            carry_over=next_time,
        )
        account = speaker(session, municipality, party, now)
        judge(session, municipality, promise.slug, draft, account=account, now=now)
