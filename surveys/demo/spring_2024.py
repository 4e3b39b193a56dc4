"""A short closed round of spring 2024, so that the open dialogue has one to be compared with.

Invented altogether, and without texts: 120 answers to the questions as they are asked today.
"""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from surveys.demo.moments import at
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.services.import_rows import REQUIRED_COLUMN
from surveys.services.imports import ImportReport, import_answers
from surveys.services.standard_questions import standard_questions
from surveys.text.csv_table import read_table

SLUG = "var-2024"
FIRST_ON, LAST_ON = date(2024, 3, 11), date(2024, 4, 14)
# How many gave each answer, and who they say they are.
_SAFE = {"1": 30, "2": 44, "3": 22, "4": 16, "5": 8}
_PLACES = {"ja": 84, "nej": 30, "": 6}
_AGES = {"15-24": 22, "25-44": 31, "45-64": 34, "65-79": 22, "80+": 11}
_GENDERS = {"kvinna": 61, "man": 53, "vill_ej_svara": 6}
_CHANNELS = {"web": 74, "paper": 26, "facebook": 20}


def add_spring_2024(session: Session, municipality: Municipality) -> Dialogue:
    """The round, open for five weeks."""
    dialogue = Dialogue(
        municipality_id=municipality.id,
        slug=SLUG,
        title="Tre frågor om trygghet, våren 2024",
        opens_at=at(FIRST_ON, 7),
        closes_at=at(LAST_ON, 23, 59),
        municipalities=[municipality],
        questions=standard_questions(municipality),
    )
    session.add(dialogue)
    session.flush()
    return dialogue


def add_answers(
    session: Session, municipality: Municipality, dialogue: Dialogue, today: date
) -> ImportReport:
    """The answers, through the same import that a municipality uses."""
    # Each column is read in steps of its own, which have no factor in common with 120, so that
    # no answer goes with one age only.
    columns = [
        _spread(_SAFE, 7),
        _spread(_PLACES, 11),
        _spread(_AGES, 13),
        _spread(_GENDERS, 17),
        _spread(_CHANNELS, 19),
    ]
    days = (LAST_ON - FIRST_ON).days + 1
    lines = ["id,answered_on,q1,q2,age_band,gender,channel"]
    for number, cells in enumerate(zip(*columns, strict=True)):
        day = FIRST_ON + timedelta(days=number * 23 % days)
        lines.append(",".join((f"V{number + 1:03}", day.isoformat(), *cells)))
    table = read_table("\n".join(lines).encode(), REQUIRED_COLUMN)
    return import_answers(session, municipality, dialogue, table, today=today)


def _spread(quotas: dict[str, int], step: int) -> list[str]:
    """Each value as often as its quota says, not side by side."""
    values = [value for value, times in quotas.items() for _ in range(times)]
    return [values[number * step % len(values)] for number in range(len(values))]
