"""What persons said of the squares that they marked, against counting them one by one."""

import numpy as np
import pytest

from maps.engine.grid import Grid
from maps.engine.said import CellPersons

MEMBERS = 10


@pytest.mark.parametrize("persons", [1, 2, 3, 31, 400])
@pytest.mark.parametrize("squares", [1, 7])
def test_each_member_is_counted_as_one_by_one(persons: int, squares: int) -> None:
    """Several are summed in one number: none may run over into the next, not even where all said
    all."""
    chance = np.random.default_rng(persons * 10 + squares)
    marks = 3 * persons
    cell = np.sort(chance.integers(0, squares, persons))
    starts = np.arange(persons) * 3
    sources = chance.permutation(marks)
    every = np.full(marks, (1 << MEMBERS) - 1)
    for masks in (every, chance.integers(0, 1 << MEMBERS, marks), np.zeros(marks, dtype=np.int64)):
        said = CellPersons(
            grid=Grid(0, 0, 250, squares, 1),
            cell=cell,
            person=np.arange(persons),
            share=np.ones(persons),
            starts=starts,
            sources=sources,
        )
        expected = np.zeros((MEMBERS, squares), dtype=np.int64)
        for person in range(persons):
            own = np.bitwise_or.reduce(masks[sources[3 * person : 3 * person + 3]])
            for member in range(MEMBERS):
                expected[member, cell[person]] += (own >> member) & 1
        asked = np.arange(0, squares, 2)
        assert (said.count(masks, MEMBERS, asked) == expected[:, asked]).all()
