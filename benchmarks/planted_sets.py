"""Sets of marks with clusters planted among them, of many kinds, as a stranger would draw them.

Nothing here knows how the engine looks for clusters: positions in degrees go in, polygons in
degrees come out, and a planted disc counts as found by their areas alone.
"""

import math
from dataclasses import dataclass, replace

import numpy as np
import shapely
from scipy import ndimage
from shapely.geometry.base import BaseGeometry

from maps.engine.point_analysis import People, PointAnalysis, Points
from maps.engine.scan_statistic import poisson_ratio
from maps.planes import Plane

CLEAR = 20.0  # log likelihood ratio of the true disc: the greatest of chance is 8 to 14
LEAST = 12  # marks in a disc
# Of the ground of a disc with a risk: where people live. A risk marks nothing else, so where it is
# less, all that can be seen of the disc is no half of it, which is what an area must cover.
PEOPLED = 0.5
SWEDEN = Plane(3006), 560_000.0, 6_790_000.0
ABROAD = ((Plane(32633), 390_000.0, 5_810_000.0), (Plane(32722), 320_000.0, 7_390_000.0))


@dataclass(frozen=True, slots=True)
class Kind:
    """How a set is drawn.

    `people`: None, even, uneven (log-normal), towns, or forest (towns, and nobody in much of the
    rest). `disc`: extra marks that lie evenly in it, a risk in proportion to people, or a bell
    whose two standard deviations the radius is. `where`: anywhere, people (by how many live
    there), edge, or near another disc. `ground`: box, small, long, or ragged (a star with
    a hole).
    """

    people: str | None = None
    people_cell_m: float = 250.0
    disc: str = "extra"
    where: str = "anywhere"
    ground: str = "box"
    boundary: bool = False
    n: int = 2000
    clusters: int = 2
    radii: tuple[float, ...] = (100.0, 200.0, 400.0, 800.0, 1500.0, 2500.0, 4000.0)
    strength: float = 0.1  # share of the marks that a disc adds, or log2 of the risk
    cell_m: float | None = None
    several: bool = False  # marks per respondent, some of them on one spot
    abroad: int | None = None


@dataclass(frozen=True, slots=True)
class Disc:
    """A planted disc in metres, and the ratio of what is in it."""

    x: float
    y: float
    radius: float
    ratio: float = 0.0

    @property
    def shape(self) -> BaseGeometry:
        """As a polygon."""
        return shapely.Point(self.x, self.y).buffer(self.radius, 64)


@dataclass(frozen=True, slots=True, eq=False)
class PlantedSet:
    """What `analyse_points` takes, and what it should find."""

    points: Points
    people: People | None
    boundary: BaseGeometry | None
    discs: tuple[Disc, ...]
    plane: Plane
    planted: tuple[Disc, ...] = ()  # with those that do not stand out clearly

    def found(self, analysis: PointAnalysis) -> list[bool]:
        """For each disc: does one area hold its middle and half of it, not being far too large?"""
        areas = [self.plane.shape_to_metres(analysis.polygon(found)) for found in analysis.findings]
        return [any(_finds(area, disc) for area in areas) for disc in self.discs]

    def surplus(self, analysis: PointAnalysis) -> list[BaseGeometry]:
        """The areas in metres that touch nothing that was planted."""
        areas = [self.plane.shape_to_metres(analysis.polygon(found)) for found in analysis.findings]
        planted = shapely.union_all([disc.shape for disc in self.planted])
        return [area for area in areas if not area.intersects(planted)]


def _finds(area: BaseGeometry, disc: Disc) -> bool:
    shape = disc.shape
    most = 1e6 if disc.radius < 250 else 4 * math.pi * disc.radius**2
    return bool(
        area.area <= most
        and area.contains(shapely.Point(disc.x, disc.y))
        and area.intersection(shape).area >= shape.area / 2
    )


def draw_set(draw: np.random.Generator, kind: Kind) -> PlantedSet:
    """One set; only discs that stand out clearly are told, which may be none."""
    plane, ground = _where(draw, kind)
    land = _Land(draw, kind, ground)
    discs = _discs(draw, kind, land)
    parts = [land.marks(draw, _background(kind, discs))]
    parts += [_extra(draw, kind, disc, land) for disc in discs]
    marks = np.vstack(parts)
    marks = marks[shapely.contains_xy(ground, marks[:, 0], marks[:, 1])]
    told = [replace(disc, ratio=land.ratio(disc, marks)) for disc in discs]
    told = [disc for disc in told if disc.ratio >= CLEAR and _holds(disc, marks) >= LEAST]
    marks, respondent = _repeated(draw, marks) if kind.several else (marks, None)
    return replace(
        _as_files(kind, plane, land, marks, respondent, told), planted=tuple(_felt(kind, discs))
    )


def _felt(kind: Kind, discs: list[Disc]) -> list[Disc]:
    """As far as their marks reach: a bell goes on beyond two standard deviations."""
    reach = 2.0 if kind.disc == "bell" else 1.0
    return [replace(disc, radius=reach * disc.radius) for disc in discs]


