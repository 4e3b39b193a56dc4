"""Points on the ground as values: parsing, distances, directions and the nearest named place.

The web process imports this module, so it uses the standard library only.
"""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

# WGS 84 ellipsoid (EPSG:4326): semi-major axis in metres and first eccentricity squared.
_SEMI_MAJOR_M = 6_378_137.0
_ECCENTRICITY_2 = 0.006_694_379_990_14
_LEAST_PER_DEGREE_M = 110_500.0  # of latitude, anywhere

# Mainland and islands with a margin of some ten kilometres: only to recognise lat and lon swapped.
SWEDEN_LAT = (55.0, 69.5)
SWEDEN_LON = (10.0, 24.9)

# A spot is small enough to walk to; farther away than this the nearest place of any size is told.
SPOT_RADIUS_M = 500.0
SPOT_WITHIN_M = 1500.0

_MAX_TYPED = 40
_NUMBER = re.compile(
    r"(?P<sign>[+\-\u2212]?)(?P<digits>\d{1,3}(?:[.,]\d{1,20})?|[.,]\d{1,20})"
    r"\s*°?\s*(?P<letter>[NSEWÖOV]?)"
)
_NEGATIVE_LETTERS = "SWV"  # V is väst


class Precision(StrEnum):
    """How exactly a mark tells where it is; the analysis treats each class differently."""

    EXACT = "exact"
    STREET = "street"
    PLACE = "place"
    DISTRICT = "district"


class Compass(StrEnum):
    """Eight directions as codes; the words belong to the page that shows them."""

    N = "n"
    NE = "ne"
    E = "e"
    SE = "se"
    S = "s"
    SW = "sw"
    W = "w"
    NW = "nw"


class BadCoordinate(ValueError):
    """A pair that cannot be used as a position; `code` names the reason, `typed` what was given."""

    code = "bad_coordinate"

    def __init__(self, typed: str) -> None:
        super().__init__(f"{self.code}: {typed[:_MAX_TYPED]!r}")
        self.typed = typed


class NotANumber(BadCoordinate):
    """Words, NaN, infinity or several numbers where one was expected."""

    code = "not_a_number"


class HalfMissing(BadCoordinate):
    """Latitude without longitude, or the other way round."""

    code = "half_missing"


class OutOfRange(BadCoordinate):
    """Beyond ±90 degrees of latitude or ±180 of longitude."""

    code = "out_of_range"


class SwappedCoordinates(BadCoordinate):
    """Latitude and longitude in each other's place; `lat` and `lon` hold them the right way."""

    code = "swapped"

    def __init__(self, typed: str, lat: float, lon: float) -> None:
        super().__init__(typed)
        self.lat = lat
        self.lon = lon


@dataclass(frozen=True, slots=True)
class Place:
    """One mark on the map, in WGS 84 degrees.

    `respondent` groups the marks of one person and is any opaque string; without it the mark
    counts as a person of its own. `extent_m` is the radius of the named place that a mark of
    precision PLACE stands for, `line` the run of a named street: lines of (lon, lat).
    """

    lat: float
    lon: float
    precision: Precision = Precision.EXACT
    respondent: str | None = None
    name: str | None = None
    extent_m: float = 0.0
    line: tuple[tuple[tuple[float, float], ...], ...] = ()


@dataclass(frozen=True, slots=True)
class NamedPoint:
    """A named place of the municipality's register: centre in degrees, radius in metres."""

    name: str
    lat: float
    lon: float
    radius_m: float = 0.0


@dataclass(frozen=True, slots=True)
class Nearest:
    """The named place nearest to a point, and where the point lies seen from it.

    `distance_m` runs from the centre of the place; `within` is true inside its radius.
    """

    named: NamedPoint
    distance_m: float
    direction: Compass
    within: bool


def parse_degrees(typed: str | float) -> float:
    """Read one coordinate in decimal degrees; a comma serves as decimal sign.

    Raises NotANumber for anything else, NaN and infinity included.
    """
    if isinstance(typed, (int, float)) and not isinstance(typed, bool):
        if not math.isfinite(typed):
            raise NotANumber(str(typed))
        return float(typed)
    text = str(typed).strip()
    match = _NUMBER.fullmatch(text.upper()) if len(text) <= _MAX_TYPED else None
    if match is None:
        raise NotANumber(text)
    value = float(match["digits"].replace(",", "."))
    negative = match["sign"] in ("-", "\u2212")
    if match["letter"] and match["letter"] in _NEGATIVE_LETTERS:
        negative = not negative
    return -value if negative else value


def parse_position(lat: str | float | None, lon: str | float | None) -> tuple[float, float] | None:
    """Read a position as (lat, lon) in degrees; None when both halves are empty.

    Raises HalfMissing, NotANumber, OutOfRange or SwappedCoordinates, all of them BadCoordinate.
    """
    given = [half for half in (lat, lon) if half is not None and str(half).strip() != ""]
    if not given:
        return None
    if lat is None or lon is None or len(given) == 1:
        raise HalfMissing(str(given[0]))
    return check_position(parse_degrees(lat), parse_degrees(lon))


