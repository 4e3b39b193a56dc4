"""``trygghetsdialog import areas``, ``population``, ``places``, ``streets`` and the like."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from surveys.models.geography import AreaKind

_FILE = click.argument("file", type=click.Path(path_type=Path))
_MUNICIPALITY = click.option("--municipality", "slug", required=True, help="As in the address.")
_SOURCE = click.option("--source", required=True, help="Who made the figures; told on the map.")
_DATE = click.option(
    "--date", "dated", type=click.DateTime(formats=["%Y-%m-%d"]), help="Day of the figures."
)
_KINDS = click.Choice([kind.value for kind in AreaKind])


@click.command("areas")
@_FILE
@_MUNICIPALITY
@click.option("--kind", type=_KINDS, required=True, help="DeSO, RegSO or the own districts.")
@click.option("--code", help="Column of the area's code; found by its usual names.")
@click.option("--name", help="Column of its name; the code without one.")
@click.option("--population", help="Column of its inhabitants, whole numbers.")
@_SOURCE
@_DATE
@with_appcontext
def areas_command(file: Path, slug: str, **options: Any) -> None:
    """Import the areas of a division from FILE: GeoPackage, GeoJSON, Shapefile and the like.

    Any coordinate system is converted. Areas outside the municipality are left out and counted.
    What was imported for the same kind before is replaced. Exit code 2: nothing is stored.
    """
    # Here, as below, because the geography libraries take a second that no other command pays.
    from webapp.commands.import_ground import import_areas

    import_areas(file, slug, options | {"dated": _day(options["dated"])})


@click.command("population")
@_FILE
@_MUNICIPALITY
@click.option("--population", default="population", show_default=True, help="Column.")
@_SOURCE
@_DATE
@with_appcontext
def population_command(
    file: Path, slug: str, population: str, source: str, dated: datetime | None
) -> None:
    """Import inhabitants by square from FILE.

    A CSV file with lon and lat of each square's middle, or with SCB's names of squares (column
    rutid, rut or ruta: 13 digits in SWEREF 99 TM), or points or squares in a file that GDAL reads.
    Squares outside the municipality are left out. What was imported before is replaced. Exit code
    2: nothing is stored.
    """
    from webapp.commands.import_ground import import_population

    import_population(file, slug, population, source, _day(dated))


@click.command("places")
@_FILE
@_MUNICIPALITY
@click.option("--source", help="Who made the list. A file of GeoNames says so itself.")
@with_appcontext
def places_command(file: Path, slug: str, source: str | None) -> None:
    """Import named places from FILE into the register.

    A CSV file with name, lat, lon and, where known, kind, population, radius_m and aliases (with |
    between them); a country file of GeoNames (.txt); or points that GDAL reads, with such columns.
    A place that is there by name gets new aliases and the population; the rest of it stays. Exit
    code 2: nothing is stored.
    """
    from webapp.commands.import_ground import import_places

    import_places(file, slug, source)


@click.command("streets")
@_FILE
@_MUNICIPALITY
@click.option("--name", help="Column of the street's name; found by its usual names.")
@_SOURCE
@with_appcontext
def streets_command(file: Path, slug: str, name: str | None, source: str) -> None:
    """Import the streets of the municipality from FILE: lines with a name in any file of GDAL's.

    Segments of one name are joined; a name in several parts of the municipality gets that of the
    nearest town. Segments without a name or outside the municipality are left out and counted.
    What was imported before is replaced. Exit code 2: nothing is stored.
    """
    from webapp.commands.import_streets import import_streets

    import_streets(file, slug, name, source)


@click.command("outline")
@_FILE
@_MUNICIPALITY
@with_appcontext
def outline_command(file: Path, slug: str) -> None:
    """Import the municipality's outline from FILE: all its polygons together.

    Exit code 2: nothing is stored.
    """
    from webapp.commands.import_ground import import_outline

    import_outline(file, slug)


@click.command("basemap")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--attribution", help="Whose map it is, as its licence wants it said on each map.")
@click.option("--source", default="", help="Where the file comes from, for your own records.")
@_DATE
@click.option("--remove", is_flag=True, help="Take the base map away: the schematic one is back.")
@with_appcontext
def basemap_command(file: Path | None, dated: datetime | None, **options: Any) -> None:
    """Import the ground of all maps from FILE: GeoPackage, GeoJSON, or PMTiles of vector tiles.

    Of a GeoPackage or GeoJSON one file of vector tiles is made, with water, land, land use, roads,
    railways, buildings and places. A file of PMTiles is checked and taken in as it is. What was
    imported before is replaced. Exit code 2: nothing is changed.
    """
    from webapp.commands.import_basemap import import_basemap, remove_basemap

    if options["remove"]:
        remove_basemap()
    else:
        import_basemap(file, options | {"dated": _day(dated)})


def _day(moment: datetime | None) -> Any:
    return None if moment is None else moment.date()
