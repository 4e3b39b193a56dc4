"""What one account without rows sees of the map and of the results, subtracted from each other."""

import uuid
from collections.abc import Iterable

import pytest
from sqlalchemy.orm import Session

from maps.places import Precision
from surveys.models.dialogue import Dialogue
from surveys.models.hotspot import HotspotRun
from surveys.models.municipality import Municipality
from surveys.models.place import NamedPlace
from surveys.models.response import MarkedPlace, PlaceReason
from surveys.queries.maps.hotspots import HotspotSummary, RunSummary, get_latest_run
from surveys.queries.results.marked_places import summarise_places
from surveys.services.maps.hotspot_requests import request_run
from surveys.services.maps.hotspots import compute_run
from tests.conftest import NOW
from tests.factories.dialogues import make_dialogue, make_response
from tests.factories.hotspots import LAT_STEP, LON_STEP, STATION, mark
from tests.factories.municipalities import make_named_place

K = 5
DARK = frozenset({PlaceReason.DARK})


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    return make_dialogue(session, municipality)


@pytest.fixture
def station(session: Session, municipality: Municipality) -> NamedPlace:
    return make_named_place(session, municipality)


def answer(session: Session, dialogue: Dialogue, number: int, marks: list[MarkedPlace]) -> None:
    make_response(session, dialogue, {2: ("ja", None)}, marks, id=uuid.UUID(int=number))


def gather(
    session: Session, dialogue: Dialogue, *, n_only_here: int, n_elsewhere: int, n_both: int = 40
) -> None:
    """Persons at the station; ``n_both`` of them elsewhere too, ``n_elsewhere`` elsewhere alone."""
    for number in range(n_only_here + n_both):
        marks = [mark(*STATION, reasons=DARK)]
        if number < n_both:
            marks.append(_around(number))
        answer(session, dialogue, 1000 + number, marks)
    for number in range(n_elsewhere):
        answer(session, dialogue, 3000 + number, [_around(number)])


def _around(number: int) -> MarkedPlace:
    lat, lon = STATION
    row, column = divmod(number % 36, 6)
    return mark(lat + LAT_STEP * (row - 3), lon + LON_STEP * (column + 2))


def _words(text: str) -> MarkedPlace:
    return MarkedPlace(words=text, precision=Precision.DISTRICT)


def in_words(session: Session, dialogue: Dialogue, n: int) -> None:
    for number in range(n):
        answer(session, dialogue, 5000 + number, [_words("bakom skolan")])


def compute(session: Session, dialogue: Dialogue) -> RunSummary:
    session.flush()
    run = request_run(session, dialogue.municipality, dialogue, now=NOW)
    compute_run(session, dialogue.municipality, run.id, now=NOW)
    found = get_latest_run(session, dialogue.municipality, dialogue)
    assert found is not None
    return found


def at_station(run: RunSummary) -> HotspotSummary:
    (spot,) = run.hotspots
    return spot


def possible(lowest: int, total: int) -> Iterable[int]:
    """How many may be elsewhere, for who knows the total and that the hotspot is a step wide."""
    return range(total - lowest - K + 1, total - lowest + 1)


@pytest.mark.parametrize("n_elsewhere", [1, 4])
def test_a_hotspot_of_all_but_a_few_tells_at_least_how_many(
    session: Session, dialogue: Dialogue, n_elsewhere: int
) -> None:
    gather(session, dialogue, n_only_here=7, n_elsewhere=n_elsewhere)
    run, here = compute(session, dialogue), dialogue.municipality
    spot, results = at_station(run), summarise_places(session, here, dialogue)
    assert (run.n_respondents, results.n_respondents) == (47 + n_elsewhere,) * 2
    assert (spot.is_at_least, spot.n_respondents, spot.relative_risk) == (True, 45, None)
    assert spot.n_marks % K == 0
    assert not set(possible(spot.n_respondents, 47 + n_elsewhere)) <= set(range(1, K))
    assert all(row.n_respondents is None or row.n_respondents <= 40 for row in spot.reasons)
    stored = session.get(HotspotRun, run.id)
    assert stored is not None
    assert stored.map_script is not None
    drawn = f"{stored.map_script}{stored.map_html}"
    assert ", minst 45 personer" in drawn
    assert ", 47 personer" not in drawn


