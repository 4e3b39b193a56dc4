"""What the municipal council is told of a year (2023:196, 13 §), and counts for other plans."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from surveys.days import swedish_day
from surveys.models.body import Body, BodyMeeting
from surveys.models.municipality import Municipality
from surveys.models.plan import ActionPlan, Activity, ActivityArea, Occasion, OccasionState
from surveys.queries.pictures.pictures import list_published
from surveys.queries.pictures.views import PictureSummary
from surveys.queries.plans.page import PlanPage, get_public_plan
from surveys.queries.plans.yearly import (
    ActivityYear,
    FollowUpDone,
    count_plan_occasions,
    list_follow_ups_done,
    year_window,
)
from surveys.queries.progress.judgements import Closing, get_public_closing
from surveys.queries.promises.promises import PromiseSummary, list_public_promises
from surveys.schedule.periods import Window


@dataclass(frozen=True, slots=True)
class PlanYear:
    """A published plan, as its last edition has it, with what was logged in one year."""

    page: PlanPage
    years: dict[int, ActivityYear]

    @property
    def n_held(self) -> int:
        return sum(year.held for year in self.years.values())


@dataclass(frozen=True, slots=True)
class CouncilReport:
    """The year as it stands at ``today``; only what is published."""

    year: int
    today: date
    pictures: tuple[PictureSummary, ...]  # published in the year, the latest first
    latest_picture: PictureSummary | None  # by the end of the year
    plans: tuple[PlanYear, ...]
    promises: tuple[PromiseSummary, ...]  # whose period touches the year
    judgements: dict[str, Closing]  # of the whole promise, by its slug
    follow_ups: tuple[FollowUpDone, ...]
    meetings: tuple[tuple[str, int], ...]  # body, meetings held in the year


@dataclass(frozen=True, slots=True)
class OtherPlanRow:
    """How often an activity was carried out, year by year: ``counts`` follows the asked years."""

    plan: str
    areas: tuple[str, ...]
    activity: str
    when_text: str
    counts: tuple[int, ...]


def get_council_report(
    session: Session, municipality: Municipality, year: int, today: date
) -> CouncilReport:
    """The report of ``municipality`` on ``year``."""
    window = year_window(year)
    published = list_published(session, municipality)
    promises = tuple(
        promise
        for promise in list_public_promises(session, municipality, today)
        if promise.time.window is None or _touch(promise.time.window, window)
    )
    return CouncilReport(
        year=year,
        today=today,
        pictures=tuple(head for head in published if _year_of(head) == year),
        latest_picture=next((head for head in published if _year_of(head) <= year), None),
        plans=tuple(_plans(session, municipality, window, today)),
        promises=promises,
        judgements={
            promise.slug: get_public_closing(session, municipality, promise.slug, today).whole
            for promise in promises
        },
        follow_ups=list_follow_ups_done(session, municipality, window),
        meetings=_meetings(session, municipality, window),
    )


def list_other_plans(session: Session, municipality: Municipality) -> tuple[str, ...]:
    """Names of other plans that the municipality's action plans are tied to."""
    rows = session.scalars(
        select(ActionPlan.other_plans).where(ActionPlan.municipality_id == municipality.id)
    )
    return tuple(sorted({name for names in rows for name in names or ()}, key=str.casefold))


def list_report_years(session: Session, municipality: Municipality, today: date) -> tuple[int, ...]:
    """Years that anything can be reported of, the latest first; this year always."""
    first = session.scalar(
        select(func.min(Occasion.held_on)).where(Occasion.municipality_id == municipality.id)
    )
    return tuple(range(today.year, min(first or today, today).year - 1, -1))


def count_for_other_plan(
    session: Session, municipality: Municipality, other_plan: str, years: tuple[int, ...]
) -> tuple[OtherPlanRow, ...]:
    """Activities of the action plans that name ``other_plan``, each counted once."""
    statement = (
        select(ActionPlan)
        .where(ActionPlan.municipality_id == municipality.id)
        .options(
            selectinload(ActionPlan.activities).selectinload(Activity.occasions),
            selectinload(ActionPlan.activities)
            .selectinload(Activity.links)
            .joinedload(ActivityArea.area),
        )
        .order_by(ActionPlan.starts_on, ActionPlan.id)
    )
    return tuple(
        OtherPlanRow(
            plan=plan.title,
            areas=tuple(link.area.name for link in activity.links),
            activity=activity.name,
            when_text=activity.when_text,
            counts=tuple(_held_in(activity.occasions, year) for year in years),
        )
        for plan in session.scalars(statement)
        if other_plan in (plan.other_plans or ())
        for activity in plan.activities
    )


def _held_in(occasions: Iterable[Occasion], year: int) -> int:
    return sum(o.state is OccasionState.HELD and o.held_on.year == year for o in occasions)


def _plans(
    session: Session, municipality: Municipality, window: Window, today: date
) -> Iterable[PlanYear]:
    statement = (
        select(ActionPlan)
        .where(
            ActionPlan.municipality_id == municipality.id,
            ActionPlan.published_at.is_not(None),
            ActionPlan.starts_on <= window.ends_on,
            ActionPlan.ends_on >= window.starts_on,
        )
        .order_by(ActionPlan.starts_on, ActionPlan.id)
    )
    for plan in session.scalars(statement).all():
        yield PlanYear(
            page=get_public_plan(session, municipality, plan.slug, today),
            years=count_plan_occasions(session, municipality, plan, window),
        )


def _year_of(head: PictureSummary) -> int:
    return swedish_day(head.published_at or head.created_at).year


def _meetings(
    session: Session, municipality: Municipality, window: Window
) -> tuple[tuple[str, int], ...]:
    statement = (
        select(Body.name, func.count())
        .join(BodyMeeting, BodyMeeting.body_id == Body.id)
        .where(
            Body.municipality_id == municipality.id,
            BodyMeeting.held_on.between(window.starts_on, window.ends_on),
        )
        .group_by(Body.name)
        .order_by(Body.name)
    )
    return tuple((name, n) for name, n in session.execute(statement))


def _touch(one: Window, other: Window) -> bool:
    return one.starts_on <= other.ends_on and other.starts_on <= one.ends_on
