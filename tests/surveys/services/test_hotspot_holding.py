"""Two drawings of a dialogue, one beside the other: they never differ by a few persons."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models.dialogue import Dialogue
from surveys.models.hotspot import HotspotRun, RunState
from surveys.models.municipality import Municipality
from surveys.models.place import PlaceKind
from surveys.models.response import Response, TimeOfDay
from surveys.models.round_map import RoundMap
from surveys.queries.maps.hotspots import get_latest_run, get_map_state
from surveys.queries.maps.round_maps import get_round_maps
from surveys.queries.maps.stale_maps import list_stale_dialogues
from surveys.queries.results.filters import NO_FILTERS, Filters
from surveys.services.dialogues.counting import settle_counting
from surveys.services.ground.register import mark_place
from surveys.services.maps.hotspot_requests import request_run
from surveys.services.maps.hotspots import compute_run
from surveys.services.maps.round_map_requests import request_round_map
from surveys.services.maps.round_maps import compute_round_map
from tests.conftest import NOW
from tests.factories.dialogues import make_dialogue, make_response
from tests.factories.hotspots import STATION, make_cluster, mark
from tests.factories.municipalities import make_named_place
from tests.factories.round_maps import give_marks, make_rounds

EVENING = Filters(time=TimeOfDay.EVENING)


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    make_named_place(session, municipality)
    dialogue = make_dialogue(session, municipality)
    make_cluster(session, dialogue, persons=16)
    return dialogue


def draw(
    session: Session,
    dialogue: Dialogue,
    filters: Filters = NO_FILTERS,
    later: timedelta | None = None,
) -> HotspotRun:
    now = NOW + (later or timedelta(0))
    run = request_run(session, dialogue.municipality, dialogue, filters, now=now)
    return compute_run(session, dialogue.municipality, run.id, now=now)


def come(session: Session, dialogue: Dialogue, n: int, *, evening: bool = False) -> None:
    times = frozenset({TimeOfDay.EVENING} if evening else ())
    for _ in range(n):
        make_response(session, dialogue, {2: ("ja", None)}, [mark(*STATION, times=times)])


def test_a_day_by_day_attacker_finds_no_few_between_what_was_ever_told(
    session: Session, dialogue: Dialogue
) -> None:
    """Draws after each answer, keeps all that was told, and subtracts all from all."""
    seen: list[dict[str, int]] = []
    for n in (0, 1, 1, 1, 1, 1, 2, 4, 1, 6):
        come(session, dialogue, n)
        draw(session, dialogue)
        run = get_latest_run(session, dialogue.municipality, dialogue)
        assert run is not None
        told = {f"hotspot {h.name}": h.n_respondents for h in run.hotspots}
        seen.append(told | {"all": run.n_respondents})
    totals = [each["all"] for each in seen]
    assert totals == [52, 52, 52, 52, 52, 57, 57, 63, 63, 70]
    for earlier in seen:
        for later in seen:
            for name in earlier.keys() & later.keys():
                assert not 0 < later[name] - earlier[name] < 5, name


def test_what_is_held_back_is_not_stored_and_the_page_is_told_why(
    session: Session, dialogue: Dialogue
) -> None:
    told = draw(session, dialogue)
    come(session, dialogue, 2)
    held = draw(session, dialogue)
    assert (held.state, held.failure) == (RunState.FAILED, "too_few_new")
    assert (held.map_html, held.map_script, held.layers, held.hotspots) == (None, None, {}, [])
    assert (held.n_marks, held.n_respondents, held.data_hash) == (0, 0, "")
    state = get_map_state(session, dialogue.municipality, dialogue)
    assert state.latest is not None
    assert (state.latest.id, state.failure, state.least) == (told.id, "too_few_new", 5)
    here = (dialogue.municipality, dialogue)
    assert here not in list_stale_dialogues(session, now=NOW)  # not tried again in vain


def test_what_will_be_held_is_not_computed(
    session: Session, dialogue: Dialogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each new answer would else cost a whole analysis that nobody may see."""

    def compute(*_: object) -> None:
        raise AssertionError("computed")

    draw(session, dialogue)
    come(session, dialogue, 2)
    monkeypatch.setattr("surveys.services.maps.hotspots.analyse_input", compute)
    assert draw(session, dialogue).failure == "too_few_new"


def test_one_row_says_that_a_map_waits_however_often_it_is_asked_for(
    session: Session, dialogue: Dialogue
) -> None:
    told = draw(session, dialogue)
    for _ in range(3):
        come(session, dialogue, 1)
        last = draw(session, dialogue)
    ids = session.scalars(select(HotspotRun.id).where(HotspotRun.dialogue_id == dialogue.id)).all()
    assert sorted(ids) == [told.id, last.id]
    come(session, dialogue, 3)
    assert draw(session, dialogue).state is RunState.DONE


def test_a_map_of_an_earlier_rule_is_neither_shown_nor_forgotten(
    session: Session, dialogue: Dialogue
) -> None:
    """As the upgrade leaves it: void, with how many it told of."""
    told = draw(session, dialogue)
    told.state, told.failure = RunState.VOID, "old_rule"
    session.flush()
    state = get_map_state(session, dialogue.municipality, dialogue)
    assert (state.latest, state.was_voided) == (None, False)
    assert (dialogue.municipality, dialogue) in list_stale_dialogues(session, now=NOW)
    come(session, dialogue, 2)
    assert draw(session, dialogue).failure == "too_few_new"


