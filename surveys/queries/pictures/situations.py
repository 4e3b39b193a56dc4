"""The rhythm of the lägesbild: which months are out, due, late, missed or a pause."""

import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.days import swedish_day
from surveys.models.body import Body, BodyKind
from surveys.models.municipality import Municipality
from surveys.models.picture import MissedMonth, PictureKind, ProblemPicture, SituationCadence
from surveys.schedule.periods import add_months


class MonthState(enum.Enum):
    """How it stands with the lägesbild of one month."""

    PUBLISHED = "published"
    COMING = "coming"  # the month is not over
    DUE = "due"  # the month is over and the day is not reached
    LATE = "late"  # the day has passed, the next one's has not
    MISSED = "missed"  # the next one's day has passed too, or somebody has said why
    PAUSE = "pause"  # agreed: never an alarm


# A pause is never wanted, and what is not due yet cannot be missing.
_NOT_WANTED_YET = (MonthState.PAUSE, MonthState.COMING, MonthState.DUE)


@dataclass(frozen=True, slots=True)
class MonthView:
    """One month, by its first day. ``due_on`` is the last day that is in time; of a pause None.

    ``title``, ``slug`` and ``published_on`` are of what was published for it, ``days_late`` how
    long after the day; ``reason`` and ``noted_by`` of what was said of a missed one.
    """

    month: date
    state: MonthState
    due_on: date | None = None
    title: str | None = None
    slug: str | None = None
    published_on: date | None = None
    days_late: int = 0
    reason: str | None = None
    noted_by: str | None = None


@dataclass(frozen=True, slots=True)
class YearView:
    """The months of a year, the latest first, and how many are out of those that should be."""

    year: int
    months: tuple[MonthView, ...]

    @property
    def n_published(self) -> int:
        return sum(m.state is MonthState.PUBLISHED for m in self.months)

    @property
    def n_wanted(self) -> int:
        return sum(m.state not in _NOT_WANTED_YET for m in self.months)


def get_cadence(session: Session, municipality: Municipality) -> SituationCadence | None:
    """What the municipality has decided, or None."""
    return session.scalar(
        select(SituationCadence).where(SituationCadence.municipality_id == municipality.id)
    )


def get_situation_group(session: Session, municipality: Municipality, today: date) -> str | None:
    """The name of the public body that makes the lägesbild, or None."""
    statement = (
        select(Body)
        .where(
            Body.municipality_id == municipality.id,
            Body.kind == BodyKind.SITUATION,
            Body.is_public.is_(True),
        )
        .order_by(Body.id)
    )
    at_work = (b for b in session.scalars(statement) if b.ended_on is None or b.ended_on >= today)
    return next((body.name for body in at_work), None)


def list_months(session: Session, municipality: Municipality, today: date) -> tuple[MonthView, ...]:
    """Each month from the first of the cadence to the one that ``today`` lies in, in order."""
    cadence = get_cadence(session, municipality)
    if cadence is None:
        return ()
    published = _published(session, municipality)
    reasons = _reasons(session, municipality)
    months = tuple(_months(cadence, today))
    due = [_due_on(cadence, month) for month in months]
    return tuple(
        _view(month, (due[i], _next_due(cadence, months, due, i)), published, reasons, today)
        if month.month not in cadence.pauses
        else MonthView(month, MonthState.PAUSE)
        for i, month in enumerate(months)
    )


def list_years(session: Session, municipality: Municipality, today: date) -> tuple[YearView, ...]:
    """The same by year, the latest first."""
    months = list_months(session, municipality, today)
    years = sorted({month.month.year for month in months}, reverse=True)
    return tuple(
        YearView(year, tuple(m for m in reversed(months) if m.month.year == year)) for year in years
    )


def list_waiting(
    session: Session, municipality: Municipality, today: date
) -> tuple[MonthView, ...]:
    """The months that ask for something: due, late, or missed without a reason."""
    return tuple(
        month
        for month in list_months(session, municipality, today)
        if month.state in (MonthState.DUE, MonthState.LATE)
        or (month.state is MonthState.MISSED and month.reason is None)
    )


def next_due(session: Session, municipality: Municipality, today: date) -> MonthView | None:
    """The next month that is to be published, with its day, counted over a pause; None where none.

    A month that is late is not among them: its day has been.
    """
    cadence = get_cadence(session, municipality)
    if cadence is None:
        return None
    out = _published(session, municipality)
    for month, due_on in wanted_months(cadence, add_months(today, 12)):
        if due_on >= today and month not in out:
            return MonthView(month, MonthState.COMING, due_on)
    return None


def wanted_months(cadence: SituationCadence, until: date) -> Iterator[tuple[date, date]]:
    """Each month up to the one that ``until`` lies in, by its first day, and when it is due.

    Pauses are not among them.
    """
    for month in _months(cadence, until):
        if month.month not in cadence.pauses:
            yield month, _due_on(cadence, month)


def _months(cadence: SituationCadence, until: date) -> Iterator[date]:
    month = cadence.starts_on.replace(day=1)
    last = min(until, cadence.ends_on) if cadence.ends_on else until
    while month <= last:
        yield month
        month = add_months(month, cadence.every_months)


def _due_on(cadence: SituationCadence, month: date) -> date:
    return add_months(month, 1).replace(day=cadence.due_day)


def _next_due(
    cadence: SituationCadence, months: Sequence[date], due: Sequence[date], i: int
) -> date:
    """When the next one after ``months[i]`` is due: until then a late one is only late."""
    later = (due[j] for j in range(i + 1, len(months)) if months[j].month not in cadence.pauses)
    return next(later, add_months(due[i], cadence.every_months))


def _view(
    month: date,
    days: tuple[date, date],
    published: dict[date, ProblemPicture],
    reasons: dict[date, MissedMonth],
    today: date,
) -> MonthView:
    due_on, next_on = days
    picture, missed = published.get(month), reasons.get(month)
    if picture is not None and picture.published_at is not None:
        on = swedish_day(picture.published_at)
        late = max((on - due_on).days, 0)
        return MonthView(month, MonthState.PUBLISHED, due_on, picture.title, picture.slug, on, late)
    if missed is not None:
        return MonthView(
            month, MonthState.MISSED, due_on, reason=missed.reason, noted_by=missed.noted_by
        )
    if today > due_on:
        state = MonthState.LATE if today <= next_on else MonthState.MISSED
    else:
        state = MonthState.DUE if today >= add_months(month, 1) else MonthState.COMING
    return MonthView(month, state, due_on)


def _published(session: Session, municipality: Municipality) -> dict[date, ProblemPicture]:
    """The edition that was published first for each month: what was in time was in time."""
    statement = (
        select(ProblemPicture)
        .where(
            ProblemPicture.municipality_id == municipality.id,
            ProblemPicture.kind == PictureKind.SITUATION_REPORT,
            ProblemPicture.month.is_not(None),
            ProblemPicture.published_at.is_not(None),
        )
        .order_by(ProblemPicture.published_at.desc())
    )
    return {picture.month: picture for picture in session.scalars(statement) if picture.month}


def _reasons(session: Session, municipality: Municipality) -> dict[date, MissedMonth]:
    rows = session.scalars(
        select(MissedMonth).where(MissedMonth.municipality_id == municipality.id)
    )
    return {row.month: row for row in rows}
