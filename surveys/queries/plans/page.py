"""A plan as a page shows it: the words of an edition, or of the draft, and how far it has come.

Readers get the words of the last edition, also while a published plan is being changed. Counts are
those of the day of reading.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from surveys.days import swedish_day
from surveys.errors import NotFound
from surveys.models.municipality import Municipality
from surveys.models.plan import (
    ActionPlan,
    Activity,
    Comparator,
    FollowUp,
    OccasionState,
    TargetPeriod,
)
from surveys.queries.editions.document_editions import (
    DocumentEditionView,
    get_edition,
    last_content,
    list_editions,
)
from surveys.queries.ground.public_places import PlaceTold, find_by_name, tell_place
from surveys.queries.municipalities.bodies import list_next_meetings
from surveys.queries.plans.content import plan_content
from surveys.queries.plans.dates import planned_day
from surveys.queries.plans.plans import PlanSummary, get_plan, list_overlapping
from surveys.queries.progress.line_progress import LineProgress, line_progress
from surveys.queries.promises.counters import Counter, TargetView, count_against
from surveys.schedule.periods import Window
from surveys.schedule.targets import confirmed


@dataclass(frozen=True, slots=True)
class FollowUpDone:
    """That a follow-up was made, what it came to, and the role that told of it."""

    on: date
    outcome: str
    by: str


@dataclass(frozen=True, slots=True)
class FollowUpView:
    """How an activity is followed up under one area. ``next_on`` is its body's next meeting.

    ``done`` is what came of it once it was made.
    """

    text: str
    due_on: date | None
    body: str | None
    next_on: date | None
    done: FollowUpDone | None = None


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """An activity under one area. ``follow_up`` is None where the plan gives none.

    ``counter`` is None for an activity that has been taken out since, and in an older edition.
    """

    id: int
    name: str
    when_text: str
    who_text: str
    methods: tuple[str, ...]
    follow_up: FollowUpView | None
    also_under: tuple[str, ...]
    counter: Counter | None
    n_occasions: int
    last_on: date | None
    progress: LineProgress | None = None
    place: PlaceTold | None = None


@dataclass(frozen=True, slots=True)
class AreaView:
    """A prioritised area with its goals and its activities."""

    id: int
    name: str
    goals: tuple[str, ...]
    lines: tuple[ActivityLine, ...]


@dataclass(frozen=True, slots=True)
class PlanPage:
    """A whole plan. ``words`` is its content in the form of ``plan_content``.

    Activities and occasions are counted once, however many areas they are in.
    """

    slug: str
    words: Mapping[str, Any]
    window: Window
    areas: tuple[AreaView, ...]
    n_activities: int
    n_occasions: int
    n_shared: int  # activities under more than one area
    n_without_follow_up: int
    followed_up_on: date | None
    followed_up_text: str | None
    published_on: date | None
    published_by: str | None
    editions: tuple[DocumentEditionView, ...]  # the latest first
    number: int | None = None  # of the edition that is shown
    is_old: bool = False  # an edition that a later one has followed
    changing_since: datetime | None = None
    overlaps: tuple[PlanSummary, ...] = ()

    @property
    def title(self) -> str:
        return str(self.words["title"])


def get_plan_page(session: Session, municipality: Municipality, slug: str, today: date) -> PlanPage:
    """The plan as its writers have it, drafts too; raise NotFound."""
    plan = get_plan(session, municipality, slug)
    return _page(session, plan, plan_content(plan), today, is_public=False)


def get_public_plan(
    session: Session, municipality: Municipality, slug: str, today: date
) -> PlanPage:
    """The last edition of the published plan at this address; raise NotFound, for a draft too."""
    plan = _published(session, municipality, slug)
    return _page(
        session, plan, last_content(session, plan) or plan_content(plan), today, is_public=True
    )


def get_public_plan_edition(
    session: Session, municipality: Municipality, slug: str, number: int, today: date
) -> PlanPage:
    """One edition of a published plan, as readers were given it; raise NotFound."""
    plan = _published(session, municipality, slug)
    edition = get_edition(session, plan, number)
    return _page(session, plan, edition.content, today, is_public=True, number=number)


def _published(session: Session, municipality: Municipality, slug: str) -> ActionPlan:
    plan = get_plan(session, municipality, slug)
    if plan.published_at is None:
        raise NotFound(slug)
    return plan


def _page(
    session: Session,
    plan: ActionPlan,
    words: dict[str, Any],
    today: date,
    *,
    is_public: bool,
    number: int | None = None,
) -> PlanPage:
    editions = list_editions(session, plan)
    latest = editions[0].number if editions else None
    is_old = number is not None and number != latest
    window = _window(words)
    meetings = list_next_meetings(session, plan.municipality, today, is_public=is_public)
    live = {} if is_old else {activity.id: activity for activity in plan.activities}
    reading = _Reading(words, window, live, meetings, today)
    reading.places.update(_places(session, plan, words))
    return PlanPage(
        slug=plan.slug,
        words=words,
        window=window,
        areas=tuple(reading.area(area) for area in words["areas"]),
        n_activities=len(words["activities"]),
        n_occasions=sum(_n_held(activity) for activity in live.values()),
        n_shared=sum(len(areas) > 1 for areas in reading.areas_of.values()),
        n_without_follow_up=sum(
            placed["follow_up"] is None for area in words["areas"] for placed in area["activities"]
        ),
        followed_up_on=plan.followed_up_on,
        followed_up_text=plan.followed_up_text,
        published_on=swedish_day(plan.published_at) if plan.published_at else None,
        published_by=plan.published_by,
        editions=editions,
        number=number or (latest if is_public else None),
        is_old=is_old,
        changing_since=plan.changing_since,
        overlaps=() if is_public else list_overlapping(session, plan),
    )


class _Reading:
    """The words of one edition on their way to a page."""

    def __init__(
        self,
        words: dict[str, Any],
        window: Window,
        live: Mapping[int, Activity],
        meetings: Mapping[str, date],
        today: date,
    ) -> None:
        self.words = words
        self.activities = {activity["id"]: activity for activity in words["activities"]}
        self.window, self.live, self.meetings, self.today = window, live, meetings, today
        self.places: dict[str | None, PlaceTold] = {}
        self.areas_of: dict[int, list[str]] = {}
        for area in words["areas"]:
            for placed in area["activities"]:
                self.areas_of.setdefault(placed["activity"], []).append(area["name"])

    def area(self, area: Mapping[str, Any]) -> AreaView:
        lines = tuple(self.line(placed, area["name"]) for placed in area["activities"])
        return AreaView(area["id"], area["name"], tuple(area["goals"]), lines)

    def line(self, placed: Mapping[str, Any], under: str) -> ActivityLine:
        activity = self.activities[placed["activity"]]
        live = self.live.get(activity["id"])
        held = _days_held(live) if live else []
        return ActivityLine(
            id=activity["id"],
            name=activity["name"],
            when_text=activity["when"],
            who_text=activity["who"],
            methods=tuple(activity["methods"]),
            follow_up=self.follow_up(placed["follow_up"], _follow_up_under(live, under)),
            also_under=tuple(name for name in self.areas_of[activity["id"]] if name != under),
            counter=counter_in_words(self.words, activity, live, self.today) if live else None,
            n_occasions=len(held),
            last_on=max(held, default=None),
            progress=line_progress(live, self.window, self.today) if live else None,
            place=self.places.get(activity.get("place")),
        )

    def follow_up(
        self, follow_up: Mapping[str, Any] | None, live: FollowUp | None
    ) -> FollowUpView | None:
        if follow_up is None:
            return None
        due_on = _day(follow_up["due_on"])
        planned = planned_day(follow_up, self.meetings, self.window.ends_on)
        next_on = planned if due_on is None else None
        return FollowUpView(follow_up["text"], due_on, follow_up["body"], next_on, _done(live))


def _places(session: Session, plan: ActionPlan, words: Mapping[str, Any]) -> dict[str, PlaceTold]:
    """Name -> the place as readers may have it today, for those that they may have."""
    names = {name for activity in words["activities"] if (name := activity.get("place"))}
    register = find_by_name(session, [plan.municipality_id], names)
    told = {name: tell_place(register[name]) for name in names & register.keys()}
    gone = {name: PlaceTold(name) for name in names - register.keys()}
    return gone | {name: place for name, place in told.items() if place is not None}


def counter_in_words(
    words: Mapping[str, Any], activity: Mapping[str, Any], live: Activity, today: date
) -> Counter:
    """What ``live`` counts against what ``words``, an edition of its plan, say of it."""
    target = activity["target"]
    view = None
    if target is not None:
        comparator, per = Comparator(target["comparator"]), TargetPeriod(target["per"])
        view = TargetView(target["count"], comparator, per)
    schedule = confirmed(activity["schedule"], activity["when"], view.number if view else None)
    return count_against(live, view, _window(words), activity["weekday"], today, schedule)


def _window(words: Mapping[str, Any]) -> Window:
    return Window(date.fromisoformat(words["starts_on"]), date.fromisoformat(words["ends_on"]))


def _follow_up_under(live: Activity | None, area: str) -> FollowUp | None:
    links = live.links if live else []
    return next((link.follow_up for link in links if link.area.name == area), None)


def _done(follow_up: FollowUp | None) -> FollowUpDone | None:
    if follow_up is None or follow_up.done_on is None:
        return None
    return FollowUpDone(follow_up.done_on, follow_up.outcome or "", follow_up.done_by or "")


def _days_held(activity: Activity) -> list[date]:
    return [o.held_on for o in activity.occasions if o.state is OccasionState.HELD]


def _n_held(activity: Activity) -> int:
    return len(_days_held(activity))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
