"""The ground that a name covers on a dialogue's public maps: as it was when first drawn, for good.

A register changes: a network of streets is imported again, and a street is longer than it was. Were
those who named it counted over the new ground, an edition would move squares though nobody came.
Whoever knows how many named the street subtracts them, and has the few pins that lie there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from maps.places import Place, Precision
from maps.public_cells import PublicMark
from surveys.queries.maps.map_editions import PublicMarkRow

Extents = Mapping[str, Any]  # by the place's id, as JSON keeps it


def hold_extents(
    rows: Sequence[PublicMarkRow], earlier: Extents
) -> tuple[tuple[PublicMark, ...], dict[str, Any]]:
    """The marks that have a position, each name over the ground of ``earlier`` editions.

    And what the next edition is held to: the same, with the names that are new in this one.
    """
    held = dict(earlier)
    grounds: dict[str, dict[str, Any]] = {}  # read once a name, not once a mark
    marks = []
    for row in rows:
        if row.place is None:
            continue
        place = row.place
        if row.named_id is not None:
            name = str(row.named_id)
            if name not in grounds:
                grounds[name] = _read(held.setdefault(name, _stored(place)))
            place = replace(place, **grounds[name])
        marks.append(PublicMark(place, row.is_sensitive))
    return tuple(marks), held


def _stored(place: Place) -> dict[str, Any]:
    return {
        "at": [place.lat, place.lon],
        "precision": place.precision.value,
        "extent_m": place.extent_m,
        "line": [[list(point) for point in run] for run in place.line],
    }


def _read(kept: Mapping[str, Any]) -> dict[str, Any]:
    lat, lon = kept["at"]
    return {
        "lat": lat,
        "lon": lon,
        "precision": Precision(kept["precision"]),
        "extent_m": kept["extent_m"],
        "line": tuple(tuple((x, y) for x, y in run) for run in kept["line"]),
    }
