"""The closed round of autumn 2021: eighteen dialogues in Söderhamn, one of them digital.

The number of dialogues, the digital one and the estimate of participants are the municipality's
and the police's own; days, venues and the answers are invented for the demo.
"""

from datetime import date
from importlib.resources import files

from sqlalchemy.orm import Session

from surveys.demo.moments import at
from surveys.models.dialogue import (
    Channel,
    Dialogue,
    DialogueEvent,
    EventKind,
    HeadCountKind,
    Question,
    QuestionKind,
)
from surveys.models.municipality import Municipality
from surveys.services.dialogues.import_rows import REQUIRED_COLUMN
from surveys.services.dialogues.imports import ImportReport, import_answers
from surveys.text.csv_table import read_table

SLUG = "host-2021"
OPENS_AT = at(date(2021, 9, 6), 8)
CLOSES_AT = at(date(2021, 12, 17), 23, 59)
PUBLISHED_BY = "Trygghetssamordnare"
_PARTIES = "Söderhamns kommun och Lokalpolisområde Hälsingland"

# The questions as they were asked. The first has the name in its base form: version 1.
_QUESTIONS = (
    ("trygg_kommun", QuestionKind.SCALE, "Känner du dig trygg i Söderhamn kommun?"),
    (
        "otrygga_platser",
        QuestionKind.PLACES,
        "Är det några särskilda platser som får dig att känna dig otrygg i Söderhamns kommun?",
    ),
    (
        "forslag",
        QuestionKind.TEXT,
        "Har du förslag på vad polis och kommun skulle kunna göra för att Söderhamn skulle bli"
        " en ännu mera trygg kommun att leva och bo i?",
    ),
)

_NOTE = (
    "Uppskattningsvis fler än 500 personer. Siffran är kommunens och polisens uppskattning från"
    " 2021 och räknar både dem som kom till en dialog och dem som svarade på enkäten. Hur många"
    " som gjorde båda är okänt, så den ska inte läggas ihop med antalet svar. I demon är de 400"
    " svaren, deras bakgrundsuppgifter, mötesplatserna och datumen påhittade."
)

# code, day, title, venue, people who came
_MEETINGS = (
    ("d01", date(2021, 9, 14), "Medborgardialog på Rådhustorget", "Rådhustorget", 35),
    ("d02", date(2021, 9, 16), "Medborgardialog vid Resecentrum", "Resecentrum", 40),
    ("d03", date(2021, 9, 21), "Medborgardialog i Ljusne", "Brädgården, Ljusne", 30),
    ("d04", date(2021, 9, 23), "Medborgardialog i Sandarne", "Folkets hus, Sandarne", 25),
    ("d05", date(2021, 9, 28), "Medborgardialog med unga", "En fritidsgård i Söderhamn", 20),
    ("d06", date(2021, 9, 30), "Medborgardialog i Bergvik", "Skolan i Bergvik", 20),
    ("d07", date(2021, 10, 5), "Medborgardialog på Köpmangatan", "Köpmangatan", 40),
    ("d08", date(2021, 10, 7), "Medborgardialog i Vallvik", "Bygdegården i Vallvik", 15),
    ("d09", date(2021, 10, 12), "Medborgardialog i Mohed", "Samlingslokalen i Mohed", 15),
    ("d10", date(2021, 10, 14), "Medborgardialog i Söderala", "Bygdegården i Söderala", 20),
    ("d11", date(2021, 10, 19), "Medborgardialog i Norrala", "Skolan i Norrala", 15),
    ("d12", date(2021, 10, 21), "Medborgardialog i Trönö", "Bygdegården i Trönö", 20),
    ("d13", date(2021, 11, 9), "Medborgardialog för äldre", "En träffpunkt i Söderhamn", 25),
    ("d14", date(2021, 11, 11), "Medborgardialog på gymnasiet", "En gymnasieskola", 45),
    ("d15", date(2021, 11, 16), "Medborgardialog på biblioteket", "Stadsbiblioteket", 30),
    ("d16", date(2021, 11, 18), "Medborgardialog i Marmaverken", "Samlingslokalen", 15),
    ("d17", date(2021, 11, 25), "Medborgardialog med föreningar", "Kommunhuset", 25),
)


def add_autumn_2021(session: Session, municipality: Municipality) -> Dialogue:
    """The round with its questions and its eighteen events."""
    dialogue = Dialogue(
        municipality_id=municipality.id,
        slug=SLUG,
        title="Medborgardialog hösten 2021",
        opens_at=OPENS_AT,
        closes_at=CLOSES_AT,
        head_count=500,
        head_count_kind=HeadCountKind.LOWER_BOUND,
        head_count_note=_NOTE,
        municipalities=[municipality],
        questions=[
            Question(position=i, code=code, version=1, kind=kind, wording={"sv": text})
            for i, (code, kind, text) in enumerate(_QUESTIONS, start=1)
        ],
        events=[*map(_meeting, _MEETINGS), _facebook_thread()],
    )
    session.add(dialogue)
    session.flush()
    return dialogue


def add_answers(
    session: Session, municipality: Municipality, dialogue: Dialogue, today: date
) -> ImportReport:
    """The 400 answers, through the same import that a municipality uses."""
    content = (files("surveys.demo") / "answers.csv").read_bytes()
    return import_answers(
        session, municipality, dialogue, read_table(content, REQUIRED_COLUMN), today=today
    )


def _meeting(row: tuple[str, date, str, str, int]) -> DialogueEvent:
    code, held_on, title, venue, came = row
    return DialogueEvent(
        code=code,
        kind=EventKind.CITIZEN_DIALOGUE,
        channel=Channel.MEETING,
        title=title,
        venue=venue,
        organiser=_PARTIES,
        held_on=held_on,
        head_count=came,
        head_count_kind=HeadCountKind.ESTIMATED,
    )


def _facebook_thread() -> DialogueEvent:
    return DialogueEvent(
        code="digital",
        kind=EventKind.FACEBOOK_THREAD,
        channel=Channel.FACEBOOK,
        title="Digital medborgardialog på Facebook",
        venue="En av lokalpolisområdets Facebooksidor",
        organiser="Lokalpolisområde Hälsingland",
        held_on=date(2021, 11, 3),
    )
