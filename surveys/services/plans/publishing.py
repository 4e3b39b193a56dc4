"""Publishing a plan: approved by each party, frozen as an edition, withdrawn again."""

from datetime import datetime

from sqlalchemy.orm import Session

from surveys.drafts.approvals import EditionDraft
from surveys.errors import InvalidInput
from surveys.models.municipality import Municipality
from surveys.models.plan import ActionPlan
from surveys.queries.plans.content import plan_content
from surveys.queries.plans.plans import get_plan
from surveys.services.editions.approvals import end_review, require_approved
from surveys.services.editions.document_editions import freeze_edition


def publish_plan(
    session: Session,
    municipality: Municipality,
    slug: str,
    *,
    role: str,
    now: datetime,
    change_note: str | None = None,
) -> ActionPlan:
    """Give readers the plan as it stands, as its next edition, with the ``role`` that did it.

    A plan that is out and not changed is left as it is. Raise InvalidInput without an area or an
    activity, with an activity that stands under no area, and NotApproved before each party that
    carries the plan has said yes to this revision of it.
    """
    plan = get_plan(session, municipality, slug, for_change=True)
    if plan.published_at is not None and plan.changing_since is None:
        return plan
    if not plan.areas:
        raise InvalidInput("plan_without_area")
    if not plan.activities:
        raise InvalidInput("plan_without_activity")
    if any(not activity.links for activity in plan.activities):
        raise InvalidInput("activity_without_area")
    require_approved(session, municipality, plan)
    draft = EditionDraft(plan_content(plan), change_note)
    freeze_edition(session, municipality, plan, draft, by=role, now=now)
    plan.published_at, plan.published_by = now, role
    plan.changing_since = None
    end_review(plan)
    session.flush()
    return plan


def withdraw_plan(session: Session, municipality: Municipality, slug: str) -> ActionPlan:
    """Take a published plan off the public pages. Its editions are kept."""
    plan = get_plan(session, municipality, slug, for_change=True)
    plan.published_at = plan.published_by = plan.changing_since = None
    session.flush()
    return plan
