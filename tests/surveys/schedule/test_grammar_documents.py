"""How plans, promises, agreements and councils write when, in several hundred ways.

``phrases.csv`` holds one a row, read over 2022-2023: what a careful reader says that it means. An
empty cell is None; ``*`` in the column of the rule is one that is too long to write there.
"""

import csv
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from random import Random

import pytest
from dateutil.rrule import rrulestr

from surveys.schedule.grammar import parse
from surveys.schedule.grammar_schedule import Kind, expect
from surveys.schedule.periods import Window
from surveys.schedule.readback import from_json, printed, to_json

TWO_YEARS = Window(date(2022, 1, 1), date(2023, 12, 31))
TABLE = Path(__file__).with_name("phrases.csv")


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ROWS = rows()


@pytest.mark.parametrize("row", ROWS, ids=[row["text"] for row in ROWS])
def test_a_phrase_as_a_careful_reader_takes_it(row: dict[str, str]) -> None:
    schedule = parse(row["text"], TWO_YEARS)
    found = printed(schedule, expect(schedule, TWO_YEARS))
    said = {name: "" if found[name] is None else str(found[name]) for name in row if name in found}
    said["excused"] = str(len(found["excused"]) or "")
    said["starts_on"] = str(schedule.starts_on or "")
    said["reason"] = schedule.reason or ""
    if row["rrule"] == "*":
        said["rrule"] = "*" if schedule.rule else ""
    assert said == row


@pytest.mark.parametrize(
    "row", [r for r in ROWS if "BYWEEKNO" not in r["rrule"] and "BY" in r["rrule"]]
)
def test_what_is_expected_is_what_another_reader_of_the_rule_finds(row: dict[str, str]) -> None:
    schedule = parse(row["text"], TWO_YEARS)
    found = expect(schedule, TWO_YEARS)
    if found.expected is None:  # terms have no dates
        return
    span = Window(schedule.starts_on or TWO_YEARS.starts_on, schedule.deadline or TWO_YEARS.ends_on)
    if schedule.rule is None or schedule.rule.rhythm.every > 1:  # what comes first sets the beat
        return
    rule = rrulestr(row["rrule"], dtstart=datetime(span.starts_on.year, span.starts_on.month, 1))  # noqa: DTZ001
    first, last = (datetime(d.year, d.month, d.day) for d in (span.starts_on, span.ends_on))  # noqa: DTZ001
    days = {moment.date() for moment in rule.between(first, last.replace(hour=23), inc=True)}
    times = schedule.count if schedule.kind is Kind.RECURRING and schedule.count else 1
    assert found.expected == times * len(days - set(found.excused))


def typed(random: Random) -> Iterator[str]:
    """Words of the table in disorder, with signs between, and letters of any alphabet."""
    words = [word for row in ROWS for word in row["text"].split()]
    for _ in range(250):
        yield " ".join(random.choices(words, k=random.randint(1, 12)))
        yield "".join(random.choices([*words, *" -/.,()§¤0123456789"], k=random.randint(1, 20)))
        yield "".join(chr(random.randrange(0x110000)) for _ in range(random.randint(1, 60)))


def test_nothing_that_is_typed_breaks_it_and_the_same_is_read_the_same() -> None:
    for text in typed(Random(20260205)):
        schedule = parse(text, TWO_YEARS)
        assert parse(text, TWO_YEARS) == schedule
        assert schedule.text == text
        assert (schedule.reason is None) is (schedule.kind is not Kind.UNPARSED)
        assert from_json(to_json(schedule)) == schedule
        expected = expect(schedule, TWO_YEARS).expected
        assert expected is None or expected >= 0


@pytest.mark.parametrize("text", ["varje måndag " * 10_000, "x" * 100_000, "1 " * 50_000])
def test_a_text_that_is_no_phrase_is_refused_at_once(text: str) -> None:
    assert parse(text, TWO_YEARS).reason == "too_long"
