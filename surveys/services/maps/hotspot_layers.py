"""The layers of a staff map: what is drawn, and what its lists tell of them.

For the job process and commands only. What is stored are counts; the query withholds small ones.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from shapely.geometry.base import BaseGeometry

from maps.drawing.cell_layers import CommonestLayer, commonest_layer, told_cells
from maps.drawing.drawing import person_limits
from maps.drawing.groups import GroupLayer, group_layer
from maps.drawing.map_layers import HATCHED, DrawnClass
from maps.drawing.shown import (
    AreaShown,
    AreasShown,
    GroupsShown,
    MapLayer,
    SquaresShown,
    standard_layers,
)
from maps.drawing.words import SWEDISH
from maps.engine.grid import Ints
from maps.engine.hotspots import Analysis
from maps.engine.said import CellPersons
from maps.engine.surface import Surface
from surveys.models.response import PlaceReason, TimeOfDay
from surveys.queries.ground.divisions import Division
from surveys.services.maps.hotspot_input import RunInput
from surveys.services.maps.hotspot_names import name_at
from surveys.services.maps.hotspot_near import near_rows
from surveys.services.maps.hotspot_zones import ToldAreas

Members = type[PlaceReason] | type[TimeOfDay]

# What the map says of its classes; the pages have the same words (a test holds them together).
MEMBER_WORDS: Mapping[str, str] = {
    "dark": "Mörkt",
    "overgrown": "Buskar eller skymd sikt",
    "deserted": "Öde",
    "frightening_people": "Folk som skrämmer",
    "drugs": "Narkotika",
    "drunkenness": "Fylla",
    "traffic": "Fort eller farlig trafik",
    "damage": "Skräp eller skadegörelse",
    "happened_to_me": "Något har hänt mig där",
    "other": "Annat",
    "day": "Dag",
    "evening": "Kväll",
    "night": "Natt",
}
FEW = "För få svar"
OTHERS = "Övriga"
LISTED_GROUPS = 30  # of the largest, in the list beside the map


@dataclass(frozen=True, slots=True)
class LayerInput:
    """What layers are made from besides the analysis; ``told`` says which areas may be.

    ``borders`` are the areas as they are drawn; both are by the kind of the division.
    """

    data: RunInput
    told: Mapping[str, ToldAreas]
    borders: Mapping[str, Sequence[BaseGeometry]]

    @property
    def has_members(self) -> bool:
        """Whether reasons and times may be told: not of a part, it would be a third direction."""
        return self.data.everybody is None

    @property
    def area_step(self) -> int:
        """Numbers by area are rounded down to a multiple of this; 1: they are exact.

        Of a part they are not: the map of all tells exactly how many said so at a hotspot.
        """
        return 1 if self.data.everybody is None else self.data.min_respondents


@dataclass(frozen=True, slots=True)
class Layers:
    """Layers to draw, and their figures as they are stored."""

    shown: tuple[MapLayer, ...]
    figures: dict[str, Any]


def make_layers(source: LayerInput, analysis: Analysis) -> Layers:
    """All layers that have anything to show, in the order in which a page offers them."""
    made: list[tuple[MapLayer, dict[str, Any]]] = [
        (layer, _squares(layer) | near_rows(layer.layer, source.data))
        for layer in standard_layers(analysis, SWEDISH)
        if isinstance(layer, SquaresShown)
    ]
    if analysis.surface is not None and analysis.persons is not None:
        made += _layers_of_persons(source, analysis.surface, analysis.persons)
    for division in source.data.divisions:
        made.append(_areas(source, division, analysis.settings.min_respondents))
    return Layers(
        tuple(layer for layer, _ in made), {layer.key: figures for layer, figures in made}
    )


def _layers_of_persons(
    source: LayerInput, surface: Surface, persons: CellPersons
) -> list[tuple[MapLayer, dict[str, Any]]]:
    least = source.data.min_respondents
    groups, cells = group_layer(surface, persons, least), told_cells(surface, least)
    if not groups.finest:
        return []
    said = SWEDISH.at_least.format(n="%n")
    made: list[tuple[MapLayer, dict[str, Any]]] = [
        (GroupsShown("groups", groups, said), _groups(groups, source.data, least))
    ]
    kinds: list[tuple[str, Members, Ints]] = [
        ("reasons", PlaceReason, source.data.marks.reasons),
        ("times", TimeOfDay, source.data.marks.times),
    ]
    for key, members, masks in kinds if source.has_members else ():
        counts = persons.count(masks, len(members), cells)
        if counts.any():
            commonest = commonest_layer(surface.grid, cells, counts, least)
            shown, figures = _commonest(key, [member.value for member in members], commonest)
            made.append((shown, figures | near_rows(commonest.layer, source.data)))
    return made


def _squares(shown: SquaresShown) -> dict[str, Any]:
    layer = shown.layer
    return {
        "limits": list(layer.limits),
        "squares": [layer.count(level) for level in range(1, len(layer.limits) + 1)],
    }


def _groups(groups: GroupLayer, data: RunInput, step: int) -> dict[str, Any]:
    """``n`` is the lowest number that it may be, of ``step`` numbers."""
    rows = [
        {"name": name_at(g.lat, g.lon, data), "n": g.n_respondents}
        for g in groups.finest[:LISTED_GROUPS]
    ]
    return {"rows": rows, "step": step, "n_groups": len(groups.finest)}


def _commonest(
    key: str, values: Sequence[str], commonest: CommonestLayer
) -> tuple[SquaresShown, dict[str, Any]]:
    """A colour for each member that is commonest somewhere, then the others, then too few."""
    members = [values[member] for member in commonest.members]
    classes = [DrawnClass(f"cell k{n}", MEMBER_WORDS[m]) for n, m in enumerate(members, start=1)]
    if commonest.has_others:
        classes.append(DrawnClass(f"cell k{len(members) + 1}", OTHERS))
    if commonest.has_few:
        classes.append(DrawnClass(HATCHED, FEW))
    squares = [commonest.layer.count(level) for level in range(1, len(classes) + 1)]
    figures = {
        "members": members,
        "has_others": commonest.has_others,
        "has_few": commonest.has_few,
        "squares": squares,
    }
    return SquaresShown(key, commonest.layer, tuple(classes)), figures


def _areas(source: LayerInput, division: Division, least: int) -> tuple[AreasShown, dict[str, Any]]:
    """The areas by persons; the figure of an area that is hidden is not even stored."""
    here, step = source.told[division.kind], source.area_step
    lows = here.n - here.n % step
    told = [int(n) if is_told else None for n, is_told in zip(lows, here.told, strict=True)]
    limits = person_limits(least, max((n for n in told if n is not None), default=0))
    shapes = []
    borders = source.borders[division.kind]
    number = SWEDISH.persons if step == 1 else SWEDISH.at_least.lower()
    for shape, name, n in zip(borders, division.names, told, strict=True):
        level = int(np.searchsorted(limits, n, side="right")) if n is not None else 0
        said = number.format(n=n) if n is not None else FEW.lower()
        look = f"cell area s{level}" if level else HATCHED
        shapes.append(AreaShown(shape, look, f"{name}: {said}"))
    rows = [
        {"code": code, "name": name, "n": n, "population": population}
        for code, name, n, population in zip(
            division.codes, division.names, told, division.populations, strict=True
        )
    ]
    figures = {
        "kind": division.kind,
        "limits": list(limits),
        "rows": rows,
        "step": step,
        "source": division.source,
    }
    return AreasShown(f"area-{division.kind}", tuple(shapes)), figures
