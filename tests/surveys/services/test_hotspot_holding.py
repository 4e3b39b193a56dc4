"""Two drawings of an open dialogue, one beside the other: they never differ by a few persons."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models.dialogue import Dialogue
from surveys.models.hotspot import HotspotRun, RunState
from surveys.models.municipality import Municipality
from surveys.models.response import Response, TimeOfDay
from surveys.queries.filters import NO_FILTERS, Filters
from surveys.queries.hotspots import get_latest_run, get_map_state
from surveys.queries.stale_maps import list_stale_dialogues
from surveys.services.counting import settle_counting
from surveys.services.hotspot_requests import request_run
from surveys.services.hotspots import compute_run
from tests.conftest import NOW
from tests.factories.dialogues import make_dialogue, make_response
from tests.factories.hotspots import STATION, make_cluster, mark
from tests.factories.municipalities import make_named_place

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
