"""The work behind the commands that import the ground: read, check, store whole or not at all."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import click
from flask_babel import force_locale
from flask_babel import gettext as _
from shapely.geometry import shape
from sqlalchemy.orm import Session

from maps.areas import BadOutline, Outline, read_outline
from maps.geofiles import BadGeoFile, GeoFile, read_geo, surface
from maps.geojson import rounded
from maps.tables import BadTable
from surveys.drafts.geography import Origin, PlaceDraft
from surveys.errors import NotFound, StorageUnavailable
from surveys.models.geography import AreaKind
from surveys.models.municipality import Municipality
from surveys.queries.municipalities import get_municipality
from surveys.services.geography import (
    merge_places,
    replace_areas,
    replace_population,
    request_runs_again,
    set_outline,
)
from webapp.clock import now
from webapp.commands.analyse_map_words import REFUSALS
from webapp.commands.answer_files import read_answers
from webapp.commands.geonames import geonames_drafts, is_geonames
from webapp.commands.ground_rows import (
    CODES,
    NAMES,
    Problems,
    area_drafts,
    feature_cells,
    feature_rows,
    find_column,
    inside,
    place_drafts,
    side_in_metres,
    square_cells,
)
from webapp.commands.import_messages import file_message, printable, row_message
from webapp.transactions import unit_of_work

EXIT_UNUSABLE = 2
GEONAMES = "GeoNames, CC BY 4.0"
_LONGEST_SOURCE = {"places": 200, "other": 300}
_MOST_TOLD = 20

Store = Callable[[Session, Municipality], Any]


def import_areas(path: Path, slug: str, options: Mapping[str, Any]) -> None:
    """Read, check and store the areas of one kind."""
    with _told():
        origin = _origin(options["source"], options["dated"])
        file, outline = read_geo(path), _outline(slug)
        code = find_column(file, options["code"], CODES)
        if code is None:
            columns = ", ".join(file.columns)[:200] or "–"
            _refuse("no_column_of", {"column": "--code", "columns": columns})
        name = find_column(file, options["name"], NAMES)
        people = None
        if options["population"] is not None:
            people = find_column(file, options["population"], ())
        drafts, outside, mended, problems = area_drafts(file, (code, name, people), outline)
        _stop_at(problems)
        if not drafts:
            _refuse("all_outside_of", {"count": outside})
        kind = AreaKind(options["kind"])
        before = _store(
            slug, lambda session, owner: replace_areas(session, owner, kind, drafts, origin)
        )
        _tell_reading(file, outside=outside, mended=mended)
        click.echo(
            _("%(n)s areas imported; %(before)s were replaced.", n=len(drafts), before=before)
        )


def import_population(
    path: Path, slug: str, population: str, source: str, dated: date | None
) -> None:
    """Read, check and store inhabitants by square."""
    with _told():
        origin, outline = _origin(source, dated), _outline(slug)
        file = None if path.suffix.casefold() in (".csv", ".txt", ".tsv") else read_geo(path)
        if file is None:
            cells, problems = square_cells(path, population)
        else:
            cells, problems = feature_cells(file, population)
        _stop_at(problems)
        kept, outside = inside(cells, outline)
        if outside == len(cells):
            _refuse("all_outside_of", {"count": outside})
        if len(kept) == 0:
            _refuse("nobody", {})
        side = side_in_metres(kept)
        _store(
            slug,
            lambda session, owner: replace_population(session, owner, kept, origin, cell_m=side),
        )
        _tell_reading(file, outside=outside)
        click.echo(
            _(
                "%(n)s squares of about %(side)s m with %(people)s inhabitants imported.",
                n=len(kept),
                side=side,
                people=round(float(kept[:, 2].sum())),
            )
        )


def import_places(path: Path, slug: str, source: str | None) -> None:
    """Read and check a list of places, and add it to the register."""
    with _told():
        outline = _outline(slug)
        drafts, outside, file, own = _places(path, outline)
        if source is None and own is None:
            _refuse("no_source", {})
        if not drafts:
            _refuse("all_outside_of", {"count": outside})
        said = (source or own or "")[: _LONGEST_SOURCE["places"]]
        report = _store(slug, lambda session, owner: merge_places(session, owner, drafts, said))
        _tell_reading(file, outside=outside)
        click.echo(
            _(
                "%(added)s places are new, %(changed)s got a population or aliases, %(same)s were"
                " there already.",
                added=report.added,
                changed=report.changed,
                same=report.same,
            )
        )


def import_outline(path: Path, slug: str) -> None:
    """Read, check and store the outline."""
    with _told():
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
        _stop_at(problems)
        whole = read_outline({"type": "FeatureCollection", "features": shapes})
        geometry = rounded(whole.geometry)
        read_outline(geometry)  # what is stored must be read again
        was = _store(slug, lambda session, owner: set_outline(session, owner, geometry))
        _tell_reading(file, mended=mended)
        corners = len(shape(geometry).exterior.coords) if geometry["type"] == "Polygon" else 0
        parts = 1 if corners else len(geometry["coordinates"])
        click.echo(
            _("The outline is imported, in %(parts)s parts; it replaced one.", parts=parts)
            if was
            else _("The outline is imported, in %(parts)s parts.", parts=parts)
        )


def _places(
    path: Path, outline: Outline | None
) -> tuple[list[PlaceDraft], int, GeoFile | None, str | None]:
    """The places, how many lay outside, the file where GDAL read it, and its own source."""
    first = _first_line(path)
    if is_geonames(first):
        with path.open(encoding="utf-8", errors="replace") as lines:
            drafts, outside = geonames_drafts(lines, outline)
        return drafts, outside, None, GEONAMES
    file = None
    if path.suffix.casefold() in (".csv", ".txt", ".tsv"):
        drafts, problems = place_drafts(read_answers(path, ("name", "lat", "lon")).rows, outline)
    else:
        file = read_geo(path)
        drafts, problems = place_drafts(feature_rows(file), outline)
    _stop_at(problems)
    return drafts, 0, file, None


def _first_line(path: Path) -> str:
    try:
        with path.open(encoding="utf-8", errors="replace") as opened:
            return opened.readline(100_000).rstrip("\r\n")
    except OSError:
        _refuse("missing", {"path": str(path)})


def _origin(source: str, dated: date | None) -> Origin:
    return Origin(source[: _LONGEST_SOURCE["other"]], dated)


def _outline(slug: str) -> Outline | None:
    with _stored() as session:
        municipality = _municipality(session, slug)
        if municipality.outline is None:
            return None
        try:
            return read_outline(municipality.outline)
        except BadOutline:
            return None


def _store(slug: str, store: Store) -> Any:
    """Store in one transaction, and ask for new analyses in the same."""
    with _stored() as session:
        municipality = _municipality(session, slug)
        result = store(session, municipality)
        request_runs_again(session, municipality, now=now())
        return result


@contextmanager
def _stored() -> Iterator[Session]:
    try:
        with unit_of_work() as session:
            yield session
    except StorageUnavailable:
        _refuse("storage", {})


def _municipality(session: Session, slug: str) -> Municipality:
    try:
        return get_municipality(session, slug)
    except NotFound:
        _refuse("municipality", {"slug": slug})


@contextmanager
def _told() -> Iterator[None]:
    """In Swedish, with files that cannot be used told in a sentence."""
    with force_locale("sv"):
        try:
            yield
        except BadGeoFile as error:
            _refuse(error.code, error.values)
        except BadTable as error:
            click.echo(str(REFUSALS[error.code]) % printable(error.values), err=True)
            raise SystemExit(EXIT_UNUSABLE) from error


def _refuse(code: str, values: Mapping[str, str | int]) -> NoReturn:
    click.echo(file_message(code, values), err=True)
    raise SystemExit(EXIT_UNUSABLE)


def _stop_at(problems: Problems) -> None:
    if not problems.rows:
        return
    for number, code, values in problems.rows[:_MOST_TOLD]:
        reason = row_message(code, values)
        click.echo(_("row %(row)s: %(reason)s", row=number, reason=reason), err=True)
    click.echo(
        _("%(n)s rows are wrong, so nothing is stored.", n=len(problems.rows)),
        err=True,
    )
    raise SystemExit(EXIT_UNUSABLE)


def _tell_reading(file: GeoFile | None, *, outside: int = 0, mended: int = 0) -> None:
    if file is not None:
        click.echo(_("Converted from %(crs)s.", crs=file.crs), err=True)
    if mended:
        click.echo(
            _("%(n)s outlines crossed themselves and were mended: edges may move.", n=mended),
            err=True,
        )
    if outside:
        click.echo(
            _("%(n)s rows lie outside the municipality and are left out.", n=outside), err=True
        )