def draw_null(draw: np.random.Generator, kind: Kind) -> PlantedSet:
    """Marks that fall by people, or evenly, and nothing else."""
    plane, ground = _where(draw, kind)
    land = _Land(draw, kind, ground)
    return _as_files(kind, plane, land, land.marks(draw, kind.n), None, [])


def _as_files(kind, plane, land, marks, respondent, told) -> PlantedSet:
    points = Points(*plane.to_degrees(marks[:, 0], marks[:, 1]), respondent)
    boundary = plane.shape_to_degrees(shapely.segmentize(land.ground, 500.0))
    return PlantedSet(
        points, land.file(plane), boundary if kind.boundary else None, tuple(told), plane
    )


def _where(draw: np.random.Generator, kind: Kind) -> tuple[Plane, BaseGeometry]:
    plane, east, north = SWEDEN if kind.abroad is None else ABROAD[kind.abroad]
    return plane, shapely.transform(_ground(draw, kind.ground), lambda xy: xy + (east, north))


def _ground(draw: np.random.Generator, name: str) -> BaseGeometry:
    if name == "long":
        turned = shapely.affinity.rotate(shapely.box(0, 0, 46_000, 9_000), draw.uniform(-60, 60))
        return shapely.affinity.translate(turned, 0, 20_000)
    if name == "ragged":
        angles = np.sort(draw.uniform(0, 2 * np.pi, 40))
        reach = draw.uniform(6_000, 17_000, 40)
        reach = ndimage.gaussian_filter1d(reach, 1, mode="wrap")
        star = shapely.Polygon(np.column_stack([reach * np.cos(angles), reach * np.sin(angles)]))
        hole = shapely.Point(*draw.uniform(-3_000, 3_000, 2)).buffer(2_000)
        return shapely.make_valid(star).difference(hole)
    if name == "small":
        return shapely.box(0, 0, 12_000, 9_000)
    width, height = draw.choice([12_000, 20_000, 30_000, 40_000], 2)
    return shapely.box(0, 0, width, height * 0.75)


