"""What somebody wants to write into a problem picture, before the rules have been asked."""

from dataclasses import dataclass
from datetime import date

from surveys.models.party import Party
from surveys.models.picture import PictureKind, PicturePart


@dataclass(frozen=True, slots=True)
class PictureDraft:
    """The head of an edition. ``summary`` is about three sentences.

    ``month`` is any day of the month that a lägesbild tells of; ``change_note`` what readers are
    told of the difference; ``motive`` why these areas were chosen.
    """

    kind: PictureKind
    title: str
    period: str
    summary: str = ""
    next_edition: str | None = None
    month: date | None = None
    change_note: str | None = None
    motive: str | None = None


@dataclass(frozen=True, slots=True)
class AreaDraft:
    """A subject of the picture. One that was not chosen says why; ``season``: when it is worst."""

    title: str
    text: str = ""
    is_chosen: bool = True
    not_chosen_because: str | None = None
    season: str | None = None
    part: PicturePart | None = None


@dataclass(frozen=True, slots=True)
class ClaimDraft:
    """A sentence with its ground: ids of evidence that supports it and of evidence against it.

    ``judged_by`` is the role or body whose judgement it is; None where it is no judgement.
    ``party`` is whose half of the picture it stands in.
    """

    text: str
    judged_by: str | None = None
    dated_on: date | None = None
    supporting: frozenset[int] = frozenset()
    disagreeing: frozenset[int] = frozenset()
    party: Party = Party.BOTH


@dataclass(frozen=True, slots=True)
class PictureSourceDraft:
    """A source that was looked at: used, or dropped and why. ``note`` is for staff only."""

    name: str
    party: Party
    is_used: bool = True
    dropped_because: str | None = None
    limits: str | None = None
    note: str | None = None
    body_id: int | None = None
    received_on: date | None = None
