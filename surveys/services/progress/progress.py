"""Reports that are added and never edited, and the statuses that they give their reasons for."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.days import swedish_day
from surveys.drafts.promises import ProgressDraft
from surveys.errors import InvalidInput
from surveys.models.municipality import Municipality
from surveys.models.progress import ProgressUpdate
from surveys.models.promise import PointMeasure, PointStatus, PromisePoint
from surveys.queries.promises.promises import get_promise
from surveys.services.editions.case_guard import check_no_case
from surveys.services.editions.input_rules import check_day, require
from surveys.services.progress.occasions import new_update
from surveys.services.promises.points import find_point


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
    check_no_case(text, "text", is_confirmed=draft.is_no_person)
    if draft.point_id is not None:
        point = find_point(promise, draft.point_id)
        _set_status(point, draft, text, role)
    elif draft.status is not None:
        raise InvalidInput("status_without_point", "status")
    update = new_update(municipality, promise.id, draft, role, now)
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


def _set_status(point: PromisePoint, draft: ProgressDraft, reason: str, role: str) -> None:
    if draft.status is None:
        return
    if draft.status is PointStatus.DONE and point.measure is PointMeasure.COUNT:
        raise InvalidInput("status_is_counted", "status")
    point.status, point.status_reason = draft.status, reason
    point.status_on, point.status_by = draft.dated_on, role
