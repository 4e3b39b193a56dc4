"""Which numbers of a tally may be told.

In four steps, each of which takes what the one before tells as known: each row over everybody; how
many respondents each column has; how many of them the shares rest on; and last the cells. A row
or a column whose total is withheld is withheld whole. So every table of a dialogue that shares a
total with another withholds the same of it, and together they give away nothing that each does
not (docs/decisions/0019).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from surveys.privacy import Limits, Withheld, is_either_sensitive, is_sensitive
from surveys.queries.results.groups import ALL
from surveys.queries.results.measures import Line, Measure
from surveys.queries.results.tallies import Tally
from surveys.suppression import Block, Spot, withhold


@dataclass(slots=True)
class Verdict:
    """What is withheld: whole columns with their bases, and cells by (row, column)."""

    columns: dict[str, Withheld] = field(default_factory=dict)
    cells: dict[tuple[str, str], Withheld] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Split:
    """The columns of a table besides ALL; ``parents``: those that are part of a broader one.

    ``is_overlapping``: one respondent may stand in several; ``has_rest``: those outside a column
    are the whole less the column. ``closed`` are told nowhere, whatever they hold.
    """

    keys: tuple[str, ...]
    parents: Mapping[str, str] = field(default_factory=dict)
    is_overlapping: bool = False
    has_rest: bool = True
    closed: frozenset[str] = frozenset()

    @property
    def lines(self) -> tuple[Line, ...]:
        """The columns as lines with parts."""
        return tuple(Line(key, part_of=self.parents.get(key)) for key in self.keys)


def judge(
    measure: Measure,
    whole: Tally,
    limits: Limits,
    parts: Tally | None = None,
    split: Split | None = None,
) -> Verdict:
    """What of ``whole`` (the column ALL) and of its ``parts`` by ``split`` may not be told.

    Both tallies hold the sums of rows and columns too.
    """
    judging = _Judging(measure, whole, limits)
    judging.judge_whole()
    if parts is None or split is None:
        return judging.verdict
    if split.is_overlapping:
        judging.judge_overlapping(parts, split)
    else:
        judging.judge_sizes(parts, split)
        judging.judge_bases(parts, split)
        judging.judge_cells(parts, split)
    return judging.verdict


def judge_groups(sizes: Mapping[str, int], limits: Limits) -> dict[str, Withheld]:
    """Which of groups that add up to everybody, by key, are not told, and why."""
    keys = sorted(sizes)
    limit = limits.min_respondents
    few = {(i, 0): limit for i, key in enumerate(keys) if 0 < sizes[key] < limit}
    block = Block((None,) * len(keys), tuple((sizes[key],) for key in keys), lines_add_up=False)
    return {keys[i]: _why((i, 0) in few) for i, _ in withhold(block, few)}


def fill_sums(found: Tally, measure: Measure) -> Tally:
    """Fill in the rows that are sums of others."""
    for line in measure.lines:
        if line.part_of is not None:
            for column in found.sizes:
                found.cells[line.part_of, column] += found.cells[line.key, column]
    return found


@dataclass(slots=True)
class _Judging:
    measure: Measure
    whole: Tally
    limits: Limits
    verdict: Verdict = field(default_factory=Verdict)

    @property
    def others(self) -> tuple[Line, ...]:
        return tuple(Line(key) for key in self.measure.others)

    def judge_whole(self) -> None:
        """Rows over everybody. Few who answered at all: nothing is told."""
        limit, base = self.limits.min_respondents, self.whole.said[ALL]
        if 0 < self.whole.sizes[ALL] < limit or 0 < base < limit:
            self.verdict.columns[ALL] = Withheld.PRIMARY
            self._withhold_column(ALL)
        elif self.measure.is_multiple:
            for line in self.measure.lines:
                if is_either_sensitive(self.whole.cells[line.key, ALL], base, limit):
                    self.verdict.cells[line.key, ALL] = Withheld.PRIMARY
        else:
            cells = self.whole.cells
            needs = {
                line.key
                for line in self.measure.lines
                if is_sensitive(cells[line.key, ALL], base, limit)
            }
            self._judge_one_way(self.measure.lines, cells, needs)
            few = {key for key in self.measure.others if 0 < cells[key, ALL] < limit}
            self._judge_one_way(self.others, cells, few)

    def _judge_one_way(
        self, lines: tuple[Line, ...], cells: Mapping[tuple[str, str], int], needs: Collection[str]
    ) -> None:
        counts = tuple((cells[line.key, ALL],) for line in lines)
        block = Block(_parents(lines), counts, lines_add_up=False)
        limit = self.limits.min_respondents
        at = {line.key: (i, 0) for i, line in enumerate(lines)}
        for i, _ in withhold(block, {at[key]: limit for key in needs}):
            key = lines[i].key
            self.verdict.cells[key, ALL] = _why(key in needs)

    def judge_sizes(self, parts: Tally, split: Split) -> None:
        """Columns with too few respondents, and what would give them away."""
        limit = self.limits.min_respondents
        counts = tuple((parts.sizes[key],) for key in split.keys)
        few = {(i, 0): limit for i, (n,) in enumerate(counts) if 0 < n < limit}
        block = Block(_parents(split.lines), counts, lines_add_up=False)
        for i, _ in withhold(block, few):
            self.verdict.columns[split.keys[i]] = _why((i, 0) in few)

    def judge_bases(self, parts: Tally, split: Split) -> None:
        """Columns whose shares would rest on too few, and what would give those away."""
        limit = self.limits.min_respondents
        bases = [(parts.said[key], parts.sizes[key]) for key in split.keys]
        counts = tuple((said, n - said) for said, n in bases)
        few = {(i, 0): limit for i, (said, _) in enumerate(counts) if 0 < said < limit}
        gone = self.verdict.columns.keys()
        forced = {(i, j) for i, key in enumerate(split.keys) for j in (0, 1) if key in gone}
        if ALL in gone:
            forced = {(i, j) for i, _ in enumerate(split.keys) for j in (0, 1)}
        block = Block(_parents(split.lines), counts)
        for i, _ in withhold(block, few, forced):
            self.verdict.columns.setdefault(split.keys[i], _why((i, 0) in few))

    def judge_cells(self, parts: Tally, split: Split) -> None:
        """The cells between totals that are told."""
        if self.measure.is_multiple:
            for line in self.measure.lines:
                self._judge_binary(line, parts, split)
            return
        low, high = self.limits.min_respondents, self.limits.min_crossed
        lines = _outermost(self.measure.lines) if split.parents else self.measure.lines
        needs = {
            (line.key, key): high
            for line in lines
            for key in split.keys
            if is_sensitive(parts.cells[line.key, key], parts.said[key], high)
        }
        self._judge_crossed(lines, parts, split, needs)
        few = {
            (key, column): low
            for key in self.measure.others
            for column in split.keys
            if 0 < parts.cells[key, column] < low
        }
        self._judge_crossed(self.others, parts, split, few)

    def _judge_crossed(
        self,
        lines: tuple[Line, ...],
        parts: Tally,
        split: Split,
        needs: Mapping[tuple[str, str], int],
    ) -> None:
        """Rows by columns; what of the two has parts stands along the network's lines."""
        down, across = (split.lines, lines) if split.parents else (lines, split.lines)

        def cell(i: int, j: int) -> tuple[str, str]:
            pair = (down[i].key, across[j].key)
            return (pair[1], pair[0]) if split.parents else pair

        spots = {cell(i, j): (i, j) for i, _ in enumerate(down) for j, _ in enumerate(across)}
        forced = {spot for each, spot in spots.items() if self._is_gone(*each)}
        counts = tuple(
            tuple(parts.cells[cell(i, j)] for j, _ in enumerate(across)) for i, _ in enumerate(down)
        )
        wanted = {spots[each]: need for each, need in needs.items() if spots[each] not in forced}
        for i, j in withhold(Block(_parents(down), counts), wanted, forced):
            self.verdict.cells[cell(i, j)] = _why(cell(i, j) in needs)

    def _judge_binary(self, line: Line, parts: Tally, split: Split) -> None:
        """A row of a measure with several answers each: who said it, and who did not."""
        limit = self.limits.min_crossed
        counts = tuple(
            (parts.cells[line.key, key], parts.said[key] - parts.cells[line.key, key])
            for key in split.keys
        )
        needs: dict[Spot, int] = {}
        forced: set[Spot] = set()
        for i, key in enumerate(split.keys):
            if self._is_gone(line.key, key):
                forced |= {(i, 0), (i, 1)}
            elif is_either_sensitive(counts[i][0], sum(counts[i]), limit):
                needs[i, 0] = limit
        for i, j in withhold(Block(_parents(split.lines), counts), needs, forced):
            if j == 0:
                self.verdict.cells[line.key, split.keys[i]] = _why((i, 0) in needs)

    def judge_overlapping(self, parts: Tally, split: Split) -> None:
        """Columns that share respondents do not add up: each is held against those outside it."""
        low = self.limits.min_respondents
        for key in split.keys:
            size, said = parts.sizes[key], parts.said[key]
            outside = self.whole.sizes[ALL] - size if split.has_rest else 0
            is_few = any(0 < n < low for n in (size, said, outside))
            if ALL in self.verdict.columns or is_few or key in split.closed:
                self.verdict.columns[key] = Withheld.PRIMARY
                self._withhold_column(key)
                continue
            two = self._with_rest(parts, key) if split.has_rest else parts
            pair = Split((key, _REST)) if split.has_rest else Split((key,))
            if split.has_rest or self.measure.is_multiple:
                self.judge_cells(two, pair)
        for cell in [cell for cell in self.verdict.cells if cell[1] == _REST]:
            del self.verdict.cells[cell]

    def _with_rest(self, parts: Tally, key: str) -> Tally:
        two = Tally()
        for whole, part, both in (
            (self.whole.sizes, parts.sizes, two.sizes),
            (self.whole.said, parts.said, two.said),
        ):
            both[key], both[_REST] = part[key], whole[ALL] - part[key]
        for row, _ in list(self.whole.cells):
            n = parts.cells[row, key]
            two.cells[row, key], two.cells[row, _REST] = n, self.whole.cells[row, ALL] - n
        return two

    def _is_gone(self, row: str, column: str) -> bool:
        """Whether the total of the row or of the column is withheld."""
        return column in self.verdict.columns or (row, ALL) in self.verdict.cells

    def _withhold_column(self, column: str) -> None:
        for key in (*(line.key for line in self.measure.lines), *self.measure.others):
            self.verdict.cells[key, column] = Withheld.PRIMARY


_REST = "*rest"


def _why(is_primary: bool) -> Withheld:
    return Withheld.PRIMARY if is_primary else Withheld.COMPLEMENTARY


def _outermost(lines: Iterable[Line]) -> tuple[Line, ...]:
    return tuple(line for line in lines if line.part_of is None)


def _parents(lines: tuple[Line, ...]) -> tuple[int | None, ...]:
    at = {line.key: i for i, line in enumerate(lines)}
    return tuple(None if line.part_of is None else at[line.part_of] for line in lines)
