"""What somebody wants to promise, sign or report, before the rules have been asked."""

from dataclasses import dataclass
from datetime import date

from surveys.models.evidence import Direction
from surveys.models.party import Party
from surveys.models.plan import Comparator, TargetPeriod
from surveys.models.promise import PointAim, PointMeasure, PointStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseDraft:
    """The promise itself. Either both dates, or the months that it lasts once all have signed.

    ``agreement_id`` is the agreement that it is part of, ``carried_from_id`` the promise before it.
    """

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
    agreement_id: int | None = None
    carried_from_id: int | None = None
    report_to: tuple[str, ...] = ()
    summary_due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Publication:
    """What somebody who publishes has read and says: the revision, and in words

    what has changed since the edition before (needed from the second on), and why the promise is
    published although something is missing (needed where something is).
    """

    revision: int
    change_note: str = ""
    gate_reason: str = ""


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

    Where a counted point names no activity, one of its own is made for it. ``words`` are how the
    target is written, "minst fyra (4) under 2022–2023": they set the target where none is given.
    """

    title: str
    text: str
    responsible: Party
    measure: PointMeasure
    area: str | None = None
    third_parties: str | None = None
    target: TargetDraft | None = None
    words: str | None = None
    unit: str | None = None
    due_on: date | None = None
    condition: str | None = None
    target_group: str | None = None
    baseline: str | None = None  # what alone is counted: "utöver den dagliga verksamheten"
    place_text: str | None = None
    place_ids: frozenset[int] = frozenset()
    methods: tuple[str, ...] = ()
    aim: PointAim = PointAim.ACTIVITY
    wanted: Direction | None = None
    owner_id: int | None = None
    claim_ids: frozenset[int] = frozenset()
    activity_ids: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class SignatoryDraft:
    """A role that signs: for the police (``municipality_id`` None) or for a municipality."""

    title: str
    municipality_id: int | None
    is_acting: bool = False


@dataclass(frozen=True, slots=True)
class SignedDocument:
    """The signed document: its name, and the SHA-256 that tells it from every other."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class SignatureDraft:
    """Where and when a role signed, and by which document. None leaves the recorded one."""

    place: str
    signed_on: date
    document: SignedDocument | None = None


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
