"""From a list of places to what is stored: rows are read, and what is wrong with each is kept."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from maps.areas import Outline, Position, position
from maps.files.geofiles import GeoFile
from maps.files.opening import BadGeoFile
from maps.places import BadCoordinate, parse_position
from surveys.drafts.geography import PlaceDraft
from surveys.text.csv_table import MAX_FILE_BYTES, Table, TableRow, UnusableFile, read_table
from surveys.text.typed import clean_text
from webapp.commands.ground_rows import LONGEST_NAME, WIDEST_M, Problems, text_of, whole
from webapp.commands.place_kinds import KindGuesses, kind_words, name_columns, own_columns

NEEDED = ("name", "lat", "lon")


@dataclass(frozen=True, slots=True)
class PlaceList:
    """What was read of a list: the places, what is wrong with rows, and the kinds guessed at."""

    drafts: tuple[PlaceDraft, ...]
    problems: Problems
    kinds: KindGuesses


def read_place_table(path: Path) -> tuple[list[TableRow], Problems]:
    """The rows of a CSV file by our names of columns, and those that cannot be read.

    Raises BadGeoFile: what `read_table` finds wrong with the file, no_column_of.
    """
    try:
        with path.open("rb") as opened:
            content = opened.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise BadGeoFile("missing", path=str(path)) from error
    table = _table(content)
    missing = [name for name in NEEDED if name not in own_columns(dict.fromkeys(table.columns, ""))]
    if missing:
        columns = ", ".join(filter(None, table.columns))[:200]
        raise BadGeoFile("no_column_of", column=", ".join(missing), columns=columns)
    problems = Problems()
    for row in table.broken:
        is_wide = row.code == "cells" and int(row.values["found"]) > int(row.values["expected"])
        problems.add(row.line, "cells_comma" if is_wide else row.code, row.values)
    return [TableRow(row.line, own_columns(row.cells)) for row in table.rows], problems


def _table(content: bytes) -> Table:
    for name in name_columns():
        try:
            return read_table(content, name)
        except UnusableFile as error:
            if error.code != "no_header":
                raise BadGeoFile(error.code, **error.values) from error
    raise BadGeoFile("no_header", column="name")


def place_drafts(
    rows: Iterable[TableRow], outline: Outline | None, problems: Problems | None = None
) -> PlaceList:
    """Places of a list that is the municipality's own: one outside it is wrong."""
    drafts: dict[str, PlaceDraft] = {}
    problems, kinds = problems or Problems(), KindGuesses()
    for row in rows:
        try:
            draft = _place(row.cells, kinds)
            if outline is not None:
                where = position(outline, draft.lat, draft.lon)
                if where is Position.OUTSIDE:
                    raise BadGeoFile("place_outside", typed=draft.name)
            if draft.name.casefold() in drafts:
                raise BadGeoFile("name_twice", typed=draft.name)
        except (BadGeoFile, BadCoordinate) as error:
            values = error.values if isinstance(error, BadGeoFile) else {"typed": error.typed[:40]}
            problems.add(row.line, error.code, values)
            continue
        drafts[draft.name.casefold()] = draft
    return PlaceList(tuple(drafts.values()), problems, kinds)


def feature_rows(file: GeoFile) -> Iterator[TableRow]:
    """Points of a file that GDAL reads as the rows of a list."""
    for row in file.rows:
        cells = {name.casefold(): text_of(value) for name, value in row.values.items()}
        if row.shape is not None and not row.shape.is_empty:
            point = row.shape.centroid
            cells |= {"lat": repr(float(point.y)), "lon": repr(float(point.x))}
        yield TableRow(row.number, own_columns(cells))


def _place(cells: Mapping[str, str], kinds: KindGuesses) -> PlaceDraft:
    name = clean_text(cells.get("name", ""))
    if not name or len(name) > LONGEST_NAME:
        raise BadGeoFile("bad_name", typed=name[:60])
    where = parse_position(cells.get("lat"), cells.get("lon"))
    if where is None:
        raise BadGeoFile("no_position")
    typed_kind, radius = cells.get("kind", ""), whole(cells.get("radius_m"))
    kind = kinds.read(typed_kind) if typed_kind else None
    if typed_kind and kind is None:
        raise BadGeoFile("bad_kind", typed=typed_kind[:40], kinds=kind_words())
    if radius is not None and not 0 < radius <= WIDEST_M:
        raise BadGeoFile("bad_radius", typed=radius)
    aliases = [clean_text(alias)[:LONGEST_NAME] for alias in cells.get("aliases", "").split("|")]
    return PlaceDraft(
        name,
        *where,
        kind=kind,
        radius_m=radius,
        population=whole(cells.get("population")),
        aliases=tuple(alias for alias in aliases if alias),
    )
