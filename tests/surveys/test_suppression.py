"""Withheld numbers, held to linear programming: the range in which each may lie is wide enough."""

import random
from itertools import product

import numpy as np
import pytest
from scipy.optimize import linprog

from surveys.privacy import is_sensitive
from surveys.suppression import Block, Spot, withhold

LIMIT = 10


Sum = tuple[list[Spot], list[Spot]]  # spots that add up to others, or to a total that is told


def sums_of(block: Block) -> list[Sum]:
    """Every sum whose total an outsider knows."""
    lines, categories = range(len(block.counts)), range(len(block.counts[0]))
    found: list[Sum] = []
    for j, parent in product(categories, (None, *lines)):
        parts = [(i, j) for i in lines if block.parents[i] == parent]
        if parts:
            found.append((parts, [] if parent is None else [(parent, j)]))
    if block.lines_add_up:
        found += [([(i, j) for j in categories], []) for i in lines]
    return found


def ranges(block: Block, hidden: frozenset[Spot]) -> dict[Spot, tuple[float, float]]:
    """What an outsider can know of each hidden number from all the others and the totals."""
    spots = sorted(hidden)
    truth = np.array([block.counts[i][j] for i, j in spots])
    matrix = np.zeros((0, len(spots)))
    for parts, whole in sums_of(block):
        row = np.array([(spot in parts) - 1.0 * (spot in whole) for spot in spots])
        matrix = np.vstack([matrix, row])
    totals = matrix @ truth  # what is left of each total when the shown numbers are taken off
    found = {}
    for k, spot in enumerate(spots):
        goal = np.zeros(len(spots))
        goal[k] = 1
        least = linprog(goal, A_eq=matrix, b_eq=totals, bounds=(0, None))
        most = linprog(-goal, A_eq=matrix, b_eq=totals, bounds=(0, None))
        found[spot] = (least.fun, np.inf if most.status == 3 else -most.fun)
    return found


def needs_of(block: Block) -> dict[Spot, int]:
    inner = {parent for parent in block.parents if parent is not None}
    bases = [
        sum(row[j] for i, row in enumerate(block.counts) if i not in inner)
        for j in range(len(block.counts[0]))
    ]
    return {
        (i, j): LIMIT
        for i, row in enumerate(block.counts)
        for j, count in enumerate(row)
        if is_sensitive(count, bases[j], LIMIT)
    }


def check(block: Block) -> frozenset[Spot]:
    """Each sensitive number may lie anywhere in a range as wide as the block can give at all."""
    needs = needs_of(block)
    hidden = withhold(block, needs)
    assert hidden >= needs.keys()
    every = frozenset(product(range(len(block.counts)), range(len(block.counts[0]))))
    if not needs:
        assert not hidden
        return hidden
    possible, left = ranges(block, every), ranges(block, hidden)
    for spot in needs:
        best = possible[spot][1] - possible[spot][0]
        width = left[spot][1] - left[spot][0]
        assert width >= min(LIMIT, best) - 1e-6, (spot, width, best)
    return hidden


def test_a_small_number_takes_three_more_with_it() -> None:
    """The textbook case: one small cell of a crossed table can be had from its row."""
    block = Block((None, None, None), ((3, 40, 50), (60, 45, 70), (80, 90, 65)))
    hidden = check(block)
    assert (0, 0) in hidden
    assert len(hidden) == 4


def test_nothing_is_withheld_where_nothing_is_small() -> None:
    assert check(Block((None, None), ((30, 40), (50, 60)))) == frozenset()


def test_a_bridge_between_two_rings_is_not_given_away() -> None:
    """Two withheld in each row and column are not enough: the one between two rings is known."""
    block = Block(
        (None,) * 4,
        ((2, 20, 90, 90), (20, 20, 3, 90), (90, 90, 20, 20), (90, 90, 20, 20)),
    )
    check(block)


@pytest.mark.parametrize("seed", range(12))
def test_crossed_tables_of_any_shape_hold(seed: int) -> None:
    rng = random.Random(seed)
    rows, columns = rng.randint(2, 6), rng.randint(2, 7)
    most = rng.choice((8, 15, 60, 300))
    counts = tuple(
        tuple(rng.choice((0, rng.randint(0, most), rng.randint(0, most))) for _ in range(columns))
        for _ in range(rows)
    )
    check(Block((None,) * rows, counts))


@pytest.mark.parametrize("seed", range(12))
def test_tables_with_sums_of_rows_hold(seed: int) -> None:
    """safe = 5 + 4 and unsafe = 2 + 1 are told too."""
    rng = random.Random(1000 + seed)
    columns = rng.randint(2, 6)
    most = rng.choice((8, 25, 120))
    leaf = [[rng.randint(0, most) for _ in range(columns)] for _ in range(5)]
    five, four, three, two, one = leaf
    safe = [a + b for a, b in zip(five, four, strict=True)]
    unsafe = [a + b for a, b in zip(two, one, strict=True)]
    counts = tuple(tuple(row) for row in (safe, five, four, three, unsafe, two, one))
    check(Block((None, 0, 0, None, None, 4, 4), counts))


@pytest.mark.parametrize("seed", range(8))
def test_a_table_in_one_direction_holds(seed: int) -> None:
    rng = random.Random(2000 + seed)
    counts = tuple((rng.choice((0, 2, 7, 30, 200)),) for _ in range(rng.randint(2, 6)))
    check(Block((None,) * len(counts), counts, lines_add_up=False))


def test_what_is_withheld_is_the_same_each_time() -> None:
    rng = random.Random(7)
    counts = tuple(tuple(rng.randint(0, 30) for _ in range(6)) for _ in range(5))
    block = Block((None,) * 5, counts)
    assert withhold(block, needs_of(block)) == withhold(block, needs_of(block))
