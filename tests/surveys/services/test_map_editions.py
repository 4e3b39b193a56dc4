"""Public maps in editions: prepared, published, held to what was told before, and taken down."""

import uuid
from collections.abc import Iterable
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from maps.geojson import dumps
from maps.places import Precision
from surveys.errors import Conflict, InvalidInput, NotFound
from surveys.models.dialogue import Channel, Dialogue
from surveys.models.map_edition import EditionState, MapEdition
from surveys.models.municipality import Municipality
from surveys.models.place import NamedPlace, PlaceKind
from surveys.models.response import Feeling, MarkedPlace, Response, SuspicionReview
from surveys.queries.maps.map_editions import EditionView, get_public_edition, list_editions
from surveys.services.dialogues.counting import settle_all, settle_counting
from surveys.services.maps.map_edition_steps import (
    publish_edition,
    request_edition,
    withdraw_edition,
)
from surveys.services.maps.map_editions import (
    compute_edition,
    prepare,
    publish_now,
    read_edition,
    store_edition,
)
from tests.conftest import NOW
from tests.factories.dialogues import make_dialogue, make_response
from tests.factories.hotspots import STATION, make_others, mark
from tests.factories.municipalities import make_municipality, make_named_place
from tests.factories.noise import NOISE_TEXT

ROLE = "Trygghetssamordnare"
ELSEWHERE = (61.3100, 17.0800)
FAR = (61.4000, 17.3000)


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    """One where nine have marked nothing but a whole part of town."""
    make_named_place(session, municipality)
    dialogue = make_dialogue(session, municipality)
    make_others(session, dialogue)
    return dialogue


def add(
    session: Session,
    dialogue: Dialogue,
    n: int,
    at: tuple[float, float] = STATION,
    **values: object,
) -> list[Response]:
    """``n`` who mark the same spot."""
    return [
        make_response(session, dialogue, {2: ("ja", None)}, [mark(*at, **values)], id=uuid.uuid4())
        for _ in range(n)
    ]


def publish(session: Session, dialogue: Dialogue) -> EditionView:
    publish_now(session, dialogue.municipality, dialogue, role=ROLE, now=NOW)
    shown = get_public_edition(session, dialogue.municipality, dialogue)
    assert shown is not None
    return shown


def prepared(session: Session, dialogue: Dialogue) -> MapEdition:
    edition = request_edition(session, dialogue.municipality, dialogue, now=NOW)
    compute_edition(session, dialogue.municipality, edition.id)
    return edition


def leave(session: Session, responses: Iterable[Response]) -> None:
    for response in responses:
        response.suspicion_review = SuspicionReview.LEFT_OUT
        settle_counting(session, response, now=NOW)


def shown_by(edition: EditionView) -> tuple[object, ...]:
    """All that readers can get of an edition, without its number."""
    return dumps(dict(edition.cells)), edition.places, edition.n_at_least, edition.content_hash


def test_readers_see_nothing_before_somebody_publishes(
    session: Session, dialogue: Dialogue
) -> None:
    add(session, dialogue, 12)
    edition = prepared(session, dialogue)
    assert edition.state is EditionState.PREVIEW
    assert get_public_edition(session, dialogue.municipality, dialogue) is None


def test_an_edition_tells_classes_of_persons_near_public_ground(
    session: Session, dialogue: Dialogue
) -> None:
    add(session, dialogue, 12)
    add(session, dialogue, 4, ELSEWHERE)
    shown = publish(session, dialogue)
    assert [(row.name, row.at_least, row.n_cells) for row in shown.places] == [
        ("Resecentrum", 10, 1)
    ]
    assert (shown.number, shown.n_at_least, shown.published_by) == (1, 10, ROLE)
    assert shown.published_at == NOW


def test_those_who_are_known_to_feel_unsafe_are_not_known_to_do_so_in_one_square(
    session: Session, municipality: Municipality
) -> None:
    """Ten say yes in published figures: "at least 10" would tell what each of them has marked."""
    dialogue = make_dialogue(session, municipality)
    add(session, dialogue, 9)
    assert prepared(session, dialogue).failure == "nothing_to_show"
    add(session, dialogue, 1)
    shown = publish(session, dialogue)
    assert [row.at_least for row in shown.places] == [5]
    assert shown.n_at_least == 5


