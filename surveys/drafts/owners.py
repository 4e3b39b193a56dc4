"""What somebody wants to say of who answers for what, before the rules have been asked."""

from dataclasses import dataclass
from datetime import date

from surveys.models.party import Party


@dataclass(frozen=True, slots=True)
class OwnerDraft:
    """A role or a unit, the party that it belongs to, and a mailbox that is read."""

    title: str
    party: Party
    email: str | None = None
    is_no_person: bool = False  # said after a warning that the title looks like a name


@dataclass(frozen=True, slots=True)
class LeavingDraft:
    """The last day of an owner, and the one who takes over everything (None: nobody yet)."""

    last_day: date
    heir_id: int | None = None
