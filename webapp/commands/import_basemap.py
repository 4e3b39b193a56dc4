"""The work behind ``trygghetsdialog import basemap``: read, draw tiles, put them in place."""

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

import click
import shapely
from flask_babel import force_locale
from flask_babel import gettext as _
from shapely.geometry import shape

from maps.files.opening import BadGeoFile
from maps.ground.base_import import Bounds, Drawn, make_tiles
from maps.ground.base_store import StoredMap, forget_map, store_map
from maps.ground.pmtiles_file import BadPmtiles, read_facts
from surveys.errors import StorageUnavailable
from surveys.queries.municipalities.municipalities import list_outlines
from webapp.base_map import base_map_folder
from webapp.commands.import_messages import file_message, printable
from webapp.transactions import unit_of_work

EXIT_UNUSABLE = 2
_AROUND = (0.4, 0.2)  # degrees of longitude and latitude that a map may show beside a municipality
_MEBIBYTE = 1024 * 1024


def import_basemap(path: Path | None, options: Mapping[str, Any]) -> None:
    """Make the base map of ``path`` the one in use."""
    with force_locale("sv"):
        if path is None:
            _refuse("no_file", {})
        if not (options["attribution"] or "").strip():
            _refuse("no_attribution", {})
        try:
            near, folder = _near(), base_map_folder()
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=folder) as work:
                made = Path(work) / "made.pmtiles"
                drawn = _make(path, made, near)
                stored = _store(made, folder, options)
        except (BadGeoFile, BadPmtiles) as error:
            _refuse(error.code, {"path": str(path.name)} | error.values)
        except OSError as error:
            _refuse("no_room", {"reason": error.strerror or str(error)})
        _tell(stored, drawn)


def remove_basemap() -> None:
    """Take the base map away."""
    with force_locale("sv"):
        if forget_map(base_map_folder()):
            click.echo(_("The base map is taken away. The schematic map is used again."))
        else:
            click.echo(_("There is no base map to take away."))


def _make(path: Path, made: Path, near: Bounds | None) -> Drawn | None:
    if path.suffix.casefold() != ".pmtiles":
        return make_tiles(path, made, near=near, told=lambda name: click.echo(name, err=True))
    facts = read_facts(path)
    if near is not None and not shapely.box(*near).intersects(shapely.box(*facts.bounds)):
        raise BadPmtiles("elsewhere")
    shutil.copyfile(path, made)
    return None


def _store(made: Path, folder: Path, options: Mapping[str, Any]) -> StoredMap:
    dated = options["dated"]
    return store_map(
        made,
        folder,
        attribution=options["attribution"].strip(),
        source=options["source"].strip(),
        dated=dated.isoformat() if dated else "",
    )


def _near() -> Bounds | None:
    """The box round all municipalities, in degrees; None where no outline is known."""
    try:
        with unit_of_work() as session:
            outlines = [shape(outline) for outline in list_outlines(session)]
    except StorageUnavailable:
        _refuse("storage", {})
    if not outlines:
        return None
    west, south, east, north = (float(edge) for edge in shapely.total_bounds(outlines))
    return west - _AROUND[0], south - _AROUND[1], east + _AROUND[0], north + _AROUND[1]


def _tell(stored: StoredMap, drawn: Drawn | None) -> None:
    if drawn is not None:
        for layer, count in drawn.layers.items():
            click.echo(_("%(layer)s: %(n)s features", layer=layer, n=count), err=True)
        if drawn.n_unknown:
            click.echo(
                _("%(n)s features are of kinds that the map does not draw.", n=drawn.n_unknown),
                err=True,
            )
        if drawn.n_mended:
            click.echo(
                _(
                    "%(n)s outlines crossed themselves and were mended: edges may move.",
                    n=drawn.n_mended,
                ),
                err=True,
            )
    size = max(1, round(stored.path.stat().st_size / _MEBIBYTE))
    click.echo(
        _(
            "The base map is in use: %(layers)s, zoom %(first)s to %(last)s, about %(size)s MB.",
            layers=", ".join(stored.facts.layers),
            first=stored.facts.min_zoom,
            last=stored.facts.max_zoom,
            size=size,
        )
    )


def _refuse(code: str, values: Mapping[str, str | int]) -> NoReturn:
    click.echo(file_message(code, printable(values)), err=True)
    raise SystemExit(EXIT_UNUSABLE)
