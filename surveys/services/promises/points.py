"""Writing the points of a promise, and choosing which activities a point counts.

A point that readers have been given is never deleted: it is ended, and what was done on it stays.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.drafts.promises import PointDraft
from surveys.errors import InvalidInput, NotFound
from surveys.limits import MAX_METHODS, MAX_SHORT
from surveys.models.municipality import Municipality
from surveys.models.owner import Owner
from surveys.models.picture import Claim
from surveys.models.plan import Activity
from surveys.models.promise import PointMeasure, Promise, PromisePoint
from surveys.queries.editions.document_editions import list_editions
from surveys.queries.municipalities.municipalities import list_named_places
from surveys.queries.promises.drafts import point_draft
from surveys.queries.promises.promises import get_promise
from surveys.queries.promises.targets import read_words, target_of
from surveys.queries.promises.time import window_of
from surveys.schedule.readback import to_json
from surveys.services.editions.input_rules import check_day, check_target, require
from surveys.services.promises.promises import check_seen, count_up, take_draft

MAX_POINTS = 60


@dataclass(frozen=True, slots=True)
class PointAddress:
    """A point of a promise, and the fingerprint of what its writer was shown of it."""

    slug: str
    point_id: int
    seen: str | None = None


def add_point(
    session: Session, municipality: Municipality, slug: str, draft: PointDraft, *, now: datetime
) -> PromisePoint:
    """Put a point last in a promise that is a draft or open for change."""
    promise = take_draft(session, municipality, slug)
    if len(promise.points) >= MAX_POINTS:
        raise InvalidInput("too_many_points", "title")
    last = max((point.position for point in promise.points), default=0)
    point = PromisePoint(position=last + 1)
    _fill(session, municipality, point, draft, promise)
    point.activities = _activities(session, municipality, point, draft, now)
    promise.points.append(point)
    count_up(promise)
    session.flush()
    return point


def edit_point(
    session: Session,
    municipality: Municipality,
    address: PointAddress,
    draft: PointDraft,
    *,
    now: datetime,
) -> PromisePoint:
    """Change a point of a promise that is a draft or open for change. Raise Conflict ``changed``.

    Which activities are counted is no change of what is promised.
    """
    promise = take_draft(session, municipality, address.slug)
    point = find_point(promise, address.point_id)
    before = point_draft(point)
    check_seen(before, address.seen)
    _fill(session, municipality, point, draft, promise)
    point.activities = _activities(session, municipality, point, draft, now)
    session.flush()
    after = point_draft(point)
    if replace(after, activity_ids=before.activity_ids) != before:
        count_up(promise)
        session.flush()
    return point


def remove_point(
    session: Session, municipality: Municipality, slug: str, point_id: int, *, today: date
) -> None:
    """Take a point out. What was done on it stays; one that readers have had is ended ``today``."""
    promise = take_draft(session, municipality, slug)
    point = find_point(promise, point_id)
    if _was_published(session, promise, point):
        point.ended_on = today
    else:
        promise.points.remove(point)
    count_up(promise)
    session.flush()


def put_back_point(
    session: Session, municipality: Municipality, slug: str, point_id: int
) -> PromisePoint:
    """Let a point that was taken out stand again."""
    promise = take_draft(session, municipality, slug)
    point = find_point(promise, point_id)
    point.ended_on = None
    count_up(promise)
    session.flush()
    return point


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


def _was_published(session: Session, promise: Promise, point: PromisePoint) -> bool:
    """Whether any edition that readers have had holds the point."""
    return any(
        point.id == told["id"]
        for edition in list_editions(session, promise)
        for told in edition.content.get("points", ())
    )


def _fill(
    session: Session,
    municipality: Municipality,
    point: PromisePoint,
    draft: PointDraft,
    promise: Promise,
) -> None:
    point.title = require(draft.title, "title_missing", "title")
    point.text = require(draft.text, "text_missing", "text")
    point.area = draft.area
    point.responsible = draft.responsible
    point.third_parties = draft.third_parties
    point.measure = draft.measure
    point.unit = draft.unit
    point.condition = draft.condition
    _fill_target(point, draft, promise)
    check_day(draft.due_on, "due_on")
    if draft.due_on and promise.starts_on and draft.due_on < promise.starts_on:
        raise InvalidInput("due_before_start", "due_on")
    point.due_on = draft.due_on
    point.target_group, point.baseline = draft.target_group, draft.baseline
    point.aim, point.wanted = draft.aim, draft.wanted
    point.methods = _methods(draft)
    _fill_places(session, municipality, point, draft)
    point.owner = _owner(session, municipality, point, draft)
    point.claims = _claims(promise, draft)


def _fill_target(point: PromisePoint, draft: PointDraft, promise: Promise) -> None:
    """The target as it is given, else as its words are read. Words may say that there is none."""
    counted = draft.measure is PointMeasure.COUNT
    schedule = read_words(draft.words, window_of(promise))
    target = (draft.target or target_of(schedule)) if counted else None
    if counted and target is None and schedule is None:
        raise InvalidInput("target_missing", "target_count")
    if target is not None:
        check_target(target)
    point.target_count = target.count if target else None
    point.comparator = target.comparator if target else None
    point.per = target.per if target else None
    # What somebody has seen and saved stays, however a later version of the grammar reads it.
    if schedule is None or point.schedule is None or point.schedule["text"] != schedule.text:
        point.schedule = to_json(schedule) if schedule else None


def _methods(draft: PointDraft) -> list[str]:
    """Tags such as PSS and SSP, each once, as they are written."""
    found: dict[str, str] = {}
    for tag in draft.methods:
        kept = " ".join(tag.split())
        if len(kept) > MAX_SHORT:
            raise InvalidInput("too_long", "methods")
        if kept:
            found.setdefault(kept.casefold(), kept)
    if len(found) > MAX_METHODS:
        raise InvalidInput("too_many_methods", "methods")
    return list(found.values())


def _fill_places(
    session: Session, municipality: Municipality, point: PromisePoint, draft: PointDraft
) -> None:
    """Places of the register, and where in words: words may not name what is never named."""
    register = list_named_places(session, municipality)
    chosen = [place for place in register if place.id in draft.place_ids]
    if len(chosen) != len(draft.place_ids):
        raise NotFound("place")
    words = (draft.place_text or "").casefold()
    if any(place.is_sensitive and place.name.casefold() in words for place in register):
        raise InvalidInput("place_sensitive", "place_text")
    others = [place for place in point.places if place.municipality_id != municipality.id]
    point.places = sorted(chosen + others, key=lambda place: place.id)
    point.place_text = draft.place_text


def _owner(
    session: Session, municipality: Municipality, point: PromisePoint, draft: PointDraft
) -> Owner | None:
    """Who answers for the point. Another party's owner stays where this one chooses none."""
    current = point.owner
    if draft.owner_id is None:
        is_own = current is None or current.municipality_id == municipality.id
        return None if is_own else current
    if current is not None and current.id == draft.owner_id:
        return current
    owner = session.get(Owner, draft.owner_id)
    if owner is None or owner.municipality_id != municipality.id:
        raise NotFound(f"owner {draft.owner_id}")
    return owner


def _claims(promise: Promise, draft: PointDraft) -> list[Claim]:
    """The reasons for just this point, among those that the promise builds on."""
    chosen = [claim for claim in promise.claims if claim.id in draft.claim_ids]
    if len(chosen) != len(draft.claim_ids):
        raise NotFound("claim")
    return chosen


def _activities(
    session: Session,
    municipality: Municipality,
    point: PromisePoint,
    draft: PointDraft,
    now: datetime,
) -> list[Activity]:
    chosen = _chosen(session, municipality, point, draft.activity_ids)
    if draft.measure is not PointMeasure.COUNT or chosen:
        return chosen
    target = draft.target or target_of(read_words(draft.words, None))
    return [
        Activity(
            municipality_id=municipality.id,
            name=point.title,
            when_text="",
            who_text="",
            weekday=target.weekday if target else None,
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
