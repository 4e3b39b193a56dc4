"""Writing the activities of a plan: each one once, under one or more areas."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from surveys.drafts.plans import ActivityDraft, PlacementDraft
from surveys.errors import InvalidInput, NotFound
from surveys.models.body import Body
from surveys.models.municipality import Municipality
from surveys.models.plan import ActionPlan, Activity, ActivityArea, FollowUp, PriorityArea
from surveys.queries.municipalities.municipalities import find_named_place
from surveys.queries.plans.plans import get_plan
from surveys.queries.progress.activities import list_counting_points
from surveys.services.editions.input_rules import check_day, check_target, require
from surveys.services.editions.revisions import begin_change
from surveys.services.plans.ground import find_body
from surveys.services.plans.plans import find_area

MAX_ACTIVITIES = 300


def add_activity(
    session: Session, municipality: Municipality, slug: str, draft: ActivityDraft, *, now: datetime
) -> Activity:
    """Put an activity into the plan, last under each area that the draft names.

    Follow-up is written for each area; where the plan gives none, none is made up.
    """
    return add_activities(session, municipality, slug, [draft], now=now)[0]


def add_activities(
    session: Session,
    municipality: Municipality,
    slug: str,
    drafts: Sequence[ActivityDraft],
    *,
    now: datetime,
) -> list[Activity]:
    """The same for several, in their order, as one change: all of them or none."""
    plan = get_plan(session, municipality, slug)
    if len(plan.activities) + len(drafts) > MAX_ACTIVITIES:
        raise InvalidInput("too_many_activities", "name")
    begin_change(session, plan, now=now)
    added = []
    for draft in drafts:
        activity = Activity(municipality_id=municipality.id, created_at=now)
        _fill(session, municipality, activity, draft)
        plan.activities.append(activity)
        _place(session, plan, activity, draft.placements)
        added.append(activity)
    session.flush()
    return added


def edit_activity(
    session: Session,
    municipality: Municipality,
    slug: str,
    activity_id: int,
    draft: ActivityDraft,
    *,
    now: datetime,
) -> Activity:
    """Change an activity and where it stands. Its occasions stay."""
    plan = get_plan(session, municipality, slug)
    activity = find_activity(plan, activity_id)
    begin_change(session, plan, draft.revision, now=now)
    _fill(session, municipality, activity, draft)
    _place(session, plan, activity, draft.placements)
    session.flush()
    return activity


def remove_activity(
    session: Session, municipality: Municipality, slug: str, activity_id: int, *, now: datetime
) -> None:
    """Take out an activity that has no occasions and that no promise counts."""
    plan = get_plan(session, municipality, slug)
    activity = find_activity(plan, activity_id)
    if activity.occasions:
        raise InvalidInput("activity_has_occasions")
    if list_counting_points(session, activity):
        raise InvalidInput("activity_is_counted")
    begin_change(session, plan, now=now)
    plan.activities.remove(activity)
    session.flush()


def find_activity(plan: ActionPlan, activity_id: int) -> Activity:
    """The plan's activity with this id; raise NotFound."""
    for activity in plan.activities:
        if activity.id == activity_id:
            return activity
    raise NotFound(str(activity_id))


def _fill(
    session: Session, municipality: Municipality, activity: Activity, draft: ActivityDraft
) -> None:
    activity.name = require(draft.name, "name_missing", "name")
    may_lack = draft.lacks_when and not draft.when_text.strip()
    activity.when_text = "" if may_lack else require(draft.when_text, "when_missing", "when_text")
    activity.who_text = draft.who_text
    activity.methods = list(draft.methods)
    activity.named_place = find_named_place(session, municipality, draft.place_id)
    target = draft.target
    if target is not None:
        check_target(target)
    activity.target_count = target.count if target else None
    activity.comparator = target.comparator if target else None
    activity.per = target.per if target else None
    activity.weekday = target.weekday if target else None


def _place(
    session: Session, plan: ActionPlan, activity: Activity, placements: Sequence[PlacementDraft]
) -> None:
    if not placements:
        raise InvalidInput("activity_without_area", "areas")
    wanted = {find_area(plan, placement.area_id): placement for placement in placements}
    for link in list(activity.links):
        if link.area not in wanted:
            activity.links.remove(link)
    for area, placement in wanted.items():
        check_day(placement.due_on, "due_on")
        body = find_body(session, plan.municipality, placement.body_id)
        _write_follow_up(_link(activity, area), placement, body)


def _link(activity: Activity, area: PriorityArea) -> ActivityArea:
    for link in activity.links:
        if link.area is area:
            return link
    last = max((link.position for link in area.links), default=0)
    link = ActivityArea(area=area, position=last + 1)
    activity.links.append(link)
    return link


def _write_follow_up(link: ActivityArea, placement: PlacementDraft, body: Body | None) -> None:
    text = placement.follow_up.strip()
    if not text:
        if placement.due_on is not None or body is not None:
            raise InvalidInput("follow_up_without_words", "follow_up")
        link.follow_up = None
        return
    if link.follow_up is None:
        link.follow_up = FollowUp()
    link.follow_up.text, link.follow_up.due_on = text, placement.due_on
    link.follow_up.body = body
