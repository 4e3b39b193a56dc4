"""Squares of the analysed grid in classes: what a layer of the map shows, and nothing finer.

A square tells its class and never its number. Squares with fewer persons than the limit are in no
class, so that no layer that is drawn from this can show them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from maps.drawing.drawing import CLASSES, density_limits, person_limits
from maps.engine.grid import Bools, Floats, Grid, Ints
from maps.engine.hotspots import Analysis
from maps.engine.surface import Surface

# The largest adjusted p of each class of Gi*, the strongest class last.
GI_LIMITS = (0.05, 0.01, 0.001)
# The colours of categories: more than these would not be told apart.
COLOURS = 5


@dataclass(frozen=True, slots=True, eq=False)
class CellLayer:
    """Classed squares: flat indices in the grid, rising, and the class of each from 1.

    `limits` is the lowest value of each class (persons, persons per km2, or adjusted p).
    """

    grid: Grid
    cells: Ints
    levels: Ints
    limits: tuple[float, ...]

    @property
    def is_empty(self) -> bool:
        """True where no square is in a class."""
        return self.cells.size == 0

    def count(self, level: int) -> int:
        """How many squares are in the class."""
        return int((self.levels == level).sum())


@dataclass(frozen=True, slots=True, eq=False)
class CommonestLayer:
    """Squares by what most persons there said; `members` has the position that each class is.

    The last class but one, where `has_others`, is any other member; the last, where `has_few`, is
    squares where too few said the same.
    """

    layer: CellLayer
    members: tuple[int, ...]
    has_others: bool
    has_few: bool


def persons_layer(analysis: Analysis) -> CellLayer | None:
    """Squares by distinct persons; None without a surface."""
    surface = analysis.surface
    if surface is None:
        return None
    persons = surface.respondents.astype(np.float64)
    least = analysis.settings.min_respondents
    limits = person_limits(least, int(persons.max(initial=0)))
    return _classed(surface, persons, persons >= least, limits)


def density_layer(analysis: Analysis) -> CellLayer | None:
    """Squares by persons per square kilometre, where the kernel rests on enough persons."""
    surface = analysis.surface
    limits = density_limits(analysis)
    if surface is None or not limits:
        return None
    return _classed(surface, surface.density, surface.density >= limits[0], limits)


def gi_layer(analysis: Analysis) -> CellLayer | None:
    """Squares that stand out by Gi*, with enough persons, in classes of adjusted p."""
    surface = analysis.surface
    if surface is None:
        return None
    q = np.nan_to_num(surface.q, nan=1.0)
    told = surface.respondents >= analysis.settings.min_respondents
    # By rising strength, so that the strongest is the highest class, as in all layers.
    strength = -q
    limits = tuple(-limit for limit in GI_LIMITS)
    layer = _classed(surface, strength, told & (q <= GI_LIMITS[0]), limits)
    return CellLayer(layer.grid, layer.cells, layer.levels, GI_LIMITS)


def told_cells(surface: Surface, least: int) -> Ints:
    """The squares with at least `least` persons, rising."""
    return np.flatnonzero(surface.respondents.ravel() >= least)


def commonest_layer(
    grid: Grid, cells: Ints, said: Ints, least: int, *, order: Sequence[int] = ()
) -> CommonestLayer:
    """What most persons said in each of `cells`; `said` has persons by member and cell.

    Members that are commonest in most squares get a colour each, the rest share one. Of equals the
    one that is commonest on the whole map counts. `order` fixes which members have colours, and
    in which order: for two maps side by side.
    """
    by_total = np.argsort(-said.sum(axis=1), kind="stable")
    top = by_total[np.argmax(said[by_total], axis=0)] if cells.size else cells
    enough = said.max(axis=0, initial=0) >= least
    named = tuple(order) or _most_often(top[enough], said.shape[0])
    colours = named if len(named) <= COLOURS else named[: COLOURS - 1]
    levels = np.zeros(cells.size, dtype=np.int64)
    for level, member in enumerate(colours, start=1):
        levels[enough & (top == member)] = level
    has_others, has_few = bool((enough & (levels == 0)).any()), bool((~enough).any())
    levels[enough & (levels == 0)] = len(colours) + 1
    levels[~enough] = len(colours) + 1 + has_others
    return CommonestLayer(CellLayer(grid, cells, levels, ()), tuple(colours), has_others, has_few)


def _most_often(top: Ints, members: int) -> tuple[int, ...]:
    times = np.bincount(top, minlength=members)
    order = np.argsort(-times, kind="stable")
    return tuple(int(member) for member in order if times[member])


def _classed(surface: Surface, values: Floats, shown: Bools, limits: Sequence[float]) -> CellLayer:
    cells = np.flatnonzero(shown.ravel())
    levels = np.searchsorted(np.array(limits), values.ravel()[cells], side="right")
    kept = tuple(float(limit) for limit in limits[:CLASSES])
    return CellLayer(surface.grid, cells, levels.astype(np.int64), kept)
