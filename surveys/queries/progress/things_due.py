"""What is due on a day and not done: what owners are reminded of."""

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from surveys.days import swedish_day
from surveys.models.municipality import Municipality
from surveys.models.owner import Owner
from surveys.models.plan import ActionPlan, Activity, ActivityArea, FollowUp
from surveys.models.progress import ProgressUpdate
from surveys.models.promise import PointStatus, Promise, PromisePoint
from surveys.queries.pictures.situations import list_waiting, next_due
from surveys.queries.progress.activities import list_due_activities
from surveys.queries.promises.counters import point_state
from surveys.schedule.pace import Status
from surveys.schedule.periods import add_months

# A report on the whole promise from this many months before the day is the summary that was due.
SUMMARY_MONTHS = 3
_CLOSED = frozenset({Status.DONE, Status.CANCELLED, Status.NOT_MEASURABLE})


class ThingKind(enum.Enum):
    """What kind of thing is due."""

    FOLLOW_UP = "follow_up"
    POINT = "point"
    ACTIVITY = "activity"
    SITUATION = "lagesbild"
    PROMISE_SUMMARY = "promise_summary"
    PLAN_SUMMARY = "plan_summary"


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that is due on ``due_on`` and not done.

    ``key`` tells it from others of its kind, ``slug`` is of its plan or promise, ``under`` names
    it. ``is_rhythm``: it is an occasion of something that goes on, of which nobody is reminded
    beforehand.
    """

    kind: ThingKind
    key: str
    title: str
    under: str | None
    slug: str | None
    due_on: date
    owner: Owner | None = None
    is_rhythm: bool = False

    @property
    def about(self) -> str:
        """What a reminder of it is stored under."""
        return f"{self.kind.value}:{self.key}"


def list_things_due(session: Session, municipality: Municipality, today: date) -> tuple[Thing, ...]:
    """All that is due, in order of its day. Only of what readers see: a draft promises nothing."""
    found = [
        *list_follow_ups_due(session, municipality),
        *_points(session, municipality, today),
        *_activities(session, municipality, today),
        *_promise_summaries(session, municipality),
        *_plan_summaries(session, municipality),
        *_situations(session, municipality, today),
    ]
    return tuple(sorted(found, key=lambda thing: (thing.due_on, thing.about)))


def list_follow_ups_due(session: Session, municipality: Municipality) -> Iterator[Thing]:
    """Follow-ups of published plans that have a day and are not done."""
    statement = (
        select(FollowUp, Activity, ActionPlan)
        .join(ActivityArea, FollowUp.link_id == ActivityArea.id)
        .join(Activity, ActivityArea.activity_id == Activity.id)
        .join(ActionPlan, Activity.plan_id == ActionPlan.id)
        .where(
            ActionPlan.municipality_id == municipality.id,
            ActionPlan.published_at.is_not(None),
            Activity.cancelled_on.is_(None),
            FollowUp.due_on.is_not(None),
            FollowUp.done_on.is_(None),
        )
        .options(joinedload(FollowUp.owner), joinedload(Activity.owner))
    )
    for follow_up, activity, plan in session.execute(statement):
        if follow_up.due_on is not None:
            yield Thing(
                ThingKind.FOLLOW_UP,
                str(follow_up.id),
                activity.name,
                plan.title,
                plan.slug,
                follow_up.due_on,
                follow_up.owner or activity.owner,
            )


def _points(session: Session, municipality: Municipality, today: date) -> Iterator[Thing]:
    """Points with a last day; of a joint promise those that are the municipality's to remind of."""
    statement = (
        select(PromisePoint)
        .join(Promise, PromisePoint.promise_id == Promise.id)
        .join(Owner, PromisePoint.owner_id == Owner.id, isouter=True)
        .where(
            or_(
                Owner.municipality_id == municipality.id,
                and_(Owner.id.is_(None), Promise.municipality_id == municipality.id),
            ),
            Promise.published_at.is_not(None),
            PromisePoint.due_on.is_not(None),
            PromisePoint.ended_on.is_(None),
            PromisePoint.status == PointStatus.ONGOING,
        )
        .options(
            joinedload(PromisePoint.promise),
            joinedload(PromisePoint.owner),
            selectinload(PromisePoint.activities).selectinload(Activity.occasions),
        )
    )
    for point in session.scalars(statement):
        if point.due_on is not None and point_state(point, today).status not in _CLOSED:
            yield Thing(
                ThingKind.POINT,
                str(point.id),
                point.title,
                point.promise.title,
                point.promise.slug,
                point.due_on,
                point.owner,
            )


def _activities(session: Session, municipality: Municipality, today: date) -> Iterator[Thing]:
    """Activities that have fallen behind their rhythm, from the day of the first missing time."""
    owners = {
        owner.id: owner
        for owner in session.scalars(select(Owner).where(Owner.municipality_id == municipality.id))
    }
    for row in list_due_activities(session, municipality, today):
        if row.due is not None and row.due.is_late and row.is_public:
            yield Thing(
                ThingKind.ACTIVITY,
                str(row.id),
                row.name,
                row.counted_in[0] if row.counted_in else None,
                None,
                row.due.on,
                owners.get(row.owner_id or 0),
                is_rhythm=True,
            )


def _promise_summaries(session: Session, municipality: Municipality) -> Iterator[Thing]:
    statement = select(Promise).where(
        Promise.municipality_id == municipality.id,
        Promise.published_at.is_not(None),
        Promise.summary_due_on.is_not(None),
    )
    for promise in session.scalars(statement):
        due_on = promise.summary_due_on
        if due_on is not None and not _is_summed_up(session, promise, due_on):
            yield Thing(
                ThingKind.PROMISE_SUMMARY,
                str(promise.id),
                promise.title,
                None,
                promise.slug,
                due_on,
            )


def _is_summed_up(session: Session, promise: Promise, due_on: date) -> bool:
    report = session.scalar(
        select(ProgressUpdate.id)
        .where(
            ProgressUpdate.promise_id == promise.id,
            ProgressUpdate.point_id.is_(None),
            ProgressUpdate.dated_on >= add_months(due_on, -SUMMARY_MONTHS),
        )
        .limit(1)
    )
    return report is not None


def _plan_summaries(session: Session, municipality: Municipality) -> Iterator[Thing]:
    statement = select(ActionPlan).where(
        ActionPlan.municipality_id == municipality.id,
        ActionPlan.published_at.is_not(None),
        ActionPlan.summary_due_on.is_not(None),
    )
    for plan in session.scalars(statement):
        published = swedish_day(plan.published_at) if plan.published_at else None
        due_on = plan.summary_due_on
        if due_on is None or (published and published >= add_months(due_on, -SUMMARY_MONTHS)):
            continue  # an edition of the same quarter holds it
        yield Thing(ThingKind.PLAN_SUMMARY, str(plan.id), plan.title, None, plan.slug, due_on)


def _situations(session: Session, municipality: Municipality, today: date) -> Iterator[Thing]:
    """The months of the lägesbild that are late, and the next one that is to come."""
    coming = next_due(session, municipality, today)
    months = {it.month: it for it in list_waiting(session, municipality, today)}
    if coming is not None:
        months.setdefault(coming.month, coming)
    for month, it in months.items():
        if it.due_on is not None:
            key = f"{month:%Y-%m}"
            yield Thing(ThingKind.SITUATION, key, key, None, None, it.due_on)
