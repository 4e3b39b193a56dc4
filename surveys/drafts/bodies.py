"""What somebody wants to write of a body, its meetings, or an agreement."""

from dataclasses import dataclass
from datetime import date

from surveys.models.body import BodyKind


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyDraft:
    """A body. Members are roles and organisations, never persons."""

    name: str
    kind: BodyKind
    parent_id: int | None = None
    led_by: str | None = None
    members: tuple[str, ...] = ()
    meets_text: str | None = None
    task: str = ""
    is_public: bool = True


@dataclass(frozen=True, slots=True)
class MeetingDraft:
    """One meeting, held or to come."""

    held_on: date
    is_public: bool = False
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementDraft:
    """What a written agreement says; ``dnr`` is the writing municipality's own number."""

    title: str
    purpose: str = ""
    areas: tuple[str, ...] = ()
    signed_on: date | None = None
    ends_on: date | None = None
    dnr: str | None = None
