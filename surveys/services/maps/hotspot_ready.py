"""What a map needs that asks nothing of what is found among its marks: made beside the analysis.

For the job process and commands only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from maps.area_counts import areas_of_marks, simplified
from maps.engine.marks import Located
from surveys.services.maps.hotspot_guard import areas_to_hide
from surveys.services.maps.hotspot_input import RunInput
from surveys.services.maps.hotspot_rows import SaidAnywhere, said_anywhere
from surveys.services.maps.hotspot_zones import AreaZones, area_zones


@dataclass(frozen=True, slots=True, eq=False)
class Ready:
    """``borders`` are the areas of each division as they are drawn, by its kind. ``anywhere`` is
    None of a part of the marks: what was said of them would be told in three directions.
    """

    borders: Mapping[str, Sequence[BaseGeometry]]
    areas: AreaZones
    anywhere: SaidAnywhere | None


def make_ready(data: RunInput) -> Ready:
    """Compute: no database."""
    everybody, located = data.everybody, all_located(data)
    borders = {each.kind: simplified(each.shapes) for each in data.divisions}
    area_of = {each.kind: areas_of_marks(located, each.shapes) for each in data.divisions}
    if everybody is None:
        return Ready(borders, area_zones(data, area_of, {}), said_anywhere(data.marks))
    hidden = areas_to_hide(data.divisions, area_of, everybody, data.min_crossed)
    area_of = {kind: of_mark[everybody.is_chosen] for kind, of_mark in area_of.items()}
    return Ready(borders, area_zones(data, area_of, hidden), None)


def all_located(data: RunInput) -> Located:
    """Everybody's marks with a position, also where the map is of a part of them."""
    return data.marks.located if data.everybody is None else data.everybody.located
