"""Planned follow-ups of activities: which are made, which are due."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from surveys.errors import NotFound
from surveys.models.municipality import Municipality
from surveys.models.plan import ActionPlan, Activity, ActivityArea, FollowUp


def get_follow_up(session: Session, municipality: Municipality, follow_up_id: int) -> FollowUp:
    """The municipality's follow-up; raise NotFound."""
    statement = (
        select(FollowUp)
        .join(ActivityArea, FollowUp.link_id == ActivityArea.id)
        .join(Activity, ActivityArea.activity_id == Activity.id)
        .where(Activity.municipality_id == municipality.id, FollowUp.id == follow_up_id)
    )
    follow_up = session.scalar(statement)
    if follow_up is None:
        raise NotFound(str(follow_up_id))
    return follow_up


def list_follow_ups(session: Session, municipality: Municipality) -> Sequence[FollowUp]:
    """All follow-ups of published plans, with activity, area and owner, by day and then by name."""
    link = joinedload(FollowUp.link)
    statement = (
        select(FollowUp)
        .join(ActivityArea, FollowUp.link_id == ActivityArea.id)
        .join(Activity, ActivityArea.activity_id == Activity.id)
        .join(ActionPlan, Activity.plan_id == ActionPlan.id)
        .where(
            ActionPlan.municipality_id == municipality.id,
            ActionPlan.published_at.is_not(None),
        )
        .order_by(FollowUp.due_on, Activity.name, FollowUp.id)
        .options(
            link.joinedload(ActivityArea.activity).joinedload(Activity.plan),
            link.joinedload(ActivityArea.area),
            joinedload(FollowUp.owner),
        )
    )
    return session.scalars(statement).all()
