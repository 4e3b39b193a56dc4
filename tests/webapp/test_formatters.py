"""Dates, counts and shares as they stand on Swedish pages."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from flask import Flask

from webapp.formatters import (
    count_in_words,
    date_long,
    date_month,
    date_short,
    date_time,
    day_range,
    fewer,
    interval,
    local_day,
    months_left,
    number,
    share,
    times,
    years,
)

GAP = "\N{NO-BREAK SPACE}"


@pytest.fixture(autouse=True)
def swedish_page(whole_app: Flask) -> Iterator[None]:
    with whole_app.test_request_context():
        yield


def test_dates_are_swedish_and_hold_the_day_to_its_month() -> None:
    day = date(2023, 8, 31)
    assert date_long(day) == f"31{GAP}augusti 2023"
    assert date_short(day) == f"31{GAP}aug{GAP}2023"
    assert date_month(day) == "augusti 2023"
    assert date_long(None) == ""


def test_a_late_evening_in_utc_is_the_next_day_in_sweden() -> None:
    assert local_day(datetime(2023, 8, 31, 22, 30, tzinfo=UTC)) == date(2023, 9, 1)
    assert date_time(datetime(2021, 12, 14, 7, 5, tzinfo=UTC)) == f"14{GAP}december 2021 kl. 08.05"


def test_a_datetime_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        local_day(datetime(2023, 8, 31, 22, 30))  # noqa: DTZ001 - the mistake under test


def test_periods() -> None:
    first, last = date(2022, 1, 1), date(2023, 12, 31)
    assert years(first, last) == "2022\N{EN DASH}2023"
    assert years(first, first) == "2022"
    assert day_range(first, last) == f"1{GAP}januari 2022 till 31{GAP}december 2023"
    assert day_range(first, first) == f"1{GAP}januari 2022"


@pytest.mark.parametrize(
    ("today", "text"),
    [
        (date(2023, 7, 31), f"5{GAP}månader kvar"),
        (date(2023, 12, 1), f"30{GAP}dagar kvar"),
        (date(2023, 12, 30), f"1{GAP}dag kvar"),
        (date(2023, 12, 31), "sista dagen"),
        (date(2024, 1, 1), "avslutad"),
    ],
)
def test_time_left_of_a_promise(today: date, text: str) -> None:
    assert months_left(date(2023, 12, 31), today) == text


def test_numbers_keep_their_parts_together() -> None:
    assert number(1234) == f"1{GAP}234"
    assert number(-3) == "\N{MINUS SIGN}3"
    assert number(0.034, 3) == "0,034"
    assert number(None) == "\N{EN DASH}"


def test_times_tell_no_more_figures_than_a_few_persons_can_bear() -> None:
    assert [times(value) for value in (4.27, 0.5, 9.96, 14.5, 144.1, 1234.0)] == [
        "4,3", "0,5", "10", "15", "140", f"1{GAP}200",
    ]  # fmt: skip


def test_shares_have_no_decimals_unless_asked_for() -> None:
    assert share(0.383) == f"38{GAP}%"
    assert share(0.069, 1) == f"6,9{GAP}%"
    assert share(33 / 40) == f"83{GAP}%"  # a half goes up, as readers round
    assert share(None) == "\N{EN DASH}"
    assert interval(0.494, 0.442, 0.547) == f"49{GAP}%{GAP}(44\N{EN DASH}55)"


@pytest.mark.parametrize("value", [0, 4])
def test_few_people_are_not_counted_out(value: int) -> None:
    assert fewer(value) == f"färre än{GAP}5"


def test_what_is_withheld_is_not_said_to_be_few() -> None:
    assert fewer(None) == "visas inte"


def test_enough_people_are_counted() -> None:
    assert fewer(5) == "5"


def test_small_counts_begin_a_heading_in_words() -> None:
    assert count_in_words(2) == "Två"
    assert count_in_words(12) == "Tolv"
    assert count_in_words(13) == "13"


def test_a_half_is_rounded_up_though_binary_numbers_fall_short_of_it() -> None:
    """226 of 400 is 56,5 %, which is 56,49999999999999 in binary."""
    assert share(226 / 400) == f"57{GAP}%"
    assert share(7 / 40) == f"18{GAP}%"
    assert share(0.5649) == f"56{GAP}%"
