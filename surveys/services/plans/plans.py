"""Writing action plans: the plan and its areas with goals. Each change is a new revision."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from surveys.days import swedish_day
from surveys.drafts.plans import DecisionDraft, PlanDraft, PlanFollowUpDraft, PriorityAreaDraft
from surveys.errors import Conflict, InvalidInput, NotFound
from surveys.limits import MAX_DNR, MAX_SOURCE
from surveys.models.municipality import Municipality
from surveys.models.plan import ActionPlan, PriorityArea
from surveys.queries.plans.plans import get_plan
from surveys.services.editions.approvals import end_review
from surveys.services.editions.input_rules import (
    check_day,
    check_period,
    optional_text,
    require,
    required_text,
)
from surveys.services.editions.revisions import begin_change
from surveys.services.plans.ground import choose_ground
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
    choose_ground(session, municipality, plan, draft.ground)
    session.add(plan)
    try:
        session.flush()
    except IntegrityError as error:  # another plan took the address a moment ago
        raise Conflict(plan.slug) from error
    return plan


def edit_plan(
    session: Session, municipality: Municipality, slug: str, draft: PlanDraft, *, now: datetime
) -> ActionPlan:
    """Change the plan's head. Readers of a published one see it once it is published again."""
    plan = get_plan(session, municipality, slug)
    begin_change(session, plan, draft.revision, now=now)
    if plan.is_joint and not draft.is_joint:
        end_review(plan)  # what both were asked to read is now for one of them alone
    _fill(plan, draft)
    choose_ground(session, municipality, plan, draft.ground)
    session.flush()
    return plan


def add_area(
    session: Session,
    municipality: Municipality,
    slug: str,
    draft: PriorityAreaDraft,
    *,
    now: datetime,
) -> PriorityArea:
    """Put a prioritised area last in the plan; refuse a second one of the same name."""
    plan = get_plan(session, municipality, slug)
    if len(plan.areas) >= MAX_AREAS:
        raise InvalidInput("too_many_areas", "name")
    begin_change(session, plan, now=now)
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
    *,
    now: datetime,
) -> PriorityArea:
    """Change an area's name and goals."""
    plan = get_plan(session, municipality, slug)
    area = find_area(plan, area_id)
    begin_change(session, plan, draft.revision, now=now)
    _fill_area(plan, area, draft)
    session.flush()
    return area


def remove_area(
    session: Session, municipality: Municipality, slug: str, area_id: int, *, now: datetime
) -> None:
    """Take out an area that no activity stands under."""
    plan = get_plan(session, municipality, slug)
    area = find_area(plan, area_id)
    if area.links:
        raise InvalidInput("area_has_activities")
    begin_change(session, plan, now=now)
    plan.areas.remove(area)
    session.flush()


def record_plan_follow_up(
    session: Session,
    municipality: Municipality,
    slug: str,
    draft: PlanFollowUpDraft,
    *,
    now: datetime,
) -> ActionPlan:
    """Record that the whole plan was followed up. It changes no word of the plan itself."""
    plan = get_plan(session, municipality, slug)
    check_day(draft.on, "on")
    if draft.on > swedish_day(now):
        raise InvalidInput("day_to_come", "on")
    if draft.on < plan.starts_on:
        raise InvalidInput("due_before_start", "on")
    plan.followed_up_text = required_text(draft.text, "text")
    plan.followed_up_on = draft.on
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
    check_day(draft.summary_due_on, "summary_due_on")
    plan.title = require(draft.title, "title_missing", "title")
    plan.starts_on, plan.ends_on = draft.starts_on, draft.ends_on
    plan.is_joint = draft.is_joint
    plan.dnr = optional_text(draft.dnr, "dnr", MAX_DNR)
    plan.authors = list(draft.authors)
    plan.introduction = draft.introduction
    plan.methods = list(draft.methods)
    plan.evaluation_text = draft.evaluation_text
    plan.evaluate_after = draft.evaluate_after
    plan.evaluation_owners = list(draft.evaluation_owners)
    plan.channels = [
        {
            "name": required_text(channel.name, "channels", MAX_SOURCE),
            "municipality": channel.municipality,
            "police": channel.police,
        }
        for channel in draft.channels
    ]
    plan.other_plans = list(draft.other_plans)
    plan.report_to = list(draft.report_to)
    plan.summary_due_on = draft.summary_due_on
    _fill_decision(plan, draft.decision)


def _fill_decision(plan: ActionPlan, decision: DecisionDraft) -> None:
    check_day(decision.on, "decided_on")
    by = optional_text(decision.by, "decided_by", 160)
    paragraph = optional_text(decision.paragraph, "decision_paragraph", 60)
    if decision.on is not None and by is None:
        raise InvalidInput("decided_by_missing", "decided_by")
    if decision.on is None and (by or paragraph):
        raise InvalidInput("decided_on_missing", "decided_on")
    plan.decided_on, plan.decided_by, plan.decision_paragraph = decision.on, by, paragraph


def _fill_area(plan: ActionPlan, area: PriorityArea, draft: PriorityAreaDraft) -> None:
    name = require(draft.name, "name_missing", "name")
    if any(a is not area and a.name.casefold() == name.casefold() for a in plan.areas):
        raise InvalidInput("area_twice", "name")
    area.name, area.goals = name, list(draft.goals)
