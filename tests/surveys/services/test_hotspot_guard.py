"""A map of a part of the marks, beside the map of all: nobody is told by subtraction."""

from collections.abc import Sequence

import numpy as np
import pytest
from sqlalchemy.orm import Session

from maps.engine.marks import Located
from surveys.models.dialogue import Channel, Dialogue
from surveys.models.geography import Area, AreaKind
from surveys.models.hotspot import HotspotRun
from surveys.models.municipality import Municipality
from surveys.models.response import PlaceReason, TimeOfDay
from surveys.privacy import SMALL_GROUP
from surveys.queries.ground.divisions import Division
from surveys.queries.maps.hotspots import get_latest_run, get_map_state
from surveys.queries.maps.mark_columns import Everybody
from surveys.queries.maps.stale_maps import list_stale_dialogues
from surveys.queries.results.filters import NO_FILTERS, Filters
from surveys.services.dialogues.counting import settle_counting
from surveys.services.maps.hotspot_guard import areas_to_hide
from surveys.services.maps.hotspot_layers import MEMBER_WORDS
from surveys.services.maps.hotspot_requests import request_run
from surveys.services.maps.hotspots import analyse_run, compute_run, read_input
from tests.conftest import NOW
from tests.factories.dialogues import make_dialogue, make_response
from tests.factories.hotspots import STATION, make_cluster, mark
from tests.factories.municipalities import box, make_named_place

EVENING = Filters(time=TimeOfDay.EVENING)


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    make_named_place(session, municipality)
    return make_dialogue(session, municipality)


def compute(session: Session, dialogue: Dialogue, filters: Filters = NO_FILTERS) -> HotspotRun:
    run = request_run(session, dialogue.municipality, dialogue, filters, now=NOW)
    return compute_run(session, dialogue.municipality, run.id, now=NOW)


def at_the_station(session: Session, dialogue: Dialogue, n: int, channel: Channel) -> None:
    """So many more at the station, in the evening, by this way in."""
    for _ in range(n):
        place = mark(*STATION, times=frozenset({TimeOfDay.EVENING}))
        make_response(session, dialogue, {2: ("ja", None)}, [place], channel=channel)


def station_persons(session: Session, dialogue: Dialogue, filters: Filters) -> int:
    """What the map of this part tells of the station's square; 0: nothing."""
    output = analyse_run(read_input(session, dialogue.municipality, dialogue, filters))
    assert output.analysis is not None
    surface = output.analysis.surface
    return 0 if surface is None else int(surface.respondents.max())


def test_a_part_is_counted_by_its_marks(session: Session, dialogue: Dialogue) -> None:
    responses = make_cluster(session, dialogue, persons=16)
    at_the_station(session, dialogue, 8, Channel.PAPER)
    for response in responses[:7]:
        response.places[0].times = frozenset({TimeOfDay.NIGHT})
    session.flush()
    run = compute(session, dialogue, EVENING)
    assert run.filters == {"time": "evening"}
    assert run.filter_key == "time=evening"
    assert run.n_marks == 16 + 8 - 7


@pytest.mark.parametrize(("others", "told"), [(0, 16), (1, 0), (4, 0), (5, 16)])
def test_where_a_few_are_left_out_the_part_is_not_told(
    session: Session, dialogue: Dialogue, others: int, told: int
) -> None:
    make_cluster(session, dialogue, persons=16)  # all of them in the evening
    for _ in range(others):
        make_response(session, dialogue, {2: ("ja", None)}, [mark(*STATION)])
    session.flush()
    assert station_persons(session, dialogue, EVENING) == told


def test_everybody_of_a_small_group_is_not_told(session: Session, dialogue: Dialogue) -> None:
    make_cluster(session, dialogue, persons=12)
    assert station_persons(session, dialogue, EVENING) == 0


def test_the_last_way_in_cannot_be_had_from_the_others(
    session: Session, dialogue: Dialogue
) -> None:
    make_cluster(session, dialogue, persons=16)  # on the web
    at_the_station(session, dialogue, 9, Channel.PAPER)
    at_the_station(session, dialogue, 2, Channel.MEETING)
    session.flush()
    told = {way: station_persons(session, dialogue, Filters(channel=way))
            for way in (Channel.WEB, Channel.PAPER, Channel.MEETING)}  # fmt: skip
    # Two at a meeting; with both others told they would be 27 - 16 - 9.
    assert told == {Channel.WEB: 16, Channel.PAPER: 0, Channel.MEETING: 0}


