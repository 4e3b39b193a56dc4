"""Readers for action plans: the plan itself, and lists of them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from surveys.errors import NotFound
from surveys.models.document_edition import DocumentEdition
from surveys.models.municipality import Municipality
from surveys.models.plan import ActionPlan, Activity, ActivityArea, FollowUp, PriorityArea
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
    is_changing: bool = False


def get_plan(
    session: Session, municipality: Municipality, slug: str, *, for_change: bool = False
) -> ActionPlan:
    """The municipality's plan with this address part, whole; raise NotFound.

    ``for_change`` holds the row until the transaction ends, so that two writers come one after the
    other.
    """
    links = selectinload(ActionPlan.areas).selectinload(PriorityArea.links)
    statement = (
        select(ActionPlan)
        .where(ActionPlan.municipality_id == municipality.id, ActionPlan.slug == slug)
        .options(
            selectinload(ActionPlan.activities).selectinload(Activity.occasions),
            selectinload(ActionPlan.activities).selectinload(Activity.checks),
            selectinload(ActionPlan.activities).selectinload(Activity.links),
            links.selectinload(ActivityArea.follow_up).selectinload(FollowUp.body),
        )
    )
    if for_change:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    plan = session.scalar(statement)
    if plan is None:
        raise NotFound(slug)
    return plan


def list_plans(session: Session, municipality: Municipality) -> tuple[PlanSummary, ...]:
    """All plans of the municipality as their writers have them, the latest period first."""
    statement = (
        select(ActionPlan)
        .where(ActionPlan.municipality_id == municipality.id)
        .options(selectinload(ActionPlan.areas), selectinload(ActionPlan.activities))
        .order_by(ActionPlan.starts_on.desc(), ActionPlan.id.desc())
    )
    return tuple(map(_summary, session.scalars(statement)))


def list_public_plans(session: Session, municipality: Municipality) -> tuple[PlanSummary, ...]:
    """The published plans as their last editions have them, the latest period first."""
    editions = list_last_contents(session, municipality)
    return tuple(
        _as_published(plan, editions.get(plan.slug))
        for plan in list_plans(session, municipality)
        if plan.is_published
    )


def list_last_contents(session: Session, municipality: Municipality) -> dict[str, dict[str, Any]]:
    """Address part -> the last edition's content, for published plans that have one."""
    statement = (
        select(ActionPlan.slug, DocumentEdition.content)
        .join(DocumentEdition, DocumentEdition.plan_id == ActionPlan.id)
        .where(
            ActionPlan.municipality_id == municipality.id,
            ActionPlan.published_at.is_not(None),
        )
        .order_by(DocumentEdition.number)
    )
    return {row.slug: row.content for row in session.execute(statement)}


def list_overlapping(session: Session, plan: ActionPlan) -> tuple[PlanSummary, ...]:
    """The same municipality's other plans whose periods have days in common with this one's."""
    statement = select(ActionPlan).where(
        ActionPlan.municipality_id == plan.municipality_id,
        ActionPlan.id != plan.id,
        ActionPlan.starts_on <= plan.ends_on,
        ActionPlan.ends_on >= plan.starts_on,
    )
    return tuple(map(_summary, session.scalars(statement.order_by(ActionPlan.starts_on))))


def _summary(plan: ActionPlan) -> PlanSummary:
    return PlanSummary(
        title=plan.title,
        slug=plan.slug,
        window=Window(plan.starts_on, plan.ends_on),
        n_areas=len(plan.areas),
        n_activities=len(plan.activities),
        is_published=plan.published_at is not None,
        is_changing=plan.changing_since is not None,
    )


def _as_published(plan: PlanSummary, content: dict[str, Any] | None) -> PlanSummary:
    if content is None:
        return plan
    first, last = (date.fromisoformat(content[day]) for day in ("starts_on", "ends_on"))
    return PlanSummary(
        title=content["title"],
        slug=plan.slug,
        window=Window(first, last),
        n_areas=len(content["areas"]),
        n_activities=len(content["activities"]),
        is_published=True,
    )
