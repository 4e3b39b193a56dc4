"""Writing the points of a promise, and choosing which activities a point counts."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.drafts.promises import PointDraft
from surveys.errors import InvalidInput, NotFound
from surveys.models.municipality import Municipality
from surveys.models.plan import Activity
from surveys.models.promise import PointMeasure, Promise, PromisePoint
from surveys.queries.promises import get_promise
from surveys.services.input_rules import check_day, check_target, require
from surveys.services.promises import get_draft

MAX_POINTS = 60


def add_point(
    session: Session, municipality: Municipality, slug: str, draft: PointDraft, *, now: datetime
) -> PromisePoint:
    """Put a point last in an unpublished promise."""
    promise = get_draft(session, municipality, slug)
    if len(promise.points) >= MAX_POINTS:
        raise InvalidInput("too_many_points", "title")
    last = max((point.position for point in promise.points), default=0)
    point = PromisePoint(position=last + 1)
    _fill(point, draft, promise)
    point.activities = _activities(session, municipality, point, draft, now)
    promise.points.append(point)
    session.flush()
    return point


def edit_point(
    session: Session,
    municipality: Municipality,
    slug: str,
    point_id: int,
    draft: PointDraft,
    *,
    now: datetime,
) -> PromisePoint:
    """Change a point of an unpublished promise."""
    promise = get_draft(session, municipality, slug)
    point = find_point(promise, point_id)
    _fill(point, draft, promise)
    point.activities = _activities(session, municipality, point, draft, now)
    session.flush()
    return point


def remove_point(session: Session, municipality: Municipality, slug: str, point_id: int) -> None:
    """Take a point out of an unpublished promise. Its occasions stay with their activity."""
    promise = get_draft(session, municipality, slug)
    promise.points.remove(find_point(promise, point_id))
    session.flush()


def choose_activities(
    session: Session,
    municipality: Municipality,
    slug: str,
    point_id: int,
    activity_ids: frozenset[int],
) -> PromisePoint:
    """Count these activities towards the point, in a published promise too."""
    point = find_point(get_promise(session, municipality, slug), point_id)
    point.activities = _chosen(session, municipality, point, activity_ids)
    session.flush()
    return point


def find_point(promise: Promise, point_id: int) -> PromisePoint:
    """The promise's point with this id; raise NotFound."""
    for point in promise.points:
        if point.id == point_id:
            return point
    raise NotFound(str(point_id))


def _fill(point: PromisePoint, draft: PointDraft, promise: Promise) -> None:
    point.title = require(draft.title, "title_missing", "title")
    point.text = require(draft.text, "text_missing", "text")
    point.area = draft.area
    point.responsible = draft.responsible
    point.third_parties = draft.third_parties
    point.measure = draft.measure
    point.unit = draft.unit
    point.condition = draft.condition
    _fill_target(point, draft)
    check_day(draft.due_on, "due_on")
    if draft.due_on and promise.starts_on and draft.due_on < promise.starts_on:
        raise InvalidInput("due_before_start", "due_on")
    point.due_on = draft.due_on


def _fill_target(point: PromisePoint, draft: PointDraft) -> None:
    counted = draft.measure is PointMeasure.COUNT
    if counted and draft.target is None:
        raise InvalidInput("target_missing", "target_count")
    target = draft.target if counted else None
    if target is not None:
        check_target(target)
    point.target_count = target.count if target else None
    point.comparator = target.comparator if target else None
    point.per = target.per if target else None


def _activities(
    session: Session,
    municipality: Municipality,
    point: PromisePoint,
    draft: PointDraft,
    now: datetime,
) -> list[Activity]:
    chosen = _chosen(session, municipality, point, draft.activity_ids)
    if draft.measure is not PointMeasure.COUNT or draft.target is None or chosen:
        return chosen
    return [
        Activity(
            municipality_id=municipality.id,
            name=point.title,
            when_text="",
            who_text="",
            weekday=draft.target.weekday,
            created_at=now,
        )
    ]


def _chosen(
    session: Session,
    municipality: Municipality,
    point: PromisePoint,
    activity_ids: frozenset[int],
) -> list[Activity]:
    """The chosen of this municipality, and those that other parties have chosen before."""
    statement = select(Activity).where(
        Activity.id.in_(activity_ids), Activity.municipality_id == municipality.id
    )
    own = list(session.scalars(statement.order_by(Activity.id)))
    if len(own) != len(activity_ids):
        raise NotFound("activity")
    others = [a for a in point.activities if a.municipality_id != municipality.id]
    return own + others
