"""Analyses: what is counted, what is stored, and that nothing residents wrote comes along."""

import pytest
from sqlalchemy import Engine, select, text, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from maps.places import Precision
from surveys.errors import NotFound
from surveys.models.dialogue import Dialogue
from surveys.models.hotspot import HotspotRun, RunState
from surveys.models.municipality import Municipality
from surveys.models.place import PlaceKind
from surveys.models.response import MarkedPlace, PlaceReason
from surveys.queries.maps.hotspots import (
    OffMap,
    RunSummary,
    get_latest_run,
    get_map_parts,
    get_map_state,
)
from surveys.services.maps import hotspots
from surveys.services.maps.hotspot_requests import request_run, request_stale_runs
from surveys.services.maps.hotspots import analyse_run, compute_run, read_run, store_run
from tests.conftest import NOW, only_on
from tests.factories.dialogues import make_dialogue, make_response
from tests.factories.hotspots import STATION, make_cluster, mark
from tests.factories.municipalities import make_municipality, make_named_place
from tests.factories.noise import NOISE_TEXT

ATTACK = "</script><img src=x onerror=alert(1)>`${alert(2)}`"


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    make_named_place(session, municipality)
    return make_dialogue(session, municipality)


def compute(session: Session, dialogue: Dialogue) -> RunSummary:
    run = request_run(session, dialogue.municipality, dialogue, now=NOW)
    compute_run(session, dialogue.municipality, run.id, now=NOW)
    latest = get_latest_run(session, dialogue.municipality, dialogue)
    assert latest is not None
    assert latest.id == run.id
    return latest


def test_a_cluster_stands_out_with_its_persons_and_reasons(
    session: Session, dialogue: Dialogue
) -> None:
    make_cluster(session, dialogue, persons=16)
    run = compute(session, dialogue)
    assert (run.n_respondents, run.off_map.is_empty) == (52, True)
    assert run.settings["state"] == "done"
    area = run.hotspots[0]
    assert area.name == "Resecentrum"
    assert area.n_respondents >= 16
    assert [(row.member, row.n_respondents) for row in area.reasons] == [(PlaceReason.DARK, 16)]
    assert area.geometry["type"] == "Polygon"


