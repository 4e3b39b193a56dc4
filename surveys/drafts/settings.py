"""What administrators send in: contacts, notices and the settings of a dialogue."""

from dataclasses import dataclass
from datetime import date

from surveys.models.notice import Conformance


@dataclass(frozen=True, slots=True)
class ContactDraft:
    """Whom residents turn to, by role."""

    municipal: str | None
    police: str | None
    email: str | None


@dataclass(frozen=True, slots=True)
class NoticeDraft:
    """What a municipality says itself of how it handles answers; None = the product's words."""

    controllers: str
    data_protection_contact: str | None = None
    legal_basis: str | None = None
    retention: str | None = None
    destruction_decision: str | None = None
    originals_months: int | None = None


@dataclass(frozen=True, slots=True)
class PoliceDraft:
    """What the police may see besides figures and masked text, and by which decision."""

    reads_unmasked: bool
    reads_points: bool
    decision: str | None


@dataclass(frozen=True, slots=True)
class ReminderDraft:
    """Days before and after something is due at which owners, then coordinators, are told.

    ``before`` 0: nobody is reminded beforehand. ``quiet`` and ``silent``: days without a word.
    """

    before: int
    after: int
    escalate: int
    quiet: int
    silent: int


@dataclass(frozen=True, slots=True)
class StatementDraft:
    """The municipality's own part of its statement on accessibility."""

    conformance: Conformance
    method: str
    assessed_on: date
    shortcomings: str | None = None
    burdens: str | None = None
    outside_law: str | None = None
    contact_email: str | None = None
    contact_phone: str | None = None


@dataclass(frozen=True, slots=True)
class DialogueDraft:
    """A dialogue's title, days (both included, in Sweden) and what it asks."""

    title: str
    opens_on: date
    closes_on: date
    asks_age_band: bool
    asks_gender: bool
    asks_area: bool
    asks_safe_places: bool
    pin_cell_m: int
