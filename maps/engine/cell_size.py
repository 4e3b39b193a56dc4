"""How large the cells of an analysis are: as chosen, or as small as a machine can afford."""

import numpy as np

from maps.engine.grid import Grid, grid_around

DEFAULT_CELL_M = 100.0
MOST_CELLS = 300_000  # beyond this a cell that nobody chose is made larger
MOST_CHOSEN_CELLS = 1_500_000
FARTHEST_M = 1_700_000.0  # Sweden is 1 570 km long: wider than that is a mistyped row
_HALF_ROUND_KM = 20_000.0  # nothing on the earth lies further apart
_NICE = (1, 2, 2.5, 5, 10)


class TooWide(ValueError):
    """The marks lie further apart than any area of one analysis; `km` tells how far."""

    def __init__(self, km: float) -> None:
        self.km = min(km, _HALF_ROUND_KM)
        super().__init__(f"{self.km:.0f} km")


class TooManyCells(ValueError):
    """The chosen cell makes too many cells; `cell_m` is one that does not."""

    def __init__(self, cell_m: float) -> None:
        super().__init__(f"{cell_m:g} m")
        self.cell_m = cell_m


def sized_grid(bounds: tuple[float, float, float, float], cell_m: float | None) -> Grid:
    """The grid over ``bounds`` (west, south, east, north in metres).

    A cell that nobody chose (None) grows until the grid is affordable. Raises TooWide where the
    bounds are wider than the country is long, and TooManyCells for a chosen cell that is too small.
    """
    west, south, far_east, far_north = bounds
    width, height = far_east - west, far_north - south
    if not max(width, height) <= FARTHEST_M:
        raise TooWide(max(width, height) / 1000)
    most = MOST_CELLS if cell_m is None else MOST_CHOSEN_CELLS
    if cell_m is not None and _cells(width, height, cell_m) > most:
        raise TooManyCells(_fitting_cell(width, height, most))
    chosen = cell_m or max(DEFAULT_CELL_M, _fitting_cell(width, height, most))
    corners = np.array([west, far_east]), np.array([south, far_north])
    return grid_around(*corners, cell_m=chosen)


def _cells(width: float, height: float, cell_m: float) -> float:
    return (width / cell_m + 2) * (height / cell_m + 2)


def _fitting_cell(width: float, height: float, most: int) -> float:
    """The least round length that makes at most so many cells."""
    power = 1.0
    while True:
        for step in _NICE:
            if _cells(width, height, step * power) <= most:
                return step * power
        power *= 10