def test_only_counted_marks_of_places_that_feel_unsafe_are_on_it(
    session: Session, dialogue: Dialogue
) -> None:
    add(session, dialogue, 4)
    add(session, dialogue, 8, feeling=Feeling.SAFE)
    add(session, dialogue, 8, is_counted=False)
    assert prepared(session, dialogue).failure == "nothing_to_show"


def test_homes_and_sensitive_places_are_left_out_and_told_to_staff(
    session: Session, dialogue: Dialogue
) -> None:
    here = dialogue.municipality
    housing = make_named_place(session, here, "Norrberget", kind=PlaceKind.HOUSING)
    make_named_place(
        session, here, "Boendet", lat=ELSEWHERE[0], lon=ELSEWHERE[1], is_sensitive=True
    )
    add(session, dialogue, 9, named_place_id=housing.id, precision=Precision.PLACE)
    add(session, dialogue, 9, ELSEWHERE)
    add(session, dialogue, 9, kind=PlaceKind.HOME)
    edition = prepared(session, dialogue)
    assert edition.failure == "nothing_to_show"
    assert edition.left_out["sensitive"] == 27
    add(session, dialogue, 6)
    shown = publish(session, dialogue)
    text = dumps({"cells": dict(shown.cells), "names": [row.name for row in shown.places]})
    assert "Boendet" not in text
    assert "Norrberget" not in text


def test_the_name_of_a_whole_town_colours_no_square(session: Session, dialogue: Dialogue) -> None:
    town = make_named_place(
        session, dialogue.municipality, "Stan", kind=PlaceKind.LOCALITY, radius_m=1800
    )
    add(session, dialogue, 9, named_place_id=town.id, precision=Precision.PLACE)
    edition = prepared(session, dialogue)
    assert edition.failure == "nothing_to_show"
    assert edition.left_out["without_position"] == 9 + 9


def test_nothing_residents_wrote_and_no_position_is_in_an_edition(
    session: Session, dialogue: Dialogue
) -> None:
    odd = (61.300123, 17.042345)
    responses = add(session, dialogue, 9, odd, words=NOISE_TEXT)
    shown = publish(session, dialogue)
    text = repr(shown)
    assert NOISE_TEXT not in text
    assert "61.30012" not in text
    assert "17.04234" not in text
    assert not any(response.id.hex[:12] in text for response in responses)


def test_one_more_answer_changes_nothing_that_readers_can_see(
    session: Session, dialogue: Dialogue
) -> None:
    add(session, dialogue, 9)
    add(session, dialogue, 4, ELSEWHERE)
    first = publish(session, dialogue)
    add(session, dialogue, 1)
    add(session, dialogue, 1, ELSEWHERE)
    second = publish(session, dialogue)
    assert second.number == 2
    assert shown_by(second) == shown_by(first)


def test_enough_new_answers_move_a_class(session: Session, dialogue: Dialogue) -> None:
    add(session, dialogue, 9)
    publish(session, dialogue)
    add(session, dialogue, 5)
    assert publish(session, dialogue).places[0].at_least == 10
    states = [e.state for e in list_editions(session, dialogue.municipality, dialogue)]
    assert states == [EditionState.PUBLISHED, EditionState.REPLACED]


@pytest.mark.parametrize("n_others", [3, 4, 5, 9])
def test_one_who_answers_and_withdraws_learns_nothing_of_the_others(
    session: Session, dialogue: Dialogue, n_others: int
) -> None:
    """Every number of others looks the same before and after, and in the edition after that."""
    add(session, dialogue, n_others)
    add(session, dialogue, 30, ELSEWHERE)
    own = add(session, dialogue, 1)
    first = publish(session, dialogue)
    leave(session, own)
    still = get_public_edition(session, dialogue.municipality, dialogue)
    assert still is not None
    assert shown_by(still) == shown_by(first)
    assert shown_by(publish(session, dialogue)) == shown_by(first)
    leave(session, add(session, dialogue, 1))
    assert shown_by(publish(session, dialogue)) == shown_by(first)


def test_answers_from_one_hand_that_staff_leave_out_take_the_edition_down_at_once(
    session: Session, dialogue: Dialogue
) -> None:
    forged = add(session, dialogue, 6)
    add(session, dialogue, 2)
    add(session, dialogue, 30, ELSEWHERE)
    assert len(publish(session, dialogue).places) == 2
    for response in forged:
        response.suspicion_review = SuspicionReview.LEFT_OUT
    session.flush()
    settle_all(session, forged, now=NOW)
    assert get_public_edition(session, dialogue.municipality, dialogue) is None
    assert len(publish(session, dialogue).places) == 1


