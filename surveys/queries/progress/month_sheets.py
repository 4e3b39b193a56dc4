"""One month of an activity that is held on named days: what is told, and what is not yet."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from surveys.models.municipality import Municipality
from surveys.queries.progress.activities import get_activity
from surveys.queries.progress.occasions import OccasionView, occasion_view
from surveys.schedule.month_days import month_days, month_of
from surveys.schedule.readback import from_json


@dataclass(frozen=True, slots=True)
class SheetDay:
    """One day: logged already, or still to be told; ``holiday`` excuses it."""

    day: date
    holiday: str | None
    logged: OccasionView | None


@dataclass(frozen=True, slots=True)
class MonthSheet:
    """The days of ``month`` (its first day) until today."""

    activity_id: int
    name: str
    when_text: str
    month: date
    days: tuple[SheetDay, ...]
    n_to_come: int

    @property
    def open_days(self) -> tuple[SheetDay, ...]:
        return tuple(day for day in self.days if day.logged is None)


def get_month_sheet(
    session: Session, municipality: Municipality, activity_id: int, month: date, today: date
) -> MonthSheet:
    """The month that holds ``month``; raise NotFound. Without named days the sheet is empty."""
    activity = get_activity(session, municipality, activity_id)
    logged = {occasion.held_on: occasion for occasion in activity.occasions}
    window = month_of(month)
    found = month_days(from_json(activity.schedule), activity.weekday, window)
    days = tuple(
        SheetDay(it.day, it.holiday, occasion_view(logged[it.day]) if it.day in logged else None)
        for it in found
        if it.day <= today
    )
    return MonthSheet(
        activity_id=activity.id,
        name=activity.name,
        when_text=activity.when_text,
        month=window.starts_on,
        days=days,
        n_to_come=len(found) - len(days),
    )
