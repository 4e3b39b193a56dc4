"""From marks in degrees to named findings: a grid, a baseline, one of three methods.

Only the scan and Gi* test anything; the density method says where marks lie close together and
never that it is more than chance.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from maps.engine.cell_size import DEFAULT_CELL_M, sized_grid
from maps.engine.expected import (
    Baseline,
    area_shares,
    cell_sides,
    coarse_side_m,
    even_shares,
    population_shares,
    with_unpeopled,
)
from maps.engine.grid import Bools, Floats, Grid, Ints, outline_of
from maps.engine.point_methods import (
    Finding,
    Marked,
    count_hidden,
    density_of,
    find_by_density,
    find_by_gi,
    find_by_scan,
    gi_of,
)
from maps.engine.scan_hotspots import MIN_CASES
from maps.engine.scan_null import Progress
from maps.planes import Plane, plane_around

_THIN_M = 1.0  # an area thinner than this is a line: degrees are no more exact
_SPOT_M = 80.0  # around all marks: a house or a crossing, which no hull of them tells more of
_HUGE = 1e15
_FEW_CELLS = 5  # fewer have no rest to compare one of them with
_EDGE_M = 500.0  # of an outline: straight in metres and in degrees alike, to a centimetre


class Method(StrEnum):
    """How findings are made."""

    SCAN = "scan"
    GI = "gi"
    KDE = "kde"


class NobodyNear(ValueError):
    """No mark stands where people live: the population is of another place."""


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Marks in degrees, and a code per respondent, None where nobody's marks are known apart."""

    lon: Floats
    lat: Floats
    respondent: Ints | None = None


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """Middles of population cells in degrees, and how many live in each."""

    lon: Floats
    lat: Floats
    number: Floats


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for. `cell_m` None leaves the cell to the extent of the marks."""

    method: Method = Method.SCAN
    cell_m: float | None = None
    seed: int = 1
    simulations: int = 999


@dataclass(frozen=True, slots=True, eq=False)
class PointAnalysis:
    """Findings with what they rest on.

    `n` marks were analysed; `notes` are codes with their values of what a reader must know:
    outside, repeated, coarser, unpeopled, too_few, one_spot, line, one_cell, few_cells, bandwidth,
    coarse_people, hidden.
    """

    method: Method
    baseline: Baseline
    cell_m: float
    n: int
    seed: int
    plane: Plane
    findings: tuple[Finding, ...]
    marked: Marked | None
    notes: Mapping[str, float] = field(default_factory=dict)

    def polygon(self, finding: Finding) -> BaseGeometry:
        """The cells of a finding in WGS 84."""
        if self.marked is None:
            raise ValueError("nothing was found")
        outline = outline_of(self.marked.grid, finding.cells)
        return self.plane.shape_to_degrees(shapely.segmentize(outline, _EDGE_M))


def analyse_points(
    points: Points,
    request: Request,
    *,
    people: People | None = None,
    boundary: BaseGeometry | None = None,
    progress: Progress | None = None,
) -> PointAnalysis:
    """Find where the marks lie closer together than the baseline lets expect.

    `boundary` is a valid polygon in degrees. Marks outside it are left out and counted. Raises
    TooWide, TooManyCells, NoBaseline, NobodyNear and TooFarNorth; ValueError without marks.
    """
    place = _placed(points, people, boundary)
    if place.nothing is not None:
        place.notes[place.nothing] = float(place.east.size)
        cell_m = request.cell_m or DEFAULT_CELL_M
        return _result(place, request, cell_m, int(place.east.size), (), None)
    grid = _grid(place, request.cell_m)
    counts = _count(grid, place)
    share, unpeopled = _shares(grid, place, counts)
    n_cells = np.count_nonzero(share)
    if n_cells == 1:
        place.notes["one_cell"] = grid.cell_m
    elif n_cells < _FEW_CELLS:
        place.notes["few_cells"] = float(n_cells)
    marked = Marked(grid, counts, share, unpeopled)
    if request.method is Method.KDE:
        place.notes["bandwidth"] = float(round(marked.bandwidth_m))
    n = round(marked.total)
    if n < place.east.size:
        place.notes["repeated"] = float(place.east.size - n)
    findings = _find(marked, request, progress) if n_cells >= _FEW_CELLS else ()
    if n_hidden := count_hidden(findings, n):
        place.notes["hidden"] = float(n_hidden)
    return _result(place, request, grid.cell_m, n, findings, marked)


def surface_columns(analysis: PointAnalysis) -> dict[str, Floats]:
    """lon, lat, n, expected, z and density per cell of the analysed ground; empty without one."""
    names = ("lon", "lat", "n", "expected", "z", "density")
    if analysis.marked is None:
        return {name: np.zeros(0) for name in names}
    marked = analysis.marked
    flat = np.flatnonzero((marked.share > 0) | (marked.counts > 0))
    lon, lat = analysis.plane.to_degrees(*marked.grid.centre(flat))
    values = (marked.counts, marked.expected, gi_of(marked), density_of(marked))
    return dict(zip(names, (lon, lat, *(value.ravel()[flat] for value in values)), strict=True))


_FIND = {Method.SCAN: find_by_scan, Method.GI: find_by_gi, Method.KDE: find_by_density}


def _find(marked: Marked, request: Request, progress: Progress | None) -> tuple[Finding, ...]:
    find = _FIND[request.method]
    return find(marked, seed=request.seed, simulations=request.simulations, progress=progress)


@dataclass(frozen=True, slots=True, eq=False)
class _Place:
    """Everything in metres: marks, people and the ground, and what to tell about them."""

    plane: Plane
    east: Floats
    north: Floats
    respondent: Ints | None
    crowd: tuple[Floats, Floats, Floats] | None  # east, north, number
    area: BaseGeometry | None
    ground: BaseGeometry
    notes: dict[str, float]

    @property
    def baseline(self) -> Baseline:
        if self.crowd is not None:
            return Baseline.POPULATION
        return Baseline.HULL if self.area is None else Baseline.BOUNDARY

    @property
    def nothing(self) -> str | None:
        """Why there is nothing to compare, if there is not."""
        if self.east.size < MIN_CASES:
            return "too_few"
        if self.baseline is Baseline.HULL and self.ground.area <= _THIN_M * self.ground.length:
            return "one_spot" if self.ground.length <= _SPOT_M else "line"
        if self.baseline is Baseline.HULL and self.ground.length <= _SPOT_M:
            return "one_spot"
        return None


def _placed(points: Points, people: People | None, boundary: BaseGeometry | None) -> _Place:
    plane = _plane(points, boundary)
    east, north = plane.to_metres(points.lon, points.lat)
    area = None if boundary is None else plane.shape_to_metres(boundary)
    inside = np.isfinite(east) & np.isfinite(north)
    if boundary is not None:  # in degrees, where its edges are straight
        shapely.prepare(boundary)
        inside &= shapely.intersects_xy(boundary, points.lon, points.lat)
    east, north = east[inside], north[inside]
    crowd = None if people is None else _crowd(people, plane)
    all_east, all_north = east, north
    if crowd is not None:
        all_east, all_north = np.append(east, crowd[0]), np.append(north, crowd[1])
    return _Place(
        plane=plane,
        east=east,
        north=north,
        respondent=None if points.respondent is None else points.respondent[inside],
        crowd=crowd,
        area=area,
        ground=_hull(all_east, all_north) if area is None else area,
        notes={} if inside.all() else {"outside": float((~inside).sum())},
    )


def _crowd(people: People, plane: Plane) -> tuple[Floats, Floats, Floats]:
    """Where people live, without those on the other side of the earth."""
    east, north = plane.to_metres(people.lon, people.lat)
    on = np.isfinite(east) & np.isfinite(north)
    number = people.number[on]
    if number.size and number.max() > _HUGE:  # only shares count, and a sum of these is no number
        number = number / number.max()
    return east[on], north[on], number


def _result(
    place: _Place,
    request: Request,
    cell_m: float,
    n: int,
    findings: tuple[Finding, ...],
    marked: Marked | None,
) -> PointAnalysis:
    return PointAnalysis(
        method=request.method,
        baseline=place.baseline,
        cell_m=cell_m,
        n=n,
        seed=request.seed,
        plane=place.plane,
        findings=findings,
        marked=marked,
        notes=place.notes,
    )


def _plane(points: Points, boundary: BaseGeometry | None) -> Plane:
    if points.lon.size == 0:
        raise ValueError("no marks")
    if boundary is not None:
        corners = shapely.get_coordinates(boundary)
        return plane_around(corners[:, 0], corners[:, 1])
    return plane_around(points.lon, points.lat)


def _hull(east: Floats, north: Floats) -> BaseGeometry:
    if east.size == 0:
        return shapely.Point()
    return shapely.convex_hull(shapely.multipoints(np.column_stack([east, north])))


def _grid(place: _Place, cell_m: float | None) -> Grid:
    """The grid over the ground; a cell that had to grow is noted."""
    grid = sized_grid(_bounds(place), cell_m)
    if cell_m is None and grid.cell_m > DEFAULT_CELL_M:
        place.notes["coarser"] = grid.cell_m
    return grid


def _bounds(place: _Place) -> tuple[float, float, float, float]:
    """West, south, east and north of the ground, and of people's cells where they set it."""
    west, south, east, north = place.ground.bounds
    if place.crowd is None or place.area is not None:
        return west, south, east, north
    sides = cell_sides(place.crowd[0], place.crowd[1], fallback=DEFAULT_CELL_M)
    across, along = (side / 2 for side in sides)
    return west - across, south - along, east + across, north + along


