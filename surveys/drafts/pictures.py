"""What somebody wants to write into a problem picture, before the rules have been asked."""

from dataclasses import dataclass
from datetime import date

from surveys.models.picture import PictureKind


@dataclass(frozen=True, slots=True)
class PictureDraft:
    """The head of an edition. ``summary`` is about three sentences."""

    kind: PictureKind
    title: str
    period: str
    summary: str = ""
    next_edition: str | None = None


@dataclass(frozen=True, slots=True)
class AreaDraft:
    """A subject of the picture."""

    title: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class ClaimDraft:
    """A sentence with its ground: ids of evidence that supports it and of evidence against it.

    ``judged_by`` is the role or body whose judgement it is; None where it is no judgement.
    """

    text: str
    judged_by: str | None = None
    dated_on: date | None = None
    supporting: frozenset[int] = frozenset()
    disagreeing: frozenset[int] = frozenset()
