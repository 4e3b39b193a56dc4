"""From residents' marks to persons per cell.

A person counts once in a cell however many marks they set there. A mark given by a place's name
counts over the extent of that place, its one person shared among the cells; a mark that only names
a district has no position and is left out and counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from maps.areas import NEAR_LIMIT_M, Outline
from maps.crs import shape_to_metres, to_metres
from maps.engine.distinct import count_distinct
from maps.engine.grid import Bools, Floats, Grid, Ints
from maps.places import Place, Precision
from maps.streets import STREET_REACH_M


@dataclass(frozen=True, slots=True, eq=False)
class Located:
    """Marks in degrees as arrays of one length: what a million of them are read into.

    `person` is a code per respondent, `extent_m` the radius of the place that was named (0 for a
    pin), `is_district` whether the mark only says in which district it is. `line` is the place in
    `lines` of the street that was named, -1 where none was; None where no mark names a street.
    """

    lat: Floats
    lon: Floats
    person: Ints
    extent_m: Floats
    is_district: Bools
    line: Ints | None = None
    lines: tuple[BaseGeometry, ...] = ()


@dataclass(frozen=True, slots=True)
class Marks:
    """Usable marks as arrays of one length, in metres, and how many were not usable.

    `source` is each mark's index in the sequence it came from, `person` a code per respondent.
    """

    east: Floats
    north: Floats
    person: Ints
    extent_m: Floats
    source: Ints
    n_districts: int
    n_outside: int
    n_unusable: int
    line: Ints | None = None
    lines: tuple[BaseGeometry, ...] = ()

    @property
    def n_persons(self) -> int:
        """The number of distinct respondents."""
        return count_distinct(self.person)


@dataclass(frozen=True, slots=True)
class Entries:
    """One row per mark and cell that it touches: cell index, person, share of the person, mark."""

    cell: Ints
    person: Ints
    share: Floats
    mark: Ints


def read_marks(places: Sequence[Place], outline: Outline | None = None) -> Marks:
    """`place_marks` of single marks."""
    return place_marks(locate(places), outline)


def locate(places: Sequence[Place]) -> Located:
    """Single marks as arrays, in their order."""
    return Located(
        lat=np.array([place.lat for place in places], dtype=np.float64),
        lon=np.array([place.lon for place in places], dtype=np.float64),
        person=_person_codes([place.respondent for place in places]),
        extent_m=np.array([_extent_m(place) for place in places], dtype=np.float64),
        is_district=np.array([p.precision is Precision.DISTRICT for p in places], dtype=bool),
    )


def place_marks(located: Located, outline: Outline | None = None) -> Marks:
    """Project the marks to metres and leave out, counted, what cannot stand on the map.

    Districts have no position, NaN and infinity are unusable, and with an outline a mark further
    out than NEAR_LIMIT_M is outside: one mistyped row must not stretch the grid over a continent.
    """
    point = np.flatnonzero(~located.is_district)
    east, north = to_metres(located.lat[point], located.lon[point])
    finite = np.isfinite(east) & np.isfinite(north)
    near = finite.copy()
    if outline is not None:
        near[finite] = _is_near(outline, east[finite], north[finite])
    kept = point[near]
    return Marks(
        east=east[near],
        north=north[near],
        person=located.person[kept],
        extent_m=located.extent_m[kept],
        line=None if located.line is None else located.line[kept],
        lines=tuple(shape_to_metres(line) for line in located.lines),
        source=kept,
        n_districts=int(located.is_district.sum()),
        n_outside=int(finite.sum() - near.sum()),
        n_unusable=int((~finite).sum()),
    )


def place_part(whole: Marks, part: Located, chosen: Bools) -> Marks:
    """What `place_marks` gives of a `part` of the marks, of which `whole` were placed already.

    `chosen` tells of each mark that `whole` came from whether it is in the part, in whose order
    they are.
    """
    at = np.cumsum(chosen) - 1
    kept = np.flatnonzero(chosen[whole.source])
    source = at[whole.source[kept]]
    left_out = ~part.is_district
    left_out[source] = False
    finite = np.isfinite(to_metres(part.lat[left_out], part.lon[left_out])).all(axis=0)
    return Marks(
        east=whole.east[kept],
        north=whole.north[kept],
        person=part.person[source],
        extent_m=part.extent_m[source],
        line=None if part.line is None else part.line[source],
        lines=whole.lines,
        source=source,
        n_districts=int(part.is_district.sum()),
        n_outside=int(finite.sum()),
        n_unusable=int((~finite).sum()),
    )


def spread(marks: Marks, grid: Grid) -> Entries:
    """The cells that each mark touches, and the share of its person in each."""
    alone = marks.extent_m <= 0
    point = np.flatnonzero(alone)
    cells = [grid.index(marks.east[point], marks.north[point])]
    shares = [np.ones(point.size)]
    owners = [point.astype(np.int64)]
    for group in same_place(marks, np.flatnonzero(~alone)):
        first = group[0]
        touched = cells_of_name(marks, grid, first)
        cells.append(np.tile(touched, group.size))
        shares.append(np.full(touched.size * group.size, 1 / max(1, touched.size)))
        owners.append(np.repeat(group, touched.size))
    cell, share, mark_of = np.concatenate(cells), np.concatenate(shares), np.concatenate(owners)
    on_grid = cell >= 0
    mark_of = mark_of[on_grid]
    return Entries(cell[on_grid], marks.person[mark_of], share[on_grid], mark_of)


def cells_of_name(marks: Marks, grid: Grid, mark: int) -> Ints:
    """The cells that the place named by a mark covers: of a street those along it, else a disc."""
    east, north = float(marks.east[mark]), float(marks.north[mark])
    disc = grid.cells_within(east, north, float(marks.extent_m[mark]))
    place = -1 if marks.line is None else int(marks.line[mark])
    if place < 0 or not disc.size:
        return disc
    middles = shapely.points(*grid.centre(disc))
    along = disc[shapely.dwithin(marks.lines[place], middles, STREET_REACH_M)]
    return along if along.size else disc


def same_place(marks: Marks, chosen: Ints) -> list[Ints]:
    """The chosen marks in groups that name the same place: one position and one extent."""
    if chosen.size == 0:
        return []
    keys = (marks.east[chosen], marks.north[chosen], marks.extent_m[chosen])
    order = np.lexsort(keys)
    differs = np.zeros(chosen.size - 1, dtype=bool)
    for key in keys:
        differs |= np.diff(key[order]) != 0
    return np.split(chosen[order], np.flatnonzero(differs) + 1)


def _is_near(outline: Outline, east: Floats, north: Floats) -> Bools:
    """At most NEAR_LIMIT_M outside; the distance is reckoned for the few that are outside only."""
    area = shape_to_metres(outline.geometry)
    shapely.prepare(area)
    near: Bools = shapely.contains_xy(area, east, north)
    out = np.flatnonzero(~near)
    near[out] = shapely.dwithin(area, shapely.points(east[out], north[out]), NEAR_LIMIT_M)
    return near


def _person_codes(respondents: Sequence[str | None]) -> Ints:
    codes: dict[str, int] = {}
    unknown = len(respondents)  # codes from here on are marks without a respondent
    return np.array(
        [
            unknown + i if name is None else codes.setdefault(name, len(codes))
            for i, name in enumerate(respondents)
        ],
        dtype=np.int64,
    )


def _extent_m(place: Place) -> float:
    return place.extent_m if place.precision is Precision.PLACE else 0.0
