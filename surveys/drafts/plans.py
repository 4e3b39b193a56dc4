"""What somebody wants to write into an action plan, before the rules have been asked."""

from dataclasses import dataclass
from datetime import date

from surveys.drafts.promises import TargetDraft


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDraft:
    """The plan's head. Authors and owners are roles, never persons."""

    title: str
    starts_on: date
    ends_on: date
    authors: tuple[str, ...] = ()
    introduction: str = ""
    evaluation_text: str | None = None
    evaluate_after: date | None = None
    evaluation_owners: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PriorityAreaDraft:
    """A prioritised area with its goals."""

    name: str
    goals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlacementDraft:
    """An activity under one area, with the follow-up that this area asks for; empty = none."""

    area_id: int
    follow_up: str = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityDraft:
    """One activity in the plan's own words, under one or more areas."""

    name: str
    when_text: str
    who_text: str = ""
    target: TargetDraft | None = None
    placements: tuple[PlacementDraft, ...] = ()
