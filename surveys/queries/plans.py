"""Readers for action plans."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from surveys.days import swedish_day
from surveys.errors import NotFound
from surveys.models.municipality import Municipality
from surveys.models.plan import ActionPlan, Activity, ActivityArea, OccasionState, PriorityArea
from surveys.queries.counters import Counter, activity_counter
from surveys.schedule.periods import Window


@dataclass(frozen=True, slots=True)
class PlanSummary:
    """A plan in a list."""

    title: str
    slug: str
    window: Window
    n_areas: int
    n_activities: int
    is_published: bool


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """An activity under one area. ``follow_up`` is None where the plan gives none."""

    id: int
    name: str
    when_text: str
    who_text: str
    follow_up: str | None
    follow_up_due_on: date | None
    also_under: tuple[str, ...]
    counter: Counter
    n_occasions: int
    last_on: date | None


@dataclass(frozen=True, slots=True)
class AreaView:
    """A prioritised area with its goals and its activities."""

    id: int
    name: str
    goals: tuple[str, ...]
    lines: tuple[ActivityLine, ...]


@dataclass(frozen=True, slots=True)
class PlanPage:
    """A whole plan. Activities and occasions are counted once, however many areas they are in."""

    title: str
    slug: str
    window: Window
    authors: tuple[str, ...]
    introduction: str
    areas: tuple[AreaView, ...]
    evaluation_text: str | None
    evaluate_after: date | None
    evaluation_owners: tuple[str, ...]
    channels: tuple[str, ...]
    n_activities: int
    n_occasions: int
    n_shared: int  # activities under more than one area
    n_without_follow_up: int
    published_on: date | None
    published_by: str | None


def get_plan(session: Session, municipality: Municipality, slug: str) -> ActionPlan:
    """The municipality's plan with this address part, whole; raise NotFound."""
    links = selectinload(ActionPlan.areas).selectinload(PriorityArea.links)
    plan = session.scalar(
        select(ActionPlan)
        .where(ActionPlan.municipality_id == municipality.id, ActionPlan.slug == slug)
        .options(
            selectinload(ActionPlan.activities).selectinload(Activity.occasions),
            selectinload(ActionPlan.activities).selectinload(Activity.links),
            links.selectinload(ActivityArea.follow_up),
        )
    )
    if plan is None:
        raise NotFound(slug)
    return plan


def list_plans(session: Session, municipality: Municipality) -> tuple[PlanSummary, ...]:
    """All plans of the municipality, drafts too, the latest period first."""
    statement = (
        select(ActionPlan)
        .where(ActionPlan.municipality_id == municipality.id)
        .options(selectinload(ActionPlan.areas), selectinload(ActionPlan.activities))
        .order_by(ActionPlan.starts_on.desc(), ActionPlan.id.desc())
    )
    return tuple(_summary(plan) for plan in session.scalars(statement))


def list_public_plans(session: Session, municipality: Municipality) -> tuple[PlanSummary, ...]:
    """The published plans of the municipality, the latest period first."""
    return tuple(plan for plan in list_plans(session, municipality) if plan.is_published)


def get_public_plan(
    session: Session, municipality: Municipality, slug: str, today: date
) -> PlanPage:
    """The published plan at this address; raise NotFound, for a draft too."""
    plan = get_plan(session, municipality, slug)
    if plan.published_at is None:
        raise NotFound(slug)
    return _page(plan, today)


def get_plan_page(session: Session, municipality: Municipality, slug: str, today: date) -> PlanPage:
    """The same for staff: drafts too."""
    return _page(get_plan(session, municipality, slug), today)


def _page(plan: ActionPlan, today: date) -> PlanPage:
    links = [link for area in plan.areas for link in area.links]
    return PlanPage(
        title=plan.title,
        slug=plan.slug,
        window=Window(plan.starts_on, plan.ends_on),
        authors=tuple(plan.authors),
        introduction=plan.introduction,
        areas=tuple(_area(area, today) for area in plan.areas),
        evaluation_text=plan.evaluation_text,
        evaluate_after=plan.evaluate_after,
        evaluation_owners=tuple(plan.evaluation_owners),
        channels=tuple(plan.channels),
        n_activities=len(plan.activities),
        n_occasions=sum(_n_held(activity) for activity in plan.activities),
        n_shared=sum(len(activity.links) > 1 for activity in plan.activities),
        n_without_follow_up=sum(link.follow_up is None for link in links),
        published_on=swedish_day(plan.published_at) if plan.published_at else None,
        published_by=plan.published_by,
    )


def _summary(plan: ActionPlan) -> PlanSummary:
    return PlanSummary(
        title=plan.title,
        slug=plan.slug,
        window=Window(plan.starts_on, plan.ends_on),
        n_areas=len(plan.areas),
        n_activities=len(plan.activities),
        is_published=plan.published_at is not None,
    )


def _area(area: PriorityArea, today: date) -> AreaView:
    return AreaView(
        id=area.id,
        name=area.name,
        goals=tuple(area.goals),
        lines=tuple(_line(link, today) for link in area.links),
    )


def _line(link: ActivityArea, today: date) -> ActivityLine:
    activity = link.activity
    held = [o.held_on for o in activity.occasions if o.state is OccasionState.HELD]
    others = [other.area.name for other in activity.links if other is not link]
    return ActivityLine(
        id=activity.id,
        name=activity.name,
        when_text=activity.when_text,
        who_text=activity.who_text,
        follow_up=link.follow_up.text if link.follow_up else None,
        follow_up_due_on=link.follow_up.due_on if link.follow_up else None,
        also_under=tuple(others),
        counter=activity_counter(activity, today),
        n_occasions=len(held),
        last_on=max(held, default=None),
    )


def _n_held(activity: Activity) -> int:
    return sum(occasion.state is OccasionState.HELD for occasion in activity.occasions)
