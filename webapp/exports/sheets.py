"""What a file holds before it is a file: tables of plain cells, and the note on method."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Share:
    """A share between 0 and 1, which a workbook shows as a percentage and keeps as a number."""

    value: float


Cell = Value | Share


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with one line of headings. Texts are texts, whatever they begin with."""

    name: str
    head: tuple[str, ...]
    rows: Iterable[tuple[Cell, ...]]


@dataclass(frozen=True, slots=True)
class Note:
    """One line of the note on method."""

    term: str
    text: str


@dataclass(frozen=True, slots=True)
class Book:
    """One file: ``wide`` as the page shows it, ``long`` with a line a number, and the note.

    ``record`` is the same for machines.
    """

    title: str
    wide: Sheet
    long: Sheet
    notes: tuple[Note, ...]
    record: Mapping[str, Any]
