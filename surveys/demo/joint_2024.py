"""The joint area: three municipalities of one police area, their survey and their promise.

The promise for 2024–2026 is real and retold. It has four subjects and no numbers to count, so each
point says that it cannot be measured as it is written (D61, D71). Reports are invented.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from surveys.demo.approving import approve_by_all
from surveys.demo.moments import at
from surveys.demo.pictures import Said, Subject, write_subjects
from surveys.demo.plan_2022 import POLICE_ROLE, ROLE
from surveys.demo.signed_promises import add_points, publish_as_it_is
from surveys.demo.sources_2023_joint import FRAUD, SPEEDING
from surveys.drafts.pictures import PictureDraft
from surveys.drafts.promises import (
    PartyDraft,
    PointDraft,
    ProgressDraft,
    PromiseDraft,
    SignatoryDraft,
)
from surveys.models.dialogue import Dialogue
from surveys.models.evidence import Direction
from surveys.models.municipality import Agreement, Municipality
from surveys.models.party import Party
from surveys.models.picture import PictureKind
from surveys.models.promise import PointMeasure, Promise
from surveys.services.dialogues.standard_questions import standard_questions
from surveys.services.evidence.evidence import freeze_source
from surveys.services.pictures.pictures import create_picture, publish_picture
from surveys.services.progress.progress import report_progress
from surveys.services.promises.promises import choose_claims, create_promise
from surveys.services.promises.signatures import add_signatory

DATED_ON = date(2024, 4, 23)
WRITTEN_AT = at(date(2024, 3, 18), 10)
PUBLISHED_AT = at(date(2024, 4, 25), 9)
DNR = "KS 24-203"

_DRUGS, _HOME, _TRAFFIC, _MONEY = (
    "Droger",
    "Hemmet ska vara en trygg plats",
    "Trafik",
    "Ekonomisk brottslighet",
)

_PROMISE = PromiseDraft(
    title="Fyra områden för ett tryggare Ådalen och Höga kusten",
    label="Medborgarlöfte 2024–2026",
    said=(
        "Under 2023 kunde invånarna i Härnösand, Kramfors och Sollefteå svara på en"
        " trygghetsundersökning. Otrygghet på grund av fortkörning var ett av svaren."
    ),
    said_ground=(
        "Polisens och kommunernas trygghetsundersökning 2023 och deras samlade lägesbild. Antal"
        " svar och fördelning på kommuner är inte redovisade."
    ),
    pledge=(
        "Polisen och de tre kommunerna ska under 2024–2026 arbeta tillsammans inom fyra områden för"
        " att färre ska dras in i organiserad brottslighet, brotten minska och tryggheten öka."
        " Aktiviteter kopplas till områdena efter hand.\n\nLöftet är verkligt och återgivet i"
        " sammandrag. Rapporterna på sidan är påhittade för demon."
    ),
    vision="Nollvisionen: ingen ska dödas eller skadas allvarligt i trafiken.",
    follow_up_text=(
        "Kommunerna och polisen följer upp löftet tillsammans varje år, på sina webbplatser, i"
        " sociala medier och genom media."
    ),
    starts_on=date(2024, 1, 1),
    ends_on=date(2026, 12, 31),
)


def _point(
    area: str, title: str, text: str, responsible: Party = Party.BOTH, **more: Any
) -> PointDraft:
    return PointDraft(
        title=title,
        text=text,
        area=area,
        responsible=responsible,
        measure=PointMeasure.NONE,
        **more,
    )


_POINTS = (
    _point(
        _DRUGS,
        "Förebygga och begränsa",
        "Polisen och kommunerna arbetar för att färre ska använda droger.",
    ),
    _point(
        _DRUGS,
        "Upptäcka tidigt",
        "De som riskerar missbruk och kriminalitet ska upptäckas tidigt och få stöd. Det gäller"
        " särskilt unga.",
    ),
    _point(
        _HOME,
        "Förhindra våld i hemmet",
        "Polisen och kommunerna samverkar för att förhindra våld i hemmet och mot särskilt utsatta,"
        " och för att den som slår ska få hjälp att sluta. Fler ska känna att de kan anmäla:"
        " att anmälningarna blir fler kan vara ett gott tecken.",
        wanted=Direction.UP,  # of reports (D47)
    ),
    _point(
        _TRAFFIC,
        "En trygg trafikmiljö",
        "Trafiken ska vara trygg både på de större vägarna och inne i samhällena.",
        third_parties="Andra som ansvarar för vägar och trafik",
    ),
    _point(
        _MONEY,
        "Stå emot bedrägerier",
        "Fler ska känna till hur bedrägerier går till och kunna stå emot dem. Det kan hända alla,"
        " och ingen ska behöva skämmas.",
    ),
    _point(
        _MONEY,
        "Ta tillbaka brottsvinster",
        "Polisen blir bättre på att hitta och återta vinster av brott.",
        responsible=Party.POLICE,
    ),
    _point(
        _MONEY,
        "Hindra välfärdsbrott",
        "Polisen och kommunerna motverkar att företag och privatpersoner utnyttjar offentliga"
        " medel.",
    ),
)

_REGION = "Parterna: polisen och de tre kommunerna"
_SUBJECTS = (
    Subject(
        _DRUGS,
        "Droger finns överallt i samhället och skadar både den som använder dem och andra.",
        (
            Said(
                "Det är vanligt att droger används, och det drabbar både enskilda och samhället.",
                judged_by=_REGION,
                promise=DNR,
            ),
        ),
    ),
    Subject(
        _HOME,
        "Barn och andra som är särskilt utsatta kan ha det svårast där de borde vara tryggast.",
        (
            Said(
                "Många brott i hemmet anmäls aldrig, så fler behöver veta hur man får hjälp.",
                judged_by=_REGION,
                promise=DNR,
            ),
        ),
    ),
    Subject(
        _TRAFFIC,
        "Trafiken berör nästan alla.",
        (
            Said(
                "Fortkörning gör många av dem som svarade otrygga.",
                supporting=("fortkorning",),
                promise=DNR,
            ),
        ),
    ),
    Subject(
        _MONEY,
        "Vinsterna går ofta till organiserad brottslighet, och få brott klaras upp.",
        (
            Said(
                "Bedrägerier hör till de vanligaste anmälda brotten.",
                supporting=("bedrageri",),
                promise=DNR,
            ),
        ),
    ),
)


# Heading of the points -> how the sentences begin that they rest on.
_GROUNDS = {
    _DRUGS: ("Det är vanligt att droger",),
    _HOME: ("Många brott i hemmet",),
    _TRAFFIC: ("Fortkörning",),
    _MONEY: ("Bedrägerier",),
}

# Day, role, party, subject or None for the whole promise, text.
_REPORTS: tuple[tuple[date, str, Party, str | None, str], ...] = (
    (
        date(2024, 5, 27),
        POLICE_ROLE,
        Party.POLICE,
        _TRAFFIC,
        "Polisen och kommunerna har kommit överens om vilka vägar som ska mätas först.",
    ),
    (
        date(2025, 4, 28),
        ROLE,
        Party.MUNICIPALITY,
        None,
        "Första årliga uppföljningen är gjord tillsammans. Löftet har inga tal att räkna mot, så vi"
        " berättar i stället vad vi har gjort inom varje område.",
    ),
    (
        date(2026, 4, 27),
        ROLE,
        Party.MUNICIPALITY,
        None,
        "Andra årliga uppföljningen är gjord. Arbetet mot bedrägerier har nått flest.",
    ),
)


def add_joint_dialogue(
    session: Session, agreement: Agreement, municipalities: Sequence[Municipality]
) -> Dialogue:
    """The survey of 2023, closed: owned through the agreement, under each party's address."""
    dialogue = Dialogue(
        municipality_id=municipalities[0].id,
        agreement=agreement,
        slug="trygghet-2023",
        title="Trygghetsundersökning 2023",
        opens_at=at(date(2023, 9, 4), 8),
        closes_at=at(date(2023, 10, 15), 23, 59),
        head_count_note=(
            "Enkätens frågor, datum och antal svar är inte redovisade. Frågorna här är"
            " standardfrågorna och inga svar är inlagda."
        ),
        municipalities=list(municipalities),
        questions=standard_questions(municipalities[0]),
    )
    session.add(dialogue)
    session.flush()
    return dialogue


