"""The year's follow-up for staff: each promise as it stands, and what does not add up."""

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session, selectinload

from surveys.models.municipality import Municipality
from surveys.models.promise import Promise, PromisePoint
from surveys.queries.progress.judgements import Side, get_closing
from surveys.queries.progress.line_progress import stale_limits
from surveys.queries.progress.occasions import OccasionView
from surveys.queries.progress.owners import has_left
from surveys.queries.promises.counters import PointState
from surveys.queries.promises.other_targets import OtherTarget, list_other_targets
from surveys.queries.promises.promises import PromiseSummary, get_promise, list_promises
from surveys.schedule.pace import SHORT_OF_PLAN
from surveys.schedule.periods import Window
from surveys.schedule.staleness import Staleness, stale_since


class Fault(enum.Enum):
    """What does not add up in a promise and its follow-up."""

    UNSIGNED = "unsigned"
    ACTING = "acting"
    NO_OWNER = "no_owner"
    OWNER_LEFT = "owner_left"
    TARGETS_DIFFER = "targets_differ"  # one count meets one target and misses another
    OUTSIDE_PERIOD = "outside_period"  # occasions that no target counts


@dataclass(frozen=True, slots=True)
class Found:
    """One fault, with what it is about: a role, a point, a plan."""

    fault: Fault
    about: str


@dataclass(frozen=True, slots=True)
class YearPoint:
    """A point with the occasions of the year and the other targets that count the same."""

    state: PointState
    occasions: tuple[OccasionView, ...]
    others: tuple[OtherTarget, ...]
    owner: str | None


@dataclass(frozen=True, slots=True)
class YearPromise:
    """A promise whose period has days in the year. ``unjudged`` once the period is over."""

    summary: PromiseSummary
    points: tuple[YearPoint, ...]
    faults: tuple[Found, ...]
    unjudged: tuple[Side, ...]
    stale: Staleness | None


def list_year(
    session: Session, municipality: Municipality, year: int, today: date
) -> tuple[YearPromise, ...]:
    """The published promises of the year, own and joint, as they stand at ``today``."""
    span = Window(date(year, 1, 1), date(year, 12, 31))
    return tuple(
        _promise(session, municipality, summary, span, today)
        for summary in list_promises(session, municipality, today)
        if summary.is_published and _is_in(summary.time.window, span)
    )


def list_years(session: Session, municipality: Municipality, today: date) -> tuple[int, ...]:
    """The years that published promises run in, and this one, in order."""
    windows = [
        summary.time.window
        for summary in list_promises(session, municipality, today)
        if summary.is_published and summary.time.window is not None
    ]
    years = {year for w in windows for year in range(w.starts_on.year, w.ends_on.year + 1)}
    return tuple(sorted(years | {today.year}))


def _is_in(window: Window | None, span: Window) -> bool:
    """A promise that nobody has signed yet has no period, and stands in every year."""
    return window is None or (window.starts_on <= span.ends_on and span.starts_on <= window.ends_on)


def _promise(
    session: Session,
    municipality: Municipality,
    summary: PromiseSummary,
    span: Window,
    today: date,
) -> YearPromise:
    wanted = (selectinload(Promise.signatories), selectinload(Promise.points))
    promise = get_promise(session, municipality, summary.slug, *wanted)
    rows = {point.id: point for point in promise.points}
    others = list_other_targets(session, municipality, promise.points, today)
    points = tuple(
        YearPoint(
            state=state,
            occasions=tuple(o for o in state.occasions if span.holds(o.held_on)),
            others=others.get(state.id, ()),
            owner=_owner(rows.get(state.id)),
        )
        for state in summary.points
    )
    closing = get_closing(session, promise, today)
    return YearPromise(
        summary=summary,
        points=points,
        faults=(*_signing(promise), *_owning(promise, today), *_counting(points)),
        unjudged=closing.whole.missing if closing.is_over else (),
        stale=stale_since(
            summary.updated_on,
            today,
            limits=stale_limits(municipality),
            is_running=summary.time.is_running,
        ),
    )


def _owner(point: PromisePoint | None) -> str | None:
    return point.owner.title if point is not None and point.owner is not None else None


def _signing(promise: Promise) -> Iterator[Found]:
    for signatory in promise.signatories:
        if signatory.signed_on is None:
            yield Found(Fault.UNSIGNED, signatory.title)
        if signatory.is_acting:
            yield Found(Fault.ACTING, signatory.title)


def _owning(promise: Promise, today: date) -> Iterator[Found]:
    for point in promise.points:
        if point.ended_on is not None:
            continue
        if point.owner is None:
            yield Found(Fault.NO_OWNER, point.title)
        elif has_left(point.owner, today):
            yield Found(Fault.OWNER_LEFT, f"{point.title}: {point.owner.title}")


def _counting(points: tuple[YearPoint, ...]) -> Iterator[Found]:
    for point in points:
        counter = point.state.counter
        if counter is None:
            continue
        behind = counter.status in SHORT_OF_PLAN
        for other in point.others:
            if (other.counter.status in SHORT_OF_PLAN) is not behind:
                yield Found(Fault.TARGETS_DIFFER, f"{point.state.title}: {other.title}")
        if not counter.weeks and len(point.state.times_held) > counter.held:
            yield Found(Fault.OUTSIDE_PERIOD, point.state.title)
