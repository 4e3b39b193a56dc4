"""What somebody wants to write into an action plan, before the rules have been asked.

``revision`` is the one that the form was opened at; None asks for no check against other editors.
"""

from dataclasses import dataclass
from datetime import date

from surveys.drafts.promises import TargetDraft


@dataclass(frozen=True, slots=True)
class ChannelDraft:
    """Where the work is told of, and the role that answers for it at each party."""

    name: str
    municipality: str | None = None
    police: str | None = None


@dataclass(frozen=True, slots=True)
class DecisionDraft:
    """The decision on the plan (2023:196, 5 §): when, by which body, in which paragraph."""

    on: date | None = None
    by: str | None = None
    paragraph: str | None = None


@dataclass(frozen=True, slots=True)
class GroundDraft:
    """What a plan rests on, by id: a picture, an agreement, and the council it is led from."""

    picture_id: int | None = None
    agreement_id: int | None = None
    council_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDraft:
    """The plan's head. Authors and owners are roles, never persons."""

    title: str
    starts_on: date
    ends_on: date
    is_joint: bool = True
    dnr: str | None = None
    decision: DecisionDraft = DecisionDraft()
    ground: GroundDraft = GroundDraft()
    authors: tuple[str, ...] = ()
    introduction: str = ""
    methods: tuple[str, ...] = ()
    evaluation_text: str | None = None
    evaluate_after: date | None = None
    evaluation_owners: tuple[str, ...] = ()
    channels: tuple[ChannelDraft, ...] = ()
    other_plans: tuple[str, ...] = ()
    report_to: tuple[str, ...] = ()
    summary_due_on: date | None = None
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class PriorityAreaDraft:
    """A prioritised area with its goals."""

    name: str
    goals: tuple[str, ...] = ()
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class PlacementDraft:
    """An activity under one area, with the follow-up that this area asks for; empty = none.

    ``body_id`` is the body that it is reported to: "at every meeting" takes its days from there.
    """

    area_id: int
    follow_up: str = ""
    due_on: date | None = None
    body_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityDraft:
    """One activity in the plan's own words, under one or more areas.

    ``lacks_when``: the document that it was read from does not say when, and nothing is made up.
    """

    name: str
    when_text: str
    who_text: str = ""
    target: TargetDraft | None = None
    placements: tuple[PlacementDraft, ...] = ()
    methods: tuple[str, ...] = ()
    place_id: int | None = None  # where it takes place, if at one place
    lacks_when: bool = False
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class PlanFollowUpDraft:
    """That the whole plan has been followed up, and what came of it."""

    on: date
    text: str
