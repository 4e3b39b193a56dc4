"""From significant cells to areas with a shape, a count of persons and the marks they hold."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from scipy import ndimage
from shapely.geometry.base import BaseGeometry

from maps.crs import WGS84, to_degrees
from maps.engine.distinct import count_distinct, distinct
from maps.engine.grid import Bools, Floats, Ints
from maps.engine.marks import Entries, Marks
from maps.engine.surface import Surface

_EIGHT_NEIGHBOURS = np.ones((3, 3), dtype=bool)


@dataclass(frozen=True, slots=True)
class Concentration:
    """An area of touching marked cells where Gi* is significant, held by enough persons.

    Empty cells that are significant only through their neighbours are not part of it.
    `polygon` in WGS 84 is exactly the cells; `lat` and `lon` are the middle of its strongest cell,
    the point to name it from. `members` are the indices of its marks in the analysed sequence.
    Where `is_at_least` both numbers have been rounded down.
    """

    rank: int
    polygon: BaseGeometry
    lat: float
    lon: float
    area_km2: float
    n_marks: int
    n_respondents: int
    z_max: float
    p_min: float
    q_min: float
    members: tuple[int, ...]
    is_at_least: bool = False


@dataclass(frozen=True, slots=True)
class TooFew:
    """Touching marked cells held by fewer persons than the limit: named in words, never drawn.

    `lat` and `lon` are the middle of the cell with most persons.
    """

    lat: float
    lon: float
    n_respondents: int
    members: tuple[int, ...]


class HasMembers(Protocol):
    """An area that knows its marks, by their indices in the analysed sequence."""

    @property
    def members(self) -> tuple[int, ...]:
        """The indices, rising."""


def find_concentrations(
    surface: Surface,
    marks: Marks,
    entries: Entries,
    *,
    false_discovery_rate: float,
    min_respondents: int,
) -> tuple[Concentration, ...]:
    """Areas of touching marked cells with q at most the rate, strongest first.

    Areas with fewer than `min_respondents` distinct persons are left out.
    """
    significant = np.nan_to_num(surface.q, nan=1.0) <= false_discovery_rate
    labels = _label(significant & (surface.respondents > 0))
    found = [
        (label, members)
        for label, members in _members(labels, entries).items()
        if _persons(marks, members) >= min_respondents
    ]
    if not found:
        return ()
    shapes = _dissolve(surface, labels, [label for label, _ in found])
    areas = [_concentration(surface, marks, labels == k, shapes[k], m) for k, m in found]
    areas.sort(key=lambda area: (-area.z_max, -area.n_respondents, -area.lat, area.lon))
    return tuple(replace(area, rank=rank) for rank, area in enumerate(areas, start=1))


def find_too_few(
    surface: Surface,
    marks: Marks,
    entries: Entries,
    *,
    areas: Sequence[HasMembers],
    min_respondents: int,
) -> tuple[TooFew, ...]:
    """Groups of touching marked cells with fewer than `min_respondents` persons, most first.

    Marks that one of the `areas` already counts make no group.
    """
    is_counted = np.zeros(int(marks.source.max(initial=-1)) + 1, dtype=bool)
    for area in areas:
        is_counted[list(area.members)] = True
    free = ~is_counted[marks.source[entries.mark]]
    left = Entries(
        entries.cell[free], entries.person[free], entries.share[free], entries.mark[free]
    )
    marked = np.zeros(surface.grid.size, dtype=bool)
    marked[left.cell] = True
    labels = _label(marked.reshape(surface.grid.shape))
    groups = [
        _too_few(surface, marks, labels == label, members)
        for label, members in _members(labels, left).items()
        if _persons(marks, members) < min_respondents
    ]
    return tuple(sorted(groups, key=lambda group: (-group.n_respondents, -group.lat, group.lon)))


def _label(chosen: Bools) -> Ints:
    labels, _ = ndimage.label(chosen, structure=_EIGHT_NEIGHBOURS)
    return np.asarray(labels, dtype=np.int64)


def _members(labels: Ints, entries: Entries) -> dict[int, Ints]:
    """The distinct marks that touch each labelled group; a label without marks is left out."""
    label_of = labels.ravel()[entries.cell]
    inside = label_of > 0
    n_marks = int(entries.mark.max(initial=0)) + 1
    label, mark = np.divmod(distinct(label_of[inside] * n_marks + entries.mark[inside]), n_marks)
    if label.size == 0:
        return {}
    parts = np.split(mark, np.flatnonzero(np.diff(label)) + 1)
    return {int(k): part for k, part in zip(distinct(label), parts, strict=True)}


def _persons(marks: Marks, members: Ints) -> int:
    return count_distinct(marks.person[members])


def _dissolve(surface: Surface, labels: Ints, wanted: list[int]) -> dict[int, BaseGeometry]:
    cells = surface.cells(np.isin(labels, wanted))
    cells["area"] = labels.ravel()[cells.index]
    areas = cells[["area", "geometry"]].dissolve("area").simplify(0).to_crs(WGS84)
    return {int(label): shape for label, shape in areas.items()}


def _concentration(
    surface: Surface, marks: Marks, inside: Bools, polygon: BaseGeometry, members: Ints
) -> Concentration:
    lat, lon = _strongest(surface, inside, surface.z)
    return Concentration(
        rank=0,
        polygon=polygon,
        lat=lat,
        lon=lon,
        area_km2=float(inside.sum()) * (surface.grid.cell_m / 1000) ** 2,
        n_marks=int(members.size),
        n_respondents=_persons(marks, members),
        z_max=float(surface.z[inside].max()),
        p_min=float(surface.p[inside].min()),
        q_min=float(surface.q[inside].min()),
        members=_sources(marks, members),
    )


def _too_few(surface: Surface, marks: Marks, inside: Bools, members: Ints) -> TooFew:
    lat, lon = _strongest(surface, inside, surface.respondents.astype(np.float64))
    return TooFew(lat, lon, _persons(marks, members), _sources(marks, members))


def _strongest(surface: Surface, inside: Bools, values: Floats) -> tuple[float, float]:
    """The middle of the inside's highest cell, the southernmost and westernmost of equals."""
    flat = np.flatnonzero(inside)
    best = flat[np.argmax(values.ravel()[flat])]
    east, north = surface.grid.centre(np.array([best]))
    lat, lon = to_degrees(east, north)
    return float(lat[0]), float(lon[0])


def _sources(marks: Marks, members: Ints) -> tuple[int, ...]:
    return tuple(np.sort(marks.source[members]).tolist())
