"""Söderhamn's problem picture of January 2022 and the latest monthly picture."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from surveys.days import swedish_day
from surveys.demo.approving import approve_by_all
from surveys.demo.autumn_2021 import SLUG as AUTUMN
from surveys.demo.moments import at, first_of_month
from surveys.demo.open_dialogue import SLUG as OPEN
from surveys.demo.plan_2022 import ROLE
from surveys.demo.sources_2021 import CLEARED, LOOKED_AT, SOURCES
from surveys.drafts.evidence import SourceDraft
from surveys.drafts.pictures import AreaDraft, ClaimDraft, PictureDraft
from surveys.drafts.situations import CadenceDraft
from surveys.errors import InvalidInput, NotFound
from surveys.models.municipality import Municipality
from surveys.models.party import Party
from surveys.models.picture import PictureKind, PicturePart, ProblemPicture
from surveys.queries.figures.figures import HOTSPOT_PREFIX
from surveys.services.evidence.clearances import clear_evidence
from surveys.services.evidence.edition_evidence import freeze_published
from surveys.services.evidence.evidence import (
    FigureAddress,
    FigureWords,
    freeze_figure,
    freeze_source,
)
from surveys.services.pictures.claims import DraftAddress, add_area, add_claim
from surveys.services.pictures.pictures import create_picture, publish_picture
from surveys.services.pictures.situations import explain_missed_month, set_cadence
from surveys.services.pictures.sources import add_source

FROZEN_AT = at(date(2022, 1, 12), 10)
PUBLISHED_AT = at(date(2022, 1, 20), 9)
PROMISE_2022, RUNNING_PROMISE = "2022", "running"
_GROUP = "Lägesbildsgruppen: polis, kommun och civilsamhälle"
_PAUSE, _DUE_DAY = 7, 28  # July has none; the others come within four weeks
_MONTHS = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)


@dataclass(frozen=True, slots=True)
class Said:
    """A claim by the keys of its ground; ``promise`` names the promise that rests on it."""

    text: str
    supporting: tuple[str, ...] = ()
    disagreeing: tuple[str, ...] = ()
    judged_by: str | None = None
    promise: str | None = None
    party: Party = Party.BOTH


@dataclass(frozen=True, slots=True)
class Subject:
    """An area of a picture with its claims."""

    title: str
    text: str
    claims: tuple[Said, ...]
    part: PicturePart | None = None
    season: str | None = None


_PICTURE_2022 = PictureDraft(
    kind=PictureKind.PROBLEM_PICTURE,
    title="Gemensam problembild 2022",
    period="Hösten 2021",
    summary=(
        "Polisen och kommunen ser två områden som bidrar mest till otryggheten: ungdomskriminalitet"
        " och narkotika. De hänger ofta ihop. Bilden bygger på polisens uppgifter, kommunens"
        " inventering och medborgardialogerna 2021."
    ),
    next_edition="Följs upp minst vartannat år enligt lagen (2023:196)",
    motive="Polisen och kommunen satte var för sig samma två områden främst, och valde båda.",
)

_SUBJECTS_2022 = (
    Subject(
        "Ungdomskriminalitet",
        "Området handlar om att hindra att unga dras in i kriminella grupper.",
        (
            Said(
                "Polisen och kommunen ser samma två områden.",
                supporting=("polisen", "kommunen"),
            ),
            Said(
                "Yngre tonåringar fångas upp av äldre kriminella i centrum.",
                supporting=("iakttagelser",),
                promise=PROMISE_2022,
                party=Party.POLICE,
            ),
            Said(
                "Allt fler anmälningar gäller misstänkta under 18 år.",
                supporting=("anmalningar",),
                party=Party.POLICE,
            ),
            Said(
                "Otrygga platser som de svarande pekar ut ligger tätast i de centrala delarna.",
                supporting=("hotspot-1",),
                promise=RUNNING_PROMISE,
            ),
            Said(
                "Ungefär hälften av dem som svarade på en femgradig skala är ganska eller mycket"
                " otrygga.",
                supporting=("q1",),
            ),
        ),
    ),
    Subject(
        "Narkotika",
        "Området handlar om användning, tillgång och dödsfall. Synen på narkotika har blivit mer"
        " tillåtande på många håll, inte bara här.",
        (
            Said(
                "Narkotika hanteras mer öppet i Söderhamn än på andra orter i Hälsingland, främst i"
                " centrum.",
                supporting=("underrattelser",),
                disagreeing=("narkotikabrott",),
                judged_by="Lokalpolisområdets narkotikagrupp",
                promise=PROMISE_2022,
                party=Party.POLICE,
            ),
            Said(
                "Användningen av cannabis ökar, och kokain är numera etablerat.",
                supporting=("avlopp",),
                party=Party.MUNICIPALITY,
            ),
            Said(
                "28 personer dog av narkotika och läkemedel 2015–2020. Talet per invånare var högre"
                " än i Gävle, men fallen är för få för att säga att skillnaden är säker.",
                supporting=("dodsfall", "jamforelse"),
                promise=PROMISE_2022,
            ),
            Said(
                "Många i dialogerna vill att polis, kommun och civilsamhälle samverkar mer.",
                supporting=("dialoger", "themes"),
                promise=PROMISE_2022,
            ),
        ),
    ),
)


def add_problem_picture(
    session: Session, municipality: Municipality, words: FigureWords
) -> dict[str, frozenset[int]]:
    """The picture that the promises build on; the ids of the claims by promise."""
    evidence = _freeze(session, municipality, AUTUMN, words, FROZEN_AT)
    for key, source in SOURCES.items():
        evidence[key] = freeze_source(session, municipality, source, by=ROLE, now=FROZEN_AT).id
    cleared = evidence["underrattelser"]
    clear_evidence(session, municipality, cleared, CLEARED, by="Kommunpolis", now=FROZEN_AT)
    picture = create_picture(session, municipality, _PICTURE_2022, now=FROZEN_AT)
    claims = write_subjects(session, municipality, picture, _SUBJECTS_2022, evidence)
    for looked_at in LOOKED_AT:
        add_source(session, municipality, _address(picture), looked_at)
    _publish(session, municipality, picture, PUBLISHED_AT)
    return claims


def add_monthly_picture(
    session: Session, municipality: Municipality, words: FigureWords, now: datetime
) -> ProblemPicture:
    """The latest lägesbild, for the month before the set-up day (invented)."""
    today = swedish_day(now)
    month = first_of_month(today, -1)
    evidence = _freeze(session, municipality, OPEN, words, now)
    tips = SourceDraft(
        title="Rapporter till lägesbildsgruppen",
        statement="Fler rapporter om klotter och trasig belysning kring Resecentrum (påhittat).",
        source="Fastighetsbolag, skolor, centrumvärdar och kollektivtrafiken",
        period=f"{_MONTHS[month.month - 1]} {month.year}",
        method="Rapporter som lämnas varje månad, inte räknade.",
        caveat="Visar det som någon har rapporterat.",
        dated_on=month,
    )
    evidence["rapporter"] = freeze_source(session, municipality, tips, by=ROLE, now=now).id
    picture = create_picture(session, municipality, _monthly_head(month, today), now=now)
    write_subjects(session, municipality, picture, _monthly_subjects(evidence), evidence)
    _publish(session, municipality, picture, now)
    _keep_rhythm(session, municipality, month, now)
    return picture


def _keep_rhythm(session: Session, municipality: Municipality, month: date, now: datetime) -> None:
    """Eleven a year, and the month before the first one without (invented)."""
    before = first_of_month(month, -1)
    cadence = CadenceDraft(
        starts_on=before if before.month != _PAUSE else month,
        due_day=_DUE_DAY,
        pauses=frozenset({_PAUSE}),
        purpose=(
            "Lägesbilden ger alla samma bild av hur det står till, så att rykten får mindre att"
            " leva på."
        ),
    )
    set_cadence(session, municipality, cadence)
    if before.month != _PAUSE and month.month != _PAUSE:
        why = "Gruppens möte ställdes in på grund av sjukdom."
        explain_missed_month(session, municipality, before, why, by=ROLE, now=now)


def write_subjects(
    session: Session,
    municipality: Municipality,
    picture: ProblemPicture,
    subjects: Iterable[Subject],
    evidence: dict[str, int],
) -> dict[str, frozenset[int]]:
    """Write areas and claims into the draft; return the ids of the claims by promise."""
    grounds: dict[str, set[int]] = {}
    for subject in subjects:
        area = add_area(session, municipality, _address(picture), _area(subject))
        for said in subject.claims:
            draft = ClaimDraft(
                text=said.text,
                judged_by=said.judged_by,
                supporting=frozenset(evidence[key] for key in said.supporting if key in evidence),
                disagreeing=frozenset(evidence[key] for key in said.disagreeing),
                party=said.party,
            )
            claim = add_claim(session, municipality, _address(picture), area.id, draft)
            if said.promise is not None:
                grounds.setdefault(said.promise, set()).add(claim.id)
    return {promise: frozenset(ids) for promise, ids in grounds.items()}


def _area(subject: Subject) -> AreaDraft:
    return AreaDraft(subject.title, subject.text, season=subject.season, part=subject.part)


def _freeze(
    session: Session, municipality: Municipality, slug: str, words: FigureWords, now: datetime
) -> dict[str, int]:
    """What the dialogue's published edition tells of its questions where there is one, and the
    strongest finding of its map where there is one.
    """
    frozen = {}
    for figure in ("q1", "q2", "q3", "themes", "hotspot-1"):
        address = FigureAddress(slug, figure)
        freeze = freeze_figure if figure.startswith(HOTSPOT_PREFIX) else freeze_published
        try:
            evidence = freeze(session, municipality, address, words, by=ROLE, now=now)
        except (NotFound, InvalidInput):
            continue  # nothing is published, or too few marks lie close: that is no error
        frozen[figure] = evidence.id
    return frozen


def _monthly_head(month: date, today: date) -> PictureDraft:
    name = f"{_MONTHS[month.month - 1]} {month.year}"
    coming = first_of_month(today, 1 if today.month != 6 else 2)
    return PictureDraft(
        kind=PictureKind.SITUATION_REPORT,
        title=f"Lägesbild {name}",
        period=name.capitalize(),
        summary=(
            "Det har varit en ganska lugn månad. Flest synpunkter gäller ljus och ordning kring"
            " Resecentrum. Dialogen om trygghet är öppen och alla kan svara."
        ),
        month=month,
        next_edition=f"{_MONTHS[coming.month - 1]} {coming.year}. Juli har uppehåll.",
    )


def _monthly_subjects(evidence: dict[str, int]) -> tuple[Subject, ...]:
    places = tuple(figure for figure in ("hotspot-1",) if figure in evidence)
    return (
        Subject(
            "Resecentrum och vägen till centrum",
            "Kommunen lagar lampor efter hand och röjer sly längs gångvägen. Polisen är där till"
            " fots varje vecka.",
            (
                Said(
                    "Belysning och skadegörelse är det som rapporteras mest just nu.",
                    supporting=("rapporter",),
                ),
                Said(
                    "De som har svarat i den öppna dialogen pekar oftast ut platser kring"
                    " Resecentrum.",
                    supporting=places,
                    judged_by=None if places else _GROUP,
                ),
            ),
        ),
        Subject(
            "Mopeder och bilar i centrum",
            "Polisen har haft kontroller på fredagskvällar.",
            (
                Said(
                    "Körningen märks mest på kvällar i slutet av veckan.",
                    judged_by=_GROUP,
                ),
            ),
            season="Vår och sommar",
        ),
    )


def _publish(
    session: Session, municipality: Municipality, picture: ProblemPicture, now: datetime
) -> None:
    approve_by_all(session, municipality, picture, now=now)
    publish_picture(
        session, municipality, picture.slug, revision=picture.revision, by=ROLE, now=now
    )


def _address(picture: ProblemPicture) -> DraftAddress:
    return DraftAddress(picture.slug, picture.revision)
