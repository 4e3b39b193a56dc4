"""A short closed round of spring 2024, so that the open dialogue has one to be compared with.

Invented altogether, and without texts: 120 answers to the questions as they are asked today. The
places that they point out are other ones in part than those of 2021: Köpmangatan more than then,
Stugsund less, and Resecentrum about as before.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from math import cos, sin

from sqlalchemy.orm import Session

from surveys.demo.moments import at
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.services.dialogues.import_rows import REQUIRED_COLUMN
from surveys.services.dialogues.imports import ImportReport, import_answers
from surveys.services.dialogues.standard_questions import standard_questions
from surveys.text.csv_table import read_table

SLUG = "var-2024"
FIRST_ON, LAST_ON = date(2024, 3, 11), date(2024, 4, 14)
# How many gave each answer, and who they say they are.
_SAFE = {"1": 30, "2": 44, "3": 22, "4": 16, "5": 8}
_PLACES = {"ja": 84, "nej": 30, "": 6}
_AGES = {"15-24": 22, "25-44": 31, "45-64": 34, "65-79": 22, "80+": 11}
_GENDERS = {"kvinna": 61, "man": 53, "vill_ej_svara": 6}
_CHANNELS = {"web": 74, "paper": 26, "facebook": 20}
# Around which spots they set pins, and how many; and which places they chose by name. With what
# they say of it, in turn: why, and when.
_EVENING = ("dark|deserted,evening", "frightening_people,evening", "dark,evening|night", ",")
_LATE = ("drunkenness,night", "frightening_people|drunkenness,night", "damage,night", ",evening")
_ON_THE_ROAD = ("traffic,day", "traffic,evening", "dark,evening", ",")
_PINS = (
    ((61.3049, 17.0628), 15, _LATE),  # Köpmangatan
    ((61.3000, 17.0570), 3, _EVENING),  # Resecentrum
    ((61.3041, 17.0612), 1, _LATE),  # Rådhustorget
    ((61.2117, 17.1279), 6, _ON_THE_ROAD),  # Ljusne
    ((61.2589, 17.1528), 3, _ON_THE_ROAD),  # Sandarne
)
_NAMED = (
    ("Köpmangatan", 5, _LATE),
    ("Resecentrum", 5, _EVENING),
    ("Rådhustorget", 5, _LATE),
    ("Hamnen och kajen", 2, _EVENING),
)
_NO_MARK = ("", "", "", ",")
_SPREAD_OUT = 36  # pins over the whole town, none of them near another


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
    lines = ["id,answered_on,q1,q2,age_band,gender,channel,lat,lon,place,reasons,times"]
    marks = _marks()
    for number, cells in enumerate(zip(*columns, strict=True)):
        day = FIRST_ON + timedelta(days=number * 23 % days)
        mark = next(marks, _NO_MARK) if cells[1] == "ja" else _NO_MARK
        lines.append(",".join((f"V{number + 1:03}", day.isoformat(), *cells, *mark)))
    table = read_table("\n".join(lines).encode(), REQUIRED_COLUMN)
    return import_answers(session, municipality, dialogue, table, today=today)


def _marks() -> Iterator[tuple[str, str, str, str]]:
    """Latitude, longitude, place, and reasons with times of each mark.

    Pins in a small ring, names, and the rest.
    """
    for (lat, lon), times, said in _PINS:
        for number in range(times):
            turn = 2.4 * number  # radians: no two in one direction
            north, east = lat + 0.0004 * sin(turn), lon + 0.0008 * cos(turn)
            yield f"{north:.6f}", f"{east:.6f}", "", said[number % len(said)]
    for name, times, said in _NAMED:
        yield from (("", "", name, said[number % len(said)]) for number in range(times))
    for number in range(_SPREAD_OUT):
        north, east = 61.2880 + 0.006 * (number // 6), 17.0200 + 0.013 * (number % 6)
        yield f"{north:.6f}", f"{east:.6f}", "", _ON_THE_ROAD[number % len(_ON_THE_ROAD)]


def _spread(quotas: dict[str, int], step: int) -> list[str]:
    """Each value as often as its quota says, not side by side."""
    values = [value for value, times in quotas.items() for _ in range(times)]
    return [values[number * step % len(values)] for number in range(len(values))]