@only_on("postgresql")  # SQLite lets one writer in at a time
def test_no_withdrawal_comes_between_the_look_at_a_run_and_its_storing(
    session: Session, engine: Engine, dialogue: Dialogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = dialogue.municipality
    make_cluster(session, dialogue, persons=12)
    run = request_run(session, here, dialogue, now=NOW)
    data = read_run(session, here, run.id, now=NOW)
    session.commit()
    assert data is not None
    tried = []

    def void_meanwhile(stored: HotspotRun, *_rest: object) -> None:
        statement = update(HotspotRun).where(HotspotRun.id == stored.id)
        with engine.connect() as other:
            other.execute(text("SET LOCAL lock_timeout = 50"))
            with pytest.raises(OperationalError):
                other.execute(statement.values(state=RunState.VOID))
        tried.append(stored.id)

    monkeypatch.setattr(hotspots, "_store_analysis", void_meanwhile)
    store_run(session, here, run.id, analyse_run(data), now=NOW)
    assert tried == [run.id]


def test_one_person_counts_once_however_many_marks(session: Session, dialogue: Dialogue) -> None:
    make_cluster(session, dialogue, persons=0)
    make_response(session, dialogue, {2: ("ja", None)}, [mark(*STATION) for _ in range(30)])
    run = compute(session, dialogue)
    assert run.n_respondents == 37
    assert run.hotspots == ()


def test_a_reason_is_counted_in_persons(session: Session, dialogue: Dialogue) -> None:
    make_cluster(session, dialogue, persons=16)
    dark = [mark(*STATION, reasons=frozenset({PlaceReason.DARK})) for _ in range(3)]
    make_response(session, dialogue, {2: ("ja", None)}, dark)
    area = compute(session, dialogue).hotspots[0]
    assert [(row.member, row.n_respondents) for row in area.reasons] == [(PlaceReason.DARK, 17)]


def test_a_joint_dialogue_gives_each_municipality_its_own_map(
    session: Session, dialogue: Dialogue
) -> None:
    neighbour = make_municipality(session, slug="ovanaker", code="2121", name="Ovanåker")
    dialogue.municipalities.append(neighbour)
    make_cluster(session, dialogue)
    theirs = make_response(session, dialogue, {2: ("ja", None)}, [mark(*STATION)])
    theirs.municipality_id = theirs.places[0].municipality_id = neighbour.id
    session.flush()
    assert compute(session, dialogue).n_respondents == 48
    state = get_map_state(session, neighbour, dialogue)
    assert (state.latest, state.n_marks_now) == (None, 1)
    ours = get_latest_run(session, dialogue.municipality, dialogue)
    assert ours is not None
    assert get_map_parts(session, dialogue.municipality, dialogue, ours.id).script
    with pytest.raises(NotFound):
        get_map_parts(session, neighbour, dialogue, ours.id)


def test_a_name_covers_its_extent_and_a_district_is_no_point(
    session: Session, dialogue: Dialogue
) -> None:
    square = make_named_place(session, dialogue.municipality, "Torget", radius_m=600)
    town = make_named_place(
        session, dialogue.municipality, "Söderhamn", kind=PlaceKind.LOCALITY, radius_m=1800
    )
    make_cluster(session, dialogue, persons=0)
    for _ in range(12):
        spread = MarkedPlace(named_place_id=square.id, precision=Precision.PLACE)
        whole = MarkedPlace(named_place_id=town.id, precision=Precision.DISTRICT)
        words = MarkedPlace(words="bakom skolan", precision=Precision.DISTRICT)
        make_response(session, dialogue, {2: ("ja", None)}, [spread, whole, words])
    run = compute(session, dialogue)
    # The same twelve persons as one point would lie in one cell; spread over 18 they fill many.
    assert (run.n_respondents, run.off_map) == (48, OffMap(12, 12, 0))
    ring = [corner for area in run.hotspots for corner in area.geometry["coordinates"][0]]
    assert max(lat for _, lat in ring) - min(lat for _, lat in ring) > 0.005


def test_the_same_marks_give_the_same_map(session: Session, dialogue: Dialogue) -> None:
    make_cluster(session, dialogue)
    first, second = compute(session, dialogue), compute(session, dialogue)
    assert first.id != second.id
    assert (first.data_hash, first.settings) == (second.data_hash, second.settings)
    parts = [
        get_map_parts(session, dialogue.municipality, dialogue, run.id) for run in (first, second)
    ]
    assert parts[0] == parts[1]
    for _ in range(5):
        make_response(session, dialogue, {2: ("ja", None)}, [mark(*STATION)])
    assert compute(session, dialogue).data_hash != first.data_hash


def test_what_residents_write_never_reaches_the_map(session: Session, dialogue: Dialogue) -> None:
    for response in make_cluster(session, dialogue):
        response.places[0].words = ATTACK
    make_named_place(session, dialogue.municipality, f"Torget {ATTACK}", lat=61.3001, radius_m=50)
    run = compute(session, dialogue)
    parts = get_map_parts(session, dialogue.municipality, dialogue, run.id)
    for part in (parts.html, parts.script, parts.style):
        assert "</script" not in part
        assert "<img" not in part
        assert "onerror=alert" not in part
        assert "`${alert" not in part


def test_a_request_that_waits_is_not_doubled(session: Session, dialogue: Dialogue) -> None:
    first = request_run(session, dialogue.municipality, dialogue, now=NOW)
    assert request_run(session, dialogue.municipality, dialogue, now=NOW).id == first.id


def test_a_job_may_run_twice(session: Session, dialogue: Dialogue) -> None:
    make_cluster(session, dialogue)
    run = request_run(session, dialogue.municipality, dialogue, now=NOW)
    compute_run(session, dialogue.municipality, run.id, now=NOW)
    made = run.hotspots[0].id
    assert read_run(session, dialogue.municipality, run.id, now=NOW) is None
    compute_run(session, dialogue.municipality, run.id, now=NOW)
    assert [hotspot.id for hotspot in run.hotspots][:1] == [made]


def test_a_run_is_found_through_its_municipality_only(session: Session, dialogue: Dialogue) -> None:
    foreign = session.scalars(select(HotspotRun)).first()
    assert foreign is not None
    with pytest.raises(NotFound):
        compute_run(session, dialogue.municipality, foreign.id, now=NOW)
    with pytest.raises(NotFound):
        get_map_parts(session, dialogue.municipality, dialogue, foreign.id)
    assert get_map_state(session, dialogue.municipality, dialogue).latest is None


def test_no_marks_and_few_marks_say_so(session: Session, dialogue: Dialogue) -> None:
    assert compute(session, dialogue).settings["state"] == "no_marks"
    for _ in range(5):
        make_response(session, dialogue, {2: ("ja", None)}, [mark(*STATION)])
    run = compute(session, dialogue)
    assert (run.settings["state"], run.hotspots) == ("too_few_marks", ())


def test_an_outline_that_cannot_be_read_does_not_cost_the_map(
    session: Session, dialogue: Dialogue
) -> None:
    dialogue.municipality.outline = {"type": "Polygon", "coordinates": "nej"}
    dialogue.municipality.schematic = {"type": "FeatureCollection", "features": [{"x": 1}]}
    make_cluster(session, dialogue)
    assert compute(session, dialogue).has_map


def test_marks_over_the_whole_world_are_refused_and_not_tried_again(
    session: Session, dialogue: Dialogue
) -> None:
    dialogue.municipality.outline = None
    make_cluster(session, dialogue)
    make_response(session, dialogue, {2: ("ja", None)}, [mark(-33.9, 18.4)])
    run = request_run(session, dialogue.municipality, dialogue, now=NOW)
    compute_run(session, dialogue.municipality, run.id, now=NOW)
    assert (run.state, run.failure) == (RunState.FAILED, "grid_too_large")
    state = get_map_state(session, dialogue.municipality, dialogue)
    assert (state.latest, state.failure) == (None, "grid_too_large")
    asked = [municipality_id for municipality_id, _ in request_stale_runs(session, now=NOW)]
    assert dialogue.municipality_id not in asked


def test_only_the_last_two_maps_are_kept_and_all_numbers(
    session: Session, dialogue: Dialogue
) -> None:
    make_cluster(session, dialogue)
    runs = [compute(session, dialogue) for _ in range(3)]
    stored = session.scalars(
        select(HotspotRun).where(HotspotRun.id.in_([run.id for run in runs])).order_by("id")
    ).all()
    assert [run.map_script is not None for run in stored] == [False, True, True]
    assert all(run.hotspots for run in stored)
    others = session.scalars(select(HotspotRun).where(HotspotRun.settings.is_not(None))).all()
    assert any(run.map_script and NOISE_TEXT in run.map_script for run in others)


def test_a_map_grows_old_when_a_mark_comes_or_goes(session: Session, dialogue: Dialogue) -> None:
    responses = make_cluster(session, dialogue)
    compute(session, dialogue)
    assert not get_map_state(session, dialogue.municipality, dialogue).is_stale
    make_response(session, dialogue, {2: ("ja", None)}, [mark(*STATION)])
    state = get_map_state(session, dialogue.municipality, dialogue)
    assert (state.is_stale, state.n_new_marks) == (True, 1)
    session.delete(responses[0])
    session.flush()
    state = get_map_state(session, dialogue.municipality, dialogue)
    assert (state.is_stale, state.n_new_marks) == (True, 0)


def test_the_round_finds_changed_marks_and_runs_left_waiting(
    session: Session, dialogue: Dialogue
) -> None:
    own = dialogue.municipality.id

    def asked() -> list[int]:
        found = request_stale_runs(session, now=NOW)
        return [run_id for municipality_id, run_id in found if municipality_id == own]

    assert asked() == []  # nothing marked, nothing to do
    make_cluster(session, dialogue)
    waiting = asked()
    assert len(waiting) == 1
    assert asked() == waiting  # left waiting: asked for again, not doubled
    compute_run(session, dialogue.municipality, waiting[0], now=NOW)
    assert asked() == []