def test_of_a_part_neither_reasons_nor_small_numbers_are_stored(
    session: Session, dialogue: Dialogue
) -> None:
    responses = make_cluster(session, dialogue, persons=20)
    for response in responses[20:50]:
        response.places[0].times = frozenset({TimeOfDay.EVENING})
    session.flush()
    run = compute(session, dialogue, EVENING)
    assert run.hotspots
    assert all(not spot.reasons and not spot.times for spot in run.hotspots)
    assert not {"reasons", "times"} & run.layers.keys()
    assert run.settings["too_few"] == []
    assert "n_words_only" not in run.settings
    summary = get_latest_run(session, dialogue.municipality, dialogue, EVENING)
    assert summary is not None
    assert (summary.n_respondents, summary.off_map.is_empty) == (None, True)
    assert summary.filters == EVENING


def test_areas_of_a_part_keep_the_limit_of_the_tables(session: Session, dialogue: Dialogue) -> None:
    responses = make_cluster(session, dialogue, persons=16)
    for response in responses[:7]:
        response.places[0].times = frozenset()
    lat, lon = STATION
    session.add(
        Area(
            municipality=dialogue.municipality, kind=AreaKind.DESO, code="A", name="Centrum",
            geometry=box(lon - 0.002, lat - 0.002, lon + 0.002, lat + 0.002), source="prov",
        )
    )  # fmt: skip
    session.flush()
    whole = compute(session, dialogue)
    assert [row["n"] for row in whole.layers["area-deso"]["rows"]] == [16]
    part = compute(session, dialogue, EVENING)
    assert [row["n"] for row in part.layers["area-deso"]["rows"]] == [None]  # nine, not ten


def test_the_round_and_evidence_look_at_the_map_of_all_marks_only(
    session: Session, dialogue: Dialogue
) -> None:
    make_cluster(session, dialogue, persons=16)
    compute(session, dialogue, EVENING)
    here = dialogue.municipality
    assert get_latest_run(session, here, dialogue) is None
    assert (here, dialogue) in list_stale_dialogues(session)
    whole = compute(session, dialogue)
    latest = get_latest_run(session, here, dialogue)
    assert latest is not None
    assert latest.id == whole.id
    assert (here, dialogue) not in list_stale_dialogues(session)
    assert whole.n_marks == 52


def test_a_withdrawn_answer_takes_down_the_maps_of_parts_too(
    session: Session, dialogue: Dialogue
) -> None:
    responses = make_cluster(session, dialogue, persons=16)
    compute(session, dialogue)
    compute(session, dialogue, EVENING)
    responses[0].withdrawn_on = NOW.date()
    settle_counting(session, responses[0], now=NOW)
    here = dialogue.municipality
    for filters in (NO_FILTERS, EVENING):
        state = get_map_state(session, here, dialogue, filters)
        assert state.latest is None
        assert state.was_voided


def test_a_map_of_a_part_grows_old_with_the_others(session: Session, dialogue: Dialogue) -> None:
    make_cluster(session, dialogue, persons=16)
    compute(session, dialogue, EVENING)
    here = dialogue.municipality
    assert not get_map_state(session, here, dialogue, EVENING).is_stale
    make_response(session, dialogue, {2: ("ja", None)}, [mark(*STATION)])
    state = get_map_state(session, here, dialogue, EVENING)
    assert state.is_stale
    assert state.n_new_marks == 0  # how many would be a number of its own


def test_two_parts_wait_at_once_and_each_once(session: Session, dialogue: Dialogue) -> None:
    def ask(filters: Filters) -> int:
        return request_run(session, dialogue.municipality, dialogue, filters, now=NOW).id

    dark = Filters(reason=PlaceReason.DARK)
    assert len({ask(EVENING), ask(dark), ask(NO_FILTERS), ask(EVENING)}) == 3


def test_no_area_is_hidden_where_nobody_could_be_told(session: Session, dialogue: Dialogue) -> None:
    make_cluster(session, dialogue, persons=16)
    data = read_input(session, dialogue.municipality, dialogue, EVENING)
    assert data.everybody is not None
    assert areas_to_hide((), {}, data.everybody, 10) == {}
    assert int(data.everybody.is_chosen.sum()) == data.marks.size
    assert np.all(data.everybody.part == 0)


