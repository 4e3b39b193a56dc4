"""Söderhamn's promise for 2022 and 2023, retold, and what was reported on it (invented)."""

from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from surveys.demo.approving import approve_by_all
from surveys.demo.moments import at
from surveys.demo.owners import owner_of
from surveys.demo.plan_2022 import ENDS_ON, POLICE_ROLE, ROLE, STARTS_ON
from surveys.drafts.promises import (
    PartyDraft,
    PointDraft,
    ProgressDraft,
    PromiseDraft,
    Publication,
    SignatoryDraft,
    TargetDraft,
)
from surveys.models.municipality import Municipality
from surveys.models.party import Party
from surveys.models.plan import Comparator, TargetPeriod
from surveys.models.promise import PointMeasure, PointStatus, Promise
from surveys.services.progress.progress import report_progress
from surveys.services.promises.points import add_point
from surveys.services.promises.promises import choose_claims, create_promise
from surveys.services.promises.publishing import publish_promise
from surveys.services.promises.signatures import add_signatory

WRITTEN_AT = at(date(2022, 1, 24), 13)
PUBLISHED_AT = at(date(2022, 2, 1), 9)
GATE_REASON = (
    "Löftet är beslutat och undertecknat som det är. Vi visar hellre vad som saknas än skriver om"
    " det."
)

_PROMISE = PromiseDraft(
    title="Färre unga i kriminalitet, mindre narkotika",
    label="Medborgarlöfte 2022–2023",
    said=(
        "Ungdomskriminalitet och narkotika bidrar mest till otryggheten. De nämns ofta"
        " tillsammans, av både unga och äldre. Många vill också se mer samverkan: mellan polis och"
        " kommun, och mellan dem och civilsamhället."
    ),
    said_ground=(
        "18 medborgardialoger hösten och vintern 2021, varav en digital på en av"
        " lokalpolisområdets Facebooksidor. Uppskattningsvis deltog fler än 500 eller svarade på"
        " enkäten. De som svarade valde själva att vara med."
    ),
    pledge=(
        "Polisen och Söderhamns kommun fortsätter att arbeta mot ungdomskriminalitet och"
        " narkotika, tillsammans och var för sig, med de arbetssätt som finns och med nya. Det"
        " gemensamma arbetet står i en lokal handlingsplan som kommer våren 2022.\n\n"
        "Löftet är verkligt och återgivet i sammandrag. Rapporter och tillfällen är påhittade för"
        " demon."
    ),
    follow_up_text=(
        "Varje insats mot narkotika rapporteras till styrgruppen för BRÅ. Hela handlingsplanen"
        " utvärderas efter den 31 december 2023."
    ),
    starts_on=STARTS_ON,
    ends_on=ENDS_ON,
)


def _points(ids: dict[str, int]) -> tuple[PointDraft, ...]:
    return (
        PointDraft(
            title="Utveckla samverkan",
            text=(
                "Polisen och kommunen fortsätter att utveckla de forum och arbetssätt för samverkan"
                " som redan finns."
            ),
            responsible=Party.BOTH,
            measure=PointMeasure.NONE,
        ),
        PointDraft(
            title="Leta efter arbetssätt som fungerar",
            text=(
                "Kommunen undersöker under 2022 vilka arbetssätt mot ungdomskriminalitet som har"
                " lyckats på andra håll, och prövar om de går att använda i det egna arbetet."
            ),
            responsible=Party.MUNICIPALITY,
            measure=PointMeasure.DONE,
            due_on=date(2022, 12, 31),
            condition="Nästa steg beror på vad undersökningen visar.",
        ),
        PointDraft(
            title="Dela mer information om unga under 21 år",
            text=(
                "Polis och socialtjänst ökar under 2022 informationsdelningen i brottsförebyggande"
                " syfte, så att tidiga bedömningar och insatser kommer på plats."
            ),
            responsible=Party.BOTH,
            target_group="Personer som är under 21 år",
            measure=PointMeasure.NONE,
        ),
        PointDraft(
            title="Socialtjänst och polis träffas varje vecka",
            text=(
                "Socialsekreterare och polis träffas en gång i veckan, så att unga i miljöer med"
                " risk för kriminalitet prioriteras hos båda."
            ),
            responsible=Party.BOTH,
            measure=PointMeasure.COUNT,
            target=TargetDraft(count=1, per=TargetPeriod.WEEK),
            words="en gång i veckan",
            unit="veckomöten",
            target_group="Unga i miljöer med risk för kriminalitet",
            activity_ids=frozenset({ids["polis-ifo"]}),
        ),
        PointDraft(
            title="Insatser mot narkotika",
            text=(
                "Polisen och socialtjänsten genomför minst fyra gemensamma insatser mot narkotika"
                " under 2022–2023, med särskilt fokus på unga. Varje insats är minst en arbetsdag,"
                " och fler om det finns folk."
            ),
            responsible=Party.BOTH,
            measure=PointMeasure.COUNT,
            target=TargetDraft(count=4, comparator=Comparator.AT_LEAST, per=TargetPeriod.PERIOD),
            words="minst fyra (4) under 2022–2023",
            unit="insatser mot narkotika",
            condition=(
                "Socialtjänsten arbetar från polisstationen, och både beslutsfattare och"
                " socialsekreterare är med."
            ),
            activity_ids=frozenset({ids["insatser"]}),
        ),
    )


