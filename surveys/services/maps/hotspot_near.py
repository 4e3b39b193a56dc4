"""Where a layer's squares lie, in words: the list beside the map that says the same as it."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely

from maps.crs import to_metres
from maps.drawing.cell_layers import CellLayer
from maps.engine.grid import Floats
from maps.places import NamedPoint
from surveys.services.maps.hotspot_input import RunInput
from surveys.services.maps.hotspot_names import NAMING_REACH_M

# A longer list is not read, and the map has them all: the strongest classes come first.
LISTED_ROWS = 40
NAMED_SQUARES = 1000


def near_rows(layer: CellLayer, data: RunInput) -> dict[str, Any]:
    """``near``: [name, class, number of squares], high classes first; ``n_more``: squares beyond.

    Told of the squares that the layer shows and nothing else. A name is empty where the register
    has none.
    """
    strongest = np.argsort(-layer.levels, kind="stable")[:NAMED_SQUARES]
    names = _names_at(*layer.grid.centre(layer.cells[strongest]), data)
    counted = Counter(zip(names, layer.levels[strongest].tolist(), strict=True))
    rows = sorted(
        ([name, level, n] for (name, level), n in counted.items()),
        key=lambda row: (-row[1], -row[2], row[0]),
    )[:LISTED_ROWS]
    return {"near": rows, "n_more": layer.cells.size - sum(row[2] for row in rows)}


def _names_at(east: Floats, north: Floats, data: RunInput) -> list[str]:
    """As `name_at` names a spot, for many spots (metres) at once."""
    close, metres = _closest(east, north, data.narrow)
    wide, _ = _closest(east, north, data.register)
    streets = data.streets.near_all(shapely.points(east, north))
    return [
        near if near and apart <= NAMING_REACH_M else street or around
        for near, apart, street, around in zip(close, metres, streets, wide, strict=True)
    ]


def _closest(east: Floats, north: Floats, places: Sequence[NamedPoint]) -> tuple[list[str], Floats]:
    """The name of the place whose extent is nearest to each spot, and the metres to it."""
    if not places or not east.size:
        return [""] * east.size, np.full(east.size, np.inf)
    # Of two extents that a spot lies in, the smaller names it: as of two that are as near.
    ordered = sorted(places, key=lambda place: (place.radius_m, place.name))
    at = to_metres([place.lat for place in ordered], [place.lon for place in ordered])
    across = np.hypot(east[:, None] - at[0], north[:, None] - at[1])
    apart = np.maximum(0.0, across - [place.radius_m for place in ordered])
    best = np.argmin(apart, axis=1)
    return [ordered[place].name for place in best], apart[np.arange(east.size), best]