def test_the_map_says_reasons_and_times_as_the_pages_do() -> None:
    assert set(MEMBER_WORDS) == {m.value for kind in (PlaceReason, TimeOfDay) for m in kind}


def test_the_sum_of_a_part_tells_neither_who_is_in_it_nor_who_came(
    session: Session, dialogue: Dialogue
) -> None:
    make_cluster(session, dialogue, persons=16)  # all of them in the evening, by the web
    parts = (NO_FILTERS, EVENING, Filters(channel=Channel.WEB))
    before = [_hash(session, dialogue, part) for part in parts]
    assert len(set(before)) == len(parts)
    make_response(session, dialogue, {2: ("ja", None)}, [mark(*STATION)], channel=Channel.PAPER)
    session.flush()
    after = [_hash(session, dialogue, part) for part in parts]
    assert not set(before) & set(after)  # though no part but the whole has got more


def _hash(session: Session, dialogue: Dialogue, filters: Filters) -> str:
    return read_input(session, dialogue.municipality, dialogue, filters).data_hash


@pytest.mark.parametrize(("last", "told"), [(2, [16, None, None]), (0, [16, 8, None])])
def test_the_last_area_cannot_be_had_from_the_others_and_all(
    session: Session, dialogue: Dialogue, last: int, told: list[int | None]
) -> None:
    lat, lon = STATION
    for column, (code, persons) in enumerate((("A", 16), ("B", 8), ("C", last))):
        middle = lon + column * 0.004
        outline = box(middle - 0.002, lat - 0.002, middle + 0.002, lat + 0.002)
        session.add(
            Area(municipality=dialogue.municipality, kind=AreaKind.DESO, code=code, name=code,
                 geometry=outline, source="prov")
        )  # fmt: skip
        for _ in range(persons):
            make_response(session, dialogue, {2: ("ja", None)}, [mark(lat, middle)])
    session.flush()
    rows = compute(session, dialogue).layers["area-deso"]["rows"]
    assert [row["n"] for row in rows] == told


def may_tell(parts: Sequence[set[int]], chosen: set[int], part: int, k: int) -> bool:
    """The rule of 0028 for one area, by who is there: everybody by part, and the chosen."""
    whole = set[int]().union(*parts)
    rest = len(whole - chosen)
    if len(chosen) < k or 0 < rest < k or (rest == 0 and len(whole) < SMALL_GROUP * k):
        return False
    small = sum(len(each) for each in parts if len(each) < k)
    large = [(len(each), number) for number, each in enumerate(parts) if len(each) >= k]
    # Too few to be withheld by themselves: the smallest that could be told goes with them.
    return not (len(parts) > 1 and 0 < small < k and min(large)[1] == part)


@pytest.mark.parametrize("n_areas", [1, 6])
def test_areas_are_hidden_by_who_is_there_and_not_by_how_many_marks(n_areas: int) -> None:
    chance, k, told = np.random.default_rng(n_areas), 5, set[bool]()
    for _ in range(150):
        n_parts, persons = int(chance.integers(1, 5)), int(chance.integers(1, 30 * n_areas))
        part_of = np.sort(chance.choice(n_parts, persons, p=chance.dirichlet(np.ones(n_parts))))
        person = np.repeat(np.arange(persons), 3)
        area = chance.integers(-1, n_areas, person.size)
        part = int(part_of[-1])
        of_part = part_of[person]
        is_said = chance.random(person.size) < chance.choice([0.9, 1])
        is_chosen = (of_part == part) & is_said
        at = np.zeros(person.size)
        located = Located(at, at, person, at, at.astype(bool))
        everybody = Everybody(located, is_chosen, of_part, "")
        codes = tuple(map(str, range(n_areas)))
        division = Division("deso", codes, codes, (None,) * n_areas, np.array([]))
        expected = set()
        for number in range(n_areas):
            here = area == number
            parts = [set(person[here & (of_part == p)].tolist()) for p in np.unique(part_of)]
            row = len(parts) - 1
            if not may_tell(parts, set(person[here & is_chosen].tolist()), row, k):
                expected.add(str(number))
            told.add(str(number) not in expected)
        assert areas_to_hide((division,), {"deso": area}, everybody, k) == {"deso": expected}
    assert told == {True, False}, "else nothing is tried"