# Point's number -> who answers for it, where the document says so; and its reasons.
_IFO = ("Individ- och familjeomsorgen (IFO)", Party.MUNICIPALITY)
_OWNERS = {2: (ROLE, Party.MUNICIPALITY), 4: _IFO, 5: _IFO}
_GROUNDS = {
    1: ("Många i dialogerna",),
    2: ("Yngre tonåringar",),
    3: ("Yngre tonåringar",),
    4: ("Yngre tonåringar", "Många i dialogerna"),
    5: ("Narkotika hanteras", "28 personer"),
}

# day, role, party, point's number or None, status or None, text
_REPORTS: tuple[tuple[date, str, Party, int | None, PointStatus | None, str], ...] = (
    (
        date(2022, 4, 8),
        POLICE_ROLE,
        Party.POLICE,
        5,
        None,
        "Första insatsen är genomförd. Socialtjänsten fanns på polisstationen hela dagen.",
    ),
    (
        date(2022, 11, 28),
        ROLE,
        Party.MUNICIPALITY,
        2,
        PointStatus.DONE,
        "Kommunen har gått igenom arbetssätt från andra kommuner. Två av dem prövas nu i det"
        " dagliga arbetet.",
    ),
    (
        date(2023, 2, 6),
        ROLE,
        Party.MUNICIPALITY,
        4,
        None,
        "Mötena hölls alla måndagar utom tre i juli 2022. De röda måndagarna räknas inte.",
    ),
    (
        date(2023, 10, 2),
        ROLE,
        Party.MUNICIPALITY,
        3,
        None,
        "Fyra utbildningar om informationsdelning är hållna. Löftet säger att delningen ska öka,"
        " men inte hur mycket, så vi kan inte säga att det är uppfyllt.",
    ),
    (
        date(2023, 11, 15),
        POLICE_ROLE,
        Party.POLICE,
        5,
        None,
        "Fjärde insatsen är genomförd. Därmed är antalet i löftet nått.",
    ),
    (
        date(2024, 1, 22),
        ROLE,
        Party.MUNICIPALITY,
        None,
        None,
        "Perioden är slut. Fyra insatser och nästan alla veckomöten blev av. Medborgardialogerna"
        " blev färre än planerat under 2023. Utvärderingen av handlingsplanen pågår.",
    ),
)


def add_promise(
    session: Session, municipality: Municipality, ids: dict[str, int], claims: frozenset[int]
) -> Promise:
    """The promise with its points, signatories and ``claims`` as its ground, published."""
    promise = create_promise(
        session,
        municipality,
        _PROMISE,
        (PartyDraft(municipality.id),),
        municipality.police_areas[0],
        now=WRITTEN_AT,
    )
    choose_claims(session, municipality, promise.slug, claims)
    for number, draft in enumerate(_points(ids), start=1):
        owner = _OWNERS.get(number)
        complete = replace(
            draft,
            owner_id=owner_of(session, municipality, *owner, WRITTEN_AT) if owner else None,
            claim_ids=frozenset(
                c.id for c in promise.claims if c.text.startswith(_GROUNDS[number])
            ),
        )
        add_point(session, municipality, promise.slug, complete, now=WRITTEN_AT)
    # Place and day of signing are left open in the document, and so here.
    for signatory in (
        SignatoryDraft("Lokalpolisområdeschef", None, is_acting=True),
        SignatoryDraft("Kommunstyrelsens ordförande", municipality.id),
    ):
        add_signatory(session, municipality, promise.slug, signatory)
    approve_by_all(session, municipality, promise, now=PUBLISHED_AT)
    publication = Publication(promise.revision, gate_reason=GATE_REASON)
    publish_promise(session, municipality, promise.slug, publication, role=ROLE, now=PUBLISHED_AT)
    return promise


def report(session: Session, municipality: Municipality, promise: Promise) -> None:
    """What the two parties reported while the promise ran."""
    points = {point.position: point.id for point in promise.points}
    for day, role, party, number, status, text in _REPORTS:
        draft = ProgressDraft(
            text=text,
            dated_on=day,
            party=party,
            point_id=points[number] if number else None,
            status=status,
        )
        report_progress(session, municipality, promise.slug, draft, role=role, now=at(day, 16))
