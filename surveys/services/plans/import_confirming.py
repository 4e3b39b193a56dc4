"""From a plan that was read and looked through to a draft of an action plan."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from surveys.drafts.plans import (
    ActivityDraft,
    ChannelDraft,
    PlacementDraft,
    PlanDraft,
    PriorityAreaDraft,
)
from surveys.errors import Conflict, InvalidInput
from surveys.limits import MAX_TARGET
from surveys.models.municipality import Municipality
from surveys.models.plan import ActionPlan, Activity
from surveys.plan_files.doubts import BLOCKING, RowReading, head_doubts, read_rows
from surveys.plan_files.found import Doubt, FoundArea, FoundHead, FoundPlan, FoundRow, from_json
from surveys.plan_files.repeats import plain
from surveys.queries.plans.plans import get_plan
from surveys.schedule.targets import said_target
from surveys.services.plans.activities import add_activities, edit_activity
from surveys.services.plans.imports import take_import
from surveys.services.plans.plans import add_area, create_plan, edit_area
from surveys.services.plans.readings import keep_follow_up, keep_when


class ImportNotReady(InvalidInput):
    """Somebody has to decide something first: ``missing`` has the row, None for the head."""

    def __init__(self, missing: tuple[tuple[int | None, Doubt], ...]) -> None:
        super().__init__("import_not_ready")
        self.missing = missing


def confirm_import(
    session: Session,
    municipality: Municipality,
    import_id: int,
    *,
    revision: int,
    into: str | None = None,
    now: datetime,
) -> ActionPlan:
    """Make a draft plan of the import, or add its rows to the draft plan at the address ``into``.

    Raise NotFound; Conflict where the import has changed since ``revision`` or is a plan already,
    or ``into`` has been published; ImportNotReady; InvalidInput of the plan's own rules.
    """
    found = take_import(session, municipality, import_id)
    if found.revision != revision:
        raise Conflict("changed")
    plan = from_json(found.content)
    readings = read_rows(plan)
    _refuse_unready(plan, readings, needs_head=into is None)
    draft = _plan(session, municipality, plan.head, into, now)
    areas = _add_areas(session, municipality, draft, plan, now)
    _add_activities(session, municipality, draft, (plan, readings, areas), now)
    found.plan_id, found.confirmed_at = draft.id, now
    found.revision += 1
    session.flush()
    return draft


def _refuse_unready(
    plan: FoundPlan, readings: Mapping[int, RowReading], *, needs_head: bool
) -> None:
    head = [(None, d) for d in head_doubts(plan) if d.code in BLOCKING] if needs_head else []
    rows = [
        (number, doubt)
        for number, reading in readings.items()
        for doubt in reading.doubts
        if doubt.code in BLOCKING
    ]
    if head or rows:
        raise ImportNotReady((*head, *rows))
    if all(row.is_dropped for row in plan.rows):
        raise InvalidInput("plan_without_activity")


def _plan(
    session: Session,
    municipality: Municipality,
    head: FoundHead,
    into: str | None,
    now: datetime,
) -> ActionPlan:
    if into is not None:
        plan = get_plan(session, municipality, into)
        if plan.published_at is not None:
            raise Conflict("published")
        return plan
    draft = PlanDraft(
        title=head.title,
        starts_on=head.starts_on or date.min,
        ends_on=head.ends_on or date.min,
        authors=head.authors,
        evaluation_text=head.evaluation_text or None,
        evaluate_after=head.evaluate_after,
        evaluation_owners=head.evaluation_owners,
        channels=tuple(map(ChannelDraft, head.channels)),
    )
    return create_plan(session, municipality, draft, now=now)


def _add_areas(
    session: Session, municipality: Municipality, draft: ActionPlan, plan: FoundPlan, now: datetime
) -> dict[int, int]:
    """The plan's areas by the import's numbers. One that is there already gets the new goals."""
    used = {row.area for row in plan.rows if not row.is_dropped}
    present = {area.name.casefold(): area for area in draft.areas}
    ids = {}
    for area in plan.areas:
        there = present.get(area.name.casefold())
        if area.number not in used and not (area.goals and there is None):
            continue
        if there is None:
            made = add_area(session, municipality, draft.slug, _area_draft(area, ()), now=now)
            ids[area.number] = made.id
        else:
            goals = _area_draft(area, tuple(there.goals))
            edit_area(session, municipality, draft.slug, there.id, goals, now=now)
            ids[area.number] = there.id
    return ids


def _area_draft(area: FoundArea, before: tuple[str, ...]) -> PriorityAreaDraft:
    return PriorityAreaDraft(area.name, tuple(dict.fromkeys((*before, *area.goals))))


def _add_activities(
    session: Session,
    municipality: Municipality,
    draft: ActionPlan,
    found: tuple[FoundPlan, Mapping[int, RowReading], dict[int, int]],
    now: datetime,
) -> None:
    plan, readings, areas = found
    present = {(plain(a.name), plain(a.when_text)): a for a in draft.activities}
    kept = [row for row in plan.rows if not row.is_dropped]
    new: list[tuple[FoundRow, dict[int, FoundRow], ActivityDraft]] = []
    for row in kept:
        if row.same_as is not None:
            continue
        rows = [row, *(each for each in kept if each.same_as == row.number)]
        placed = {areas[each.area]: each for each in reversed(rows) if each.area is not None}
        words = _activity_draft(row, placed)
        there = present.get((plain(row.activity), plain(row.when)))
        if there is None:
            new.append((row, placed, words))
        else:
            beside = _beside(there, words)
            edit_activity(session, municipality, draft.slug, there.id, beside, now=now)
            _keep_follow_ups(there, placed, readings)
    drafts = [words for _row, _placed, words in new]
    added = add_activities(session, municipality, draft.slug, drafts, now=now)
    for activity, (row, placed, _words) in zip(added, new, strict=True):
        _keep_when(activity, row, readings[row.number])
        _keep_follow_ups(activity, placed, readings)
    session.flush()


def _beside(there: Activity, words: ActivityDraft) -> ActivityDraft:
    """The activity that the plan has already, as it stands, under the further areas too."""
    placed = {link.area_id for link in there.links}
    before = tuple(
        PlacementDraft(
            link.area_id,
            link.follow_up.text if link.follow_up else "",
            link.follow_up.due_on if link.follow_up else None,
            link.follow_up.body_id if link.follow_up else None,
        )
        for link in there.links
    )
    further = tuple(p for p in words.placements if p.area_id not in placed)
    return replace(
        words, name=there.name, who_text=there.who_text or words.who_text,
        methods=tuple(there.methods), placements=before + further,
    )  # fmt: skip


def _activity_draft(row: FoundRow, placed: Mapping[int, FoundRow]) -> ActivityDraft:
    return ActivityDraft(
        name=row.activity,
        when_text=row.when,
        lacks_when=True,
        who_text=row.who,
        placements=tuple(
            PlacementDraft(area_id, each.follow_up) for area_id, each in placed.items()
        ),
    )


def _keep_when(activity: Activity, row: FoundRow, reading: RowReading) -> None:
    """Count the activity by what its time was read as, unless somebody has declined that."""
    schedule = reading.when if row.takes_when else None
    if schedule is None:
        return
    target = said_target(schedule)
    if target is None or 1 <= target.count <= MAX_TARGET:
        keep_when(activity, schedule)


def _keep_follow_ups(
    activity: Activity, placed: Mapping[int, FoundRow], readings: Mapping[int, RowReading]
) -> None:
    for link in activity.links:
        row = placed.get(link.area_id)
        schedule = readings[row.number].follow_up if row and row.takes_follow_up else None
        if schedule is not None and link.follow_up is not None:
            keep_follow_up(link.follow_up, schedule)