def _count(grid: Grid, place: _Place) -> Floats:
    """Marks per cell, a respondent once in each."""
    flat = grid.index(place.east, place.north)
    if place.respondent is not None:
        _, code = np.unique(place.respondent, return_inverse=True)
        flat = np.unique(flat * (int(code.max(initial=0)) + 1) + code) // (
            int(code.max(initial=0)) + 1
        )
    return np.bincount(flat, minlength=grid.size).astype(float).reshape(grid.shape)


def _shares(grid: Grid, place: _Place, counts: Floats) -> tuple[Floats, Bools | None]:
    """The baseline, and the ground without people where marks stand on such."""
    if place.crowd is None:
        return even_shares(grid, place.ground, counts), None
    share = population_shares(grid, *place.crowd, place.area)
    ground = area_shares(grid, place.ground) if place.ground.area > 0 else np.zeros(grid.shape)
    side_m = coarse_side_m(place.crowd[0], place.crowd[1], cell_m=grid.cell_m)
    if side_m is not None:
        place.notes["coarse_people"] = side_m
    empty = share <= 0
    share, unpeopled = with_unpeopled(share, counts, ground)
    if unpeopled == round(float(counts.sum())):
        raise NobodyNear
    if unpeopled:
        place.notes["unpeopled"] = float(unpeopled)
    return share, empty if unpeopled else None
