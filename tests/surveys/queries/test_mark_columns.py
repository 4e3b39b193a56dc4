"""Marks for the analysis: those of a part of the answers, from the index that holds them all."""

import re
from datetime import date
from typing import Any

import numpy as np
import pytest
from sqlalchemy import Engine, event, inspect
from sqlalchemy.orm import Session

from maps.places import Precision
from surveys.models.dialogue import Channel, Dialogue, DialogueEvent, EventKind
from surveys.models.municipality import Municipality
from surveys.models.place import NamedPlace, PlaceKind
from surveys.models.response import Feeling, PlaceReason, TimeOfDay
from surveys.queries.maps.mark_columns import load_marks, load_part
from surveys.queries.maps.marks import get_fingerprint
from surveys.queries.results.filters import Filters
from surveys.services.maps.hotspots import read_input
from tests.factories.coding import make_codebook, make_coding
from tests.factories.dialogues import make_dialogue, make_response
from tests.factories.hotspots import mark
from tests.factories.municipalities import make_municipality, make_named_place


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    """Three answers: an event's two dark evenings, a web answer about drugs, and a place's name."""
    dialogue = make_dialogue(session, municipality)
    market = DialogueEvent(
        dialogue_id=dialogue.id, code="torget", kind=EventKind.SAFETY_WALK, channel=Channel.MEETING,
        title="Torget", held_on=date(2023, 7, 15),
    )  # fmt: skip
    station = NamedPlace(
        municipality_id=municipality.id, name="Stationen", kind=PlaceKind.SQUARE, lat=61.35,
        lon=17.05, radius_m=150, source="prov",
    )  # fmt: skip
    session.add_all([market, station])
    session.flush()
    dark, drugs = frozenset({PlaceReason.DARK}), frozenset({PlaceReason.DRUGS})
    evening = frozenset({TimeOfDay.EVENING, TimeOfDay.NIGHT})
    make_response(
        session, dialogue, places=[
            mark(61.31, 17.01, reasons=dark, times=evening, position=0),
            mark(61.32, 17.02, reasons=dark | drugs, times=frozenset({TimeOfDay.DAY}), position=1),
        ], channel=Channel.MEETING, event_id=market.id,
    )  # fmt: skip
    about = make_response(session, dialogue, places=[mark(61.33, 17.03, reasons=drugs)])
    make_coding(session, about, make_codebook(session, municipality)["drugs"])
    make_response(
        session, dialogue, {2: ("ja", None)}, [
            mark(None, None, named_place_id=station.id, precision=Precision.PLACE, times=evening),
        ], channel=Channel.PAPER,
    )  # fmt: skip
    return dialogue


ALL = (61.31, 61.32, 61.33, 61.35)


@pytest.mark.parametrize(
    ("filters", "kept"),
    [
        (Filters(), ALL),
        (Filters(channel=Channel.WEB), (61.33,)),
        (Filters(channel=Channel.PAPER), (61.35,)),
        (Filters(event="torget"), (61.31, 61.32)),
        (Filters(event="hamnen"), ()),
        (Filters(theme="drugs"), (61.33,)),
        (Filters(reason=PlaceReason.DRUGS), (61.32, 61.33)),
        (Filters(time=TimeOfDay.NIGHT), (61.31, 61.35)),
        (Filters(time=TimeOfDay.NIGHT, event="torget"), (61.31,)),
        (Filters(municipality="alla"), ALL),
    ],
)
def test_a_part_of_the_marks_can_be_read(
    session: Session, dialogue: Dialogue, filters: Filters, kept: tuple[float, ...]
) -> None:
    """A respondent's answer at an event brings all its marks; an hour brings only those of it."""
    marks = load_marks(session, dialogue.municipality, dialogue, filters)

    assert sorted(marks.located.lat.tolist()) == pytest.approx(kept)
    assert marks.unplaced.size == 0


@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(channel=Channel.WEB),
        Filters(event="torget"),
        Filters(event="hamnen"),
        Filters(theme="drugs"),
        Filters(theme="drugs", channel=Channel.PAPER),
        Filters(reason=PlaceReason.DARK),
        Filters(time=TimeOfDay.NIGHT, channel=Channel.MEETING),
        Filters(municipality="alla"),
    ],
)
def test_a_map_is_fresh_as_soon_as_it_is_made(
    session: Session, dialogue: Dialogue, filters: Filters
) -> None:
    """The page sums the marks in the database, the job those that it has read."""
    municipality = dialogue.municipality
    data = read_input(session, municipality, dialogue, filters)

    assert data.fingerprint == get_fingerprint(session, municipality, dialogue, filters)


