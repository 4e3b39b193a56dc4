"""What maps are made from of a mark: written with it, and the database holds it to the row."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from surveys.models.municipality import Municipality
from surveys.models.response import PlaceReason, TimeOfDay
from surveys.queries.maps.mark_columns import load_marks
from surveys.queries.maps.marks import get_fingerprint
from tests.factories.dialogues import make_dialogue, make_response
from tests.factories.hotspots import mark


def test_a_mark_is_read_where_it_was_moved(session: Session, municipality: Municipality) -> None:
    dialogue = make_dialogue(session, municipality)
    first = mark(61.31, 17.01, reasons=frozenset({PlaceReason.DARK}))
    make_response(session, dialogue, places=[first])
    first.lat, first.times = 61.35, frozenset({TimeOfDay.NIGHT})
    session.flush()

    read = load_marks(session, municipality, dialogue)

    assert read.located.lat.tolist() == [61.35]
    assert read.times.tolist() == [4]
    assert read.reasons.tolist() == [1]


def test_a_reason_that_is_given_twice_is_packed_once(
    session: Session, municipality: Municipality
) -> None:
    """As the set that it is stored as; a mark given its bits as they are stored is read alike."""
    dialogue = make_dialogue(session, municipality)
    twice = mark(61.31, 17.01, reasons=[PlaceReason.OVERGROWN] * 2)
    bits = mark(61.31, 17.01, reasons=2, times=4)
    make_response(session, dialogue, places=[twice, bits])

    read = load_marks(session, municipality, dialogue)

    assert read.reasons.tolist() == [2, 2]
    assert sorted(read.times.tolist()) == [0, 4]


# Halves of the last part kept, where databases and Python round in ways of their own.
@pytest.mark.parametrize("degrees", [61.12345675, -33.00000005, 0.00000015, 17.00000025, -0.0])
def test_degrees_are_rounded_alike_when_they_are_written_and_summed(
    session: Session, municipality: Municipality, degrees: float
) -> None:
    """Else the map of such a mark would be told to be old for ever."""
    dialogue = make_dialogue(session, municipality)
    make_response(session, dialogue, places=[mark(degrees, 17.0)])

    read = load_marks(session, municipality, dialogue)

    assert read.fingerprint == get_fingerprint(session, municipality, dialogue)


def test_no_statement_changes_a_mark_and_leaves_what_is_packed(
    session: Session, municipality: Municipality
) -> None:
    make_response(session, make_dialogue(session, municipality), places=[mark(61.31, 17.01)])

    for change in ("lat = 61.4", "lon = NULL", "reasons = 2", "times = 1", "precision = 'place'"):
        with pytest.raises(IntegrityError), session.begin_nested():
            session.execute(text(f"UPDATE marked_place SET {change}"))  # noqa: S608
