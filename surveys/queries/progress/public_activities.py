"""What readers may call an activity: as its plan's last edition does, never as a draft does."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from surveys.models.plan import ActionPlan, Activity
from surveys.queries.editions.document_editions import last_content


def names_for_readers(session: Session, activities: Iterable[Activity]) -> dict[int, str]:
    """Activity id -> the name that readers have of it.

    Without those that only a plan's draft tells of: what was done on them counts towards a promise,
    under the promise's own words.
    """
    told: dict[int, str] = {}
    by_plan: dict[ActionPlan, list[Activity]] = {}
    for activity in activities:
        if activity.plan is None:
            told[activity.id] = activity.name
        elif activity.plan.published_at is not None:
            by_plan.setdefault(activity.plan, []).append(activity)
    for plan, rows in by_plan.items():
        names = _names_of(session, plan)
        told |= {row.id: names[row.id] for row in rows if row.id in names}
    return told


def _names_of(session: Session, plan: ActionPlan) -> dict[int, str]:
    """As they stand, unless they are being changed: then as the last edition has them."""
    content = last_content(session, plan) if plan.changing_since is not None else None
    if content is None:
        return {activity.id: activity.name for activity in plan.activities}
    return {activity["id"]: activity["name"] for activity in content["activities"]}
