"""What was done where and when, and where its days lie to two rounds."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from surveys.models.municipality import Municipality
from surveys.models.plan import OccasionState
from surveys.models.promise import PointStatus
from surveys.queries.maps.place_work import (
    Gap,
    Timing,
    WorkKind,
    get_work_map,
    letter_of,
    list_work,
    list_work_places,
)
from tests.factories.municipalities import make_named_place
from tests.factories.promises import hold, make_activity, make_plan, make_point, make_promise

GAP = Gap(after=date(2021, 11, 30), before=date(2023, 7, 1))
SPRING, AUTUMN = date(2022, 4, 7), date(2022, 10, 6)


@pytest.mark.parametrize(
    ("days", "timing"),
    [
        ((), Timing.NOT_LOGGED),
        ((SPRING, AUTUMN), Timing.BETWEEN),
        ((SPRING, date(2023, 7, 2)), Timing.BETWEEN),  # it goes on during the later round
        ((date(2021, 11, 30), SPRING), Timing.BEGAN_BEFORE),
        ((date(2023, 7, 1),), Timing.AFTER),
    ],
)
def test_where_days_lie_to_the_rounds(days: tuple[date, ...], timing: Timing) -> None:
    assert GAP.timing(days) is timing


def test_nothing_lies_between_rounds_that_overlap() -> None:
    assert Gap(date(2022, 3, 1), date(2022, 2, 1)).timing((SPRING,)) is Timing.ROUNDS_OVERLAP
    assert Gap(date(2022, 3, 1), date(2022, 3, 2)).timing((SPRING,)) is Timing.ROUNDS_OVERLAP


def test_an_activity_is_told_of_at_each_place_where_it_was_held(
    session: Session, municipality: Municipality
) -> None:
    square = make_named_place(session, municipality, "Torget")
    park = make_named_place(session, municipality, "Parken")
    plan = make_plan(session, municipality)
    activity = make_activity(session, municipality, plan, named_place_id=square.id)
    hold(session, activity, SPRING)
    hold(session, activity, AUTUMN, named_place_id=park.id)
    hold(session, activity, date(2022, 5, 5), state=OccasionState.MISSED)
    found = {work.place_id: work for work in list_work(session, municipality)}
    assert found[square.id].days == (SPRING,)
    assert found[park.id].days == (AUTUMN,)
    work = found[park.id]
    assert (work.kind, work.parent, work.is_promise) == (WorkKind.ACTIVITY, plan.title, False)
    assert [place.name for place in list_work_places(session, municipality)] == ["Parken", "Torget"]


def test_without_a_place_nothing_is_told(session: Session, municipality: Municipality) -> None:
    activity = make_activity(session, municipality, make_plan(session, municipality))
    hold(session, activity, SPRING)
    assert list_work(session, municipality) == ()


def test_a_point_of_a_promise_takes_its_days_from_what_it_counts(
    session: Session, municipality: Municipality
) -> None:
    square = make_named_place(session, municipality, "Torget")
    activity = make_activity(session, municipality)
    hold(session, activity, SPRING)
    promise = make_promise(session, municipality)
    make_point(session, promise, activities=[activity], places=[square])
    (work,) = list_work(session, municipality)
    assert (work.kind, work.slug, work.is_promise) == (WorkKind.POINT, promise.slug, True)
    assert work.days == (SPRING,)


def test_a_point_that_is_done_has_the_day_on_which_it_was(
    session: Session, municipality: Municipality
) -> None:
    square = make_named_place(session, municipality, "Torget")
    promise = make_promise(session, municipality)
    make_point(session, promise, "Ljus", places=[square], status=PointStatus.DONE, status_on=AUTUMN)
    make_point(session, promise, "Mer ljus", places=[square])
    works = {work.title: work for work in list_work(session, municipality)}
    assert works["Ljus"].days == (AUTUMN,)
    assert works["Mer ljus"].days == ()


def test_an_activity_of_a_promise_stands_for_the_point_at_the_same_place(
    session: Session, municipality: Municipality
) -> None:
    square = make_named_place(session, municipality, "Torget")
    activity = make_activity(session, municipality)
    hold(session, activity, SPRING, named_place_id=square.id)
    promise = make_promise(session, municipality)
    make_point(session, promise, activities=[activity], places=[square])
    (work,) = list_work(session, municipality)
    assert (work.kind, work.parent, work.is_promise) == (WorkKind.ACTIVITY, promise.title, True)


def test_what_is_done_stands_at_its_place_under_a_letter(
    session: Session, municipality: Municipality
) -> None:
    square = make_named_place(session, municipality, "Torget")
    park = make_named_place(session, municipality, "Parken")
    make_named_place(session, municipality, "Hamnen")  # where nothing is done
    plan = make_plan(session, municipality)
    walk = make_activity(session, municipality, plan, name="Vandring", named_place_id=square.id)
    hold(session, walk, SPRING)
    hold(session, walk, AUTUMN, named_place_id=park.id)
    first, second = get_work_map(session, municipality).spots
    assert (first.letter, first.place.name, first.works[0].days) == ("A", "Parken", (AUTUMN,))
    assert (second.letter, second.place.name, second.works[0].days) == ("B", "Torget", (SPRING,))


def test_no_map_tells_what_is_done_at_a_sensitive_place(
    session: Session, municipality: Municipality
) -> None:
    shelter = make_named_place(session, municipality, "Kvinnojouren", is_sensitive=True)
    square = make_named_place(session, municipality, "Torget")
    for place in (shelter, square):
        make_activity(session, municipality, make_plan(session, municipality, place.name.lower()),
                      named_place_id=place.id)  # fmt: skip
    found = get_work_map(session, municipality)
    assert [spot.place.name for spot in found.spots] == ["Torget"]
    assert found.n_untold == 1
    assert [work.place_id for work in list_work(session, municipality)] == [square.id]
    assert list_work_places(session, municipality) == (square,)


def test_letters_go_on_after_z() -> None:
    assert [letter_of(number) for number in (0, 25, 26, 51, 52)] == ["A", "Z", "AA", "AZ", "BA"]
