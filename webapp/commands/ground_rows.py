"""From files of geography to what is stored: rows are read, and what is wrong with each is kept."""

import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from maps.areas import Outline
from maps.crs import to_degrees, to_metres
from maps.engine.expected import cell_sides
from maps.engine.grid import Floats
from maps.files.geofiles import GeoFile, GeoRow, middle, surface
from maps.files.opening import BadGeoFile
from maps.files.tables import cells_typed, column_named, lines_of, read_columns, read_form
from maps.geojson import rounded
from maps.places import BadCoordinate, check_position
from surveys.drafts.geography import AreaDraft
from surveys.text.typed import clean_text

# The names that SCB and GDAL give these columns, in small letters.
CODES = ("deso", "desokod", "deso_2025", "regso", "regsokod", "kod", "code", "id")
NAMES = ("regsonamn", "desonamn", "namn", "name")
SQUARES = ("rutid", "rut", "ruta", "rut_id")
LONGEST_CODE, LONGEST_NAME, MOST_PEOPLE, WIDEST_M = 20, 120, 10_000_000, 50_000


class Problems:
    """What is wrong, row by row. One is enough for nothing to be stored."""

    def __init__(self) -> None:
        self.rows: list[tuple[int, str, Mapping[str, str | int]]] = []

    def add(self, number: int, code: str, values: Mapping[str, str | int] | None = None) -> None:
        """Keep one."""
        self.rows.append((number, code, values or {}))


def find_column(file: GeoFile, chosen: str | None, usual: Iterable[str]) -> str | None:
    """The chosen column, else the first with a usual name. Raises BadGeoFile: no_column."""
    by_name = {name.casefold(): name for name in file.columns}
    if chosen is None:
        return next((by_name[name] for name in usual if name in by_name), None)
    if chosen.casefold() not in by_name:
        known = ", ".join(file.columns)[:200] or "–"
        raise BadGeoFile("no_column_of", column=chosen, columns=known)
    return by_name[chosen.casefold()]


def area_drafts(
    file: GeoFile, columns: tuple[str, str | None, str | None], outline: Outline | None
) -> tuple[list[AreaDraft], int, int, Problems]:
    """Areas of the municipality, how many lay outside it and were mended, and what is wrong.

    `columns` are those of code, name and inhabitants.
    """
    drafts: dict[str, AreaDraft] = {}
    outside = mended = 0
    problems = Problems()
    for row in file.rows:
        try:
            shape, repaired = surface(row)
            point = shape.representative_point()
            if outline is not None and not outline.geometry.contains(point):
                outside += 1
                continue
            draft = _area(row, shape, columns)
            if draft.code in drafts:
                raise BadGeoFile("code_twice", typed=draft.code)
        except BadGeoFile as error:
            problems.add(row.number, error.code, error.values)
            continue
        drafts[draft.code] = draft
        mended += repaired
    return list(drafts.values()), outside, mended, problems


def _area(
    row: GeoRow, shape: shapely.Geometry, columns: tuple[str, str | None, str | None]
) -> AreaDraft:
    code_column, name_column, people_column = columns
    code = text_of(row.values[code_column])
    if not code or len(code) > LONGEST_CODE:
        raise BadGeoFile("bad_code", typed=code[:60])
    name = text_of(row.values[name_column]) if name_column else ""
    people = None if people_column is None else whole(row.values[people_column])
    return AreaDraft(code, (name or code)[:LONGEST_NAME], rounded(shape), people)


def whole(value: Any) -> int | None:
    """A number of inhabitants; None where the cell is empty. Raises BadGeoFile: not_people."""
    text = text_of(value).replace("\u00a0", "").replace(" ", "").replace(",", ".")
    if not text:
        return None
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not 0 <= number <= MOST_PEOPLE:
        raise BadGeoFile("not_people", typed=text[:40])
    return round(number)


def text_of(value: Any) -> str:
    """A cell as text; empty where it is missing."""
    missing = value is None or (isinstance(value, float) and math.isnan(value))
    return "" if missing else clean_text(str(value))


def square_cells(path: Path, population: str) -> tuple[Floats, Problems]:
    """Rows of lon, lat and inhabitants of a CSV file. Raises BadTable."""
    form = read_form(path)
    lower = [name.casefold() for name in form.columns]
    square = next((name for name in SQUARES if name in lower), None)
    column_named(path, form, population)
    if square is None:
        numbers, _ = read_columns(path, ("lon", "lat", population))
        cells = np.column_stack([numbers["lon"], numbers["lat"], numbers[population]])
    else:
        numbers, _ = read_columns(path, (square, population))
        cells = _from_names(numbers[square], numbers[population])
    return cells, _checked(path, population, cells)


