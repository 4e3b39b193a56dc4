"""``trygghetsdialog analyse hotspots``, ``scan`` and ``gi``: files in, files out, no database."""

from pathlib import Path

import click

FILE = click.Path(path_type=Path)
SEED = click.IntRange(min=0)


@click.command("hotspots")
@click.argument("points", metavar="POINTS.csv", type=FILE)
@click.option("--out", type=FILE, required=True, help="The GeoJSON file to write.")
@click.option("--population", type=FILE, help="CSV with lon,lat,population per cell middle.")
@click.option("--boundary", type=FILE, help="GeoJSON with the area that is analysed.")
@click.option("--method", type=click.Choice(["scan", "gi", "kde"]), default="scan")
@click.option("--cell-m", type=click.FloatRange(min=1, max=100_000), help="Cell side, 100 m.")
@click.option("--seed", type=SEED, default=1, show_default=True, help="Of the simulations.")
@click.option("--surface", type=FILE, help="CSV file to write the cells to.")
def hotspots_command(  # noqa: PLR0913 - one parameter per option
    points: Path,
    out: Path,
    population: Path | None,
    boundary: Path | None,
    method: str,
    cell_m: float | None,
    seed: int,
    surface: Path | None,
) -> None:
    """Find where the marks of POINTS.csv (columns lon and lat) lie closer than expected.

    The expected count follows the population, else it is even over the boundary, else over the
    convex hull of the marks. A mark of the same respondent (column respondent) counts once per
    cell. scan: Kulldorff's spatial scan, p of 999 simulations adjusted for all circles. gi: Getis
    and Ord's Gi* in disks from one cell to 4 km, exact p of each disk adjusted by the smallest of
    999 simulations (Westfall and Young). kde: peaks of the density by kernels from one cell to
    2.5 km, higher than those of 19 in 20 simulated maps; p_value is null, as no area is tested.

    n, expected and relative_risk compare with all marks. Each p is made when the stronger areas
    have been taken away with their marks and their expected count, as they would hide the weaker.

    Only findings at p <= 0.05 are written; none are an empty collection and exit code 0. Exit
    code 2: a file cannot be used, and nothing is written.
    """
    # Here, as below, because the geography libraries take a second that no other command pays.
    from webapp.commands.analyse_hotspots import HotspotFiles, run_hotspots

    files = HotspotFiles(points, out, population, boundary, surface)
    run_hotspots(files, method=method, cell_m=cell_m, seed=seed)


@click.command("scan")
@click.argument("areas", metavar="AREAS.csv", type=FILE)
@click.option("--out", type=FILE, required=True, help="The JSON file to write.")
@click.option("--x", required=True, help="Column of longitude, or of x with --cartesian.")
@click.option("--y", required=True, help="Column of latitude, or of y with --cartesian.")
@click.option("--cases", required=True, help="Column of cases.")
@click.option("--population", required=True, help="Column of population.")
@click.option("--id", "name", help="Column that names the areas; the first one without it.")
@click.option("--cartesian", is_flag=True, help="x and y lie in a plane.")
@click.option(
    "--max-population",
    type=click.FloatRange(min=0, max=1, min_open=True),
    default=0.5,
    show_default=True,
    help="The largest share of the population in a circle.",
)
@click.option("--simulations", type=click.IntRange(0, 999_999), default=9999, show_default=True)
@click.option("--seed", type=SEED, default=1, show_default=True, help="Of the simulations.")
def scan_command(  # noqa: PLR0913 - one parameter per option
    areas: Path,
    out: Path,
    x: str,
    y: str,
    cases: str,
    population: str,
    name: str | None,
    *,
    cartesian: bool,
    max_population: float,
    simulations: int,
    seed: int,
) -> None:
    """Find neighbouring areas of AREAS.csv with more cases than their population explains.

    Kulldorff's spatial scan, discrete Poisson model, circles around each area, high rates. OUT
    lists the most likely cluster and the secondary ones, of each area's circles the likeliest where
    it overlaps none stronger, each with its p, also when that is high. Without --cartesian
    distances are great circles.
    """
    from webapp.commands.analyse_areas import AreaColumns, run_scan

    columns = AreaColumns(x=x, y=y, cases=cases, population=population, name=name)
    run_scan(
        areas,
        out,
        columns,
        cartesian=cartesian,
        max_population=max_population,
        simulations=simulations,
        seed=seed,
    )


@click.command("gi")
@click.argument("cells", metavar="CELLS.csv", type=FILE)
@click.option("--out", type=FILE, required=True, help="The CSV file to write.")
@click.option("--x", required=True, help="Column of longitude, or of x with --cartesian.")
@click.option("--y", required=True, help="Column of latitude, or of y with --cartesian.")
@click.option("--value", required=True, help="Column of values.")
@click.option(
    "--distance",
    type=click.FloatRange(min=0, min_open=True),
    required=True,
    help="Neighbours are this near: metres, or units of x and y with --cartesian.",
)
@click.option("--cartesian", is_flag=True, help="x and y lie in a plane.")
def gi_command(  # noqa: PLR0913 - one parameter per option
    cells: Path, out: Path, x: str, y: str, value: str, distance: float, *, cartesian: bool
) -> None:
    """Getis and Ord's Gi* of each row of CELLS.csv, added as the columns z and p_value.

    Binary weights within the distance, the row itself included; without --cartesian in the plane
    of the local UTM zone, and great circles where the rows lie far apart. z is 0 where all rows are
    within the distance. p_value is one-sided in the
    direction of z: small where values are high (z above 0) and where they are low (below 0). Not
    corrected for the number of rows. Rows without a position or value get empty cells.
    """
    from webapp.commands.analyse_areas import run_gi

    run_gi(cells, out, (x, y, value), distance=distance, cartesian=cartesian)
