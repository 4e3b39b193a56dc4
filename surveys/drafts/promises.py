"""What somebody wants to promise, sign or report, before the rules have been asked."""

from dataclasses import dataclass
from datetime import date

from surveys.models.party import Party
from surveys.models.plan import Comparator, TargetPeriod
from surveys.models.promise import PointMeasure, PointStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseDraft:
    """The promise itself. Either both dates, or the months that it lasts once all have signed."""

    title: str
    label: str
    said: str = ""
    said_ground: str = ""
    pledge: str = ""
    is_verbatim: bool = False
    vision: str | None = None
    follow_up_text: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    months_from_signing: int | None = None


@dataclass(frozen=True, slots=True)
class PartyDraft:
    """A municipality that gives the promise, with the number and date of its own document."""

    municipality_id: int
    dnr: str | None = None
    dated_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetDraft:
    """How many occasions, how often; ``weekday`` (0 = Monday) where the day is fixed."""

    count: int
    comparator: Comparator = Comparator.AT_LEAST
    per: TargetPeriod = TargetPeriod.PERIOD
    weekday: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PointDraft:
    """One point. A counted one counts the occasions of ``activity_ids``.

    Where a counted point names no activity, one of its own is made for it.
    """

    title: str
    text: str
    responsible: Party
    measure: PointMeasure
    area: str | None = None
    third_parties: str | None = None
    target: TargetDraft | None = None
    unit: str | None = None
    due_on: date | None = None
    condition: str | None = None
    activity_ids: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class SignatoryDraft:
    """A role that signs: for the police (``municipality_id`` None) or for a municipality."""

    title: str
    municipality_id: int | None
    is_acting: bool = False


@dataclass(frozen=True, slots=True)
class ProgressDraft:
    """A dated report about a promise, or one of its points, that may set the point's status.

    ``is_no_person`` says that what looks like somebody's name or age is none.
    """

    text: str
    dated_on: date
    party: Party
    point_id: int | None = None
    status: PointStatus | None = None
    is_no_person: bool = False
