"""What was done where and when: activities and points of promises that have a named place.

Drafts are among them: the page is for those who write them. Places that are marked as sensitive are
not: what is drawn on a map goes on into evidence, files and pictures.
"""

import enum
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from shapely.geometry import shape
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload, undefer

from maps.drawing.spots import Spot
from surveys.days import swedish_day
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.models.place import NamedPlace
from surveys.models.plan import Activity, Occasion, OccasionState
from surveys.models.promise import (
    PointStatus,
    Promise,
    PromiseMunicipality,
    PromisePoint,
)


class WorkKind(enum.Enum):
    """What is done at the place."""

    ACTIVITY = "activity"
    POINT = "point"  # of a promise


class Timing(enum.Enum):
    """Where the days of something that was done lie to two rounds. Only the first is compared."""

    BETWEEN = "between"
    BEGAN_BEFORE = "began_before"  # so that the earlier round is no "before"
    AFTER = "after"  # it began once the later round had opened
    NOT_LOGGED = "not_logged"  # no day is known on which it was done
    ROUNDS_OVERLAP = "rounds_overlap"  # nothing can lie between them


@dataclass(frozen=True, slots=True)
class Gap:
    """The days between two rounds: after the one has closed and before the other opens."""

    after: date
    before: date

    @property
    def is_open(self) -> bool:
        """Whether any day lies between them."""
        return (self.before - self.after).days > 1

    def timing(self, days: Sequence[date]) -> Timing:
        """Where ``days`` lie. What goes on once the later round has opened began between them."""
        if not days:
            return Timing.NOT_LOGGED
        if not self.is_open:
            return Timing.ROUNDS_OVERLAP
        if min(days) <= self.after:
            return Timing.BEGAN_BEFORE
        return Timing.BETWEEN if min(days) < self.before else Timing.AFTER


@dataclass(frozen=True, slots=True)
class Work:
    """Something that is done at a place. ``days`` are those on which it was, in their order.

    ``slug`` is that of ``parent``, which is a promise or else a plan.
    """

    kind: WorkKind
    title: str
    parent: str
    slug: str
    is_promise: bool
    place_id: int
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class WorkSpot:
    """A place where something is done, under its letter: they go by the names of the places."""

    letter: str
    place: NamedPlace
    works: tuple[Work, ...]


@dataclass(frozen=True, slots=True)
class WorkMap:
    """The places by name; ``n_untold`` is how much is done at places that no map shows."""

    spots: tuple[WorkSpot, ...]
    n_untold: int


def gap_between(earlier: Dialogue, later: Dialogue) -> Gap:
    """The days that lie between two rounds."""
    return Gap(swedish_day(earlier.closes_at), swedish_day(later.opens_at))


def list_work(session: Session, municipality: Municipality) -> tuple[Work, ...]:
    """All that ``municipality`` does at named places, by its first day.

    An occasion without a place of its own took place where its activity does. A point is told of
    only where none of its activities tells of the same place.
    """
    closed = _sensitive(session, municipality)
    return tuple(w for w in _all_work(session, municipality) if w.place_id not in closed)


def get_work_map(session: Session, municipality: Municipality) -> WorkMap:
    """All that ``municipality`` does at named places, place by place, for one map."""
    by_place: dict[int, list[Work]] = {}
    everything = _all_work(session, municipality)
    closed = _sensitive(session, municipality)
    for work in everything:
        by_place.setdefault(work.place_id, []).append(work)
    places = _places(session, municipality, by_place.keys() - closed)
    return WorkMap(
        tuple(
            WorkSpot(letter_of(number), place, tuple(by_place[place.id]))
            for number, place in enumerate(places)
        ),
        n_untold=sum(work.place_id in closed for work in everything),
    )


def spot_at(letter: str, place: NamedPlace) -> Spot:
    """The place as maps draw it."""
    line = shape(place.line) if place.line is not None else None
    return Spot(letter, place.name, place.lat, place.lon, float(place.radius_m), line)


def letter_of(number: int) -> str:
    """A to Z, then AA to AZ, BA and so on, from 0."""
    first, last = divmod(number, 26)
    return (letter_of(first - 1) if first else "") + chr(ord("A") + last)


