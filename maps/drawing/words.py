"""The words that a map document carries, handed in by whoever renders it.

`maps` knows no language: the texts come from outside, and Swedish is the one that ships.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MapWords:
    """Texts on the map itself. `area` and `persons` are templates for str.format.

    `area` and `area_at_least` take rank, name and n; `all_areas`, `all_signs` (numbers and
    letters), `persons`, `density` and `at_least` take n. `show_all_short` stands on the button that
    `show_all` names, and begins as it does: who speaks to a page says what can be read.
    """

    map_label: str
    zoom_in: str
    zoom_out: str
    show_all: str
    show_all_short: str
    all_areas: str
    all_signs: str
    cells_layer: str
    areas_layer: str
    hotspots_layer: str
    area: str
    area_at_least: str
    persons: str
    density: str
    at_least: str
    stands_out: str
    stands_out_more: str
    stands_out_most: str
    attribution: str


SWEDISH = MapWords(
    map_label="Karta över platser som känns otrygga. Samma uppgifter finns i listan.",
    zoom_in="Zooma in",
    zoom_out="Zooma ut",
    show_all="Visa hela kommunen",
    show_all_short="Visa hela",
    all_areas="Visa alla {n} områden",
    all_signs="Visa alla {n} märken",
    cells_layer="Personer per ruta",
    areas_layer="Områden som sticker ut",
    hotspots_layer="Hotspots: fler än väntat",
    area="Område {rank}: {name}, {n} personer",
    area_at_least="Område {rank}: {name}, minst {n} personer",
    persons="{n} personer",
    density="Minst {n} personer per km²",
    at_least="Minst {n} personer",
    stands_out="Sticker ut",
    stands_out_more="Sticker tydligt ut",
    stands_out_most="Sticker mycket tydligt ut",
    attribution="Schematisk karta, inte för navigering",
)
