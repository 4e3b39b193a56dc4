"""The country files of GeoNames: a list of places without a header."""

import math
from collections.abc import Iterable

import shapely

from maps.areas import Outline
from maps.files.opening import BadGeoFile
from maps.places import BadCoordinate, parse_position
from surveys.drafts.geography import PlaceDraft
from surveys.models.place import PlaceKind
from surveys.text.typed import clean_text
from webapp.commands.ground_rows import LONGEST_NAME, whole

_GEONAMES_KINDS = {
    "P": PlaceKind.LOCALITY,
    "PPLX": PlaceKind.DISTRICT,
    "SQR": PlaceKind.SQUARE,
    "RSTN": PlaceKind.STATION,
    "PRK": PlaceKind.PARK,
    "SCH": PlaceKind.SCHOOL,
    "LIBR": PlaceKind.LIBRARY,
    "STDM": PlaceKind.SPORT,
}
_GEONAMES_COLUMNS = 19
_PER_KM2 = 1000  # inhabitants of a Swedish locality: how wide one of GeoNames is taken to be


def is_geonames(line: str) -> bool:
    """Is this a line of a country file of GeoNames: 19 columns between tabs, the first a number?"""
    cells = line.split("\t")
    return len(cells) == _GEONAMES_COLUMNS and cells[0].isdigit()


def geonames_drafts(lines: Iterable[str], outline: Outline | None) -> tuple[list[PlaceDraft], int]:
    """Localities and a few other kinds in the municipality, and how many lines lay outside it.

    Of several with one name the most populous is kept. GeoNames' other names are left out: most
    are of other languages and alphabets.
    """
    drafts: dict[str, PlaceDraft] = {}
    outside = 0
    for line in lines:
        draft = _geonames_place(line.rstrip("\r\n").split("\t"))
        if draft is None:
            continue
        if outline is not None and not outline.geometry.contains(
            shapely.Point(draft.lon, draft.lat)
        ):
            outside += 1
            continue
        known = drafts.get(draft.name.casefold())
        if known is None or (draft.population or 0) > (known.population or 0):
            drafts[draft.name.casefold()] = draft
    return list(drafts.values()), outside


def _geonames_place(cells: list[str]) -> PlaceDraft | None:
    if len(cells) != _GEONAMES_COLUMNS:
        return None
    kind = _GEONAMES_KINDS.get(cells[7]) or _GEONAMES_KINDS.get(cells[6])
    name = clean_text(cells[1])
    if kind is None or not 0 < len(name) <= LONGEST_NAME:
        return None
    try:
        where = parse_position(cells[4], cells[5])
        people = whole(cells[14]) or None
    except (BadCoordinate, BadGeoFile):
        return None
    if where is None:
        return None
    radius = None
    if people and kind is PlaceKind.LOCALITY:
        radius = max(400, round(1000 * math.sqrt(people / _PER_KM2 / math.pi) / 100) * 100)
    return PlaceDraft(name, *where, kind=kind, radius_m=radius, population=people)
