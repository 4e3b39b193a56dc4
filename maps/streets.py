"""Streets from a network of segments: joined by name, told apart where far from each other.

Lengths are in metres in SWEREF 99 TM. For commands and the job process only.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry import LineString, MultiLineString
from shapely.geometry.base import BaseGeometry

from maps.crs import shape_to_degrees, shape_to_metres, to_metres

APART_M = 500.0  # segments of one name further apart than this are two streets
# How far to each side of its line a street reaches. A short street with three houses is thereby
# told no more exactly than any other named place, whose extent is as wide.
STREET_REACH_M = 200.0
SIMPLIFY_M = 5.0


@dataclass(frozen=True, slots=True)
class JoinedStreet:
    """One street. `line` is in WGS 84; a disc of `radius_m` round its middle holds all of it."""

    name: str
    line: MultiLineString
    lat: float
    lon: float
    radius_m: int
    length_m: float


NAMING_M = 150.0  # a street names what lies this near it
# A shorter street could mean somebody's door.
LEAST_NAMING_M = 300.0


class StreetNames:
    """Names a spot by the street beside it, of those that are long enough to be named."""

    def __init__(self, streets: Iterable[tuple[str, BaseGeometry]]) -> None:
        """Of names and lines in WGS 84."""
        lines = [(name, shape_to_metres(line)) for name, line in streets]
        kept = [(name, line) for name, line in lines if line.length >= LEAST_NAMING_M]
        self._names = [name for name, _ in kept]
        self._tree = shapely.STRtree([line for _, line in kept])

    def near(self, lat: float, lon: float) -> str:
        """The nearest street within NAMING_M of the spot; the empty string without one."""
        east, north = to_metres(lat, lon)
        found = self._tree.query_nearest(
            shapely.Point(float(east), float(north)), max_distance=NAMING_M, all_matches=False
        )
        return self._names[int(found[0])] if found.size else ""

    def near_all(self, spots: Sequence[shapely.Point]) -> list[str]:
        """As `near`, of many spots in metres at once."""
        names = [""] * len(spots)
        found = self._tree.query_nearest(spots, max_distance=NAMING_M, all_matches=False)
        for spot, street in found.T.tolist():
            names[spot] = self._names[street]
        return names


def join_segments(segments: Iterable[tuple[str, BaseGeometry]]) -> list[JoinedStreet]:
    """The streets of segments in WGS 84, by name; a name that lies in several parts is several.

    Spellings that differ in small and large letters only are one name: the most usual is kept.
    """
    lines: defaultdict[str, list[BaseGeometry]] = defaultdict(list)
    spelt: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for name, segment in segments:
        key = name.casefold()
        lines[key].append(shape_to_metres(segment))
        spelt[key][name] += 1
    return [
        _street(spelt[key].most_common(1)[0][0], part)
        for key in sorted(lines)
        for part in _parts(lines[key])
    ]


def join_parts(name: str, parts: Iterable[JoinedStreet]) -> JoinedStreet:
    """Several parts as one street of that name."""
    return _street(name, [shape_to_metres(part.line) for part in parts])


def _parts(lines: list[BaseGeometry]) -> list[list[BaseGeometry]]:
    ground = shapely.get_parts(shapely.union_all(shapely.buffer(lines, APART_M / 2, quad_segs=4)))
    parts: defaultdict[int, list[BaseGeometry]] = defaultdict(list)
    tree = shapely.STRtree(ground)
    for line in lines:
        parts[int(tree.query(line, predicate="intersects")[0])].append(line)
    return [parts[place] for place in sorted(parts)]


def _street(name: str, lines: list[BaseGeometry]) -> JoinedStreet:
    whole = shapely.union_all(lines)
    joined = whole if isinstance(whole, LineString) else shapely.line_merge(whole)
    drawn = shapely.simplify(joined, SIMPLIFY_M)
    circle = shapely.minimum_bounding_circle(drawn)
    middle = shape_to_degrees(circle.centroid)
    reach = float(shapely.minimum_bounding_radius(drawn)) + STREET_REACH_M
    runs = [part for part in shapely.get_parts(shape_to_degrees(drawn)) if not part.is_empty]
    return JoinedStreet(
        name=name,
        line=MultiLineString(runs),
        lat=float(middle.y),
        lon=float(middle.x),
        radius_m=int(-(-reach // 10) * 10),
        length_m=float(joined.length),
    )
