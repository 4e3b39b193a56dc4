"""What of an analysis is drawn: cells in classes, density in classes, and rings round areas.

Cells with fewer persons than the limit are left out here, so that no map that is drawn from this
can show them.
"""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from maps.crs import SWEREF99_TM, WGS84, shape_to_metres
from maps.drawing.ring_lines import ring_round
from maps.engine.grid import Bools, Floats, Grid
from maps.engine.hotspots import Analysis
from maps.engine.surface import Surface

CLASSES = 5
_WIDER = 1.5  # so many times the lowest density, the second class of density begins at the earliest


@dataclass(frozen=True, slots=True)
class DrawnCell:
    """A cell as it is drawn: WGS 84 square, its middle, the value shown and its class 1 to 5."""

    polygon: BaseGeometry
    lat: float
    lon: float
    value: float
    level: int


@dataclass(frozen=True, slots=True)
class DrawnLayer:
    """Cells by falling class, and the lowest value of each class that is used, rising."""

    cells: tuple[DrawnCell, ...]
    limits: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Ring:
    """The rounded line round a concentration and the north-eastern point for its number."""

    rank: int
    polygon: BaseGeometry
    lat: float
    lon: float


EMPTY_LAYER = DrawnLayer((), ())


def person_cells(
    analysis: Analysis,
    limits: tuple[int, ...] | None = None,
    *,
    within: tuple[float, float, float, float] | None = None,
) -> DrawnLayer:
    """Cells with at least `min_respondents` distinct persons, in classes of persons.

    `limits` are the lowest numbers of the classes, where two maps are to have the same. `within`
    (west, south, east, north in degrees) leaves out what lies farther than a cell outside.
    """
    surface = analysis.surface
    if surface is None:
        return EMPTY_LAYER
    persons = surface.respondents.astype(np.float64)
    least = analysis.settings.min_respondents
    if limits is None:
        limits = person_limits(least, int(persons.max(initial=0)))
    shown = persons >= least
    if within is not None:
        shown &= _near(surface.grid, within)
    return _layer(surface, persons, shown, tuple(float(limit) for limit in limits))


def density_limits(analysis: Analysis) -> tuple[float, ...]:
    """The lowest density of each class; none where nothing is dense enough to be drawn.

    Enough means that the density would give `min_respondents` persons in a circle of one
    bandwidth: below that the smooth surface is the trace of single marks. From there on a class
    begins at a round number (such as 5, 10, 15 or 20) and is wide enough to be another; the numbers
    do not say what the highest density is.
    """
    surface = analysis.surface
    if surface is None or analysis.bandwidth_m is None:
        return ()
    circle_km2 = np.pi * (analysis.bandwidth_m / 1000) ** 2
    least = analysis.settings.min_respondents / circle_km2
    highest = float(surface.density.max(initial=0.0))
    if highest < least:
        return ()
    powers = 10.0 ** np.arange(np.floor(np.log10(least)), np.ceil(np.log10(highest)) + 1)
    # Below ten, more steps would be one person apart.
    steps = [(1, 2, 5) if power < 10 else (1, 1.5, 2, 3, 5, 7) for power in powers]
    round_numbers = np.concatenate(
        [power * np.array(step) for power, step in zip(powers, steps, strict=True)]
    )
    fitting = (round_numbers >= least * _WIDER) & (round_numbers <= highest)
    limits = [least, *round_numbers[fitting].tolist()]
    if len(limits) > CLASSES:
        limits = [limits[(len(limits) - 1) * step // (CLASSES - 1)] for step in range(CLASSES)]
    return tuple(float(limit) for limit in limits)


def rings(analysis: Analysis) -> tuple[Ring, ...]:
    """The round line round each area that stands out, a little outside its cells."""
    if not analysis.areas:
        return ()
    areas = gpd.GeoSeries([area.polygon for area in analysis.areas], crs=WGS84)
    squares = areas.to_crs(SWEREF99_TM)
    metres = gpd.GeoSeries([ring_round(shape) for shape in squares], crs=SWEREF99_TM)
    corners = [_north_east(shape) for shape in metres]
    points = gpd.GeoSeries.from_xy(*zip(*corners, strict=True), crs=SWEREF99_TM).to_crs(WGS84)
    return tuple(
        Ring(area.rank, shape, float(point.y), float(point.x))
        for area, shape, point in zip(analysis.areas, metres.to_crs(WGS84), points, strict=True)
    )


def person_limits(least: int, most: int) -> tuple[int, ...]:
    """The lowest number of persons of each class, at most five: `least` times powers of two.

    Each class is at least `least` wide, so that taking a square's class from another number never
    leaves fewer persons than that; and the limits do not say what the highest number is.
    """
    if most < least:
        return ()
    doublings = int(most // least).bit_length() - 1
    if doublings < CLASSES:
        return tuple(least * 2**step for step in range(doublings + 1))
    return tuple(least * 2 ** (doublings * step // (CLASSES - 1)) for step in range(CLASSES))


def _near(grid: Grid, within: tuple[float, float, float, float]) -> Bools:
    """Cells whose middle is at most a cell outside."""
    west, south, east, north = shape_to_metres(shapely.box(*within).segmentize(0.01)).bounds
    middle_east, middle_north = grid.centre(np.arange(grid.size, dtype=np.int64))
    near = (middle_east >= west - grid.cell_m) & (middle_east <= east + grid.cell_m)
    near &= (middle_north >= south - grid.cell_m) & (middle_north <= north + grid.cell_m)
    return near.reshape(grid.shape)


def _layer(
    surface: Surface, values: Floats, chosen: Bools, limits: tuple[float, ...]
) -> DrawnLayer:
    frame = surface.cells_in_degrees(chosen)
    shown = values.ravel()[frame.index]
    levels = np.searchsorted(np.array(limits), shown, side="right")
    cells = [
        DrawnCell(square, float(square.centroid.y), float(square.centroid.x), float(v), int(level))
        for square, v, level in zip(frame.geometry, shown, levels, strict=True)
    ]
    # Within a class from the north, so that their order tells no number.
    cells.sort(key=lambda cell: (-cell.level, -cell.lat, cell.lon))
    return DrawnLayer(tuple(cells), limits)


def _north_east(shape: BaseGeometry) -> tuple[float, float]:
    corners = np.array(shape.convex_hull.exterior.coords)
    east, north = corners[np.argmax(corners.sum(axis=1))]
    return float(east), float(north)
