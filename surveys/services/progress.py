"""What was done: occasions, and reports that are added and never edited."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.days import swedish_day
from surveys.drafts.promises import OccasionDraft, ProgressDraft
from surveys.errors import InvalidInput
from surveys.limits import MAX_WORKING_DAYS
from surveys.models.municipality import Municipality
from surveys.models.party import Party
from surveys.models.plan import Activity, Occasion, OccasionState
from surveys.models.progress import ProgressUpdate
from surveys.models.promise import PointMeasure, PointStatus, Promise, PromisePoint
from surveys.queries.activities import get_activity, get_occasion, list_counting_points
from surveys.queries.promise_time import window_of
from surveys.queries.promises import get_promise
from surveys.schedule.periods import Window
from surveys.services.input_rules import check_day, require
from surveys.services.promise_points import find_point


def log_occasion(
    session: Session,
    municipality: Municipality,
    activity_id: int,
    draft: OccasionDraft,
    *,
    role: str,
    now: datetime,
) -> Occasion:
    """Add one occasion of an activity. Every target that counts the activity counts it at once.

    Raise InvalidInput for a day that has not been or that no plan or promise covers, and for a
    second occasion on the same day unless the draft says that it is another.
    """
    activity = get_activity(session, municipality, activity_id)
    _check_occasion(session, activity, draft, swedish_day(now))
    held = draft.state is OccasionState.HELD
    occasion = Occasion(
        municipality_id=municipality.id,
        held_on=draft.held_on,
        state=draft.state,
        working_days=draft.working_days if held else None,
        condition_met=draft.condition_met if held else None,
        note=draft.note,
        logged_by=role,
        logged_at=now,
    )
    activity.occasions.append(occasion)
    session.flush()
    return occasion


def remove_occasion(
    session: Session,
    municipality: Municipality,
    occasion_id: int,
    reason: str,
    *,
    author: tuple[str, Party],
    now: datetime,
) -> Activity:
    """Take back an occasion that was logged by mistake.

    ``reason`` is reported, by ``author`` (role and party), on every promise whose count changes.
    """
    occasion = get_occasion(session, municipality, occasion_id)
    text = require(reason, "reason_missing", "reason")
    activity = occasion.activity
    role, party = author
    for point in list_counting_points(session, activity):
        draft = ProgressDraft(text, swedish_day(now), party, point.id)
        session.add(_update(municipality, point.promise, draft, role, now))
    activity.occasions.remove(occasion)
    session.flush()
    return activity


def report_progress(
    session: Session,
    municipality: Municipality,
    slug: str,
    draft: ProgressDraft,
    *,
    role: str,
    now: datetime,
) -> ProgressUpdate:
    """Add a report on a promise or on one of its points. To correct one, add another.

    The report may set the point's status; its text is then the reason. What can be counted is
    never set to done by hand.
    """
    promise = get_promise(session, municipality, slug)
    check_day(draft.dated_on, "dated_on")
    if draft.dated_on > swedish_day(now):
        raise InvalidInput("day_to_come", "dated_on")
    text = require(draft.text, "text_missing", "text")
    if draft.point_id is not None:
        point = find_point(promise, draft.point_id)
        _set_status(point, draft.status, text)
    elif draft.status is not None:
        raise InvalidInput("status_without_point", "status")
    update = _update(municipality, promise, draft, role, now)
    same = _find_same(session, update)
    if same is not None:  # sent twice
        return same
    session.add(update)
    session.flush()
    return update


def _find_same(session: Session, update: ProgressUpdate) -> ProgressUpdate | None:
    return session.scalar(
        select(ProgressUpdate).where(
            ProgressUpdate.promise_id == update.promise_id,
            ProgressUpdate.point_id == update.point_id,
            ProgressUpdate.dated_on == update.dated_on,
            ProgressUpdate.text == update.text,
            ProgressUpdate.author == update.author,
        )
    )


def _update(
    municipality: Municipality, promise: Promise, draft: ProgressDraft, role: str, now: datetime
) -> ProgressUpdate:
    return ProgressUpdate(
        municipality_id=municipality.id,
        promise_id=promise.id,
        point_id=draft.point_id,
        dated_on=draft.dated_on,
        text=draft.text.strip(),
        party=draft.party,
        author=role,
        created_at=now,
    )


def _set_status(point: PromisePoint, status: PointStatus | None, reason: str) -> None:
    if status is None:
        return
    if status is PointStatus.DONE and point.measure is PointMeasure.COUNT:
        raise InvalidInput("status_is_counted", "status")
    point.status, point.status_reason = status, reason


def _check_occasion(
    session: Session, activity: Activity, draft: OccasionDraft, today: date
) -> None:
    check_day(draft.held_on, "held_on")
    if draft.held_on > today:
        raise InvalidInput("day_to_come", "held_on")
    windows = _windows(session, activity)
    if windows and not any(window.holds(draft.held_on) for window in windows):
        raise InvalidInput("day_outside_period", "held_on")
    days = draft.working_days
    if days is not None and not 0 < days <= MAX_WORKING_DAYS:
        raise InvalidInput("days_out_of_range", "working_days")
    if not draft.is_another and any(o.held_on == draft.held_on for o in activity.occasions):
        raise InvalidInput("occasion_twice", "held_on")


def _windows(session: Session, activity: Activity) -> list[Window]:
    """The periods that the activity is counted in; empty where one of them is still open."""
    points = list_counting_points(session, activity)
    windows = [window_of(point.promise) for point in points]
    if activity.plan:
        windows.append(Window(activity.plan.starts_on, activity.plan.ends_on))
    known = [window for window in windows if window is not None]
    return known if len(known) == len(windows) else []
