"""From residents' marks to persons per cell.

A person counts once in a cell however many marks they set there. A mark given by a place's name
counts over the extent of that place, its one person shared among the cells; a mark that only names
a district has no position and is left out and counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from maps.areas import NEAR_LIMIT_M, Outline
from maps.crs import shape_to_metres, to_metres
from maps.grid import Floats, Grid, Ints
from maps.places import Place, Precision


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

    @property
    def n_persons(self) -> int:
        """The number of distinct respondents."""
        return int(np.unique(self.person).size)


@dataclass(frozen=True, slots=True)
class Entries:
    """One row per mark and cell that it touches: cell index, person, share of the person, mark."""

    cell: Ints
    person: Ints
    share: Floats
    mark: Ints


def read_marks(places: Sequence[Place], outline: Outline | None = None) -> Marks:
    """Project the marks to metres and leave out, counted, what cannot stand on the map.

    Districts have no position, NaN and infinity are unusable, and with an outline a mark further
    out than NEAR_LIMIT_M is outside: one mistyped row must not stretch the grid over a continent.
    """
    located = [i for i, place in enumerate(places) if place.precision is not Precision.DISTRICT]
    east, north = to_metres([places[i].lat for i in located], [places[i].lon for i in located])
    finite = np.isfinite(east) & np.isfinite(north)
    near = finite.copy()
    if outline is not None:
        area = shape_to_metres(outline.geometry)
        shapely.prepare(area)
        near[finite] = shapely.dwithin(
            area, shapely.points(east[finite], north[finite]), NEAR_LIMIT_M
        )
    kept = [i for i, good in zip(located, near, strict=True) if good]
    return Marks(
        east=east[near],
        north=north[near],
        person=_person_codes([places[i].respondent for i in kept]),
        extent_m=np.array([_extent_m(places[i]) for i in kept], dtype=np.float64),
        source=np.array(kept, dtype=np.int64),
        n_districts=len(places) - len(located),
        n_outside=int(finite.sum() - near.sum()),
        n_unusable=int((~finite).sum()),
    )


def spread(marks: Marks, grid: Grid) -> Entries:
    """The cells that each mark touches, and the share of its person in each."""
    alone = marks.extent_m <= 0
    point = np.flatnonzero(alone)
    cells = [grid.index(marks.east[point], marks.north[point])]
    shares = [np.ones(point.size)]
    owners = [point.astype(np.int64)]
    for mark in np.flatnonzero(~alone):
        touched = grid.cells_within(
            float(marks.east[mark]), float(marks.north[mark]), float(marks.extent_m[mark])
        )
        cells.append(touched)
        shares.append(np.full(touched.size, 1 / max(1, touched.size)))
        owners.append(np.full(touched.size, mark, dtype=np.int64))
    cell, share, mark_of = np.concatenate(cells), np.concatenate(shares), np.concatenate(owners)
    on_grid = cell >= 0
    mark_of = mark_of[on_grid]
    return Entries(cell[on_grid], marks.person[mark_of], share[on_grid], mark_of)


def persons_per_cell(entries: Entries, grid: Grid) -> tuple[Floats, Ints]:
    """The persons' shares summed per cell, and the number of distinct persons per cell.

    The two are equal where all marks are points.
    """
    order = np.lexsort((entries.share, entries.person, entries.cell))
    cell, person = entries.cell[order], entries.person[order]
    # The last of each run of equal (cell, person) carries that person's largest share.
    last = np.ones(order.size, dtype=bool)
    last[:-1] = (cell[1:] != cell[:-1]) | (person[1:] != person[:-1])
    share = entries.share[order][last]
    value: Floats = np.bincount(cell[last], weights=share, minlength=grid.size).astype(np.float64)
    distinct = np.bincount(cell[last], minlength=grid.size)
    return value.reshape(grid.shape), distinct.astype(np.int64).reshape(grid.shape)


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
