"""How many occasions a window holds, which days are excused, and what breaks take away."""

from datetime import date

import pytest

from surveys.schedule.grammar import parse
from surveys.schedule.grammar_schedule import Expectation, expect
from surveys.schedule.periods import Window
from surveys.schedule.recurrence import occasions

TWO_YEARS = Window(date(2022, 1, 1), date(2023, 12, 31))
RED_MONDAYS = (
    date(2022, 4, 18),
    date(2022, 6, 6),
    date(2022, 12, 26),
    date(2023, 4, 10),
    date(2023, 5, 1),
    date(2023, 12, 25),
)


def expected(text: str, first: date, last: date) -> Expectation:
    window = Window(first, last)
    return expect(parse(text, window), window)


def test_every_monday_of_two_years_without_the_six_red_ones() -> None:
    found = expect(parse("varje måndag kl. 14.00"), TWO_YEARS)
    assert found == Expectation(98, RED_MONDAYS)


def test_eves_are_working_days() -> None:
    # 24 and 31 December 2018 were Mondays, and so were no public holidays.
    found = expected("varje måndag", date(2018, 12, 17), date(2018, 12, 31))
    assert found == Expectation(3)
    midsummer_eve = expected("varje fredag", date(2022, 6, 24), date(2022, 6, 24))
    assert midsummer_eve == Expectation(1)


def test_a_date_of_the_year_is_meant_even_on_a_holiday() -> None:
    assert expect(parse("6 juni varje år"), TWO_YEARS) == Expectation(2)
    assert expect(parse("den 6 i varje månad"), TWO_YEARS).excused == (
        date(2022, 1, 6),
        date(2022, 6, 6),
        date(2023, 1, 6),
        date(2023, 6, 6),
    )


@pytest.mark.parametrize(
    ("text", "first", "last", "count"),
    [
        # whole parts from the first day, wherever in the year it lies
        ("2 ggr/år", date(2022, 9, 1), date(2023, 8, 31), 2),
        ("minst två gånger per halvår", date(2022, 9, 1), date(2023, 2, 28), 2),
        # the last part, cut by the window, in proportion and rounded down
        ("2 ggr/år", date(2022, 1, 1), date(2022, 6, 30), 1),
        ("2 ggr/år", date(2022, 1, 1), date(2022, 5, 31), 0),
        ("11 ggr/år", date(2022, 1, 1), date(2023, 6, 30), 16),
        ("1 ggr/månad", date(2022, 1, 31), date(2022, 3, 30), 2),
        # a week is the window's that holds its Thursday
        ("en gång/vecka", date(2022, 1, 3), date(2022, 1, 9), 1),
        ("en gång/vecka", date(2022, 1, 7), date(2022, 1, 12), 0),
        # a month named is the window's that holds its 15th
        ("september varje år", date(2022, 9, 16), date(2023, 9, 14), 0),
        ("september varje år", date(2022, 9, 1), date(2023, 9, 15), 2),
        # a term is the window's that holds its middle
        ("en gång per termin", date(2022, 8, 15), date(2023, 6, 10), 2),
        ("en gång per termin", date(2022, 6, 1), date(2022, 8, 31), 0),
    ],
)
def test_what_a_window_holds(text: str, first: date, last: date, count: int) -> None:
    assert expected(text, first, last).expected == count


def test_the_text_s_own_span_narrows_the_window() -> None:
    assert expect(parse("varje tisdag under hösten 2022"), TWO_YEARS) == Expectation(13)
    assert expect(parse("1 ggr/månad under 2023"), TWO_YEARS).expected == 12
    until = parse("varje måndag från 2022-09-01 till och med 2023-06-30")
    assert expect(until, TWO_YEARS) == Expectation(40, RED_MONDAYS[2:5])


def test_a_target_for_a_span_is_shared_by_time_where_the_window_holds_a_part() -> None:
    text = "minst fyra (4) insatser under perioden 2022-2023"
    assert expected(text, date(2022, 1, 1), date(2022, 12, 31)).expected == 2
    assert expected(text, date(2022, 1, 1), date(2025, 12, 31)).expected == 4
    assert expected(text, date(2024, 1, 1), date(2025, 12, 31)).expected == 0


def test_three_and_one_meet_four_in_two_years_and_not_two_a_year() -> None:
    # The promise and the plan say it differently: one expects 4 in all, the other 2 each year.
    assert expect(parse("minst fyra insatser 2022–2023"), TWO_YEARS).expected == 4
    assert expected("Minst 2 gånger/år", date(2023, 1, 1), date(2023, 12, 31)).expected == 2


def test_a_day_without_a_year_is_the_only_one_of_the_window() -> None:
    one_year = Window(date(2022, 7, 1), date(2023, 6, 30))
    assert parse("senast den 15 mars", one_year).deadline == date(2023, 3, 15)
    assert parse("vecka 31", one_year).deadline == date(2022, 8, 7)
    undecided = parse("senast den 15 mars", TWO_YEARS)
    assert (undecided.deadline, undecided.notes) == (None, ("year_not_said",))


def test_nothing_is_said_where_term_dates_decide() -> None:
    assert expect(parse("varje måndag under terminstid"), TWO_YEARS) == Expectation(None)
    assert expect(parse("2 ggr/år, gärna på lovet"), TWO_YEARS).expected == 4


def test_a_count_whose_days_are_named_is_excused_on_holidays_too() -> None:
    schedule = parse("en gång i veckan, på måndagar")
    assert (schedule.count, schedule.per) == (1, "week")
    assert expect(schedule, TWO_YEARS) == Expectation(98, RED_MONDAYS)


def test_several_a_day_are_counted_each() -> None:
    assert expect(parse("2 polispass varje fredag"), TWO_YEARS).expected == 2 * 101


def test_agreed_breaks_take_days_away_and_are_told_apart_from_holidays() -> None:
    rule = parse("varje måndag").rule
    assert rule is not None
    window = Window(date(2022, 5, 30), date(2022, 8, 1))
    found = occasions(rule, window, [Window(date(2022, 6, 6), date(2022, 7, 24))])
    assert found.expected == (date(2022, 5, 30), date(2022, 7, 25), date(2022, 8, 1))
    assert found.excused == ()  # 6 June is within the break already
    assert len(found.in_breaks) == 7


def test_a_month_without_a_31st_keeps_its_rhythm() -> None:
    found = expected("månadsvis", date(2022, 1, 31), date(2023, 1, 30))
    assert found.expected == 12
    assert expected("den 1:a varje månad", date(2022, 1, 31), date(2022, 4, 2)).expected == 3
