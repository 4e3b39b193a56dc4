"""The work behind the commands that import the ground: read, check, store whole or not at all."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click
from flask_babel import gettext as _
from flask_babel import ngettext
from shapely.geometry import shape

from maps.areas import Outline, read_outline
from maps.files.geofiles import GeoFile, read_geo, surface
from maps.files.opening import BadGeoFile
from maps.geojson import rounded
from surveys.models.geography import AreaKind
from surveys.services.ground.geography import (
    merge_places,
    replace_areas,
    replace_population,
    set_outline,
)
from webapp.commands.geonames import geonames_drafts, is_geonames
from webapp.commands.ground_rows import (
    CODES,
    NAMES,
    Problems,
    area_drafts,
    feature_cells,
    find_column,
    inside,
    joined,
    side_in_metres,
    square_cells,
)
from webapp.commands.ground_store import (
    origin_of,
    outline_of,
    refuse,
    stop_at,
    store_ground,
    tell_reading,
    told,
)
from webapp.commands.import_messages import printable
from webapp.commands.place_kinds import KindGuesses
from webapp.commands.place_rows import PlaceList, feature_rows, place_drafts, read_place_table
from webapp.labels import label

GEONAMES = "GeoNames, CC BY 4.0"
_LONGEST_SOURCE = 200
_FEW = 5
_WIDEST_M = 500_000.0  # Kiruna, the widest municipality, is some 300 km from corner to corner


def import_areas(path: Path, slug: str, options: Mapping[str, Any]) -> None:
    """Read, check and store the areas of one kind."""
    with told():
        origin = origin_of(options["source"], options["dated"])
        file, outline = read_geo(path), outline_of(slug)
        code = find_column(file, options["code"], CODES)
        if code is None:
            columns = ", ".join(file.columns)[:200] or "–"
            refuse("no_column_of", {"column": "--code", "columns": columns})
        name = find_column(file, options["name"], NAMES)
        people = None
        if options["population"] is not None:
            people = find_column(file, options["population"], ())
        drafts, outside, mended, problems = area_drafts(file, (code, name, people), outline)
        stop_at(problems)
        if not drafts:
            refuse("all_outside_of", {"count": outside})
        kind = AreaKind(options["kind"])
        before = store_ground(
            slug, lambda session, owner: replace_areas(session, owner, kind, drafts, origin)
        )
        tell_reading(file, outside=outside, mended=mended)
        click.echo(
            ngettext(
                "%(num)s area imported; %(before)s were replaced.",
                "%(num)s areas imported; %(before)s were replaced.",
                len(drafts),
                before=before,
            )
        )


def import_population(
    path: Path, slug: str, population: str, source: str, dated: date | None
) -> None:
    """Read, check and store inhabitants by square."""
    with told():
        origin, outline = origin_of(source, dated), outline_of(slug)
        file = None if path.suffix.casefold() in (".csv", ".txt", ".tsv") else read_geo(path)
        if file is None:
            cells, problems = square_cells(path, population)
        else:
            cells, problems = feature_cells(file, population)
        stop_at(problems)
        rows, outside = inside(cells, outline)
        if outside == len(cells):
            refuse("all_outside_of", {"count": outside})
        if len(rows) == 0:
            refuse("nobody", {})
        kept = joined(rows)
        side = side_in_metres(kept)
        store_ground(
            slug,
            lambda session, owner: replace_population(session, owner, kept, origin, cell_m=side),
        )
        tell_reading(file, outside=outside)
        if len(kept) < len(rows):
            _tell_summed(len(rows) - len(kept))
        click.echo(
            ngettext(
                "%(num)s square of about %(side)s m with %(people)s inhabitants imported.",
                "%(num)s squares of about %(side)s m with %(people)s inhabitants imported.",
                len(kept),
                side=side,
                people=round(float(kept[:, 2].sum())),
            )
        )


def import_places(path: Path, slug: str, source: str | None) -> None:
    """Read and check a list of places, and add it to the register."""
    with told():
        outline = outline_of(slug)
        found, outside, file, own = _places(path, outline)
        if source is None and own is None:
            refuse("no_source", {})
        if not found.drafts and not outside:
            refuse("no_places", {})
        if not found.drafts:
            refuse("all_outside_of", {"count": outside})
        said = (source or own or "")[:_LONGEST_SOURCE]
        report = store_ground(
            slug, lambda session, owner: merge_places(session, owner, found.drafts, said)
        )
        tell_reading(file, outside=outside)
        _tell_kinds(found.kinds)
        click.echo(
            ngettext(
                "%(num)s place is new, %(changed)s got a population or aliases, %(same)s were"
                " there already.",
                "%(num)s places are new, %(changed)s got a population or aliases, %(same)s were"
                " there already.",
                report.added,
                changed=report.changed,
                same=report.same,
            )
        )


def import_outline(path: Path, slug: str) -> None:
    """Read, check and store the outline."""
    with told():
        file = read_geo(path)
        problems, shapes, mended = Problems(), [], 0
        for row in file.rows:
            try:
                polygons, repaired = surface(row)
            except BadGeoFile as error:
                problems.add(row.number, error.code, error.values)
                continue
            shapes.append({"type": "Feature", "properties": {}, "geometry": rounded(polygons)})
            mended += repaired
        stop_at(problems)
        whole = read_outline({"type": "FeatureCollection", "features": shapes})
        if whole.across_m > _WIDEST_M:
            refuse("outline_too_wide", {"km": round(whole.across_m / 1000)})
        geometry = rounded(whole.geometry)
        read_outline(geometry)  # what is stored must be read again
        was = store_ground(slug, lambda session, owner: set_outline(session, owner, geometry))
        tell_reading(file, mended=mended)
        _tell_joined(file, len(shapes))
        corners = len(shape(geometry).exterior.coords) if geometry["type"] == "Polygon" else 0
        parts = 1 if corners else len(geometry["coordinates"])
        click.echo(
            ngettext(
                "The outline is imported, in %(num)s part.",
                "The outline is imported, in %(num)s parts.",
                parts,
            )
            + (" " + _("It replaced one.") if was else "")
        )


def _tell_joined(file: GeoFile, n: int) -> None:
    """Warn when the outline was put together from several rows: they may be municipalities."""
    if n < 2:
        return
    column = find_column(file, None, NAMES)
    names = [] if column is None else [str(row.values.get(column) or "") for row in file.rows]
    named = printable({"names": ", ".join(list(dict.fromkeys(filter(None, names)))[:_FEW])[:200]})
    click.echo(
        _("The file has %(n)s polygons in rows of their own, and all are joined to one outline."
          " If they are several municipalities, keep only yours and import again.", n=n)
        + (" " + _("The first ones: %(names)s.", names=named["names"]) if named["names"] else ""),
        err=True,
    )  # fmt: skip


def _places(
    path: Path, outline: Outline | None
) -> tuple[PlaceList, int, GeoFile | None, str | None]:
    """The places, how many lay outside, the file where GDAL read it, and its own source."""
    first = _first_line(path)
    if is_geonames(first):
        with path.open(encoding="utf-8", errors="replace") as lines:
            drafts, outside = geonames_drafts(lines, outline)
        return PlaceList(tuple(drafts), Problems(), KindGuesses()), outside, None, GEONAMES
    file = None
    if path.suffix.casefold() in (".csv", ".txt", ".tsv"):
        read, problems = read_place_table(path)
        found = place_drafts(read, outline, problems)
    else:
        file = read_geo(path)
        found = place_drafts(feature_rows(file), outline)
    stop_at(found.problems)
    return found, 0, file, None


def _tell_summed(n: int) -> None:
    click.echo(
        ngettext(
            "%(num)s row is of a square that stands in the file before: added together.",
            "%(num)s rows are of squares that stand in the file before: added together.",
            n,
        ),
        err=True,
    )


def _tell_kinds(kinds: KindGuesses) -> None:
    for (typed, kind), n in sorted(kinds.guessed.items(), key=lambda row: (-row[1], row[0][0])):
        told = printable({"typed": typed[:40]})["typed"]
        click.echo(
            _("“%(typed)s” is read as “%(kind)s” (%(n)s places).", typed=told,
              kind=label(kind), n=n),
            err=True,
        )  # fmt: skip


def _first_line(path: Path) -> str:
    try:
        with path.open(encoding="utf-8", errors="replace") as opened:
            return opened.readline(100_000).rstrip("\r\n")
    except OSError:
        refuse("missing", {"path": str(path)})
