"""Which answers are told together, so that every number stands for enough persons."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from surveys.disclosure.tables import (
    Class,
    Crossed,
    OneWay,
    Pattern,
    Persons,
    Segment,
    row_partitions,
)

Size = Callable[[Class], int]


def settle_one_way(table: OneWay, admitted: Persons, least: int) -> Pattern | None:
    """The classes of a table that is told for the first time; None where it cannot be told.

    Each class holds nobody or at least ``least`` of the ``admitted``. A table in which everybody
    gave the same answer is not told: it would say what each of them answered.
    """

    def size(codes: Class) -> int:
        return len(table.members(codes) & admitted)

    rows = [row for segment in table.segments for row in merge_small(segment, size, least)]
    counts = [size(row) for row in rows]
    if any(0 < n < least for n in counts) or sum(n > 0 for n in counts) < 2:
        return None
    return Pattern(tuple(rows))


def merge_small(segment: Segment, size: Size, least: int) -> list[Class]:
    """The segment's codes in classes of nobody or of ``least`` and more, as far as they suffice."""
    rows: list[Class] = [(code,) for code in segment.codes]
    while True:
        small = [i for i, row in enumerate(rows) if 0 < size(row) < least]
        partners = [i for i, row in enumerate(rows) if size(row)]
        if not small or len(partners) < 2:
            return rows
        first = min(small, key=lambda i: (size(rows[i]), i))
        other = _partner(rows, first, partners, size, is_ordered=segment.is_ordered)
        low, high = sorted((first, other))
        if segment.is_ordered:  # what lies between, with nobody in it, goes along
            rows[low : high + 1] = [sum(rows[low : high + 1], ())]
        else:
            rows[low] += rows.pop(high)


def settle_crossed(
    table: Crossed, rows: OneWay, row_pattern: Pattern, admitted: Persons, least: int
) -> Pattern | None:
    """The classes of a crossed table, with ``least`` persons and more in every cell, or None.

    Groups are kept apart before answers are: a table tells of all groups in few answers rather
    than of some groups in many. The two largest groups at least must be left.
    """

    def fits(columns: Sequence[Class], partition: Sequence[Class]) -> bool:
        return all(
            len(rows.members(row) & table.members(column) & admitted) >= least
            for row in partition
            for column in columns
        )

    inside = [row for row in row_pattern.rows if set(row) <= set(table.row_codes)]
    inside = [row for row in inside if rows.members(row) & admitted]
    universe = rows.members(table.row_codes) & admitted
    partitions = [p for p in row_partitions(inside, table.row_steps) if len(p) > 1]
    for columns in _column_steps(table, universe):
        for partition in partitions:
            if fits(columns, partition):
                return Pattern(tuple(partition), tuple(columns))
    return None


def _column_steps(table: Crossed, universe: Persons) -> list[list[Class]]:
    """The groups apart; those of ``rest`` as one; then the smallest with another, down to two."""

    def size(codes: Class) -> int:
        return len(table.members(codes) & universe)

    columns: list[Class] = [(c,) for c in table.columns.codes if size((c,))]
    steps = [list(columns)]
    rest = [c for c in columns if c[0] in table.rest]
    if len(rest) > 1:
        columns = [c for c in columns if c not in rest] + [sum(rest, ())]
        steps.append(list(columns))
    while len(columns) > 2:
        first = min(range(len(columns)), key=lambda i: (size(columns[i]), i))
        is_ordered = table.columns.is_ordered and columns[first][0] not in table.rest
        other = _partner(columns, first, range(len(columns)), size, is_ordered=is_ordered)
        low, high = sorted((first, other))
        columns[low] += columns.pop(high)
        steps.append(list(columns))
    return [_with_empty(table, step, size) for step in steps if len(step) > 1]


def _with_empty(table: Crossed, columns: list[Class], size: Size) -> list[Class]:
    """The same with the groups that nobody is in yet: who comes later must have a column."""
    missing = tuple(c for c in table.columns.codes if not any(c in column for column in columns))
    with_rest = [i for i, column in enumerate(columns) if set(column) & set(table.rest)]
    last = with_rest[-1] if with_rest else min(range(len(columns)), key=lambda i: size(columns[i]))
    return [column + missing if i == last else column for i, column in enumerate(columns)]


def _partner(
    rows: Sequence[Class], first: int, among: Sequence[int], size: Size, *, is_ordered: bool
) -> int:
    """With which other class ``first`` is told: the smaller neighbour, or the smallest of all."""
    if is_ordered:
        steps = [(a, b) for a, b in pairwise(among) if first in (a, b)]
        candidates = [b if a == first else a for a, b in steps]
    else:
        candidates = [i for i in among if i != first]
    return min(candidates, key=lambda i: (size(rows[i]), i))