@pytest.mark.parametrize("change", ["sensitive", "renamed", "deleted"])
def test_an_edition_names_only_what_the_register_names_today(
    session: Session, dialogue: Dialogue, change: str
) -> None:
    """Who marks a place as sensitive may have renamed it first, or take it away."""
    add(session, dialogue, 9)
    assert [row.name for row in publish(session, dialogue).places] == ["Resecentrum"]
    station = session.scalars(
        select(NamedPlace).where(
            NamedPlace.municipality_id == dialogue.municipality_id,
            NamedPlace.name == "Resecentrum",
        )
    ).one()
    if change == "deleted":
        session.delete(station)
    else:
        station.is_sensitive = True
        station.name = "Boendet" if change == "renamed" else station.name
    session.flush()
    shown = get_public_edition(session, dialogue.municipality, dialogue)
    assert shown is not None
    assert [(row.name, row.at_least) for row in shown.places] == [("", 5)]


def test_a_square_goes_when_its_place_becomes_sensitive_however_few_are_left_in_it(
    session: Session, dialogue: Dialogue
) -> None:
    responses = add(session, dialogue, 6)
    add(session, dialogue, 30, ELSEWHERE)
    assert len(publish(session, dialogue).places) == 2
    leave(session, responses[:3])
    assert len(publish(session, dialogue).places) == 2
    make_named_place(
        session, dialogue.municipality, "Jouren", is_sensitive=True, radius_m=50,
        lat=STATION[0], lon=STATION[1],
    )  # fmt: skip
    assert len(publish(session, dialogue).places) == 1


def test_nothing_that_readers_get_tells_how_many_a_closed_square_holds(
    session: Session, dialogue: Dialogue
) -> None:
    """Whether five had marked it or ninety, the map is the same from the day on it is closed."""
    seen = set()
    for n_there in (5, 12, 44, 90):
        other = make_dialogue(session, dialogue.municipality, slug=f"omgang-{n_there}")
        add(session, other, n_there)
        beside = add(session, other, 9, ELSEWHERE)
        assert publish(session, other).n_cells == 2
        home = make_named_place(
            session, dialogue.municipality, f"Jouren {n_there}", is_sensitive=True, radius_m=50,
            lat=STATION[0], lon=STATION[1],
        )  # fmt: skip
        series = [shown_by(publish(session, other))]
        add(session, other, 30)  # in the closed square, meanwhile
        leave(session, beside[:1])
        series.append(shown_by(publish(session, other)))
        assert series[0] == series[1]
        assert series[0][2] == 5, "at least five, in the square that is left"
        seen.add(series[0])
        session.delete(home)
        session.flush()
    assert len(seen) == 1


@pytest.mark.parametrize("n_editions", [1, 2])
def test_a_place_that_is_sensitive_for_a_while_does_not_make_the_map_forget(
    session: Session, dialogue: Dialogue, n_editions: int
) -> None:
    """Else whoever left meanwhile would see the square gone: four others are there."""
    own = add(session, dialogue, 5)[:1]
    add(session, dialogue, 9, ELSEWHERE)
    assert publish(session, dialogue).n_cells == 2
    home = make_named_place(
        session, dialogue.municipality, "Jouren", is_sensitive=True, radius_m=5000,
        lat=STATION[0], lon=STATION[1],
    )  # fmt: skip
    add(session, dialogue, 9, FAR)
    for _ in range(n_editions):
        assert [row.at_least for row in publish(session, dialogue).places] == [5]
    leave(session, own)
    add(session, dialogue, 1, ELSEWHERE)
    home.is_sensitive = False
    session.flush()
    again = publish(session, dialogue)
    assert again.n_cells == 3  # the two as they were, although nine and one would be ten
    assert {row.at_least for row in again.places} == {5}


def test_an_answer_that_came_after_the_edition_may_leave_without_a_trace(
    session: Session, dialogue: Dialogue
) -> None:
    add(session, dialogue, 5)
    publish(session, dialogue)
    leave(session, add(session, dialogue, 1))
    assert get_public_edition(session, dialogue.municipality, dialogue) is not None


