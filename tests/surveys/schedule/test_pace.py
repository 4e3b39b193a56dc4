"""One counter against its targets, on the days that matter."""

from datetime import date, timedelta

import pytest

from surveys.schedule.pace import Happening, Outcome, Status, Target, days_stale, stand
from surveys.schedule.periods import (
    Window,
    add_months,
    months_begun,
    months_left,
    split,
    total_months,
    window_of_months,
)

TWO_YEARS = Window(date(2022, 1, 1), date(2023, 12, 31))
FOUR_IN_TWO_YEARS = Target(4)
TWO_A_YEAR = Target(2, per="year")


def held(*days: date) -> list[Happening]:
    return [Happening(day) for day in days]


EFFORTS = held(date(2022, 4, 7), date(2022, 10, 12), date(2023, 5, 11))
THREE_AND_ONE = held(date(2022, 3, 1), date(2022, 5, 1), date(2022, 9, 1), date(2023, 5, 1))


def test_three_of_four_efforts_with_five_months_left_is_on_track() -> None:
    standing = stand(FOUR_IN_TWO_YEARS, TWO_YEARS, EFFORTS, date(2023, 7, 31))
    assert (standing.held, standing.target, standing.expected) == (3, 4, 3)
    assert standing.status is Status.ON_TRACK
    assert months_left(TWO_YEARS, date(2023, 7, 31)) == 5
    assert total_months(TWO_YEARS) == 24


def test_the_same_efforts_per_year_are_two_of_two_and_one_of_two_so_far() -> None:
    standing = stand(TWO_A_YEAR, TWO_YEARS, EFFORTS, date(2023, 7, 31))
    assert [(t.window.starts_on.year, t.held, t.target, t.is_over) for t in standing.tallies] == [
        (2022, 2, 2, True),
        (2023, 1, 2, False),
    ]
    assert standing.status is Status.ON_TRACK


def test_three_and_one_keeps_the_promise_and_misses_the_plan() -> None:
    today = date(2024, 1, 1)
    assert stand(FOUR_IN_TWO_YEARS, TWO_YEARS, THREE_AND_ONE, today).status is Status.DONE
    per_year = stand(TWO_A_YEAR, TWO_YEARS, THREE_AND_ONE, today)
    assert per_year.status is Status.BEHIND
    assert [t.is_met for t in per_year.tallies] == [True, False]


def test_a_missed_year_cannot_be_mended_in_the_next() -> None:
    late = held(*(date(2023, month, 1) for month in range(1, 5)))
    assert stand(TWO_A_YEAR, TWO_YEARS, late, date(2023, 6, 1)).status is Status.BEHIND


@pytest.mark.parametrize(
    ("n", "status"),
    [
        (0, Status.BEHIND),
        (1, Status.BEHIND),
        (2, Status.ON_TRACK),
        (3, Status.AHEAD),
        (4, Status.DONE),
    ],
)
def test_status_half_way_through(n: int, status: Status) -> None:
    days = held(*(date(2022, month, 1) for month in range(1, n + 1)))
    assert stand(FOUR_IN_TWO_YEARS, TWO_YEARS, days, date(2023, 1, 1)).status is status


def test_only_what_was_held_inside_the_period_counts() -> None:
    happenings = [
        Happening(date(2021, 12, 31)),
        Happening(date(2022, 1, 1)),
        Happening(date(2022, 2, 1), Outcome.MISSED),
        Happening(date(2024, 1, 1)),
    ]
    assert stand(FOUR_IN_TWO_YEARS, TWO_YEARS, happenings, date(2024, 2, 1)).held == 1


def test_a_period_that_has_not_begun_is_neither_ahead_nor_behind() -> None:
    assert stand(FOUR_IN_TWO_YEARS, TWO_YEARS, [], date(2021, 6, 1)).status is Status.NOT_BEGUN
    assert stand(FOUR_IN_TWO_YEARS, None, [], date(2021, 6, 1)).status is Status.ONGOING


def test_without_a_target_the_count_is_only_told() -> None:
    standing = stand(None, TWO_YEARS, EFFORTS, date(2023, 7, 31))
    assert (standing.held, standing.target, standing.status) == (3, None, Status.ONGOING)


def test_a_year_counts_from_the_first_day_of_the_promise() -> None:
    window = window_of_months(date(2026, 9, 20), 24)
    assert window.ends_on == date(2028, 9, 19)
    assert [part.starts_on for part in split(window, "year")] == [
        date(2026, 9, 20),
        date(2027, 9, 20),
    ]


def test_half_years_of_one_calendar_year() -> None:
    window = Window(date(2019, 1, 1), date(2019, 12, 31))
    assert [part.ends_on for part in split(window, "half_year")] == [
        date(2019, 6, 30),
        date(2019, 12, 31),
    ]


def test_a_part_that_the_period_cuts_has_its_share_of_the_target() -> None:
    window = Window(date(2022, 1, 1), date(2023, 6, 30))
    standing = stand(Target(4, per="year"), window, [], date(2022, 2, 1))
    assert [t.target for t in standing.tallies] == [4, 1]


@pytest.mark.parametrize(
    ("today", "begun", "left"),
    [
        (date(2021, 12, 31), 0, 24),
        (date(2022, 1, 1), 1, 23),
        (date(2022, 1, 31), 1, 23),
        (date(2022, 2, 1), 2, 22),
        (date(2023, 12, 31), 24, 0),
        (date(2024, 5, 1), 24, 0),
    ],
)
def test_months_of_a_period(today: date, begun: int, left: int) -> None:
    assert (months_begun(TWO_YEARS, today), months_left(TWO_YEARS, today)) == (begun, left)


def test_the_last_day_of_a_short_month() -> None:
    assert add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert add_months(date(2023, 12, 31), 2) == date(2024, 2, 29)


def test_a_running_promise_goes_stale_and_an_ended_one_does_not() -> None:
    said = date(2023, 3, 14)
    assert days_stale(said, date(2023, 7, 30), is_running=True) == 138
    assert days_stale(said, date(2023, 6, 1), is_running=True) is None
    assert days_stale(said, date(2025, 1, 1), is_running=False) is None
    assert days_stale(None, date(2025, 1, 1), is_running=True) is None


def test_silence_is_told_after_ninety_days_and_not_on_the_ninetieth() -> None:
    last_word = date(2023, 5, 1)
    for days, told in ((90, None), (91, 91)):
        today = last_word + timedelta(days=days)
        assert days_stale(last_word, today, is_running=True) == told
        assert days_stale(last_word, today, is_running=False) is None
