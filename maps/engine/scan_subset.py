"""Does one kind of mark (a theme, an hour) gather somewhere more than all marks do?

Kulldorff's scan with the Bernoulli model: each mark either is of the kind or is not. Without
clusters the kind is spread over the marks at random, so the baseline is where people mark at all,
and no population is needed.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from maps.engine.grid import Bools, Floats, Ints
from maps.engine.scan_hotspots import ALPHA, ScanSettings
from maps.engine.scan_null import Progress
from maps.engine.scan_statistic import bernoulli_ratio, monte_carlo_p
from maps.engine.scan_windows import (
    Numbers,
    Radius,
    Window,
    pad_to,
    padded,
    radii_for,
    window_cells,
)
from maps.engine.scan_windows import window_sums as sums_of


@dataclass(frozen=True, slots=True, eq=False)
class SubsetHotspot:
    """Cells where the kind is a greater share of the marks than elsewhere.

    `n` marks of the kind where `expected` would be by the share of all; `marks` of any kind.
    """

    rank: int
    cells: Bools
    n: int
    marks: int
    expected: float
    ratio: float
    p: float


def scan_subset(
    marks: Floats, kind: Floats, settings: ScanSettings, progress: Progress | None = None
) -> tuple[SubsetHotspot, ...]:
    """Hotspots of the kind at p at most alpha, strongest first, none sharing a cell.

    `marks` are all marks per cell and `kind` those of the kind, whole numbers of one shape, `kind`
    nowhere more than `marks` (ValueError). Windows hold at most `max_share` of all marks and at
    least `min_cases` of the kind.
    """
    if (kind > marks).any() or (kind < 0).any():
        raise ValueError("a cell has more marks of the kind than marks")
    radii = radii_for(settings.cell_m)
    side = pad_to(radii)
    ground = _Ground(padded(marks, side), round(float(kind.sum())), radii, settings)
    if ground.cases < settings.min_cases or ground.cases == ground.total:
        return ()
    maxima = ground.simulated(progress)
    shape = marks.shape
    found: list[SubsetHotspot] = []
    for ratio, cells in ground.apart(padded(kind, side), maxima):
        inside = cells[: shape[0], : shape[1]]
        n, of = float(kind[inside].sum()), float(marks[inside].sum())
        expected = of * ground.cases / ground.total
        p = monte_carlo_p(ratio, maxima)
        rank = len(found) + 1
        found.append(SubsetHotspot(rank, inside, round(n), round(of), expected, ratio, p))
    return tuple(found)


class _Ground:
    """All marks, the windows over them, and the ratio of any way the kind can be spread."""

    def __init__(
        self, marks: Floats, cases: int, radii: tuple[Radius, ...], settings: ScanSettings
    ) -> None:
        self.total, self.cases = round(float(marks.sum())), cases
        self._radii, self._settings = radii, settings
        self._shape = marks.shape
        self._held = np.flatnonzero(marks)
        self._each = np.rint(marks.ravel()[self._held]).astype(np.int64)
        self._marks = [np.rint(sums) for _, sums in sums_of(marks, radii)]
        self._usable = [
            (sums > 0) & (sums < self.total) & (sums <= settings.max_share * self.total + 1e-9)
            for sums in self._marks
        ]

    def simulated(self, progress: Progress | None) -> Floats:
        """The greatest ratio when the kind falls on the marks at random, many times."""

        def run(number: int) -> float:
            seed = np.random.SeedSequence(self._settings.seed, spawn_key=(number,))
            drawn = np.random.default_rng(seed).multivariate_hypergeometric(
                self._each, self.cases, method="marginals"
            )
            kind = np.zeros(self._shape[0] * self._shape[1])
            kind[self._held] = drawn
            return self._best(kind.reshape(self._shape))[0]

        maxima = []
        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            for value in pool.map(run, range(self._settings.simulations)):
                maxima.append(value)
                if progress is not None:
                    progress(len(maxima), self._settings.simulations)
        return np.array(maxima)

    def apart(self, kind: Floats, maxima: Floats) -> list[tuple[float, Bools]]:
        """The strongest window, then the strongest that shares no cell with those before."""
        taken = np.zeros(self._shape)
        chosen: list[tuple[float, Bools]] = []
        while True:
            ratio, window = self._best(kind, taken)
            if window is None or monte_carlo_p(ratio, maxima) > ALPHA:
                return chosen
            cells = window_cells(window, self._shape)
            chosen.append((ratio, cells))
            taken[cells] = 1.0

    def _best(self, kind: Floats, taken: Floats | None = None) -> tuple[float, Window | None]:
        best, window = 0.0, None
        used = None if taken is None else [sums for _, sums in sums_of(taken, self._radii)]
        for index, cases in sums_of(kind, self._radii):
            usable = self._usable[index] & (cases >= self._settings.min_cases - 0.5)
            if used is not None:
                usable = usable & (used[index] < 0.5)
            flat = self._promising(index, cases, np.flatnonzero(usable), best)
            if flat.size == 0:
                continue
            marks = self._marks[index].ravel()[flat]
            ratios = bernoulli_ratio(np.rint(cases.ravel()[flat]), marks, self.cases, self.total)
            place = int(np.argmax(ratios))
            if ratios[place] > best:
                best = float(ratios[place])
                row, column = divmod(int(flat[place]), cases.shape[1])
                window = self._radii[index].window(index, row, column)
        return best, window

    def _promising(self, index: int, cases: Numbers, flat: Ints, best: float) -> Ints:
        """Windows whose ratio can be above `best`: chi-square is never less than the ratio."""
        share = self.cases / self.total
        marks = self._marks[index].ravel()[flat]
        excess = cases.ravel()[flat] - marks * share
        bound = excess**2 * (1 / marks + 1 / (self.total - marks)) / (share * (1 - share))
        kept: Ints = flat[(excess > 0) & (bound > best * 0.999)]
        return kept
