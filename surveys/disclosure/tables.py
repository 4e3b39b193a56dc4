"""Tables of persons before and after they are told, and the names of the numbers in them.

A *person* is any random text that stands for one respondent. A *class* is a tuple of answer codes
that are told as one number: where an answer has too few persons, it shares a class with another,
so that no number of a table is hidden and nothing can be had back by subtraction.
"""

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Persons = frozenset[str]
Class = tuple[str, ...]
NOBODY: Persons = frozenset()
TOTAL = "n"  # the name of the number of all persons of an edition


class TableKind(enum.Enum):
    """How a table counts."""

    ONE_WAY = "one_way"  # each person in one row
    CROSSED = "crossed"  # each person in one row and one column
    SEVERAL = "several"  # a person may stand in several rows


@dataclass(frozen=True, slots=True)
class Segment:
    """Codes that may share a class, in their order; ``is_ordered``: only with their neighbours."""

    codes: Class
    is_ordered: bool = True


@dataclass(frozen=True, slots=True)
class OneWay:
    """Everybody sorted by one thing: ``persons`` by code, each person under one code."""

    key: str
    segments: tuple[Segment, ...]
    persons: Mapping[str, Persons]
    is_core: bool = False  # decides which answers an edition counts

    def members(self, codes: Iterable[str]) -> Persons:
        """All persons under these codes."""
        return NOBODY.union(*(self.persons.get(code, NOBODY) for code in codes))


@dataclass(frozen=True, slots=True)
class Crossed:
    """The answers of ``rows`` (a OneWay's key) by groups; ``rest`` are the groups told together."""

    key: str
    rows: str
    columns: Segment
    groups: Mapping[str, Persons]
    rest: Class
    row_codes: Class  # the series that is crossed
    row_steps: tuple[tuple[Class, ...], ...]  # from fine to coarse; the finest is the rows' own

    def members(self, codes: Iterable[str]) -> Persons:
        """All persons of these groups."""
        return NOBODY.union(*(self.groups.get(code, NOBODY) for code in codes))


@dataclass(frozen=True, slots=True)
class Several:
    """Who named what; ``base`` are those who could have been counted, None for everybody."""

    key: str
    persons: Mapping[str, Persons]
    base: Persons | None = None


Table = OneWay | Crossed | Several


@dataclass(frozen=True, slots=True)
class Pattern:
    """The classes of a table: settled when it is first told, and kept."""

    rows: tuple[Class, ...]
    columns: tuple[Class, ...] = ()


def number_name(table: str, row: Iterable[str], column: Iterable[str] | None = None) -> str:
    """What the count of one class or cell is known by, over all tables and editions."""
    name = f"{table}={'+'.join(sorted(row))}"
    return name if column is None else f"{name}|{'+'.join(sorted(column))}"


def row_partitions(rows: Iterable[Class], steps: Iterable[tuple[Class, ...]]) -> list[list[Class]]:
    """The rows as they are, and joined to each coarser step that is coarser than they are."""
    fine = list(rows)
    found = [fine]
    for step in steps:
        coarse = _joined(fine, step)
        if coarse not in found:
            found.append(coarse)
    return found


def _joined(rows: list[Class], step: tuple[Class, ...]) -> list[Class]:
    """The finest classes of which both ``rows`` and ``step`` are parts."""
    joined: list[set[str]] = []
    for part in [*map(set, rows), *(set(c) & {x for r in rows for x in r} for c in step)]:
        touching = [group for group in joined if group & part]
        joined = [group for group in joined if not group & part]
        if part:
            joined.append(part.union(*touching))
    order = [code for row in rows for code in row]
    return sorted(
        (tuple(code for code in order if code in group) for group in joined),
        key=lambda group: order.index(group[0]),
    )
