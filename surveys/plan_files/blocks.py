"""What every kind of file is brought to: paragraphs and tables in their order."""

import re
import unicodedata
from dataclasses import dataclass, field

MEBIBYTE = 1024 * 1024
MAX_FILE_BYTES = 16 * MEBIBYTE
MAX_TABLE_ROWS = 20_000  # that are looked through; a plan holds far fewer
MAX_COLUMNS = 60
MAX_CELL = 4000  # characters; what stands beyond them is no cell of a plan

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_UNUSABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SPACES = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r" ?\n[ \n]*")


class UnreadablePlan(ValueError):
    """The file gives no plan. ``code`` names the reason and ``values`` what belongs to it."""

    def __init__(self, code: str, **values: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of text outside any table, with the line or paragraph number that it stands at."""

    text: str
    line: int = 0
    is_heading: bool = False
    is_item: bool = False  # of a list


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell. ``span``: how many columns; ``is_from_above``: the lower part of a merged cell."""

    text: str
    span: int = 1
    is_from_above: bool = False
    nested: tuple["Block", ...] = ()  # what it holds, where it holds a table


@dataclass(frozen=True, slots=True)
class Row:
    """A table row at its line of a text file, or its number in the table of a document."""

    cells: tuple[Cell, ...]
    line: int
    before: int = 0  # empty columns that it begins after

    @property
    def texts(self) -> tuple[str, ...]:
        """The cells' texts."""
        return tuple(cell.text for cell in self.cells)


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table; ``number`` counts the tables of a document from 1, 0 in a text file."""

    rows: tuple[Row, ...] = field(default=())
    number: int = 0


Block = Paragraph | TableBlock


def tidy(text: str) -> str:
    """``text`` as people see it: no soft hyphens, single ordinary spaces, composed letters."""
    if text.isascii() and not _UNUSABLE.search(text) and "  " not in text and "\n" not in text:
        return text.replace("\t", " ").strip()
    seen = _UNUSABLE.sub("", _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
    spaced = _SPACES.sub(" ", unicodedata.normalize("NFC", seen))
    return _BREAKS.sub("\n", spaced).strip()