def list_work_places(session: Session, municipality: Municipality) -> tuple[NamedPlace, ...]:
    """The named places where anything is done, by name."""
    wanted = {work.place_id for work in list_work(session, municipality)}
    return _places(session, municipality, wanted)


def _places(
    session: Session, municipality: Municipality, wanted: Collection[int]
) -> tuple[NamedPlace, ...]:
    statement = (
        select(NamedPlace)
        .where(NamedPlace.municipality_id == municipality.id, NamedPlace.id.in_(wanted))
        .options(undefer(NamedPlace.line))
        .order_by(NamedPlace.name, NamedPlace.id)
    )
    return tuple(session.scalars(statement))


def _sensitive(session: Session, municipality: Municipality) -> frozenset[int]:
    statement = select(NamedPlace.id).where(
        NamedPlace.municipality_id == municipality.id, NamedPlace.is_sensitive.is_(True)
    )
    return frozenset(session.scalars(statement))


def _all_work(session: Session, municipality: Municipality) -> tuple[Work, ...]:
    points = _points(session, municipality)
    found = [
        work
        for activity in _activities(session, municipality)
        for work in _of_activity(activity, points)
    ]
    told = {(work.slug, work.place_id) for work in found}
    found += [
        work
        for point in points
        for work in _of_point(municipality, point)
        if (work.slug, work.place_id) not in told
    ]
    return tuple(sorted(found, key=lambda work: (work.days[:1], work.title.casefold())))


def _activities(session: Session, municipality: Municipality) -> Sequence[Activity]:
    statement = (
        select(Activity)
        .where(Activity.municipality_id == municipality.id)
        .options(selectinload(Activity.occasions), joinedload(Activity.plan))
        .order_by(Activity.id)
    )
    return session.scalars(statement).all()


def _points(session: Session, municipality: Municipality) -> Sequence[PromisePoint]:
    statement = (
        select(PromisePoint)
        .join(Promise, Promise.id == PromisePoint.promise_id)
        .join(PromiseMunicipality, PromiseMunicipality.promise_id == Promise.id)
        .where(
            PromiseMunicipality.municipality_id == municipality.id,
            Promise.taken_down_at.is_(None),
        )
        .options(
            joinedload(PromisePoint.promise),
            selectinload(PromisePoint.places),
            selectinload(PromisePoint.activities).selectinload(Activity.occasions),
        )
        .order_by(PromisePoint.id)
    )
    return session.scalars(statement).all()


def _of_activity(activity: Activity, points: Iterable[PromisePoint]) -> list[Work]:
    """One for each place that the activity has been at, or is to be at."""
    where = activity.named_place_id
    places = {occasion.named_place_id or where for occasion in activity.occasions} | {where}
    parent = _parent(activity, points)
    if parent is None:
        return []
    return [
        Work(
            WorkKind.ACTIVITY,
            activity.name,
            *parent,
            place,
            _days(activity.occasions, place, where),
        )
        for place in sorted(place for place in places if place is not None)
    ]


def _parent(activity: Activity, points: Iterable[PromisePoint]) -> tuple[str, str, bool] | None:
    """Title and slug of the plan that the activity stands in, else of a promise that counts it."""
    if activity.plan is not None:
        return activity.plan.title, activity.plan.slug, False
    promise = next((point.promise for point in points if activity in point.activities), None)
    return (promise.title, promise.slug, True) if promise else None


def _of_point(municipality: Municipality, point: PromisePoint) -> list[Work]:
    occasions = [occasion for activity in point.activities for occasion in activity.occasions]
    found = []
    for place in point.places:
        if place.municipality_id != municipality.id:
            continue  # a joint promise: the others' places are on the others' maps
        days = _days(occasions, place.id, place.id)
        if not days and point.status is PointStatus.DONE and point.status_on is not None:
            days = (point.status_on,)
        found.append(
            Work(
                WorkKind.POINT,
                point.title,
                point.promise.title,
                point.promise.slug,
                True,
                place.id,
                days,
            )
        )
    return found


def _days(occasions: Iterable[Occasion], place: int, where: int | None) -> tuple[date, ...]:
    """The days of what took place at ``place``; ``where`` is that of occasions without any."""
    return tuple(
        sorted(
            occasion.held_on
            for occasion in occasions
            if occasion.state is OccasionState.HELD and (occasion.named_place_id or where) == place
        )
    )
