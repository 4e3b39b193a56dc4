"""What a live map shows: layers of squares, groups and areas, with the words of their classes."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from maps.drawing.cell_layers import CellLayer, density_layer, gi_layer, persons_layer
from maps.drawing.groups import GroupLayer
from maps.drawing.map_layers import DrawnClass
from maps.drawing.words import MapWords
from maps.engine.hotspots import Analysis


@dataclass(frozen=True, slots=True)
class SquaresShown:
    """Squares of the grid in classes, each with its look and its words."""

    key: str
    layer: CellLayer
    classes: tuple[DrawnClass, ...]


@dataclass(frozen=True, slots=True)
class GroupsShown:
    """Groups of marks with their numbers of persons; `said` has "%n" for the number."""

    key: str
    layer: GroupLayer
    said: str


@dataclass(frozen=True, slots=True)
class AreaShown:
    """One area of a division in WGS 84; `said` may hold a name, as it was imported."""

    shape: BaseGeometry
    css_class: str
    said: str


@dataclass(frozen=True, slots=True)
class AreasShown:
    """The areas of one division."""

    key: str
    areas: tuple[AreaShown, ...]


MapLayer = SquaresShown | GroupsShown | AreasShown


def standard_layers(analysis: Analysis, words: MapWords) -> list[MapLayer]:
    """Persons by square, density and Gi*, those that have anything to show."""
    shown: list[MapLayer] = []
    persons = persons_layer(analysis)
    if persons is not None and not persons.is_empty:
        said = [words.persons.format(n=name) for name in class_names(persons.limits)]
        said[-1] = words.at_least.format(n=round(persons.limits[-1]))
        shown.append(SquaresShown("persons", persons, sequence(said)))
    density = density_layer(analysis)
    if density is not None and not density.is_empty:
        said = [words.density.format(n=round(limit)) for limit in density.limits]
        shown.append(SquaresShown("density", density, sequence(said)))
    gi = gi_layer(analysis)
    if gi is not None and not gi.is_empty:
        said = [words.stands_out, words.stands_out_more, words.stands_out_most]
        looks = tuple(DrawnClass(f"cell s{n + 3}", text) for n, text in enumerate(said))
        shown.append(SquaresShown("gi", gi, looks))
    return shown


def sequence(said: Sequence[str]) -> tuple[DrawnClass, ...]:
    """The looks of classes by rising value."""
    return tuple(DrawnClass(f"cell s{n}", text) for n, text in enumerate(said, start=1))


def class_names(limits: Sequence[float]) -> list[str]:
    """Classes of whole numbers from their lowest: "5–6", "7–9", "10–"."""
    lows = [round(limit) for limit in limits]
    closed = [
        str(low) if low + 1 == high else f"{low}–{high - 1}"
        for low, high in itertools.pairwise(lows)
    ]
    return closed + [f"{low}–" for low in lows[-1:]]
