"""The codebook that every municipality begins with: seventeen codes, written for this project."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

NO_THEME = "none"  # never beside another code
COLUMNS = ("code", "name_sv", "definition_sv", "counts_sv", "does_not_count_sv")


@dataclass(frozen=True, slots=True)
class CodebookEntry:
    """One code in Swedish words."""

    code: str
    name: str
    definition: str
    counts: str
    does_not_count: str


@cache
def standard_codebook() -> tuple[CodebookEntry, ...]:
    """The seventeen codes, in order; ``themes_examples.CODES`` are theirs."""
    text = files("surveys.text").joinpath("codebook.csv").read_text(encoding="utf-8-sig")
    rows = csv.DictReader(text.splitlines(keepends=True))
    return tuple(CodebookEntry(*(row[column] for column in COLUMNS)) for row in rows)