def check_position(lat: float, lon: float) -> tuple[float, float]:
    """Return (lat, lon) when they can be a position; raise a BadCoordinate otherwise."""
    typed = f"{lat}, {lon}"
    if not (math.isfinite(lat) and math.isfinite(lon)):
        raise NotANumber(typed)
    if _between(lat, SWEDEN_LON) and _between(lon, SWEDEN_LAT):
        raise SwappedCoordinates(typed, lat=lon, lon=lat)
    if abs(lat) > 90 or abs(lon) > 180:
        raise OutOfRange(typed)
    return lat, lon


def metres_per_degree(lat: float) -> tuple[float, float]:
    """Metres in one degree of latitude and of longitude on the ellipsoid at this latitude."""
    phi = math.radians(lat)
    curvature = 1 - _ECCENTRICITY_2 * math.sin(phi) ** 2
    meridian = _SEMI_MAJOR_M * (1 - _ECCENTRICITY_2) / curvature**1.5
    normal = _SEMI_MAJOR_M / math.sqrt(curvature)
    return math.radians(1) * meridian, math.radians(1) * normal * math.cos(phi)


def distance_m(from_lat: float, from_lon: float, to_lat: float, to_lon: float) -> float:
    """Metres between two points a municipality apart or closer (0.1 % off at 50 km)."""
    east, north = _offset_m(from_lat, from_lon, to_lat, to_lon)
    return math.hypot(east, north)


def direction(from_lat: float, from_lon: float, to_lat: float, to_lon: float) -> Compass:
    """The eighth of the compass in which the second point lies seen from the first."""
    east, north = _offset_m(from_lat, from_lon, to_lat, to_lon)
    eighth = round(math.degrees(math.atan2(east, north)) / 45) % 8
    return tuple(Compass)[eighth]


def nearest(lat: float, lon: float, places: Iterable[NamedPoint]) -> Nearest | None:
    """The place whose extent is nearest to the point; the smaller extent wins a tie.

    None without places. Inside several extents the smallest one names the point, so that a
    square is preferred to the town around it.
    """
    best: tuple[tuple[float, float, float, str], NamedPoint, float] | None = None
    for place in places:
        north_m = abs(place.lat - lat) * _LEAST_PER_DEGREE_M
        if best is not None and north_m - place.radius_m > best[0][0]:
            continue  # too far north or south already
        metres = distance_m(place.lat, place.lon, lat, lon)
        rank = (max(0.0, metres - place.radius_m), place.radius_m, metres, place.name)
        if best is None or rank < best[0]:
            best = (rank, place, metres)
    if best is None:
        return None
    _, place, metres = best
    return Nearest(
        named=place,
        distance_m=metres,
        direction=direction(place.lat, place.lon, lat, lon),
        within=metres <= place.radius_m,
    )


def nearest_spot(lat: float, lon: float, places: Iterable[NamedPoint]) -> Nearest | None:
    """The place that tells a person best where a point is; None without places.

    A spot within a walk says more than the town around it, so the nearest spot comes first. The
    map in the browser says the same (``frontend/js/nearest.js``).
    """

    def rank(place: NamedPoint) -> tuple[bool, float]:
        metres = distance_m(place.lat, place.lon, lat, lon)
        is_spot = place.radius_m <= SPOT_RADIUS_M and metres <= SPOT_WITHIN_M
        return not is_spot, metres

    best = min(places, key=rank, default=None)
    if best is None:
        return None
    metres = rank(best)[1]
    seen = direction(best.lat, best.lon, lat, lon)
    return Nearest(best, metres, seen, within=metres <= best.radius_m)


def snap(lat: float, lon: float, cell_m: float = 50.0) -> tuple[float, float]:
    """Centre of the cell that the point falls in, on a fixed grid of `cell_m` local metres.

    The rows follow latitude; within a row the columns have their width from the row's middle,
    so every point of a cell snaps to the same place, and snapping twice changes nothing.
    """
    if not cell_m > 0:
        raise ValueError("cell_m must be positive")
    # One row height everywhere (a degree at 60 N) keeps the rows fixed; it is 0.3 % off in Skåne.
    row_height = cell_m / metres_per_degree(60.0)[0]
    row_lat = (math.floor(lat / row_height) + 0.5) * row_height
    column_width = cell_m / metres_per_degree(row_lat)[1]
    return row_lat, (math.floor(lon / column_width) + 0.5) * column_width


def bounds(points: Sequence[tuple[float, float]]) -> tuple[float, float, float, float]:
    """South, west, north and east of the (lat, lon) points; ValueError without points."""
    if not points:
        raise ValueError("no points to bound")
    lats = [lat for lat, _ in points]
    lons = [lon for _, lon in points]
    return min(lats), min(lons), max(lats), max(lons)


def _offset_m(
    from_lat: float, from_lon: float, to_lat: float, to_lon: float
) -> tuple[float, float]:
    per_lat, per_lon = metres_per_degree((from_lat + to_lat) / 2)
    return (to_lon - from_lon) * per_lon, (to_lat - from_lat) * per_lat


def _between(value: float, limits: tuple[float, float]) -> bool:
    return limits[0] <= value <= limits[1]
