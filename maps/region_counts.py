"""How many persons pointed out a region: pins by where they stand, names by the extent they cover.

A person counts once in a region however many marks they set there. A mark by a place's name counts
at a place and around it with the part of the name's extent that lies there, as the density does;
the sum is rounded to whole persons. In an area that stands out it counts whole, as on the area's
own map. Marks that only name a district have no position and count nowhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from maps.crs import shape_to_metres, to_metres
from maps.engine.grid import Floats, Ints
from maps.engine.marks import Marks, same_place
from maps.streets import STREET_REACH_M

_RING_M = 200.0  # the least width of the ring around a place
_ROUND = 32  # straight lines to a quarter of a circle
_NOTHING = 1e-9  # a share below this is what arithmetic leaves of none
_TOLERANCE_M = 0.5  # by so much a region may stick out of the one that it is said to lie in


@dataclass(frozen=True, slots=True)
class Zones:
    """The ground of a named place in metres: its extent, and that with the ring around it.

    The ring is as wide as the place's radius and at least 200 m, so that it holds about three
    times the ground: where what has moved on from the place would first be seen.
    """

    place: BaseGeometry
    with_ring: BaseGeometry
    ring_m: float  # how wide the ring is

    @property
    def ring(self) -> BaseGeometry:
        """The ring alone."""
        return self.with_ring.difference(self.place)


def zones_of(lat: float, lon: float, radius_m: float, line: BaseGeometry | None = None) -> Zones:
    """The zones of a place with its middle, and of a street its run, in degrees."""
    if line is not None:
        middle, radius_m = shape_to_metres(line), STREET_REACH_M
    else:
        east, north = to_metres(lat, lon)
        middle = shapely.Point(float(east), float(north))
    ring_m = max(radius_m, _RING_M)
    return Zones(
        place=middle.buffer(radius_m, quad_segs=_ROUND),
        with_ring=middle.buffer(radius_m + ring_m, quad_segs=_ROUND),
        ring_m=ring_m,
    )


@dataclass(frozen=True, slots=True, eq=False)
class Region:
    """The marks that lie in a region, be it with a part, and how many persons' they are."""

    marks: Ints
    n_persons: int


def regions_of(marks: Marks, zones: Zones) -> tuple[Region, Region, Region]:
    """The place, the ring around it, and the rest of the map.

    One who pointed out two of them counts in both.
    """
    at_place, near = shares_in(marks, zones.place), shares_in(marks, zones.with_ring)
    place, ring, rest = (_region(marks, s) for s in (at_place, near - at_place, 1 - near))
    return place, ring, rest


def region_in(marks: Marks, degrees: BaseGeometry) -> Region:
    """An area given in degrees, longitude first, where a name that reaches into it counts whole.

    So hotspots are counted.
    """
    shares = shares_in(marks, shape_to_metres(degrees))
    return _region(marks, (shares > _NOTHING).astype(np.float64))


def shares_in(marks: Marks, region: BaseGeometry) -> Floats:
    """Per mark how much of it lies in the region (metres): 0 or 1 for a pin."""
    shapely.prepare(region)
    west, south, east, north = region.bounds
    shares = np.zeros(marks.east.size)
    near = np.flatnonzero(
        (marks.east >= west)
        & (marks.east <= east)
        & (marks.north >= south)
        & (marks.north <= north)
        & (marks.extent_m <= 0)
    )
    shares[near] = shapely.contains_xy(region, marks.east[near], marks.north[near])
    for group in same_place(marks, np.flatnonzero(marks.extent_m > 0)):
        extent = _extent(marks, int(group[0]))
        shares[group] = extent.intersection(region).area / extent.area
    return shares


def lies_within(regions: Sequence[BaseGeometry]) -> list[list[int]]:
    """For each region the indices of the others that hold it wholly."""
    wider = [region.buffer(_TOLERANCE_M) for region in regions]
    return [
        [other for other, outer in enumerate(wider) if other != one and outer.covers(region)]
        for one, region in enumerate(regions)
    ]


def _extent(marks: Marks, mark: int) -> BaseGeometry:
    """What the name of a mark covers: of a street the ground along it, else a disc."""
    street = -1 if marks.line is None else int(marks.line[mark])
    if street >= 0:
        return marks.lines[street].buffer(STREET_REACH_M, quad_segs=_ROUND)
    middle = shapely.Point(float(marks.east[mark]), float(marks.north[mark]))
    return middle.buffer(float(marks.extent_m[mark]), quad_segs=_ROUND)


def _region(marks: Marks, shares: Floats) -> Region:
    """The largest share of each person, summed and rounded half up."""
    codes, person = np.unique(marks.person, return_inverse=True)
    largest = np.zeros(codes.size)
    np.maximum.at(largest, person, shares)
    n_persons = int(np.floor(largest.sum() + 0.5 + 1e-9))
    return Region(np.flatnonzero(shares > _NOTHING), n_persons)
