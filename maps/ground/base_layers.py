"""What a base map is made of: its layers, and by which names files call what belongs in them.

The names are those of OpenStreetMap and of Lantmäteriet's open data, in small letters. docs/
operate.md has the same table for whoever prepares a file.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class BaseLayer(StrEnum):
    """The layers of a base map's tiles; the order is the order of drawing."""

    EARTH = "earth"
    LANDUSE = "landuse"
    WATER = "water"
    ISLANDS = "islands"
    WATERWAYS = "waterways"
    BUILDINGS = "buildings"
    PATHS = "paths"
    STREETS = "streets"
    ROADS = "roads"
    RAIL = "rail"
    BOUNDARIES = "boundaries"
    PLACES = "places"


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a feature belongs: a layer, and its kind within it."""

    layer: BaseLayer
    kind: str


# Farther out than this a layer is only noise on a phone, and weight in the file.
FIRST_ZOOM: Mapping[BaseLayer, int] = {
    BaseLayer.EARTH: 7,
    BaseLayer.LANDUSE: 9,
    BaseLayer.WATER: 7,
    BaseLayer.ISLANDS: 7,
    BaseLayer.WATERWAYS: 10,
    BaseLayer.BUILDINGS: 13,
    BaseLayer.PATHS: 13,
    BaseLayer.STREETS: 11,
    BaseLayer.ROADS: 7,
    BaseLayer.RAIL: 8,
    BaseLayer.BOUNDARIES: 7,
    BaseLayer.PLACES: 7,
}
LAST_ZOOM = 14

SURFACES = frozenset(
    {
        BaseLayer.EARTH,
        BaseLayer.LANDUSE,
        BaseLayer.WATER,
        BaseLayer.ISLANDS,
        BaseLayer.BUILDINGS,
    }
)
LINES = frozenset(
    {
        BaseLayer.WATERWAYS,
        BaseLayer.PATHS,
        BaseLayer.STREETS,
        BaseLayer.ROADS,
        BaseLayer.RAIL,
        BaseLayer.BOUNDARIES,
    }
)

# Columns that say what a feature is, the first that tells it decides.
KIND_COLUMNS = (
    "kind",
    "fclass",
    "objekttyp",
    "detaljtyp",
    "highway",
    "railway",
    "waterway",
    "natural",
    "water",
    "building",
    "place",
    "landuse",
    "leisure",
    "boundary",
    "class",
    "type",
)
NAME_COLUMNS = ("name", "namn", "name:sv", "ortnamn", "text", "gatunamn", "vagnamn", "label")

_WORDS: Mapping[Slot, str] = {
    Slot(BaseLayer.EARTH, "earth"): "earth landyta",
    Slot(BaseLayer.ISLANDS, "land"): "land island islet ö",
    Slot(BaseLayer.LANDUSE, "wood"): (
        "wood forest park nature_reserve cemetery skog barrskog lövskog barr-_och_blandskog"
        " fjällbjörkskog grass meadow recreation_ground village_green garden golf_course"
    ),
    Slot(BaseLayer.LANDUSE, "built"): (
        "built residential_area commercial industrial retail urban_area"
        " bebyggelse sluten_bebyggelse hög_bebyggelse låg_bebyggelse tätort industriområde"
        " bebyggelseområde fritidsbebyggelse hög_och_sluten_bebyggelse"
        " industri-_och_handelsbebyggelse"
    ),
    Slot(BaseLayer.WATER, "water"): (
        "water lake sea ocean reservoir riverbank bay basin pond vatten vattenyta sjö hav"
        " vattendragsyta anlagt_vatten"
    ),
    Slot(BaseLayer.WATERWAYS, "river"): (
        "river stream canal ditch drain vattendrag å bäck älv kanal dike"
    ),
    Slot(BaseLayer.BUILDINGS, "building"): (
        "building yes house detached apartments garage school church byggnad bostad industri"
        " samhällsfunktion verksamhet ekonomibyggnad komplementbyggnad"
    ),
    Slot(BaseLayer.PATHS, "path"): (
        "path footway cycleway pedestrian steps track bridleway track_grade1 track_grade2"
        " track_grade3 track_grade4 track_grade5 gångväg cykelväg gång-_och_cykelväg stig"
        " gångstig gcm-väg vandringsled"
    ),
    Slot(BaseLayer.STREETS, "street"): (
        "street tertiary tertiary_link unclassified residential living_street service"
        " minor_road gata lokalgata lokalgata_stor lokalgata_liten småväg småväg_enkel_standard"
        " landsväg_liten kvartersväg enskild_väg bilväg väg"
    ),
    Slot(BaseLayer.ROADS, "main"): (
        "main motorway trunk primary secondary motorway_link trunk_link primary_link"
        " secondary_link major_road highway motorväg motortrafikled mötesfri_väg landsväg"
        " huvudgata allmän_väg europaväg riksväg länsväg övergripande_länk"
    ),
    Slot(BaseLayer.RAIL, "rail"): (
        "rail light_rail tram subway narrow_gauge järnväg spårväg tunnelbana räls"
    ),
    Slot(BaseLayer.BOUNDARIES, "outline"): "outline administrative kommungräns kommun",
    Slot(BaseLayer.PLACES, "city"): "city town stad locality",
    Slot(BaseLayer.PLACES, "village"): "village hamlet ort by småort",
    Slot(BaseLayer.PLACES, "suburb"): "suburb quarter neighbourhood stadsdel isolated_dwelling",
}
BY_WORD: Mapping[str, Slot] = {
    word: slot for slot, words in _WORDS.items() for word in words.split()
}
# What a whole layer of a file is, where no column of a feature says it: parts of the layer's name.
BY_LAYER_NAME: Mapping[str, Slot] = {
    "building": Slot(BaseLayer.BUILDINGS, "building"),
    "byggnad": Slot(BaseLayer.BUILDINGS, "building"),
    "waterway": Slot(BaseLayer.WATERWAYS, "river"),
    "vattendrag": Slot(BaseLayer.WATERWAYS, "river"),
    "hydrolinje": Slot(BaseLayer.WATERWAYS, "river"),
    "water": Slot(BaseLayer.WATER, "water"),
    "vatten": Slot(BaseLayer.WATER, "water"),
    "landuse": Slot(BaseLayer.LANDUSE, "built"),
    "bebyggelse": Slot(BaseLayer.LANDUSE, "built"),
    "skog": Slot(BaseLayer.LANDUSE, "wood"),
    "forest": Slot(BaseLayer.LANDUSE, "wood"),
    "rail": Slot(BaseLayer.RAIL, "rail"),
    "ralstrafik": Slot(BaseLayer.RAIL, "rail"),
    "jarnvag": Slot(BaseLayer.RAIL, "rail"),
    "järnväg": Slot(BaseLayer.RAIL, "rail"),
    "path": Slot(BaseLayer.PATHS, "path"),
    "street": Slot(BaseLayer.STREETS, "street"),
    "gata": Slot(BaseLayer.STREETS, "street"),
    "gator": Slot(BaseLayer.STREETS, "street"),
    "road": Slot(BaseLayer.STREETS, "street"),
    "väg": Slot(BaseLayer.STREETS, "street"),
    "vag": Slot(BaseLayer.STREETS, "street"),
    "place": Slot(BaseLayer.PLACES, "village"),
    "ortnamn": Slot(BaseLayer.PLACES, "village"),
    "land": Slot(BaseLayer.EARTH, "earth"),
    "earth": Slot(BaseLayer.EARTH, "earth"),
    "boundar": Slot(BaseLayer.BOUNDARIES, "outline"),
    "kommungr": Slot(BaseLayer.BOUNDARIES, "outline"),
}


def slot_of(columns: Mapping[str, str], layer_name: str, *, dimension: int) -> Slot | None:
    """Where a feature belongs by its columns (small letters), else by its layer's name.

    `dimension` is 0 for points, 1 for lines and 2 for surfaces: a lake is no street. None for what
    a map does not draw.
    """
    for column in KIND_COLUMNS:
        word = columns.get(column, "").casefold().replace(" ", "_").strip(",.")
        if word == "residential" and dimension == 2:  # of lines it is a kind of street
            word = "residential_area"
        found = _by_column(column, word, columns)
        if found is not None and _fits(found, dimension):
            return found
    name = layer_name.casefold()
    for part, slot in BY_LAYER_NAME.items():
        if part in name and _fits(slot, dimension):
            return slot
    return None


def _by_column(column: str, word: str, columns: Mapping[str, str]) -> Slot | None:
    if not word:
        return None
    if column == "building":
        return Slot(BaseLayer.BUILDINGS, "building")
    if word == "road":  # the schematic maps' own word; `level` says which
        is_main = columns.get("level") == "main"
        return BY_WORD["main"] if is_main else BY_WORD["street"]
    return BY_WORD.get(word)


def _fits(slot: Slot, dimension: int) -> bool:
    if slot.layer in SURFACES:
        return dimension == 2
    if slot.layer is BaseLayer.BOUNDARIES:
        return dimension > 0
    return dimension == (1 if slot.layer in LINES else 0)