def _from_names(names: Floats, number: Floats) -> Floats:
    """SCB names a square by its south-western corner: six digits of east, then seven of north."""
    good = np.isfinite(names) & (names >= 1e12) & (names < 1e13)
    safe = np.where(good, names, 0).astype(np.int64)
    east, north = (safe // 10_000_000).astype(float), (safe % 10_000_000).astype(float)
    east[~good] = np.nan
    side = side_of(east[good], north[good])
    lat, lon = to_degrees(east + side / 2, north + side / 2)
    lat, lon = (np.where(good, axis, np.nan) for axis in (lat, lon))
    return np.column_stack([lon, lat, number])


def side_of(east: Floats, north: Floats) -> float:
    """The side of squares, from the distances between their middles or corners, in metres."""
    width, height = cell_sides(east, north, fallback=100.0)
    return round(min(width, height) / 10) * 10 or 10


def feature_cells(file: GeoFile, population: str) -> tuple[Floats, Problems]:
    """The same of points or squares. Raises BadGeoFile: no_column."""
    column = find_column(file, population, ())
    problems = Problems()
    cells = []
    for row in file.rows:
        try:
            lat, lon = middle(row)
            number = _number(row.values[str(column)])
        except BadGeoFile as error:
            problems.add(row.number, error.code, error.values)
            continue
        cells.append((lon, lat, number))
    return np.array(cells, dtype=np.float64).reshape(-1, 3), problems


def _number(value: Any) -> float:
    try:
        number = float(str(value).replace(",", "."))
    except ValueError:
        number = math.nan
    if not 0 <= number <= MOST_PEOPLE:
        typed = text_of(value)[:40]
        raise BadGeoFile("not_people", typed=typed) if typed else BadGeoFile("no_people")
    return number


def _checked(path: Path, population: str, cells: Floats) -> Problems:
    """What is wrong with rows of lon, lat and people, by the line of the file that each is on."""
    problems = Problems()
    lon, lat, number = cells.T
    wrong = ~np.isfinite(cells).all(axis=1) | (np.abs(lon) > 180) | (np.abs(lat) > 90)
    wrong |= (number < 0) | (number > MOST_PEOPLE)
    swapped = (lon > 50) & (lat < 30)
    told = np.flatnonzero(wrong | swapped)[:1000]
    no_people = ~((number >= 0) & (number <= MOST_PEOPLE))
    typed = cells_typed(path, population, told[no_people[told]]) if no_people.any() else {}
    lines = lines_of(path, told.tolist())
    for place in told:
        values: dict[str, str | int] = {}
        if no_people[place]:
            says = clean_text(typed[int(place)])[:40]
            code, values = ("not_people", {"typed": says}) if says else ("no_people", {})
        elif not np.isfinite(cells[place]).all():
            code = "no_position"
        else:
            try:
                check_position(float(lat[place]), float(lon[place]))
                continue
            except BadCoordinate as error:
                code, values = error.code, {"typed": error.typed}
        problems.add(lines[int(place)], code, values)
    return problems


def inside(cells: Floats, outline: Outline | None) -> tuple[Floats, int]:
    """The squares with people whose middle lies in the municipality, and how many lie outside."""
    if outline is None:
        return cells[cells[:, 2] > 0], 0
    shapely.prepare(outline.geometry)
    kept = shapely.contains_xy(outline.geometry, cells[:, 0], cells[:, 1])
    return cells[kept & (cells[:, 2] > 0)], int((~kept).sum())


def joined(cells: Floats) -> Floats:
    """The squares with each middle once, in the order of the file: the people of one that stands
    in several rows, as where men and women are counted apart, are added together."""
    _, first, number = np.unique(cells[:, :2], axis=0, return_index=True, return_inverse=True)
    whole = cells[first]
    whole[:, 2] = np.bincount(number.ravel(), weights=cells[:, 2])
    return whole[np.argsort(first)]


def side_in_metres(cells: Floats) -> int:
    """The side of squares whose middles are given in degrees."""
    return round(side_of(*to_metres(cells[:, 1], cells[:, 0])))
