"""Where each kind of schedule stands on a day that matters."""

from datetime import date, timedelta

import pytest

from surveys.schedule.grammar import parse
from surveys.schedule.grammar_schedule import expect
from surveys.schedule.pace import Happening, Outcome, Standing, Status
from surveys.schedule.periods import Window
from surveys.schedule.recurrence import occasions
from surveys.schedule.scheduled import stand_by
from surveys.schedule.weekly import Tick, Weeks

TWO_YEARS = Window(date(2022, 1, 1), date(2023, 12, 31))
AFTER = date(2024, 1, 15)


def held(*days: date) -> list[Happening]:
    return [Happening(day) for day in days]


def stands(text: str, happenings: list[Happening], today: date) -> Standing | Weeks:
    return stand_by(parse(text, TWO_YEARS), TWO_YEARS, happenings, today)


def ticks(text: str, happenings: list[Happening], today: date) -> Weeks:
    found = stands(text, happenings, today)
    assert isinstance(found, Weeks)
    return found


def standing(text: str, happenings: list[Happening], today: date) -> Standing:
    found = stands(text, happenings, today)
    assert isinstance(found, Standing)
    return found


def every_day_of(text: str) -> list[date]:
    rule = parse(text, TWO_YEARS).rule
    assert rule is not None
    return list(occasions(rule, TWO_YEARS).expected)


@pytest.mark.parametrize(
    "text",
    [
        "varje måndag kl. 14.00",
        "måndagar och onsdagar",
        "första måndagen i månaden",
        "måndagar jämna veckor",
        "varannan tisdag",
        "varje måndag utom juli",
        "den 15 varje månad",
        "varje vardag",
    ],
)
def test_what_is_held_on_each_of_its_days_is_done_and_red_days_are_not_missed(text: str) -> None:
    found = ticks(text, held(*every_day_of(text)), AFTER)
    wanted = expect(parse(text, TWO_YEARS), TWO_YEARS)
    assert (found.held, found.expected) == (wanted.expected, wanted.expected)
    assert found.count(Tick.EXCUSED) == len(wanted.excused)
    assert found.status is Status.DONE


def test_one_of_two_meetings_a_week_is_told_and_the_other_is_not() -> None:
    days = held(date(2022, 1, 3), date(2022, 1, 5), date(2022, 1, 10))
    found = ticks("måndagar och onsdagar", days, date(2022, 1, 21))
    assert (found.held, found.expected, found.is_weekly) == (3, 4, False)
    assert found.count(Tick.UNREPORTED) == 1  # the 12th
    assert found.status is Status.BEHIND


def test_a_first_monday_that_was_moved_within_its_month_counts_for_it() -> None:
    found = ticks("första måndagen i månaden", held(date(2022, 1, 12)), date(2022, 2, 1))
    assert (found.held, found.expected) == (1, 1)


def test_a_meeting_agreed_away_is_excused_and_one_that_failed_is_missed() -> None:
    told = [
        Happening(date(2022, 1, 3), Outcome.EXCUSED),
        Happening(date(2022, 1, 5), Outcome.MISSED),
        Happening(date(2022, 1, 10)),
    ]
    found = ticks("måndagar och onsdagar", told, date(2022, 1, 12))
    assert [week.tick for week in found.weeks[:3]] == [Tick.EXCUSED, Tick.MISSED, Tick.HELD]


def test_days_that_are_too_many_to_be_drawn_are_still_counted() -> None:
    found = ticks("varje vardag", held(date(2022, 1, 3)), date(2022, 1, 4))
    assert (found.rows, found.held) == ((), 1)


def test_two_patrols_on_each_friday_are_one_friday_done() -> None:
    friday = date(2022, 1, 7)
    found = ticks("2 polispass varje fredag", held(friday, friday), date(2022, 1, 10))
    assert (found.held, found.weeks[0].tick) == (1, Tick.HELD)


def test_half_years_are_shown_one_by_one() -> None:
    days = [date(2022, 2, 1), date(2022, 3, 1), date(2022, 9, 1), date(2023, 2, 1)]
    found = standing("minst två gånger per halvår", held(*days), date(2023, 7, 15))
    assert [(t.held, t.target, t.is_met) for t in found.tallies] == [
        (2, 2, True), (1, 2, False), (1, 2, False), (0, 2, False),
    ]  # fmt: skip
    assert found.status is Status.BEHIND


