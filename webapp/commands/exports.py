"""``trygghetsdialog export``: what pages hand out as files, from the command line."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from surveys.models.map_export import ExportFormat

_FORMATS = click.Choice([kind.value for kind in ExportFormat])


@click.group("export")
def export_group() -> None:
    """Write files of what the pages show, with the same numbers withheld."""


@export_group.command("map")
@click.option("--municipality", "slug", required=True, help="As in the address.")
@click.option("--dialogue", "dialogue_slug", required=True, help="As in the address.")
@click.option("--format", "kind", type=_FORMATS, help="Else what the file's name ends with.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The file to write.")
@with_appcontext
def map_command(slug: str, dialogue_slug: str, kind: str | None, out: Path) -> None:
    """Write the dialogue's latest map to a file.

    GeoPackage with styles for QGIS, GeoJSON, CSV, or an A3 page to print. Exit code 2: nothing is
    written.
    """
    # Here because the geography libraries take a second that no other command pays.
    from webapp.commands.export_map import export_map

    export_map(slug, dialogue_slug, kind, out)
