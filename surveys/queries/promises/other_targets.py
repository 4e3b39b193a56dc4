"""The same occasions against other targets: which plans and promises count them too.

All of it as readers have it: a target that is being changed is told of once it is published.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from surveys.models.municipality import Municipality
from surveys.models.plan import Activity
from surveys.models.promise import Promise, PromisePoint, point_activity
from surveys.queries.plans.dates import list_published_words
from surveys.queries.plans.page import counter_in_words
from surveys.queries.promises.counters import Counter, point_counter
from surveys.queries.promises.edition import as_published, published_by


@dataclass(frozen=True, slots=True)
class OtherTarget:
    """Another target that the same occasions are counted against, with the count."""

    title: str
    slug: str
    is_plan: bool
    counter: Counter


def list_other_targets(
    session: Session, municipality: Municipality, points: Sequence[PromisePoint], today: date
) -> dict[int, tuple[OtherTarget, ...]]:
    """Point id -> ``municipality``'s other targets that the point's occasions count towards."""
    activity_ids = {activity.id for point in points for activity in point.activities}
    if not activity_ids:
        return {point.id: () for point in points}
    plans = {plan.id: words for plan, words in list_published_words(session, municipality)}
    counting = _list_counting(session, municipality, activity_ids)
    return {
        point.id: (
            *_plans_of(plans, point, today),
            # By id: a point may be seen as it was published.
            *(_as_other(p, o, today) for p, o in counting if o.id != point.id and _share(o, point)),
        )
        for point in points
    }


def _plans_of(
    plans: Mapping[int, Mapping[str, Any]], point: PromisePoint, today: date
) -> Iterator[OtherTarget]:
    for activity in point.activities:
        words = plans.get(activity.plan_id) if activity.plan_id else None
        if activity.plan is None or words is None:
            continue
        told = next((a for a in words["activities"] if a["id"] == activity.id), None)
        if told is not None and told["target"] is not None:
            counter = counter_in_words(words, told, activity, today)
            yield OtherTarget(words["title"], activity.plan.slug, True, counter)


def _list_counting(
    session: Session, municipality: Municipality, activity_ids: set[int]
) -> list[tuple[Promise, PromisePoint]]:
    """Points of published promises that hold any of the activities to a target, each once.

    With the promise: a row that nobody holds is asked for again, once for each of its points.
    """
    counted = point_activity.c.activity_id.in_(activity_ids)
    # Not DISTINCT: PostgreSQL compares no JSON, and a point holds some.
    with_such = select(PromisePoint.promise_id).where(
        PromisePoint.id.in_(select(point_activity.c.point_id).where(counted))
    )
    statement = (
        published_by(municipality)
        .where(Promise.id.in_(with_such))
        .options(
            selectinload(Promise.points)
            .selectinload(PromisePoint.activities)
            .selectinload(Activity.occasions)
        )
        .order_by(Promise.id)
    )
    promises = [as_published(session, row) for row in session.scalars(statement).all()]
    return [
        (promise, point)
        for promise in promises
        for point in promise.points
        if point.target_count is not None and point.ended_on is None
    ]


def _share(one: PromisePoint, other: PromisePoint) -> bool:
    return not set(one.activities).isdisjoint(other.activities)


def _as_other(promise: Promise, point: PromisePoint, today: date) -> OtherTarget:
    return OtherTarget(promise.title, promise.slug, False, point_counter(point, today))