@pytest.mark.parametrize("n_elsewhere", [5, 20])
def test_with_enough_elsewhere_it_tells_exactly(
    session: Session, dialogue: Dialogue, n_elsewhere: int
) -> None:
    gather(session, dialogue, n_only_here=7, n_elsewhere=n_elsewhere)
    spot = at_station(compute(session, dialogue))
    assert (spot.is_at_least, spot.n_respondents) == (False, 47)


def test_those_who_only_wrote_where_are_counted_as_the_results_count_them(
    session: Session, dialogue: Dialogue
) -> None:
    """Fewer than five are in no hotspot: three who are on the map, and one who is not."""
    gather(session, dialogue, n_only_here=7, n_elsewhere=3)
    in_words(session, dialogue, 1)
    run, here = compute(session, dialogue), dialogue.municipality
    assert run.n_respondents == summarise_places(session, here, dialogue).n_respondents == 51
    assert at_station(run).is_at_least
    in_words_too = [run.off_map.n_words_only, run.off_map.n_districts, run.off_map.n_far_outside]
    assert in_words_too == [None, 0, 0]  # one: fewer than five, as the page says


def test_enough_in_words_are_told(session: Session, dialogue: Dialogue) -> None:
    gather(session, dialogue, n_only_here=7, n_elsewhere=3)
    in_words(session, dialogue, 6)
    run = compute(session, dialogue)
    assert run.off_map.n_words_only == 6
    assert not at_station(run).is_at_least  # nine are elsewhere


@pytest.mark.parametrize(("n_more", "is_told"), [(0, True), (2, False), (4, False), (6, True)])
def test_a_reason_there_leaves_no_few_of_those_who_gave_it_at_all(
    session: Session, dialogue: Dialogue, n_more: int, is_told: bool
) -> None:
    gather(session, dialogue, n_only_here=7, n_elsewhere=20)
    for number in range(n_more):  # elsewhere, one of them only in words
        place = _around(number) if number else _words("vid bron")
        place.reasons = DARK
        answer(session, dialogue, 4000 + number, [place])
    spot = at_station(compute(session, dialogue))
    reasons = summarise_places(session, dialogue.municipality, dialogue).reasons
    assert [row.n_respondents for row in reasons] == [47 + n_more]
    assert [row.n_respondents for row in spot.reasons] == [47 if is_told else None]


def test_a_place_chosen_by_name_is_told_in_steps_beside_the_hotspot_there(
    session: Session, dialogue: Dialogue, station: NamedPlace
) -> None:
    """Thirty-six chose it and three set a pin: the three must not be what is left."""
    gather(session, dialogue, n_only_here=3, n_elsewhere=30, n_both=0)
    for number in range(36):
        chosen = MarkedPlace(named_place_id=station.id, precision=Precision.PLACE)
        answer(session, dialogue, 6000 + number, [chosen])
    run, here = compute(session, dialogue), dialogue.municipality
    (row,) = summarise_places(session, here, dialogue).named
    assert (row.n_respondents, row.at_most) == (35, 39)
    (exact,) = summarise_places(session, here, dialogue, sees_rows=True).named
    assert (exact.n_respondents, exact.at_most) == (36, 36)
    for spot in run.hotspots:
        left = {spot.n_respondents - n for n in range(row.n_respondents, row.at_most + 1)}
        assert not left <= set(range(1, K))


def test_neither_settings_nor_results_tell_how_many_marks_there_are(
    session: Session, dialogue: Dialogue
) -> None:
    """With the ratio and the expected number they would tell what is not on the map."""
    gather(session, dialogue, n_only_here=7, n_elsewhere=20)
    in_words(session, dialogue, 2)
    run, here = compute(session, dialogue), dialogue.municipality
    assert summarise_places(session, here, dialogue).n_marks is None
    assert not {"n_persons", "n_words_only", "n_districts"} & run.settings.keys()