def test_a_closed_dialogue_is_drawn_with_all_answers(session: Session, dialogue: Dialogue) -> None:
    draw(session, dialogue)
    come(session, dialogue, 2)
    draw(session, dialogue)
    after = dialogue.closes_at - NOW + timedelta(hours=1)
    here = (dialogue.municipality, dialogue)
    assert here in list_stale_dialogues(session, now=NOW + after)
    assert draw(session, dialogue, later=after).n_respondents == 54


def test_a_map_of_a_part_waits_for_the_part_and_for_the_whole(
    session: Session, dialogue: Dialogue
) -> None:
    come(session, dialogue, 6)
    draw(session, dialogue)
    assert draw(session, dialogue, EVENING).state is RunState.DONE
    come(session, dialogue, 3)
    assert draw(session, dialogue, EVENING).failure == "too_few_new"
    # Another part, never told before: beside the map of all it would be of three more.
    assert draw(session, dialogue, Filters(time=TimeOfDay.NIGHT)).failure == "too_few_new"
    come(session, dialogue, 2)
    draw(session, dialogue)
    # Five have come to all, and none of them in the evening.
    assert draw(session, dialogue, EVENING).failure == "too_few_new"
    come(session, dialogue, 5, evening=True)
    assert draw(session, dialogue, EVENING).state is RunState.DONE


def test_the_same_marks_may_be_drawn_again_and_a_withdrawal_is_drawn_at_once(
    session: Session, dialogue: Dialogue
) -> None:
    draw(session, dialogue)
    assert draw(session, dialogue).state is RunState.DONE
    response = make_cluster_answer(session, dialogue)
    response.withdrawn_on = NOW.date()
    settle_counting(session, response, now=NOW)
    assert get_latest_run(session, dialogue.municipality, dialogue) is None
    [queued] = session.scalars(select(HotspotRun).where(HotspotRun.state == RunState.QUEUED))
    assert compute_run(session, dialogue.municipality, queued.id, now=NOW).n_respondents == 51


def make_cluster_answer(session: Session, dialogue: Dialogue) -> Response:
    """One of those who marked the station."""
    response = session.scalars(
        select(Response).where(Response.dialogue_id == dialogue.id).limit(1)
    ).one()
    assert response.places
    return response


def draw_rounds(session: Session, *rounds: Dialogue, now: datetime = NOW) -> RoundMap:
    drawing = request_round_map(session, rounds[0].municipality, rounds, now=now)
    return compute_round_map(session, rounds[0].municipality, drawing.id, now=now)


def test_two_rounds_beside_each_other_are_a_drawing_of_each(
    session: Session, municipality: Municipality
) -> None:
    """Else whoever may not see a new map of the open round would have it drawn beside an old."""
    earlier, later = make_rounds(session, municipality)
    give_marks(session, earlier, (STATION, 20))
    give_marks(session, later, (STATION, 20))
    draw(session, later)
    assert draw_rounds(session, earlier, later).state is RunState.DONE
    come(session, later, 1)
    held = draw_rounds(session, earlier, later)
    assert (held.state, held.failure) == (RunState.FAILED, "too_few_new")
    assert (held.maps, held.findings) == (None, {})
    state = get_round_maps(session, municipality, earlier, later)
    assert state.found is not None
    assert (state.found.sides[1].n, state.failure, state.least) == (69, "too_few_new", 5)
    come(session, later, 4)
    assert draw_rounds(session, earlier, later).state is RunState.DONE
    # And the other way round: two more, on the round's own map.
    come(session, later, 2)
    assert draw(session, later).failure == "too_few_new"
    come(session, later, 3)
    assert draw(session, later).state is RunState.DONE


def test_what_comes_after_the_last_drawing_of_a_closed_dialogue_waits_for_enough(
    session: Session, dialogue: Dialogue
) -> None:
    """An answer typed in or accepted later would else stand alone between two drawings."""
    draw(session, dialogue)
    come(session, dialogue, 2)
    closed = dialogue.closes_at - NOW + timedelta(hours=1)
    assert draw(session, dialogue, later=closed).n_respondents == 54
    come(session, dialogue, 1)
    held = draw(session, dialogue, later=closed + timedelta(hours=1))
    assert (held.state, held.failure) == (RunState.FAILED, "too_few_new")
    much_later = NOW + closed + timedelta(days=9)
    assert (dialogue.municipality, dialogue) not in list_stale_dialogues(session, now=much_later)
    come(session, dialogue, 4)
    assert draw(session, dialogue, later=closed + timedelta(hours=2)).n_respondents == 59


def test_a_place_that_becomes_sensitive_takes_its_maps_down_and_not_what_they_have_told(
    session: Session, municipality: Municipality
) -> None:
    """Held for want of answers, the map that names the place would else stand for weeks."""
    shelter = make_named_place(session, municipality, "Jouren", kind=PlaceKind.OTHER)
    earlier, later = make_rounds(session, municipality)
    give_marks(session, earlier, (STATION, 20))
    give_marks(session, later, (STATION, 20))
    assert [h.name for h in draw(session, later).hotspots] == ["Jouren"]
    come(session, later, 5)
    draw_rounds(session, earlier, later)
    come(session, later, 1)
    mark_place(session, municipality, shelter.id, is_sensitive=True, reason="skyddat", now=NOW)
    assert get_latest_run(session, municipality, later) is None
    assert not get_map_state(session, municipality, later).was_voided  # nobody took an answer back
    assert get_round_maps(session, municipality, earlier, later).found is None
    [drawing] = session.scalars(select(RoundMap).where(RoundMap.municipality_id == municipality.id))
    assert "Jouren" not in repr((drawing.findings, drawing.maps))
    # One more than on the map of two rounds, six more than on the round's own.
    assert draw(session, later).failure == "too_few_new"
    come(session, later, 4)
    assert draw(session, later).state is RunState.DONE
