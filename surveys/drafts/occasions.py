"""What somebody says was done, before the rules have been asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from surveys.models.plan import OccasionState


@dataclass(frozen=True, slots=True, kw_only=True)
class OccasionDraft:
    """One time that an activity took place, or was expected and did not.

    ``conditions`` answers each point's condition by the point's id; ``condition_met`` all of them
    at once. ``took_part`` are roles and bodies. ``note`` is public, and the reason where nothing
    took place. ``is_another`` says that a second occasion on the same day is meant, and
    ``is_no_person`` that what looks like somebody's name or age is none.
    """

    held_on: date
    state: OccasionState = OccasionState.HELD
    working_days: float | None = None
    hours: float | None = None
    took_part: str | None = None
    n_took_part: int | None = None
    condition_met: bool | None = None
    conditions: Mapping[int, bool] = field(default_factory=dict)
    note: str | None = None
    place_id: int | None = None
    is_another: bool = False
    is_no_person: bool = False


@dataclass(frozen=True, slots=True)
class CheckDraft:
    """That somebody looked whether an activity was needed; ``note`` is public."""

    checked_on: date
    note: str | None = None
    is_no_person: bool = False


@dataclass(frozen=True, slots=True)
class OutcomeDraft:
    """That a planned follow-up was made, and what it came to."""

    done_on: date
    outcome: str
    is_no_person: bool = False
