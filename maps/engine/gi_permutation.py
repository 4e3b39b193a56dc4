"""p of Gi* on a grid by permutation, for when the normal approximation is not trusted.

Conditional permutation after Anselin (1995), as esda does it: each cell keeps its own value and
the others are dealt out anew. One-sided in the direction of the excess, as the analytic p.
"""

import numpy as np

from maps.engine.gi_star import disk_sum
from maps.engine.grid import Bools, Floats

_EDGE = 1e-9


def permutation_p(
    values: Floats,
    study: Bools,
    *,
    radius_m: float,
    cell_m: float,
    permutations: int = 999,
    seed: int = 1,
) -> Floats:
    """How often the disk of each cell sums to as much when the other cells are dealt out anew.

    (1 + as great) / (1 + permutations) per cell of the study area, NaN outside it. The same for a
    seed. Raises ValueError with no permutations.
    """
    if permutations < 1:
        raise ValueError("at least one permutation")
    p = np.full(values.shape, np.nan)
    cells = np.flatnonzero(study)
    if cells.size == 0:
        return p
    own = values.ravel()[cells].astype(float)
    observed = _disks(own, study, radius_m, cell_m)
    row, column = np.divmod(cells, values.shape[1])
    reach = radius_m / cell_m + _EDGE
    as_great = np.zeros(cells.size)
    source = np.random.default_rng(np.random.SeedSequence(seed))
    scale = _EDGE * max(1.0, float(np.abs(observed).max()))
    for _ in range(permutations):
        order = source.permutation(cells.size)
        dealt = own[order]
        place = np.empty(cells.size, dtype=np.int64)
        place[order] = np.arange(cells.size)  # where each cell's own value went
        summed = _disks(dealt, study, radius_m, cell_m)
        # The cell gets its own value back, and what it was dealt goes where that value lay.
        near = np.hypot(row - row[place], column - column[place]) <= reach
        summed += np.where(near, 0.0, own - dealt)
        as_great += summed >= observed - scale
    p.ravel()[cells] = (1 + as_great) / (1 + permutations)
    return p


def _disks(inside: Floats, study: Bools, radius_m: float, cell_m: float) -> Floats:
    whole = np.zeros(study.shape)
    whole[study] = inside
    return disk_sum(whole, radius_m=radius_m, cell_m=cell_m)[study]