def test_the_same_efforts_meet_four_in_two_years_and_miss_two_a_year() -> None:
    three_and_one = held(*(date(2022, month, 1) for month in (3, 5, 9)), date(2023, 5, 1))
    promise = standing("minst fyra (4) insatser 2022-2023", three_and_one, AFTER)
    plan = standing("Minst 2 gånger/år", three_and_one, AFTER)
    assert (promise.status, plan.status) == (Status.DONE, Status.BEHIND)
    assert [t.is_met for t in plan.tallies] == [True, False]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("varje kvartal", 8),
        ("en gång per termin", 4),
        ("en gång per tertial", 6),
        ("varannan månad", 12),
        ("månadsvis (ej juli)", 22),
        ("en gång i månaden september–maj", 18),
        ("september varje år", 2),
        ("vår och höst", 4),
        ("vecka 7, 12 och 44", 6),
        ("vartannat år", 1),
        ("varannan vecka", 52),
        ("2023-02-06 och 2023-09-04", 2),
    ],
)
def test_a_rhythm_has_a_result_for_each_of_its_parts(text: str, parts: int) -> None:
    found = standing(text, [], AFTER)
    assert (len(found.tallies), found.target) == (parts, expect_of(text))
    days = [part.window.starts_on for part in found.tallies]
    assert standing(text, held(*days), AFTER).status is Status.DONE


def expect_of(text: str) -> int | None:
    return expect(parse(text, TWO_YEARS), TWO_YEARS).expected


def test_september_each_year_is_neither_early_in_march_nor_done_in_october() -> None:
    assert standing("september varje år", [], date(2022, 3, 1)).status is Status.NOT_BEGUN
    assert standing("september varje år", [], date(2022, 10, 1)).status is Status.BEHIND
    in_time = held(date(2022, 9, 20))
    assert standing("september varje år", in_time, date(2023, 3, 1)).status is Status.ON_TRACK
    assert standing("september varje år", in_time, date(2023, 10, 1)).status is Status.BEHIND


def test_spring_and_autumn_last_longer_than_their_first_month() -> None:
    found = standing("vår och höst", held(date(2022, 5, 20)), date(2022, 6, 1))
    assert found.tallies[0].window == Window(date(2022, 3, 1), date(2022, 5, 31))
    assert found.tallies[0].is_met


@pytest.mark.parametrize(
    "text",
    [
        "löpande",
        "vid behov",
        "efter varje insats",
        "vid varje möte",
        "högst 3 gånger per år",
        "ca 10 gånger per år",
        "Enligt plan",
        "senast 15 mars",
    ],
)
def test_what_has_no_day_to_be_late_by_only_tells_its_count(text: str) -> None:
    for days in ([], [date(2022, 3, 1), date(2023, 3, 1)]):
        found = standing(text, held(*days), AFTER)
        assert (found.held, found.target, found.status) == (len(days), None, Status.ONGOING)


def test_a_latest_day_passes_and_what_is_done_late_is_done() -> None:
    text, due = "senast 2023-02-06", date(2023, 2, 6)
    assert standing(text, [], due).status is Status.ONGOING
    assert standing(text, [], due + timedelta(days=1)).status is Status.BEHIND
    late = standing(text, held(date(2023, 3, 1)), AFTER)
    assert (late.status, late.tallies[0].is_met) == (Status.DONE, False)


def test_a_span_is_open_until_its_end() -> None:
    assert standing("under 2022", [], date(2022, 12, 31)).status is Status.ONGOING
    assert standing("under 2022", [], date(2023, 1, 1)).status is Status.BEHIND
    assert standing("under 2022", held(date(2022, 5, 1)), date(2023, 1, 1)).status is Status.DONE


def test_before_a_promise_is_signed_nothing_is_late() -> None:
    schedule = parse("minst två gånger per halvår")
    found = stand_by(schedule, None, held(date(2022, 1, 5)), AFTER)
    assert isinstance(found, Standing)
    assert (found.held, found.status) == (1, Status.ONGOING)
