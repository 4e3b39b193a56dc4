"""The words that a map document carries, handed in by whoever renders it.

`maps` knows no language: the texts come from outside, and Swedish is the one that ships.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MapWords:
    """Texts on the map itself. `area` and `persons` are templates for str.format.

    `area` takes rank, name and n; `persons` and `density` take n.
    """

    map_label: str
    zoom_in: str
    zoom_out: str
    show_all: str
    layers: str
    cells_layer: str
    density_layer: str
    areas_layer: str
    hotspots_layer: str
    area: str
    persons: str
    density: str
    attribution: str


SWEDISH = MapWords(
    map_label="Karta över platser som känns otrygga. Samma uppgifter finns i listan.",
    zoom_in="Zooma in",
    zoom_out="Zooma ut",
    show_all="Visa hela kommunen",
    layers="Kartlager",
    cells_layer="Personer per ruta",
    density_layer="Täthet",
    areas_layer="Områden som sticker ut",
    hotspots_layer="Hotspots: fler än väntat",
    area="Område {rank}: {name}, {n} personer",
    persons="{n} personer",
    density="{n} personer per km²",
    attribution="Schematisk karta, inte för navigering",
)
