"""An independent look at everything that readers have of a dialogue's editions.

It knows the published tables and the limits, nothing of persons or of how the tables were made,
and says what a reader could work out by comparing them.
"""

import enum
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from surveys.disclosure.editions import ROW_STEPS, Limits
from surveys.disclosure.tables import TOTAL, Class, TableKind, number_name, row_partitions

PublicTable = Mapping[str, Any]


class Leak(enum.Enum):
    """What is wrong with a set of published tables."""

    SMALL = "small"  # a number of fewer persons than the limit
    SMALL_STEP = "small_step"  # two editions differ by fewer persons than the limit
    CONTRADICTION = "contradiction"  # one number of one edition with two values
    PINNED = "pinned"  # a number that is not told follows from others


@dataclass(frozen=True, slots=True)
class Disclosure:
    """A leak, in which number, and of how many persons."""

    leak: Leak
    name: str
    persons: int


@dataclass(frozen=True, slots=True)
class _Reading:
    """A number as a reader has it: of which edition's persons, and the fewest it may hold."""

    name: str
    edition: int
    count: int
    least: int


def find_disclosures(tables: Iterable[PublicTable], limits: Limits) -> list[Disclosure]:
    """Everything that ``tables``, of all editions together, give away. Empty where nothing.

    A table is one of ``ResultEdition.tables``; its ``edition`` says whose persons it counts.
    """
    together = list(tables)
    readings = [reading for table in together for reading in _readings(table, limits)]
    by_name: dict[str, dict[int, _Reading]] = defaultdict(dict)
    found = [Disclosure(Leak.SMALL, r.name, r.count) for r in readings if 0 < r.count < r.least]
    for reading in readings:
        other = by_name[reading.name].setdefault(reading.edition, reading)
        if other.count != reading.count:
            found.append(Disclosure(Leak.CONTRADICTION, reading.name, reading.count))
    for name, by_edition in by_name.items():
        counts = sorted({reading.count for reading in by_edition.values()})
        found += [
            Disclosure(Leak.SMALL_STEP, name, b - a)
            for a, b in combinations(counts, 2)
            if b - a < limits.least
        ]
    return found + list(_pinned(together, limits))


def _readings(table: PublicTable, limits: Limits) -> Iterator[_Reading]:
    key, edition, n = table["key"], table["edition"], table["n"]
    least = limits.least
    yield _Reading(TOTAL, edition, table["n_edition"], least)
    kind = TableKind(table["kind"])
    if kind is TableKind.SEVERAL:
        yield _Reading(number_name(key, "*"), edition, n, least)
        yield _Reading(number_name(key, "-*"), edition, table["n_edition"] - n, least)
        for row in table["rows"]:
            if row["count"] is not None:
                yield _Reading(number_name(key, row["codes"]), edition, row["count"], least)
                rest = number_name(key, [f"-{code}" for code in row["codes"]])
                yield _Reading(rest, edition, n - row["count"], least)
    elif kind is TableKind.ONE_WAY:
        yield from _sums(
            key, edition, {tuple(r["codes"]): r["count"] for r in table["rows"]}, least
        )
    else:
        yield from _cells(table, limits)


def _cells(table: PublicTable, limits: Limits) -> Iterator[_Reading]:
    key, edition = table["key"], table["edition"]
    columns = [tuple(column["codes"]) for column in table["columns"]]
    for row in table["rows"]:
        for column, count in zip(columns, row["counts"], strict=True):
            yield _Reading(number_name(key, row["codes"], column), edition, count, limits.crossed)
    totals = zip(*(row["counts"] for row in table["rows"]), strict=True)
    for column, counts in zip(columns, totals, strict=True):
        yield _Reading(number_name(key, "*", column), edition, sum(counts), limits.least)
    rows = {tuple(row["codes"]): sum(row["counts"]) for row in table["rows"]}
    yield from _sums(table["of"], edition, rows, limits.least)


def _sums(key: str, edition: int, rows: Mapping[Class, int], least: int) -> Iterator[_Reading]:
    """The rows, and the sums of rows that another table may tell."""
    scale = [row for row in rows if set(row) <= {"5", "4", "3", "2", "1"}]
    classes = {c for part in row_partitions(scale, ROW_STEPS) for c in part} | set(rows)
    for codes in sorted(classes):
        count = sum(n for row, n in rows.items() if set(row) <= set(codes))
        yield _Reading(number_name(key, codes), edition, count, least)


def _pinned(tables: Sequence[PublicTable], limits: Limits) -> Iterator[Disclosure]:
    """Cells of a finer row than a crossed table tells, bounded by both tables (Fréchet)."""
    fine = {
        (table["key"], table["edition"]): table["rows"]
        for table in tables
        if table["kind"] == TableKind.ONE_WAY.value
    }
    for table in tables:
        if table["kind"] != TableKind.CROSSED.value:
            continue
        for row in table["rows"]:
            inside = [
                one
                for one in fine.get((table["of"], table["edition"]), ())
                if set(one["codes"]) < set(row["codes"])
            ]
            for one in inside:
                for column, cell in zip(table["columns"], row["counts"], strict=True):
                    low = max(0, one["count"] - (sum(row["counts"]) - cell))
                    high = min(one["count"], cell)
                    if low == high and 0 < low < limits.crossed:
                        name = number_name(table["key"], one["codes"], column["codes"])
                        yield Disclosure(Leak.PINNED, name, low)
