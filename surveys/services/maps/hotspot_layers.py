"""The layers of a staff map: what is drawn, and what its lists tell of them.

For the job process and commands only. What is stored are counts; the query withholds small ones.
"""

from collections.abc import Mapping, Sequence
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
from surveys.queries.maps.map_layers import CLASS_RULE
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


# Layers in the order in which a page offers them, each with its figures as they are stored.
Made = Sequence[tuple[MapLayer, dict[str, Any]]]


def cell_layers(data: RunInput, analysis: Analysis) -> Made:
    """What is told of squares and of groups of them, all that have anything to show.

    Reasons and times are not told of a part of the marks: it would be a third direction.
    """
    made: list[tuple[MapLayer, dict[str, Any]]] = [
        (layer, _squares(layer) | near_rows(layer.layer, data))
        for layer in standard_layers(analysis, SWEDISH)
        if isinstance(layer, SquaresShown)
    ]
    if analysis.surface is not None and analysis.persons is not None:
        made += _layers_of_persons(data, analysis.surface, analysis.persons)
    return made


def area_layers(
    data: RunInput,
    told: Mapping[str, ToldAreas],
    borders: Mapping[str, Sequence[BaseGeometry]],
) -> Made:
    """The areas of each division: ``told`` says which may tell a number, ``borders`` are the areas
    as they are drawn; both are by the kind of the division.
    """
    return [_areas(data, each, told[each.kind], borders[each.kind]) for each in data.divisions]


def _layers_of_persons(
    data: RunInput, surface: Surface, persons: CellPersons
) -> list[tuple[MapLayer, dict[str, Any]]]:
    least = data.min_respondents
    groups, cells = group_layer(surface, persons, least), told_cells(surface, least)
    if not groups.finest:
        return []
    said = SWEDISH.at_least.format(n="%n")
    made: list[tuple[MapLayer, dict[str, Any]]] = [
        (GroupsShown("groups", groups, said), _groups(groups, data, least))
    ]
    kinds: list[tuple[str, Members, Ints]] = [
        ("reasons", PlaceReason, data.marks.reasons),
        ("times", TimeOfDay, data.marks.times),
    ]
    for key, members, masks in kinds if data.everybody is None else ():
        counts = persons.count(masks, len(members), cells)
        if counts.any():
            commonest = commonest_layer(surface.grid, cells, counts, least)
            shown, figures = _commonest(key, [member.value for member in members], commonest)
            made.append((shown, figures | near_rows(commonest.layer, data)))
    return made


def _squares(shown: SquaresShown) -> dict[str, Any]:
    layer = shown.layer
    return {
        "limits": list(layer.limits),
        "squares": [layer.count(level) for level in range(1, len(layer.limits) + 1)],
        "class_rule": CLASS_RULE,
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


def _areas(
    data: RunInput, division: Division, here: ToldAreas, borders: Sequence[BaseGeometry]
) -> tuple[AreasShown, dict[str, Any]]:
    """The areas by persons; the figure of an area that is hidden is not even stored.

    Of a part the numbers are rounded down: the map of all tells exactly how many said so at a
    hotspot.
    """
    least = data.min_respondents
    step = 1 if data.everybody is None else least
    lows = here.n - here.n % step
    told = [int(n) if is_told else None for n, is_told in zip(lows, here.told, strict=True)]
    limits = person_limits(least, max((n for n in told if n is not None), default=0))
    shapes = []
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
