"""200 areas of statistics and the 40 larger ones that they make up, with 20 000 corners."""

from itertools import pairwise

import numpy as np
import shapely
from shapely.geometry import Polygon, mapping
from sqlalchemy.orm import Session

from benchmarks.hotspots import HEIGHT_M, WIDTH_M
from benchmarks.marks_data import EAST, NORTH
from maps.crs import shape_to_degrees
from surveys.models.geography import Area, AreaKind

ACROSS, UP = 20, 10  # areas of the finer division
OF_ONE = 5  # of them, side by side, make one of the coarser
_BENDS = 25  # corners of a border between two
_UNEVEN_M = 250.0

Point = tuple[float, float]


def add_areas(session: Session) -> None:
    """Add both divisions to the municipality."""
    fine = _areas()
    coarse = [shapely.union_all(fine[at : at + OF_ONE]) for at in range(0, len(fine), OF_ONE)]
    for kind, shapes in ((AreaKind.DESO, fine), (AreaKind.REGSO, coarse)):
        for number, shape in enumerate(shapes):
            session.add(
                Area(
                    municipality_id=1, kind=kind, code=f"{number:04}", name=f"Område {number}",
                    geometry=mapping(shape_to_degrees(shape)), source="prov",
                )
            )  # fmt: skip
    session.flush()


def _areas() -> list[Polygon]:
    """Row by row, in metres, every border shared by both sides to the last corner."""
    borders: dict[tuple[Point, Point], list[Point]] = {}
    width, height = WIDTH_M / ACROSS, HEIGHT_M / UP
    corners = [
        [(EAST + column * width, NORTH + row * height) for column in range(ACROSS + 1)]
        for row in range(UP + 1)
    ]
    draw = np.random.default_rng(5)
    areas = []
    for low, high in pairwise(corners):
        for column in range(ACROSS):
            ring = (low[column], low[column + 1], high[column + 1], high[column])
            sides = zip(ring, (*ring[1:], ring[0]), strict=True)
            line = [point for start, end in sides for point in _border(start, end, borders, draw)]
            areas.append(Polygon(line))
    return areas


def _border(
    start: Point,
    end: Point,
    borders: dict[tuple[Point, Point], list[Point]],
    draw: np.random.Generator,
) -> list[Point]:
    """The corners from the start on, without the end; bent once, whichever side asks first."""
    if (end, start) in borders:
        return [start, *reversed(borders[end, start][1:])]
    along = np.arange(_BENDS)[:, np.newaxis] / _BENDS
    step = np.array(end) - np.array(start)
    aside = step[::-1] != 0  # across the border: it never meets itself
    bent = draw.uniform(-1, 1, (_BENDS, 1)) * _UNEVEN_M * (0.5 - np.abs(along - 0.5))
    line = np.array(start) + along * step + bent * aside
    borders[start, end] = [(float(x), float(y)) for x, y in line]
    return borders[start, end]