def add_joint_promise(
    session: Session, agreement: Agreement, municipalities: Sequence[Municipality], today: date
) -> Promise:
    """The promise of all three, with a number of its own only where there is one (D107)."""
    registering = municipalities[0]
    promise = create_promise(
        session,
        registering,
        _PROMISE,
        _parties(municipalities),
        agreement.police_area,
        now=WRITTEN_AT,
    )
    choose_claims(session, registering, promise.slug, _add_picture(session, registering))
    add_points(session, registering, promise, _POINTS, _GROUNDS, now=WRITTEN_AT)
    for municipality in municipalities:
        signatory = SignatoryDraft("Kommunstyrelsens ordförande", municipality.id)
        add_signatory(session, registering, promise.slug, signatory)
    add_signatory(session, registering, promise.slug, SignatoryDraft("Lokalpolisområdeschef", None))
    publish_as_it_is(session, registering, promise, now=PUBLISHED_AT)
    _report(session, registering, promise, today)
    return promise


def _parties(municipalities: Sequence[Municipality]) -> list[PartyDraft]:
    registering, *others = municipalities
    return [
        PartyDraft(registering.id, dnr=DNR, dated_on=DATED_ON),
        *(PartyDraft(municipality.id) for municipality in others),
    ]


def _add_picture(session: Session, municipality: Municipality) -> frozenset[int]:
    sources = {"fortkorning": SPEEDING, "bedrageri": FRAUD}
    evidence = {
        key: freeze_source(session, municipality, source, by=ROLE, now=WRITTEN_AT).id
        for key, source in sources.items()
    }
    head = PictureDraft(
        kind=PictureKind.PROBLEM_PICTURE,
        title="Underlag till medborgarlöftet 2024–2026",
        period="2023",
        summary=(
            "Två av löftets fyra områden har siffror i underlaget, båda med stora förbehåll. De"
            " andra två bygger på parternas bedömning."
        ),
    )
    picture = create_picture(session, municipality, head, now=WRITTEN_AT)
    grounds = write_subjects(session, municipality, picture, _SUBJECTS, evidence)
    approve_by_all(session, municipality, picture, now=PUBLISHED_AT)
    publish_picture(
        session,
        municipality,
        picture.slug,
        revision=picture.revision,
        by=ROLE,
        now=PUBLISHED_AT,
    )
    return grounds[DNR]


def _report(session: Session, municipality: Municipality, promise: Promise, today: date) -> None:
    points = {point.area: point.id for point in promise.points}
    for day, role, party, area, text in _REPORTS:
        if day > today:
            continue
        draft = ProgressDraft(
            text=text, dated_on=day, party=party, point_id=points[area] if area else None
        )
        report_progress(session, municipality, promise.slug, draft, role=role, now=at(day, 15))
