"""The analysed grid: persons, density and Gi* per cell, and the settings behind them."""

import math
from dataclasses import dataclass

import geopandas as gpd
import numpy as np

from maps.areas import Outline
from maps.crs import SWEREF99_TM, WGS84, shape_to_metres
from maps.engine.density import kernel_density
from maps.engine.gi_star import benjamini_hochberg, disk_sum, gi_star, upper_tail
from maps.engine.grid import DEFAULT_CELL_M, Bools, Floats, Grid, Ints, grid_around
from maps.engine.marks import Marks
from maps.engine.said import CellPersons
from maps.engine.scan_hotspots import SIMULATIONS


@dataclass(frozen=True, slots=True)
class Settings:
    """What an analysis is made with; lengths in metres.

    `radius_m` is the disk of Gi*: one cell reaches the four nearest neighbours. `reach_m`
    bounds the study area: cells within that distance of a mark, so that empty forest does not
    make every settlement stand out; None takes the whole outline. `bandwidth_m` None leaves the
    choice to the rule. `simulations` are those of the scan: p is never below 1 in one more than
    them.
    """

    cell_m: float = DEFAULT_CELL_M
    radius_m: float = 250.0
    bandwidth_m: float | None = None
    reach_m: float | None = 1000.0
    false_discovery_rate: float = 0.05
    min_respondents: int = 5
    min_marks: int = 30
    simulations: int = SIMULATIONS

    def __post_init__(self) -> None:
        lengths = [self.cell_m, self.radius_m, self.bandwidth_m, self.reach_m]
        if any(length is not None and not 0 < length < math.inf for length in lengths):
            raise ValueError("lengths must be positive and finite")
        if not 0 < self.false_discovery_rate < 1:
            raise ValueError("false_discovery_rate must lie between 0 and 1")
        if min(self.min_respondents, self.min_marks, self.simulations) < 1:
            raise ValueError("limits must be at least 1")


@dataclass(frozen=True, slots=True, eq=False)
class Surface:
    """Arrays over the grid, shape (rows, columns).

    `value`: persons, those of named places shared among cells; `respondents`: distinct persons;
    `density`: persons per square kilometre; `z`, `p`, `q`: NaN outside the study area or untested.
    """

    grid: Grid
    study: Bools
    value: Floats
    respondents: Ints
    density: Floats
    z: Floats
    p: Floats
    q: Floats

    @property
    def varies(self) -> bool:
        """False when every cell of the study area is alike, so that none can stand out."""
        tested = self.z[self.study]
        return bool(np.any(tested != 0) and np.isfinite(tested).all())

    def cells(self, chosen: Bools) -> gpd.GeoDataFrame:
        """The chosen cells in EPSG:3006, with the values of each, by cell index."""
        flat = np.flatnonzero(chosen)
        columns = {
            name: getattr(self, name).ravel()[flat]
            for name in ("value", "respondents", "density", "z", "p", "q")
        }
        squares = [self.grid.polygon(int(index)) for index in flat]
        return gpd.GeoDataFrame(columns, index=flat, geometry=squares, crs=SWEREF99_TM)

    def cells_in_degrees(self, chosen: Bools) -> gpd.GeoDataFrame:
        """The chosen cells in WGS 84."""
        return self.cells(chosen).to_crs(WGS84)


def grid_for(marks: Marks, outline: Outline | None, settings: Settings) -> Grid:
    """The grid that holds the marks and what the test looks at around them."""
    east, north = marks.east, marks.north
    if outline is not None and settings.reach_m is None:
        west, south, edge_east, edge_north = shape_to_metres(outline.geometry).bounds
        east = np.append(east, [west, edge_east])
        north = np.append(north, [south, edge_north])
    extent = float(marks.extent_m.max(initial=0.0))
    margin = max(settings.radius_m, settings.reach_m or 0.0) + extent
    return grid_around(east, north, cell_m=settings.cell_m, margin_m=margin)


def build_surface(
    persons: CellPersons,
    outline: Outline | None,
    settings: Settings,
    *,
    bandwidth_m: float,
    tested: bool,
) -> Surface:
    """Count, smooth and, when `tested`, run Gi* with false-discovery control."""
    grid, value, respondents = persons.grid, persons.value, persons.respondents
    study = _study_area(grid, respondents > 0, outline, settings)
    z = np.full(grid.shape, np.nan)
    if tested:
        z = gi_star(value, study, radius_m=settings.radius_m, cell_m=grid.cell_m)
    p = upper_tail(z)
    density = kernel_density(value, cell_m=grid.cell_m, bandwidth_m=bandwidth_m)
    return Surface(grid, study, value, respondents, density, z, p, benjamini_hochberg(p))


def _study_area(grid: Grid, marked: Bools, outline: Outline | None, settings: Settings) -> Bools:
    study: Bools = np.ones(grid.shape, dtype=bool)
    if settings.reach_m is not None:
        reached = disk_sum(marked.astype(float), radius_m=settings.reach_m, cell_m=grid.cell_m)
        study = reached > 0.5  # sums of whole numbers: zero, or at least one
    if outline is not None:
        study &= grid.centres_inside(shape_to_metres(outline.geometry))
    # A marked cell always belongs, also where its middle lies just outside the outline.
    return study | marked
