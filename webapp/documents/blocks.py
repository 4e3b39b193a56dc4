"""What a document is made of, before it is a file: the same parts become PDF and DOCX.

A builder of a kind of document puts the parts together in words. It knows nothing of pages, and
the makers of files know nothing of promises. Every text is plain text and is never read as markup.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

Look = Literal["plain", "lead", "muted", "strong", "verbatim", "claim"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading under the title: ``level`` 1 to 3, none skipped."""

    block: ClassVar[str] = "heading"
    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; a line break in it stays one."""

    block: ClassVar[str] = "paragraph"
    text: str
    look: Look = "plain"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of short texts."""

    block: ClassVar[str] = "bullets"
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What something is called and what it is, row by row."""

    block: ClassVar[str] = "facts"
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose first row and first column are headers, with its caption above.

    ``widths`` are shares of the room, one a column.
    """

    block: ClassVar[str] = "table"
    caption: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Units:
    """``held`` of ``wanted`` boxes filled, beside the same in words."""

    block: ClassVar[str] = "units"
    held: int
    wanted: int
    words: str


@dataclass(frozen=True, slots=True)
class Ticks:
    """One year of weeks: "held", "missed", "holiday", "unreported" or "future", told in words."""

    block: ClassVar[str] = "ticks"
    year: str
    states: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Sides:
    """Two or more statements side by side, each under the name of who or what says it."""

    block: ClassVar[str] = "sides"
    sides: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """Where a role signs. ``place`` and ``day`` are empty until it has."""

    role: str
    body: str
    place: str
    day: str
    is_signed: bool


@dataclass(frozen=True, slots=True)
class Signatures:
    """Lines to sign on, with what they are to be filled with."""

    block: ClassVar[str] = "signatures"
    lines: tuple[SignatureLine, ...]
    place_label: str
    sign_label: str
    name_label: str
    signed: str  # what stands on the line of those who have signed the original


@dataclass(frozen=True, slots=True)
class Note:
    """A framed remark that is not to be missed."""

    block: ClassVar[str] = "note"
    text: str


Block = Heading | Paragraph | Bullets | Facts | Table | Units | Ticks | Sides | Signatures | Note


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. ``dnr`` and ``brand`` are those of the municipality in whose look it is.

    ``edition`` is None for what is counted today and has none. ``density`` sets it closer: 0 to 3.
    """

    kind: str
    title: str
    municipality: str
    with_police: bool
    brand: str
    tint: str
    day: date
    blocks: tuple[Block, ...]
    lead: str = ""
    dnr: str | None = None
    edition: int | None = None
    content_hash: str = ""
    is_draft: bool = False
    density: int = 0