class _Land:
    """People by square, and where marks fall when nothing is the matter."""

    def __init__(self, draw: np.random.Generator, kind: Kind, ground: BaseGeometry) -> None:
        self.ground, self.side = ground, kind.people_cell_m if kind.people else 100.0
        west, south, east, north = ground.bounds
        x = np.arange(west // self.side, east // self.side + 1) * self.side + self.side / 2
        y = np.arange(south // self.side, north // self.side + 1) * self.side + self.side / 2
        self.x, self.y = (part.ravel() for part in np.meshgrid(x, y))
        half = self.side / 2
        squares = shapely.box(self.x - half, self.y - half, self.x + half, self.y + half)
        shapely.prepare(ground)
        self.inside = shapely.covers(ground, squares).astype(float)
        cut = np.flatnonzero((self.inside == 0) & shapely.intersects(ground, squares))
        self.inside[cut] = shapely.area(shapely.intersection(squares[cut], ground)) / self.side**2
        self.kind = kind
        self.number = self._people(draw) * (self.inside > (0.999 if kind.people else 0))

    def _people(self, draw: np.random.Generator) -> np.ndarray:
        kind, size = self.kind.people, self.x.size
        if kind is None:
            return self.inside
        if kind == "even":
            return np.full(size, 10.0)
        if kind == "uneven":
            return np.round(draw.lognormal(2.0, 1.2, size))
        towns = np.zeros(size)
        for reach, most in ((1800, 1.0), (1000, 0.6), (700, 0.5), (500, 0.4), (400, 0.4)):
            middle = draw.integers(size)
            gap = np.hypot(self.x - self.x[middle], self.y - self.y[middle])
            towns += most * np.exp(-((gap / reach) ** 2) / 2)
        rural = 0.004 * (draw.random(size) < 0.25) if kind == "forest" else 0.01
        mean = (towns + rural) * 4000 * (self.side / 1000) ** 2
        return draw.poisson(mean * draw.lognormal(0, 0.4, size)).astype(float)

    def marks(self, draw: np.random.Generator, n: int, weight: np.ndarray | None = None):
        """Marks in squares by people, even within each, all on the ground."""
        weight = self.number if weight is None else weight
        # Where a square is cut by the edge of the ground, as many tries miss the ground as lie off.
        weight = np.divide(weight, self.inside, out=np.zeros(weight.size), where=self.inside > 0)
        out = np.zeros((0, 2))
        while len(out) < n:
            square = draw.choice(self.x.size, n, p=weight / weight.sum())
            aside = draw.uniform(-self.side / 2, self.side / 2, (n, 2))
            points = np.column_stack([self.x[square], self.y[square]]) + aside
            on = shapely.contains_xy(self.ground, points[:, 0], points[:, 1])
            out = np.vstack([out, points[on]])
        return out[:n]

    def parts(self, disc: Disc) -> np.ndarray:
        """The people of each square that live in the disc."""
        return self._covered(disc) * self.number

    def peopled(self, disc: Disc) -> float:
        """The part of the disc's ground where people live."""
        covered = self._covered(disc)[self.number > 0].sum() * self.side**2
        return float(covered / disc.shape.area)

    def _covered(self, disc: Disc) -> np.ndarray:
        """The part of the ground of each square that lies in the disc."""
        near = np.hypot(self.x - disc.x, self.y - disc.y) <= disc.radius + self.side
        part = np.zeros(self.x.size)
        half = self.side / 2
        x, y = self.x[near], self.y[near]
        squares = shapely.intersection(
            shapely.box(x - half, y - half, x + half, y + half), self.ground
        )
        whole = np.maximum(shapely.area(squares), 1.0)
        part[near] = shapely.area(shapely.intersection(squares, disc.shape)) / whole
        return part

    def ratio(self, disc: Disc, marks: np.ndarray) -> float:
        """Of the disc, held to people; marks where nobody lives to the even ground there."""
        expected = float(self.parts(disc).sum() / self.number.sum()) * len(marks)
        return float(poisson_ratio(_holds(disc, marks), max(expected, 0.5), len(marks)))

    def file(self, plane: Plane) -> People | None:
        """The rows with people, as a statistics office gives them."""
        if self.kind.people is None:
            return None
        some = self.number > 0
        return People(*plane.to_degrees(self.x[some], self.y[some]), self.number[some])


def _holds(disc: Disc, marks: np.ndarray) -> int:
    return int((np.hypot(marks[:, 0] - disc.x, marks[:, 1] - disc.y) <= disc.radius).sum())


def _discs(draw: np.random.Generator, kind: Kind, land: _Land) -> list[Disc]:
    discs: list[Disc] = []
    for _ in range(400):
        if len(discs) == kind.clusters:
            break
        disc = _disc(draw, kind, land, discs)
        inside = disc.shape.intersection(land.ground).area / disc.shape.area
        fits = inside > (0.7 if kind.where == "edge" else 0.999)
        gap = 0.3 if kind.where == "near" else 1.0
        apart = all(
            math.hypot(disc.x - other.x, disc.y - other.y)
            >= disc.radius + other.radius + max(gap * max(disc.radius, other.radius), 300.0)
            for other in discs
        )
        if not (fits and apart and disc.shape.area < 0.12 * land.ground.area):
            continue
        if kind.disc != "risk" or land.peopled(disc) >= PEOPLED:
            discs.append(disc)
    return discs


def _disc(draw: np.random.Generator, kind: Kind, land: _Land, others: list[Disc]) -> Disc:
    radius = float(draw.choice(kind.radii)) * draw.uniform(0.8, 1.25)
    if kind.where == "people":
        ((x, y),) = land.marks(draw, 1)
    elif kind.where == "edge":
        x, y = shapely.get_coordinates(
            land.ground.boundary.interpolate(draw.random(), normalized=True)
        )[0] + draw.uniform(-radius, radius, 2)
    elif kind.where == "near" and others:
        other, angle = others[draw.integers(len(others))], draw.uniform(0, 2 * np.pi)
        gap = other.radius + radius + max(draw.uniform(0.3, 1.5) * max(radius, other.radius), 300)
        x, y = other.x + gap * np.cos(angle), other.y + gap * np.sin(angle)
    else:
        west, south, east, north = land.ground.bounds
        x, y = draw.uniform((west, south), (east, north))
    return Disc(float(x), float(y), radius)


def _background(kind: Kind, discs: list[Disc]) -> int:
    """The rest of the marks; those that a risk adds come on top."""
    added = 0.0 if kind.disc == "risk" else kind.strength * len(discs)
    return max(int(kind.n * (1 - added)), kind.n // 3)


def _extra(draw: np.random.Generator, kind: Kind, disc: Disc, land: _Land) -> np.ndarray:
    if kind.disc == "risk":
        weight = land.parts(disc)
        mean = weight.sum() / land.number.sum() * kind.n * (2.0**kind.strength - 1)
        number = draw.poisson(mean)
        if not number:
            return np.zeros((0, 2))
        points = land.marks(draw, number * 4, weight)
        return points[np.hypot(points[:, 0] - disc.x, points[:, 1] - disc.y) <= disc.radius][
            :number
        ]
    number = int(kind.n * kind.strength)
    if kind.disc == "bell":
        return draw.normal((disc.x, disc.y), disc.radius / 2, (number, 2))
    angle, reach = draw.uniform(0, 2 * np.pi, number), disc.radius * np.sqrt(draw.random(number))
    return np.column_stack([disc.x + reach * np.cos(angle), disc.y + reach * np.sin(angle)])


def _repeated(draw: np.random.Generator, marks: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Three marks a respondent, and every tenth tells a place of theirs four times more."""
    respondent = draw.integers(0, max(1, len(marks) // 3), len(marks))
    loud = draw.choice(len(marks), len(marks) // 10, replace=False)
    again = np.repeat(loud, 4)
    return np.vstack([marks, marks[again]]), np.concatenate([respondent, respondent[again]])
