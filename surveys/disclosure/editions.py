"""When a published table may say something new: never because of fewer persons than the limit.

Readers keep what they have seen, so each edition is read beside all earlier ones. Every edition
counts one definite set of persons exactly. A table is counted anew only where every number in it,
and every number that follows from it, rests on the same persons as when it was last told, or where
at least ``least`` have come to it, or as many have gone, and differs from each number told before
by nothing or by ``least`` and more. Otherwise the table stands as it was.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from maps.edition_rule import n_moved
from surveys.disclosure.classes import settle_crossed, settle_one_way
from surveys.disclosure.tables import (
    NOBODY,
    TOTAL,
    Class,
    Crossed,
    OneWay,
    Pattern,
    Persons,
    Several,
    Table,
    number_name,
    row_partitions,
)


@dataclass(frozen=True, slots=True)
class Ledger:
    """What the editions so far rest on. ``told``: by number, whom it counted when last told.

    ``counts`` are all values that the number has been told with; a number in ``hidden`` is kept
    with the persons it had when it was first held back.
    """

    members: Persons = NOBODY
    told: Mapping[str, Persons] = field(default_factory=dict)
    counts: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()

    def allows(self, name: str, persons: Persons, least: int) -> bool:
        """Whether the number may now be told as counting ``persons``."""
        before = self.told.get(name)
        if before is None or before == persons:
            return True
        enough = n_moved(before, persons) >= least
        steps = (abs(len(persons) - n) for n in self.counts.get(name, ()))
        return enough and not any(0 < step < least for step in steps)


@dataclass(frozen=True, slots=True)
class Limits:
    """The fewest persons of a number, and of a cell of a crossed table."""

    least: int
    crossed: int


@dataclass(frozen=True, slots=True)
class Renewed:
    """A table to be told: its classes and every number that follows from it.

    ``hidden`` are the numbers among them that are not told.
    """

    pattern: Pattern
    numbers: Mapping[str, Persons]
    hidden: frozenset[str] = frozenset()


def admit(
    core: Sequence[OneWay],
    patterns: Mapping[str, Pattern],
    before: Ledger,
    counted: Persons,
    least: int,
) -> Persons:
    """The persons that an edition counts: all ``counted``, without those who must wait.

    New persons wait while fewer than ``least`` of them come to a class of a core table. Before its
    classes are settled, that is a segment, such as "don't know": within one, classes are merged.
    Nobody waits for a table that cannot be told even so.
    """
    waited_for = list(core)
    while True:
        admitted = _admit(waited_for, patterns, before, counted, least)
        tellable = [
            table
            for table in waited_for
            if table.key in patterns or settle_one_way(table, admitted, least)
        ]
        if len(tellable) == len(waited_for):
            return admitted
        waited_for = tellable


def _admit(
    core: Sequence[OneWay],
    patterns: Mapping[str, Pattern],
    before: Ledger,
    counted: Persons,
    least: int,
) -> Persons:
    kept, new = before.members & counted, counted - before.members
    waiting: Persons = NOBODY
    open_tables = list(core)
    while open_tables:
        admitted = kept | (new - waiting)
        failing = _first_failing(open_tables, patterns, before, admitted, least)
        if failing is None:
            return admitted
        table, group = failing
        more = table.members(group) & new - waiting
        if more:
            waiting |= more
        else:  # somebody has left a class, and too few come to it: this table stands as it was
            open_tables.remove(table)
            waiting = NOBODY
    return counted


def _first_failing(
    tables: Iterable[OneWay],
    patterns: Mapping[str, Pattern],
    before: Ledger,
    admitted: Persons,
    least: int,
) -> tuple[OneWay, Class] | None:
    for table in tables:
        pattern = patterns.get(table.key)
        groups = pattern.rows if pattern else [segment.codes for segment in table.segments]
        for group in groups:
            persons = table.members(group) & admitted
            name = number_name(table.key, group)
            if 0 < len(persons) < least or not before.allows(name, persons, least):
                return table, group
    return None


def renew(
    table: Table,
    tables: Mapping[str, Table],
    patterns: Mapping[str, Pattern],
    before: Ledger,
    admitted: Persons,
    limits: Limits,
) -> Renewed | None:
    """The table counted over ``admitted``, or None where it may not be told (anew)."""
    found: Renewed | None
    if isinstance(table, Several):
        found = _several(table, before, admitted, limits.least)
    elif isinstance(table, OneWay):
        found = _one_way(table, patterns, admitted, limits.least)
    else:
        found = _crossed(table, tables, patterns, admitted, limits)
    if found is None:
        return None
    visible = [
        name
        for name in found.numbers
        # What was told before and is held back now is a change that readers see.
        if name not in found.hidden or (name in before.told and name not in before.hidden)
    ]
    may = all(before.allows(name, found.numbers[name], limits.least) for name in visible)
    return found if may else None


def _one_way(
    table: OneWay, patterns: Mapping[str, Pattern], admitted: Persons, least: int
) -> Renewed | None:
    pattern = patterns.get(table.key) or settle_one_way(table, admitted, least)
    if pattern is None:
        return None
    numbers = {TOTAL: admitted} | _row_numbers(table, pattern, admitted)
    if any(0 < len(numbers[number_name(table.key, row)]) < least for row in pattern.rows):
        return None
    return Renewed(pattern, numbers)


def _row_numbers(table: OneWay, pattern: Pattern, admitted: Persons) -> dict[str, Persons]:
    """The classes, and the sums of classes that a crossed table may tell."""
    classes = set(pattern.rows)
    for segment in table.segments:
        inside = [row for row in pattern.rows if set(row) <= set(segment.codes)]
        classes.update(c for part in row_partitions(inside, ROW_STEPS) for c in part)
    return {number_name(table.key, c): table.members(c) & admitted for c in sorted(classes)}


def _crossed(
    table: Crossed,
    tables: Mapping[str, Table],
    patterns: Mapping[str, Pattern],
    admitted: Persons,
    limits: Limits,
) -> Renewed | None:
    rows = tables[table.rows]
    row_pattern = patterns.get(table.rows)
    if not isinstance(rows, OneWay) or row_pattern is None:
        return None
    pattern = patterns.get(table.key) or settle_crossed(
        table, rows, row_pattern, admitted, limits.crossed
    )
    if pattern is None:
        return None
    universe = rows.members(table.row_codes) & admitted
    numbers = {TOTAL: admitted} | _row_numbers(rows, row_pattern, admitted)
    for column in pattern.columns:
        group = table.members(column) & universe
        numbers[number_name(table.key, "*", column)] = group
        for row in pattern.rows:
            cell = rows.members(row) & group
            if len(cell) < limits.crossed:
                return None
            numbers[number_name(table.key, row, column)] = cell
    return Renewed(pattern, numbers)


def _several(table: Several, before: Ledger, admitted: Persons, least: int) -> Renewed | None:
    base = admitted if table.base is None else table.base & admitted
    others = admitted - base
    if len(base) < least or 0 < len(others) < least:
        return None
    numbers = {TOTAL: admitted}
    if table.base is not None:
        numbers |= {number_name(table.key, "*"): base, number_name(table.key, "-*"): others}
    hidden: set[str] = set()
    n_told = 0
    for code, everybody in table.persons.items():
        persons = everybody & base
        with_and_without = {
            number_name(table.key, (code,)): persons,
            number_name(table.key, (f"-{code}",)): base - persons,
        }
        numbers |= with_and_without
        is_new = before.hidden.issuperset(with_and_without)
        late = is_new and not all(before.allows(n, p, least) for n, p in with_and_without.items())
        if late or min(len(persons), len(base - persons)) < least:
            hidden.update(with_and_without)
        else:
            n_told += len(persons)
    # Whoever is in a base of their own has named something: what the told rows leave of it would
    # say at least how many are in the rows that are held back.
    if not n_told or (table.base is not None and n_told < len(base)):
        return None
    return Renewed(Pattern(tuple((code,) for code in table.persons)), numbers, frozenset(hidden))


def extend(before: Ledger, renewed: Iterable[Renewed], admitted: Persons) -> Ledger:
    """The ledger once the ``renewed`` tables have been told."""
    told, counts = dict(before.told), dict(before.counts)
    hidden = set(before.hidden)
    for table in renewed:
        for name, persons in table.numbers.items():
            if name in table.hidden:
                if name not in hidden:
                    told[name] = persons
                hidden.add(name)
                continue
            hidden.discard(name)
            told[name] = persons
            counts[name] = tuple(sorted({*counts.get(name, ()), len(persons)}))
    return Ledger(admitted, told, counts, frozenset(hidden))


# How the scale may be told in fewer rows: safe, neither, unsafe; unsafe and the rest; safe and the
# rest. Sums that any crossed table may tell are held to the rule from the first edition on.
ROW_STEPS: tuple[tuple[Class, ...], ...] = (
    (("5", "4"), ("3",), ("2", "1")),
    (("5", "4", "3"), ("2", "1")),
    (("5", "4"), ("3", "2", "1")),
)
