"""What each form of a published map tells: page, picture, file and open data, read back."""

import itertools
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from bs4 import BeautifulSoup
from shapely.geometry import shape

from maps.crs import shape_to_metres

CELL_M = 250
PAGE = "/soderhamn/dialoger/oppen/karta"
FILE = f"{PAGE}.geojson"
API = "/api/v1/municipalities/soderhamn/dialogues/oppen/map-cells"
RESULTS = "/soderhamn/dialoger/oppen/resultat.json"
Kept = Mapping[str, str]  # a body by its address
Cell = tuple[int, int]
Cells = Mapping[Cell, int]  # at least so many persons, by column and row

_POSITION = re.compile(r"-?\d+\.\d{3,}")
_AT_LEAST = re.compile(r"[Mm]inst (\d+) personer")


def all_cells(kept: Kept) -> dict[str, Cells]:
    """The cells by the form that tells them; raise AssertionError where one is no whole square."""
    rows = f"{API}?limit=1000&format="
    return {
        "file": _of_features(json.loads(kept[FILE])["features"], "at_least"),
        "geojson": _of_features(
            json.loads(kept[f"{rows}geojson"])["features"], "respondents_at_least"
        ),
        "json": _of_rows(json.loads(kept[f"{rows}json"])["data"]),
        "csv": _of_rows(json.loads(kept[f"{rows}csv"])),
    }


def classes_of_page(kept: Kept) -> dict[str, Counter[int]]:
    """How many squares "at least so many" have: by the page's list, and by each of its pictures."""
    page = BeautifulSoup(kept[PAGE], "html.parser")
    listed: Counter[int] = Counter()
    for row in page.select("#lista ol > li"):
        [least] = _AT_LEAST.findall(row.h3.get_text())
        listed[int(least)] += sum(
            int(n) for n in re.findall(r": (\d+) rut(?:a|or)", row.get_text())
        )
    found = {"list": listed}
    for width in ("wide", "narrow"):
        drawn = page.select(f".map--{width} svg .cell")
        levels = [re.search(r"\bs(\d)", " ".join(path["class"])) for path in drawn]
        found[width] = Counter(5 * 2 ** (int(level[1]) - 1) for level in levels if level)
    return found


def totals(kept: Kept) -> set[int]:
    """What the forms say of all persons on the map."""
    page = BeautifulSoup(kept[PAGE], "html.parser").select_one("main dl.dates")
    assert page is not None
    said = re.search(r"Personer på kartan\s+minst (\d+)", page.get_text(" ", strip=True))
    assert said is not None
    return {int(said[1]), int(json.loads(kept[FILE])["respondents_at_least"])}


def positions(texts: Iterable[str]) -> Iterator[tuple[float, float]]:
    """Every two numbers beside each other that could be a position, both ways round."""
    for text in texts:
        numbers = [float(n) for n in _POSITION.findall(text)]
        for one, other in itertools.pairwise(numbers):
            yield one, other
            yield other, one


def _of_features(features: Sequence[Mapping[str, Any]], least: str) -> Cells:
    shapes = [(shape(f["geometry"]), f["properties"]) for f in features]
    for geometry, _ in shapes:
        for x, y in _corners(shape_to_metres(geometry)):
            # Rounded to five decimals; what is drawn lies on the grid and follows no mark.
            assert max(abs(x - CELL_M * round(x / CELL_M)), abs(y - CELL_M * round(y / CELL_M))) < 2
    return {
        _cell(geometry.centroid.x, geometry.centroid.y): told[least]
        for geometry, told in shapes
        if told["level"]
    }


def _of_rows(rows: Sequence[Mapping[str, Any]]) -> Cells:
    return {
        _cell(float(row["longitude"]), float(row["latitude"])): int(row["respondents_at_least"])
        for row in rows
        if int(row["level"])
    }


def _cell(lon: float, lat: float) -> Cell:
    at = shape_to_metres(shape({"type": "Point", "coordinates": [lon, lat]}))
    return int(at.x // CELL_M), int(at.y // CELL_M)


def _corners(geometry: Any) -> Iterator[tuple[float, float]]:
    for polygon in getattr(geometry, "geoms", [geometry]):
        for ring in (polygon.exterior, *polygon.interiors):
            yield from ring.coords
