"""Weekly meetings: what counts, what is excused, what has not been told."""

from datetime import date, timedelta

from surveys.schedule.pace import Happening, Outcome, Status
from surveys.schedule.periods import Window
from surveys.schedule.weekly import Tick, count_weeks, meeting_days, public_holidays

TWO_YEARS = Window(date(2022, 1, 1), date(2023, 12, 31))
MONDAY = 0
RED_MONDAYS = {
    date(2022, 4, 18),
    date(2022, 6, 6),
    date(2022, 12, 26),
    date(2023, 4, 10),
    date(2023, 5, 1),
    date(2023, 12, 25),
}


def held_until(last: date, missed: tuple[date, ...] = ()) -> list[Happening]:
    days = [d for d in meeting_days(TWO_YEARS, MONDAY) if d <= last and d not in RED_MONDAYS]
    return [Happening(d, Outcome.MISSED if d in missed else Outcome.HELD) for d in days]


def test_every_monday_of_two_years_is_104_of_which_six_are_red() -> None:
    mondays = meeting_days(TWO_YEARS, MONDAY)
    assert len(mondays) == 104
    assert set(mondays) & public_holidays(2022, 2023) == RED_MONDAYS
    weeks = count_weeks(TWO_YEARS, MONDAY, held_until(date(2023, 12, 31)), date(2024, 1, 10))
    assert (weeks.held, weeks.expected, weeks.red_days) == (98, 98, 6)
    assert weeks.status is Status.DONE


def test_eves_and_sundays_are_no_public_holidays() -> None:
    days = public_holidays(2018, 2018)
    assert date(2018, 12, 24) not in days  # a Monday
    assert date(2018, 12, 23) not in days  # a Sunday
    assert date(2018, 12, 25) in days


def test_seventy_four_of_seventy_eight_weeks_at_the_end_of_july() -> None:
    missed = (date(2022, 7, 11), date(2022, 7, 18), date(2023, 2, 13), date(2023, 7, 24))
    weeks = count_weeks(TWO_YEARS, MONDAY, held_until(date(2023, 7, 31), missed), date(2023, 7, 31))
    assert (weeks.held, weeks.expected, weeks.red_days) == (74, 78, 5)
    assert weeks.count(Tick.MISSED) == 4
    assert weeks.status is Status.BEHIND
    assert [(year, len(ticks)) for year, ticks in weeks.rows] == [(2022, 52), (2023, 52)]
    assert weeks.rows[1][1][-1] is Tick.EXCUSED  # 25 December is known to be red in July
    assert weeks.rows[1][1][-2] is Tick.TO_COME


def test_a_meeting_moved_to_tuesday_because_of_a_red_monday_counts() -> None:
    moved = [Happening(date(2022, 4, 19))]
    weeks = count_weeks(
        Window(date(2022, 4, 18), date(2022, 4, 24)), MONDAY, moved, date(2022, 5, 9)
    )
    assert (weeks.held, weeks.expected, weeks.red_days) == (1, 1, 0)


def test_a_week_without_a_word_is_unreported_and_not_missed() -> None:
    weeks = count_weeks(TWO_YEARS, MONDAY, held_until(date(2022, 1, 17)), date(2022, 2, 1))
    assert weeks.count(Tick.UNREPORTED) == 1  # 24 January; the 31st has its week of grace
    assert weeks.count(Tick.MISSED) == 0
    assert (weeks.held, weeks.expected) == (3, 4)
    assert weeks.status is Status.BEHIND


def test_without_a_fixed_day_any_day_of_the_week_will_do() -> None:
    window = Window(date(2019, 1, 1), date(2019, 12, 31))
    days = [window.starts_on + timedelta(days=7 * n + n % 5) for n in range(52)]
    weeks = count_weeks(window, None, [Happening(day) for day in days], date(2020, 1, 10))
    assert (len(weeks.weeks), weeks.held, weeks.expected) == (52, 52, 52)


def test_an_agreed_break_excuses_a_week() -> None:
    window = Window(date(2022, 7, 4), date(2022, 7, 17))
    happenings = [Happening(date(2022, 7, 4)), Happening(date(2022, 7, 11), Outcome.EXCUSED)]
    weeks = count_weeks(window, MONDAY, happenings, date(2022, 8, 1))
    assert (weeks.held, weeks.expected, weeks.red_days) == (1, 1, 0)
    assert weeks.status is Status.DONE