def test_what_was_prepared_with_an_answer_that_leaves_cannot_be_published(
    session: Session, dialogue: Dialogue
) -> None:
    responses = add(session, dialogue, 9)
    here = dialogue.municipality
    edition = request_edition(session, here, dialogue, now=NOW)
    data = read_edition(session, here, edition.id)
    assert data is not None
    edition_id = edition.id
    leave(session, responses[:1])
    with pytest.raises(NotFound):
        store_edition(session, here, edition_id, prepare(data))
    with pytest.raises(NotFound):
        publish_edition(session, here, dialogue, edition_id, role=ROLE, now=NOW)


def test_the_first_edition_settles_cell_and_limit(session: Session, dialogue: Dialogue) -> None:
    add(session, dialogue, 30)
    publish(session, dialogue)
    later = request_edition(session, dialogue.municipality, dialogue, cell_m=500, least=10, now=NOW)
    assert (later.cell_m, later.min_respondents) == (250, 5)


@pytest.mark.parametrize(("cell_m", "least"), [(100, 5), (250, 4), (0, 5), (250, -5)])
def test_no_finer_cell_and_no_lower_limit_can_be_asked_for(
    session: Session, dialogue: Dialogue, cell_m: int, least: int
) -> None:
    with pytest.raises(InvalidInput):
        request_edition(
            session, dialogue.municipality, dialogue, cell_m=cell_m, least=least, now=NOW
        )


def test_staff_take_an_edition_down_with_a_reason(session: Session, dialogue: Dialogue) -> None:
    add(session, dialogue, 9)
    shown, here = publish(session, dialogue), dialogue.municipality
    with pytest.raises(InvalidInput):
        withdraw_edition(session, here, dialogue, shown.id, reason="  ", now=NOW)
    withdraw_edition(session, here, dialogue, shown.id, reason="Fel fråga", now=NOW)
    assert get_public_edition(session, here, dialogue) is None
    with pytest.raises(Conflict):
        withdraw_edition(session, here, dialogue, shown.id, reason="Igen", now=NOW)


def test_the_ledger_of_earlier_editions_is_forgotten(session: Session, dialogue: Dialogue) -> None:
    add(session, dialogue, 9)
    publish(session, dialogue)
    publish(session, dialogue)
    ledgers = session.scalars(
        select(MapEdition.ledger)
        .where(MapEdition.dialogue_id == dialogue.id)
        .order_by(MapEdition.number)
    ).all()
    assert ledgers[0] == {}
    assert len(ledgers[1]["cells"]) == 1


@pytest.mark.parametrize(
    ("n_before", "n_that_day", "channel", "n_warned"),
    [
        (0, 5, Channel.WEB, 1),  # one person may have sent all five
        (4, 5, Channel.WEB, 1),
        (5, 5, Channel.WEB, 0),  # there would be a square without them
        (0, 5, Channel.PAPER, 0),  # staff have typed them in
    ],
)
def test_whoever_publishes_is_told_of_squares_that_rest_on_one_day(
    session: Session, dialogue: Dialogue, n_before: int, n_that_day: int, channel: Channel,
    n_warned: int,
) -> None:  # fmt: skip
    for day, n in ((date(2023, 7, 3), n_before), (date(2023, 7, 9), n_that_day)):
        for response in add(session, dialogue, n):
            response.answered_on, response.channel = day, channel
    session.flush()
    assert prepared(session, dialogue).left_out["cells_of_one_day"] == n_warned


def test_a_square_that_is_public_already_is_warned_of_no_more(
    session: Session, dialogue: Dialogue
) -> None:
    for response in add(session, dialogue, 6):
        response.answered_on = date(2023, 7, 3)
    session.flush()
    publish(session, dialogue)
    assert prepared(session, dialogue).left_out["cells_of_one_day"] == 0


def test_an_edition_is_one_municipality_s(session: Session, dialogue: Dialogue) -> None:
    add(session, dialogue, 9)
    shown = publish(session, dialogue)
    neighbour = make_municipality(session, slug="ovanaker", code="2121", name="Ovanåker")
    assert get_public_edition(session, neighbour, dialogue) is None
    with pytest.raises(NotFound):
        withdraw_edition(session, neighbour, dialogue, shown.id, reason="x", now=NOW)


def test_a_place_without_a_position_is_counted_apart(session: Session, dialogue: Dialogue) -> None:
    add(session, dialogue, 6)
    words = MarkedPlace(words="vid bron", precision=Precision.EXACT)
    make_response(session, dialogue, {2: ("ja", None)}, [words])
    assert prepared(session, dialogue).left_out["without_position"] == 9 + 1
