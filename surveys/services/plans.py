"""Writing action plans: the plan, its areas with goals, and publishing it."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from surveys.drafts.plans import PlanDraft, PriorityAreaDraft
from surveys.errors import Conflict, InvalidInput, NotFound
from surveys.models.municipality import Municipality
from surveys.models.plan import ActionPlan, PriorityArea
from surveys.queries.plans import get_plan
from surveys.services.input_rules import check_day, check_period, require
from surveys.text.slugs import make_slug

RESERVED_SLUGS = frozenset({"ny"})
MAX_AREAS = 20


def create_plan(
    session: Session, municipality: Municipality, draft: PlanDraft, *, now: datetime
) -> ActionPlan:
    """Begin a plan of ``municipality``. Its address is made from the title."""
    taken = session.scalars(
        select(ActionPlan.slug).where(ActionPlan.municipality_id == municipality.id)
    )
    plan = ActionPlan(
        municipality_id=municipality.id,
        slug=make_slug(draft.title, set(taken) | RESERVED_SLUGS),
        created_at=now,
    )
    _fill(plan, draft)
    session.add(plan)
    try:
        session.flush()
    except IntegrityError as error:  # another plan took the address a moment ago
        raise Conflict(plan.slug) from error
    return plan


def edit_plan(
    session: Session, municipality: Municipality, slug: str, draft: PlanDraft
) -> ActionPlan:
    """Change the plan's head. A plan is a working document: a published one may be changed."""
    plan = get_plan(session, municipality, slug)
    _fill(plan, draft)
    session.flush()
    return plan


def add_area(
    session: Session, municipality: Municipality, slug: str, draft: PriorityAreaDraft
) -> PriorityArea:
    """Put a prioritised area last in the plan; refuse a second one of the same name."""
    plan = get_plan(session, municipality, slug)
    if len(plan.areas) >= MAX_AREAS:
        raise InvalidInput("too_many_areas", "name")
    area = PriorityArea(position=max((a.position for a in plan.areas), default=0) + 1)
    _fill_area(plan, area, draft)
    plan.areas.append(area)
    session.flush()
    return area


def edit_area(
    session: Session,
    municipality: Municipality,
    slug: str,
    area_id: int,
    draft: PriorityAreaDraft,
) -> PriorityArea:
    """Change an area's name and goals."""
    plan = get_plan(session, municipality, slug)
    area = find_area(plan, area_id)
    _fill_area(plan, area, draft)
    session.flush()
    return area


def publish_plan(
    session: Session, municipality: Municipality, slug: str, *, role: str, now: datetime
) -> ActionPlan:
    """Make the plan public, with the ``role`` that did it; it needs an area and an activity."""
    plan = get_plan(session, municipality, slug)
    if plan.published_at is not None:
        return plan
    if not plan.areas:
        raise InvalidInput("plan_without_area")
    if not plan.activities:
        raise InvalidInput("plan_without_activity")
    plan.published_at, plan.published_by = now, role
    session.flush()
    return plan


def withdraw_plan(session: Session, municipality: Municipality, slug: str) -> ActionPlan:
    """Take a published plan off the public pages."""
    plan = get_plan(session, municipality, slug)
    plan.published_at = plan.published_by = None
    session.flush()
    return plan


def find_area(plan: ActionPlan, area_id: int) -> PriorityArea:
    """The plan's area with this id; raise NotFound."""
    for area in plan.areas:
        if area.id == area_id:
            return area
    raise NotFound(str(area_id))


def _fill(plan: ActionPlan, draft: PlanDraft) -> None:
    check_period(draft.starts_on, draft.ends_on)
    check_day(draft.evaluate_after, "evaluate_after")
    plan.title = require(draft.title, "title_missing", "title")
    plan.starts_on, plan.ends_on = draft.starts_on, draft.ends_on
    plan.authors = list(draft.authors)
    plan.introduction = draft.introduction
    plan.evaluation_text = draft.evaluation_text
    plan.evaluate_after = draft.evaluate_after
    plan.evaluation_owners = list(draft.evaluation_owners)
    plan.channels = list(draft.channels)


def _fill_area(plan: ActionPlan, area: PriorityArea, draft: PriorityAreaDraft) -> None:
    name = require(draft.name, "name_missing", "name")
    if any(a is not area and a.name.casefold() == name.casefold() for a in plan.areas):
        raise InvalidInput("area_twice", "name")
    area.name, area.goals = name, list(draft.goals)