@pytest.mark.parametrize(
    ("filters", "part"),
    [
        (Filters(channel=Channel.WEB), [3, 3, 1, 2]),
        (Filters(event="torget"), [1, 1, 0, 0]),
        (Filters(theme="drugs"), [0, 0, 0, 0]),
        (Filters(channel=Channel.WEB, reason=PlaceReason.DRUGS), [0, 0, 0, 0]),
    ],
)
def test_a_part_stands_among_all_marks_in_the_same_order(
    session: Session, dialogue: Dialogue, filters: Filters, part: list[int]
) -> None:
    """Which of all marks are chosen, and the part that each respondent is of."""
    marks, everybody = load_part(session, dialogue.municipality, dialogue, filters)

    alone = load_marks(session, dialogue.municipality, dialogue, filters)
    among = everybody.located.lat[everybody.is_chosen]
    assert marks.located.lat.tolist() == alone.located.lat.tolist() == among.tolist()
    assert everybody.part[np.argsort(everybody.located.lat)].tolist() == part


def test_a_mark_keeps_its_reasons_times_and_the_extent_of_its_place(
    session: Session, dialogue: Dialogue
) -> None:
    """What the analysis knows of each mark is what was stored of it."""
    marks = load_marks(session, dialogue.municipality, dialogue)
    order = np.argsort(marks.located.lat)

    dark, drugs = 1, 1 << list(PlaceReason).index(PlaceReason.DRUGS)
    assert marks.reasons[order].tolist() == [dark, dark | drugs, drugs, 0]
    assert marks.times[order].tolist() == [6, 1, 0, 6]
    assert marks.located.extent_m[order].tolist() == [0, 0, 0, 150]
    person = marks.located.person[order]
    assert person[0] == person[1]
    assert len(set(person.tolist())) == 3


def test_the_same_marks_stand_in_the_same_order_however_they_were_stored(
    session: Session, municipality: Municipality
) -> None:
    """By respondent, and those of one by what they are: their own ids do not matter."""
    dialogue = make_dialogue(session, municipality, slug="ordning")
    spots = [(61.3 + n / 1000, 17.0 - n % 7 / 1000) for n in range(40)]
    answers = [make_response(session, dialogue) for _ in range(8)]
    owner = {"municipality_id": municipality.id, "dialogue_id": dialogue.id}
    read = []
    for stored in (spots, spots[::-1]):
        for answer in answers:
            answer.places = [mark(*spot, position=at, **owner) for at, spot in enumerate(stored)]
        session.flush()
        read.append(load_marks(session, municipality, dialogue))

    first, second = read
    assert first.data_hash == second.data_hash
    assert first.located.lat.tolist() == second.located.lat.tolist()
    assert first.located.person.tolist() == sorted(first.located.person.tolist())
    assert first.n_persons == len(answers)


@pytest.mark.parametrize("lon", [-86.40000005, -86.40000004, 17.00000005, -0.00000004, 0.0])
def test_degrees_are_rounded_as_the_page_s_sum_rounds_them(
    session: Session, municipality: Municipality, lon: float
) -> None:
    """Else a map would be out of date for ever; also west of Greenwich and south of the equator."""
    dialogue = make_dialogue(session, municipality, slug="avrundat")
    make_response(session, dialogue, places=[mark(-lon, lon)])
    data = read_input(session, municipality, dialogue)

    assert data.fingerprint == get_fingerprint(session, municipality, dialogue)
    assert data.marks.located.lon.tolist() == pytest.approx([lon], abs=1e-7)


def test_a_street_drawn_anew_gives_another_sum_though_its_middle_stays(
    session: Session, municipality: Municipality
) -> None:
    dialogue = make_dialogue(session, municipality, slug="gator")
    run: dict[str, Any] = {"type": "MultiLineString", "coordinates": [[[17.0, 61.3], [17.1, 61.3]]]}
    street = NamedPlace(
        municipality_id=municipality.id, name="Storgatan", kind=PlaceKind.ROAD, lat=61.3, lon=17.05,
        radius_m=3000, source="prov", line=run, search_key=" storgatan",
    )  # fmt: skip
    session.add(street)
    session.flush()
    named = mark(None, None, named_place_id=street.id, precision=Precision.PLACE)
    make_response(session, dialogue, places=[named])
    before = load_marks(session, municipality, dialogue).data_hash
    assert load_marks(session, municipality, dialogue).data_hash == before
    street.line = {**run, "coordinates": [[[17.0, 61.31], [17.1, 61.29]]]}
    session.flush()
    assert load_marks(session, municipality, dialogue).data_hash != before


