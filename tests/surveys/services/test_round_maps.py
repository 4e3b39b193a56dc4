"""Two rounds drawn alike, and what is found at the same places in both."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from maps.places import Precision
from surveys.errors import NotFound
from surveys.models.dialogue import Dialogue, SamplingDesign
from surveys.models.hotspot import RunState
from surveys.models.municipality import Municipality
from surveys.models.response import Feeling, MarkedPlace, Response
from surveys.models.round_map import RoundMap
from surveys.queries.maps.place_work import Timing
from surveys.queries.maps.round_areas import AreaState
from surveys.queries.maps.round_counts import Untold
from surveys.queries.maps.round_maps import (
    RoundMaps,
    get_round_map_part,
    get_round_maps,
    list_choices,
)
from surveys.services.dialogues.counting import settle_counting
from surveys.services.maps.hotspot_requests import request_run
from surveys.services.maps.hotspots import compute_run
from surveys.services.maps.round_map_requests import request_round_map
from surveys.services.maps.round_maps import compute_round_map
from tests.conftest import NOW
from tests.factories.dialogues import make_dialogue, make_response
from tests.factories.hotspots import STATION, mark
from tests.factories.municipalities import make_named_place
from tests.factories.promises import hold, make_activity, make_plan
from tests.factories.round_maps import CLUB, give_marks, make_round_map, make_rounds

BETWEEN = date(2022, 4, 7)
Rounds = tuple[Dialogue, Dialogue]


@pytest.fixture
def rounds(session: Session, municipality: Municipality) -> Rounds:
    """20 at the station and 12 at the club, then 22 at the station and 15 at a school."""
    make_named_place(session, municipality)
    make_named_place(session, municipality, "Klubben", lat=CLUB[0], lon=CLUB[1])
    school = (61.2700, 17.0420)
    make_named_place(session, municipality, "Skolan", lat=school[0], lon=school[1])
    rounds = make_rounds(session, municipality)
    give_marks(session, rounds[0], (STATION, 20), (CLUB, 12))
    give_marks(session, rounds[1], (STATION, 22), (school, 15))
    return rounds


def draw(session: Session, municipality: Municipality, rounds: Rounds) -> RoundMaps:
    drawing = request_round_map(session, municipality, rounds, now=NOW)
    compute_round_map(session, municipality, drawing.id, now=NOW)
    found = get_round_maps(session, municipality, *rounds).found
    assert found is not None
    return found


def test_what_remains_what_is_gone_and_what_is_new(
    session: Session, municipality: Municipality, rounds: Rounds
) -> None:
    found = draw(session, municipality, rounds)
    states = {(area.side, area.name): area for area in found.areas}
    station = states[0, "Resecentrum"]
    assert station.state is AreaState.REMAINS
    assert station.others == (states[1, "Resecentrum"].rank,)
    assert station.pair.earlier is not None
    assert station.pair.later is not None
    assert (station.pair.earlier.n, station.pair.later.n) == (81, 86)
    club = states[0, "Klubben"]
    assert club.state is AreaState.GONE
    assert club.pair.earlier is not None
    assert club.pair.earlier.count >= 12
    assert [area.state for area in found.areas if area.side and not area.others] == [AreaState.NEW]


def test_each_round_has_a_picture_for_pages_without_script(
    session: Session, municipality: Municipality, rounds: Rounds
) -> None:
    found = draw(session, municipality, rounds)
    views = set()
    for side in (0, 1):
        _, parts = get_round_map_part(session, municipality, found.id, side)
        still = parts["html"].partition("<noscript")[2]
        views.add(still.partition(">")[0])
        assert 'class="cell s' in still
        assert still.count('class="pin-t"') == sum(area.side == side for area in found.areas)
    assert len(views) == 1  # of the same part of the world


def test_a_place_where_something_was_done_before_and_after(
    session: Session, municipality: Municipality, rounds: Rounds
) -> None:
    place = make_named_place(
        session, municipality, "Ungdomsgården", lat=CLUB[0], lon=CLUB[1], radius_m=200
    )
    activity = make_activity(session, municipality, make_plan(session, municipality))
    hold(session, activity, BETWEEN, named_place_id=place.id)
    (found,) = draw(session, municipality, rounds).places
    assert (found.letter, found.name, found.is_between) == ("A", "Ungdomsgården", True)
    assert found.in_areas[0]  # it stood out before
    assert not found.in_areas[1]
    assert found.place.earlier is not None
    assert found.place.earlier.count == 12
    assert found.place.later is not None
    assert found.place.later.count == 0
    assert found.place.difference is not None
    assert found.place.difference.high < 0
    assert found.relative is not None
    assert found.relative.high < 1
    assert found.quotient is not None
    assert found.quotient.value == 0  # nobody has moved on to the ring


@pytest.mark.parametrize("radius_m", [150, 600, 800, 1500])
def test_a_place_is_told_only_where_no_few_persons_lie_between_it_and_the_round_s_own_hotspots(
    session: Session, municipality: Municipality, rounds: Rounds, radius_m: int
) -> None:
    """Of those around the station one to four lie within 600 and 800 metres."""
    place = make_named_place(
        session, municipality, "Centrum", lat=STATION[0], lon=STATION[1], radius_m=radius_m
    )
    activity = make_activity(session, municipality, make_plan(session, municipality))
    hold(session, activity, BETWEEN, named_place_id=place.id)
    (found,) = draw(session, municipality, rounds).places
    run = request_run(session, municipality, rounds[0], now=NOW)
    compute_run(session, municipality, run.id, now=NOW)
    at_it = {"Resecentrum", "Centrum"}  # whichever of the two is the nearer
    own = [area.n_respondents for area in run.hotspots if area.name in at_it]
    assert own
    if found.place.earlier is not None:
        assert abs(found.place.earlier.count - own[0]) not in range(1, 5)
    assert (found.place.earlier is None) == (radius_m in (600, 800))


def test_an_area_has_the_number_of_persons_that_its_own_map_tells(
    session: Session, municipality: Municipality, rounds: Rounds
) -> None:
    """Some gave the name of a place that lies partly in the area."""
    town = make_named_place(
        session, municipality, "Centrum", lat=STATION[0], lon=STATION[1], radius_m=400
    )
    for _ in range(6):
        named = MarkedPlace(
            named_place_id=town.id, precision=Precision.PLACE, feeling=Feeling.UNSAFE
        )
        make_response(session, rounds[0], {2: ("ja", None)}, [named])
    found = draw(session, municipality, rounds)
    run = request_run(session, municipality, rounds[0], now=NOW)
    compute_run(session, municipality, run.id, now=NOW)
    told = {area.rank: area.n_respondents for area in run.hotspots}
    counted = {a.rank: a.pair.earlier.count for a in found.sides[0].areas if a.pair.earlier}
    assert counted == told


def test_what_was_done_at_another_time_is_shown_and_not_compared(
    session: Session, municipality: Municipality, rounds: Rounds
) -> None:
    place = make_named_place(session, municipality, "Ungdomsgården", lat=CLUB[0], lon=CLUB[1])
    activity = make_activity(session, municipality, make_plan(session, municipality))
    hold(session, activity, date(2021, 10, 1), BETWEEN, named_place_id=place.id)
    (found,) = draw(session, municipality, rounds).places
    assert [work.timing for work in found.works] == [Timing.BEGAN_BEFORE]
    assert found.place.untold is Untold.NOT_BETWEEN
    assert (found.place.difference, found.relative, found.quotient) == (None, None, None)
    assert found.place.earlier is not None


def test_rounds_that_asked_in_different_ways_get_no_differences(
    session: Session, municipality: Municipality, rounds: Rounds
) -> None:
    rounds[1].sampling = SamplingDesign.RANDOM_SAMPLE
    found = draw(session, municipality, rounds)
    assert {area.pair.untold for area in found.areas} <= {Untold.BREAK, Untold.TOO_FEW}
    assert all(area.pair.difference is None for area in found.areas)


def test_the_comparable_rounds_are_offered_first(
    session: Session, municipality: Municipality, rounds: Rounds
) -> None:
    earlier, later = rounds
    earlier.sampling = SamplingDesign.RANDOM_SAMPLE
    third = make_dialogue(session, municipality, "var-2023")
    choices = list_choices(later, [earlier, third])
    assert [other.slug for other, _ in choices] == [third.slug, earlier.slug]
    assert [bool(breaks) for _, breaks in choices] == [False, True]


def test_the_same_answers_give_the_same_drawing_and_new_ones_make_it_old(
    session: Session, municipality: Municipality, rounds: Rounds
) -> None:
    first = draw(session, municipality, rounds)
    kept = get_round_map_part(session, municipality, first.id, 0)[1]
    assert not first.is_stale
    second = draw(session, municipality, rounds)
    assert get_round_map_part(session, municipality, second.id, 0)[1] == kept
    with pytest.raises(NotFound):
        get_round_map_part(session, municipality, first.id, 0)  # only the latest is kept
    make_response(session, rounds[1], {2: ("ja", None)}, [mark(*CLUB)])
    found = get_round_maps(session, municipality, *rounds).found
    assert found is not None
    assert found.is_stale


def test_a_place_of_work_that_is_new_makes_it_old_and_is_not_counted(
    session: Session, municipality: Municipality, rounds: Rounds
) -> None:
    assert draw(session, municipality, rounds).n_uncounted == 0
    place = make_named_place(session, municipality, "Torget")
    activity = make_activity(session, municipality, make_plan(session, municipality))
    hold(session, activity, BETWEEN, named_place_id=place.id)
    found = get_round_maps(session, municipality, *rounds).found
    assert found is not None
    assert (found.is_stale, found.n_uncounted, found.places) == (True, 1, ())


def test_an_answer_that_is_taken_out_takes_the_drawing_with_it(
    session: Session, municipality: Municipality, rounds: Rounds
) -> None:
    draw(session, municipality, rounds)
    waiting = request_round_map(session, municipality, rounds, now=NOW)
    response = session.scalars(select(Response).where(Response.dialogue_id == rounds[0].id)).first()
    assert response is not None
    response.withdrawn_on = date(2023, 8, 1)
    settle_counting(session, response, now=NOW)
    assert get_round_maps(session, municipality, *rounds).found is None
    with pytest.raises(NotFound):
        compute_round_map(session, municipality, waiting.id, now=NOW)


def test_asked_twice_it_is_drawn_once_whichever_round_is_named_first(
    session: Session, municipality: Municipality, rounds: Rounds
) -> None:
    first = request_round_map(session, municipality, rounds, now=NOW)
    again = request_round_map(session, municipality, rounds[::-1], now=NOW)
    assert again.id == first.id
    assert (first.earlier_id, first.later_id) == (rounds[0].id, rounds[1].id)
    with pytest.raises(NotFound):
        request_round_map(session, municipality, (rounds[0], rounds[0]), now=NOW)


def test_too_few_marks_in_one_round_judge_nothing(
    session: Session, municipality: Municipality
) -> None:
    make_named_place(session, municipality)
    rounds = make_rounds(session, municipality)
    give_marks(session, rounds[0], (STATION, 20))
    found = draw(session, municipality, rounds)
    assert {area.state for area in found.areas} == {AreaState.NOT_JUDGED}
    assert found.sides[1].state == "no_marks"
    assert found.sides[1].n == 0


def test_another_municipality_has_no_part_in_it(
    session: Session, municipality: Municipality, rounds: Rounds
) -> None:
    foreign = session.scalars(
        select(RoundMap).where(RoundMap.municipality_id != municipality.id)
    ).first()
    assert foreign is not None
    with pytest.raises(NotFound):
        get_round_map_part(session, municipality, foreign.id, 0)
    with pytest.raises(NotFound):
        compute_round_map(session, municipality, foreign.id, now=NOW)


def test_a_drawing_that_failed_is_told_until_a_new_one_is_there(
    session: Session, municipality: Municipality, rounds: Rounds
) -> None:
    make_round_map(session, *rounds, state=RunState.FAILED, failure="unexpected", maps=None)
    state = get_round_maps(session, municipality, *rounds)
    assert (state.found, state.failure) == (None, "unexpected")
    draw(session, municipality, rounds)
    assert get_round_maps(session, municipality, *rounds).failure is None
