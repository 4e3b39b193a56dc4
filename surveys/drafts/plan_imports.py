"""What somebody wants to put right in a plan that was read from a file.

``revision`` is that of the row, the area or the head, as its writer had it before their eyes.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class RowDraft:
    """A row's cells and where it stands. ``new_area`` names an area that is not there yet."""

    activity: str
    when: str
    who: str
    follow_up: str
    area: int | None = None
    new_area: str = ""
    takes_when: bool = True
    takes_follow_up: bool = True
    revision: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadDraft:
    """The plan's title and period, and what it says of itself; days may still be missing."""

    title: str
    starts_on: date | None = None
    ends_on: date | None = None
    authors: tuple[str, ...] = ()
    evaluation_text: str = ""
    evaluate_after: date | None = None
    evaluation_owners: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    revision: int = 0


@dataclass(frozen=True, slots=True)
class ImportedAreaDraft:
    """An area's name and goals."""

    name: str
    goals: tuple[str, ...] = ()
    revision: int = 0