def test_parts_have_fingerprints_of_their_own(session: Session, dialogue: Dialogue) -> None:
    """A map of the evenings is not taken for one of all hours."""
    hashes = {
        load_marks(session, dialogue.municipality, dialogue, filters).data_hash
        for filters in (Filters(), Filters(time=TimeOfDay.DAY), Filters(event="torget"))
    }

    assert len(hashes) == 3


def test_marks_are_read_from_their_index_alone(
    session: Session, engine: Engine, dialogue: Dialogue
) -> None:
    """A million look-ups in the table would take longer than the whole analysis."""
    said: list[tuple[str, Any]] = []

    def listen(_c: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        said.append((statement, values))

    event.listen(engine, "before_cursor_execute", listen)
    load_marks(session, dialogue.municipality, dialogue)
    event.remove(engine, "before_cursor_execute", listen)

    statement, values = next(pair for pair in said if "FROM marked_place" in pair[0])
    indexes = inspect(session.connection()).get_indexes("marked_place")
    held = next(index for index in indexes if index["name"] == "ix_marked_place_tenant")
    read = set(re.findall(r"marked_place\.(\w+)", statement))
    assert read <= set(held["column_names"])
    if engine.dialect.name == "sqlite":  # PostgreSQL chooses by its statistics
        rows = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        plan = " ".join(row[3] for row in rows)
        assert "USING COVERING INDEX ix_marked_place_tenant" in plan


def test_what_is_empty_shifts_no_other_value(session: Session, municipality: Municipality) -> None:
    """The values of all marks are read in two long rows: one left out would move all after it."""
    dialogue = make_dialogue(session, municipality, slug="luckor")
    place = make_named_place(session, municipality, "Parken", lat=-33.9, lon=151.2)
    other = make_municipality(session, slug="ovanaker", code="2121", name="Ovanåker")
    dark, day = frozenset({PlaceReason.DARK}), frozenset({TimeOfDay.DAY})
    nowhere: tuple[None, None] = (None, None)
    by_name = {"named_place_id": place.id, "precision": Precision.PLACE}
    answers = [
        make_response(session, dialogue, places=[
            mark(-34.5, -58.4, reasons=dark, times=day), mark(*nowhere),
            mark(*nowhere, reasons=dark, **by_name),
        ]),
        make_response(session, dialogue, places=[mark(0.0, 0.0, times=day)]),
        make_response(session, dialogue, places=[mark(61.3, 17.0)]),
    ]  # fmt: skip
    for column, value in (
        ("is_counted", False),
        ("feeling", Feeling.SAFE),
        ("municipality_id", other.id),
    ):
        away = mark(61.4, 17.1, reasons=dark)
        make_response(session, dialogue, places=[away])
        setattr(away, column, value)
    session.flush()
    marks = load_marks(session, municipality, dialogue)

    found = marks.located
    rows = zip(
        found.lat.round(7).tolist(), found.lon.round(7).tolist(), found.extent_m.tolist(),
        marks.reasons.tolist(), marks.times.tolist(), strict=True,
    )  # fmt: skip
    assert sorted(rows) == [
        (-34.5, -58.4, 0, 1, 1),
        (-33.9, 151.2, place.radius_m, 1, 0),
        (0, 0, 0, 0, 1),
        (61.3, 17.0, 0, 0, 0),
    ]
    assert marks.unplaced.size == 1
    mine = dict(zip(found.lat.round(1).tolist(), found.person.tolist(), strict=True))
    assert mine[-34.5] == mine[-33.9]
    assert len(set(mine.values())) == len(answers)


def test_a_dialogue_without_marks_is_read_as_none(
    session: Session, municipality: Municipality
) -> None:
    dialogue = make_dialogue(session, municipality, slug="tom")
    for filters in (Filters(), Filters(theme="drugs"), Filters(time=TimeOfDay.NIGHT)):
        marks, everybody = load_part(session, municipality, dialogue, filters)
        assert marks.located.lat.size == marks.unplaced.size == 0
        assert everybody.located.lat.size == 0
        data = read_input(session, municipality, dialogue, filters)
        assert data.fingerprint == get_fingerprint(session, municipality, dialogue, filters)
