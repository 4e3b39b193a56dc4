"""The monthly lägesbild: eleven a year, a pause that never alarms, months that are missed."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from surveys.drafts.situations import CadenceDraft
from surveys.errors import InvalidInput
from surveys.models.municipality import Municipality
from surveys.models.picture import PictureKind, ProblemPicture
from surveys.queries.dialogues.overview import StepKind, get_overview
from surveys.queries.pictures.situations import (
    MonthState,
    list_months,
    list_waiting,
    list_years,
    next_due,
)
from surveys.queries.readers.coming_dates import ComingKind, list_coming_dates
from surveys.services.pictures.situations import explain_missed_month, set_cadence
from tests.factories.pictures import make_picture

ELEVEN = CadenceDraft(starts_on=date(2023, 1, 15), due_day=10, pauses=frozenset({7}))
ROLE = "Trygghetssamordnare"


def publish(session: Session, municipality: Municipality, month: date, day: date) -> ProblemPicture:
    return make_picture(
        session,
        municipality,
        f"lagesbild-{month:%Y-%m}-{day:%d}",
        month=month,
        published_at=datetime(day.year, day.month, day.day, 9, tzinfo=UTC),
    )


def states(session: Session, municipality: Municipality, today: date) -> dict[int, MonthState]:
    return {m.month.month: m.state for m in list_months(session, municipality, today)}


def test_eleven_months_of_the_year_are_wanted_and_july_never_alarms(
    session: Session, municipality: Municipality
) -> None:
    set_cadence(session, municipality, ELEVEN)
    for month in (1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12):
        day = date(2023 + month // 12, month % 12 + 1, 8)
        publish(session, municipality, date(2023, month, 1), day)
    [_2024, year] = list_years(session, municipality, date(2024, 1, 31))
    assert (year.year, year.n_published, year.n_wanted) == (2023, 11, 11)
    assert year.months[5].state is MonthState.PAUSE
    for day in (date(2023, 7, 31), date(2023, 8, 20), date(2024, 1, 31)):
        waiting = list_waiting(session, municipality, day)
        assert all(month.month != date(2023, 7, 1) for month in waiting)


def test_a_month_is_under_way_then_due_then_late_then_missed(
    session: Session, municipality: Municipality
) -> None:
    set_cadence(session, municipality, ELEVEN)
    of_may = [
        (date(2023, 5, 31), MonthState.COMING),
        (date(2023, 6, 1), MonthState.DUE),
        (date(2023, 6, 10), MonthState.DUE),
        (date(2023, 6, 11), MonthState.LATE),
        (date(2023, 7, 10), MonthState.LATE),
        (date(2023, 7, 11), MonthState.MISSED),
    ]
    for day, state in of_may:
        assert states(session, municipality, day)[5] is state, day


def test_what_comes_late_is_published_and_says_how_late(
    session: Session, municipality: Municipality
) -> None:
    set_cadence(session, municipality, ELEVEN)
    publish(session, municipality, date(2023, 1, 1), date(2023, 2, 14))
    publish(session, municipality, date(2023, 1, 1), date(2023, 3, 1))  # a corrected edition
    [january, *_] = list_months(session, municipality, date(2023, 3, 2))
    assert january.state is MonthState.PUBLISHED
    assert (january.published_on, january.days_late) == (date(2023, 2, 14), 4)


def test_a_missed_month_keeps_missing_and_says_why(
    session: Session, municipality: Municipality
) -> None:
    set_cadence(session, municipality, ELEVEN)
    now = datetime(2023, 3, 20, 9, tzinfo=UTC)
    waiting = list_waiting(session, municipality, now.date())
    assert [m.month.month for m in waiting] == [1, 2]
    january = date(2023, 1, 1)
    explain_missed_month(session, municipality, january, "Sjukdom.", by=ROLE, now=now)
    explain_missed_month(session, municipality, january, "Sjukdom i gruppen.", by=ROLE, now=now)
    month = list_months(session, municipality, now.date())[0]
    assert (month.state, month.reason, month.noted_by) == (
        MonthState.MISSED,
        "Sjukdom i gruppen.",
        ROLE,
    )
    assert [m.month.month for m in list_waiting(session, municipality, now.date())] == [2]


@pytest.mark.parametrize("month", [date(2023, 7, 1), date(2023, 8, 1), date(2022, 12, 1)])
def test_only_a_month_that_is_late_is_explained(
    session: Session, municipality: Municipality, month: date
) -> None:
    set_cadence(session, municipality, ELEVEN)
    now = datetime(2023, 8, 20, 9, tzinfo=UTC)
    with pytest.raises(InvalidInput, match="not_missed"):
        explain_missed_month(session, municipality, month, "x", by=ROLE, now=now)


def test_a_yearly_picture_and_a_draft_fill_no_month(
    session: Session, municipality: Municipality
) -> None:
    set_cadence(session, municipality, ELEVEN)
    january = date(2023, 1, 1)
    make_picture(session, municipality, "a", month=january, kind=PictureKind.PROBLEM_PICTURE)
    make_picture(session, municipality, "b", month=january, published_at=None)
    assert states(session, municipality, date(2023, 2, 5))[1] is MonthState.DUE


def test_the_next_day_is_among_the_dates_to_come_and_skips_the_pause(
    session: Session, municipality: Municipality
) -> None:
    set_cadence(session, municipality, ELEVEN)
    today = date(2023, 7, 15)
    coming = next_due(session, municipality, today)
    assert coming is not None
    assert (coming.month, coming.due_on) == (date(2023, 8, 1), date(2023, 9, 10))
    [found] = list_coming_dates(session, municipality, today)
    assert (found.kind, found.on, found.title) == (
        ComingKind.SITUATION_REPORT,
        date(2023, 9, 10),
        "2023-08",
    )


def test_a_month_that_waits_is_a_next_step_in_the_overview(
    session: Session, municipality: Municipality
) -> None:
    set_cadence(session, municipality, ELEVEN)
    now = datetime(2023, 2, 20, 9, tzinfo=UTC)
    steps = get_overview(session, municipality, now, now.date()).steps
    assert [s.slug for s in steps if s.kind is StepKind.WRITE_MONTH] == ["2023-01"]


def test_without_a_cadence_no_month_is_due(session: Session, municipality: Municipality) -> None:
    """Another municipality has one; it is its own."""
    assert list_months(session, municipality, date(2023, 8, 1)) == ()
    assert next_due(session, municipality, date(2023, 8, 1)) is None


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (CadenceDraft(date(2023, 1, 1), 31), "due_day_out_of_range"),
        (CadenceDraft(date(2023, 1, 1), 10, every_months=0), "months_out_of_range"),
        (CadenceDraft(date(2023, 1, 1), 10, ends_on=date(2022, 1, 1)), "end_before_start"),
        (CadenceDraft(date(2023, 1, 1), 10, pauses=frozenset(range(1, 13))), "pauses_all_year"),
        (CadenceDraft(date(2023, 1, 1), 10, pauses=frozenset({13})), "pauses_all_year"),
        (CadenceDraft(date(202, 1, 1), 10), "day_unlikely"),
    ],
)
def test_what_cannot_be_a_rhythm_is_refused(
    session: Session, municipality: Municipality, draft: CadenceDraft, code: str
) -> None:
    with pytest.raises(InvalidInput, match=code):
        set_cadence(session, municipality, draft)
