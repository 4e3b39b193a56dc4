"""Logged occasions and looks, as pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from surveys.models.plan import Activity, Occasion, OccasionState
from surveys.queries.ground.public_places import PlaceTold, tell_place
from surveys.schedule.grammar_schedule import Kind
from surveys.schedule.month_days import names_days
from surveys.schedule.readback import from_json

# What no date makes late: it tells how often, and when somebody last looked.
_WITHOUT_TIMES = frozenset({Kind.ON_DEMAND, Kind.CONTINUOUS, Kind.AFTER_EACH})


@dataclass(frozen=True, slots=True)
class OccasionView:
    """One logged occasion. ``condition_met`` is of the point that it is shown under.

    ``place`` is for staff; readers have ``place_told``, None where it is nobody's to know.
    """

    id: int
    held_on: date
    state: OccasionState
    working_days: float | None
    hours: float | None
    took_part: str | None
    n_took_part: int | None
    condition_met: bool | None
    note: str | None
    place: str | None
    place_told: PlaceTold | None
    logged_by: str


@dataclass(frozen=True, slots=True)
class Looks:
    """How often somebody looked whether an activity was needed, and when last."""

    n: int
    last_on: date | None
    last_note: str | None = None


def occasion_view(occasion: Occasion, point_id: int | None = None) -> OccasionView:
    """The occasion as a page shows it; under a point, with the answer to that point's condition."""
    answers = occasion.conditions_met or {}
    met = occasion.condition_met if point_id is None else answers.get(str(point_id))
    if point_id is not None and not answers:
        met = occasion.condition_met
    return OccasionView(
        id=occasion.id,
        held_on=occasion.held_on,
        state=occasion.state,
        working_days=occasion.working_days,
        hours=occasion.hours,
        took_part=occasion.took_part,
        n_took_part=occasion.n_took_part,
        condition_met=met,
        note=occasion.note,
        place=occasion.named_place.name if occasion.named_place else None,
        place_told=tell_place(occasion.named_place),
        logged_by=occasion.logged_by,
    )


def looks_of(activity: Activity) -> Looks:
    """How often the activity was looked at without being needed."""
    checks = activity.checks
    if not checks:
        return Looks(0, None)
    last = max(checks, key=lambda check: check.checked_on)
    return Looks(len(checks), last.checked_on, last.note)


def has_no_times(activity: Activity) -> bool:
    """Whether the activity is done when needed or all the time, so that no date makes it late."""
    if activity.target_count is not None:
        return False
    schedule = from_json(activity.schedule)
    return schedule is None or schedule.kind in _WITHOUT_TIMES


def last_held_on(occasions: Sequence[Occasion]) -> date | None:
    """The last day on which something took place."""
    return max((o.held_on for o in occasions if o.state is OccasionState.HELD), default=None)


def has_named_days(activity: Activity) -> bool:
    """Whether its days are known beforehand, so that a month of them can be told at once."""
    return names_days(from_json(activity.schedule), activity.weekday)
