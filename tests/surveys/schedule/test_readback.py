"""A confirmed reading is kept as JSON and comes back as it was."""

import json
from datetime import date

import pytest

from surveys.schedule.grammar import parse
from surveys.schedule.grammar_schedule import Expectation, Kind, expect
from surveys.schedule.periods import Window
from surveys.schedule.readback import from_json, printed, to_json
from tests.surveys.schedule.test_grammar_phrases import (
    ALTERNATE_WEEKS,
    COUNTED,
    DATED,
    OTHER_KINDS,
    RECURRING,
    UNPARSED,
)

TWO_YEARS = Window(date(2022, 1, 1), date(2023, 12, 31))
PHRASES = [row[0] for table in (COUNTED, RECURRING, ALTERNATE_WEEKS, UNPARSED) for row in table]
PHRASES += [row[1] for table in (OTHER_KINDS, DATED) for row in table]


@pytest.mark.parametrize("text", PHRASES)
def test_what_was_read_comes_back_from_its_json(text: str) -> None:
    schedule = parse(text, TWO_YEARS)
    stored = json.loads(json.dumps(to_json(schedule)))
    back = from_json(stored)
    assert back == schedule
    assert expect(back, TWO_YEARS) == expect(schedule, TWO_YEARS)


@pytest.mark.parametrize("stored", [None, {}, {"kind": "weekly"}, {"kind": "counted", "text": 1}])
def test_what_is_no_schedule_of_ours_is_none(stored: dict[str, object] | None) -> None:
    assert from_json(stored) is None


def test_what_is_printed_has_the_keys_of_the_command_in_their_order() -> None:
    fields = printed(parse("varje måndag kl. 14.00"), Expectation(1, (date(2022, 6, 6),)))
    assert list(fields) == [
        "kind", "count", "comparator", "per", "rrule", "deadline", "expected", "excused", "text",
    ]  # fmt: skip
    assert (fields["kind"], fields["excused"]) == (Kind.RECURRING.value, ["2022-06-06"])
