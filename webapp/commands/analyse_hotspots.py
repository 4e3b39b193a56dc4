"""The work behind ``trygghetsdialog analyse hotspots``: read, analyse, write, tell."""

import csv
import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import click
import numpy as np
import shapely
from flask_babel import gettext as _

from maps.areas import BadOutline, read_outline
from maps.engine.cell_size import TooManyCells, TooWide
from maps.engine.expected import NoBaseline
from maps.engine.point_analysis import (
    Method,
    NobodyNear,
    People,
    PointAnalysis,
    Points,
    Request,
    analyse_points,
    surface_columns,
)
from maps.files.tables import MAX_BYTES, line_of, read_columns
from maps.planes import TooFarNorth
from webapp.commands.analyse_map_words import (
    Ticker,
    check_writable,
    note,
    refuse,
    told,
    written,
)
from webapp.commands.analyse_positions import check_boundary, check_people, usable_rows
from webapp.commands.answer_files import in_swedish

_DECIMALS = 7  # a centimetre: no mark changes sides


@dataclass(frozen=True, slots=True)
class HotspotFiles:
    """What is read and what is written."""

    points: Path
    out: Path
    population: Path | None = None
    boundary: Path | None = None
    surface: Path | None = None


def run_hotspots(files: HotspotFiles, *, method: str, cell_m: float | None, seed: int) -> None:
    """Write the findings, and the cells where asked for."""
    with in_swedish(), told():
        read = (files.points, files.population, files.boundary)
        check_writable(files.out, files.surface, read=read)
        if cell_m is not None and not math.isfinite(cell_m):
            refuse("option", {"option": "--cell-m"})
        boundary = None if files.boundary is None else _boundary(files.boundary)
        points = _points(files.points, boundary)
        if files.boundary is not None and boundary is not None:
            check_boundary(files.boundary, files.points, points, boundary)
        people = None
        if files.population is not None:
            people = _people(files.population, boundary)
            check_people(files.population, people, points, boundary)
        request = Request(Method(method), cell_m=cell_m, seed=seed)
        analysis = _analysed(files, points, request, people, boundary)
        for code, value in analysis.notes.items():
            note(code, value)
        _write(files, analysis)
        found = len(analysis.findings)
        click.echo(_("%(found)s areas written to %(path)s", found=found, path=files.out.name))


def document(analysis: PointAnalysis) -> dict[str, Any]:
    """The findings as a GeoJSON FeatureCollection in WGS 84."""
    return {
        "type": "FeatureCollection",
        "baseline": analysis.baseline.value,
        "cell_m": analysis.cell_m,
        "n": analysis.n,
        "seed": analysis.seed,
        **_population_cell(analysis),
        "features": [
            {
                "type": "Feature",
                "properties": {
                    "rank": finding.rank,
                    "n": finding.n,
                    "expected": round(finding.expected, 6),
                    "relative_risk": _number(finding.relative_risk),
                    "p_value": finding.p,
                    "method": analysis.method.value,
                },
                "geometry": _geometry(analysis.polygon(finding)),
            }
            for finding in analysis.findings
        ],
    }


def _population_cell(analysis: PointAnalysis) -> dict[str, float]:
    """How coarse the population is, where it is coarser than the cells: a limit of the answer."""
    side_m = analysis.notes.get("coarse_people")
    return {} if side_m is None else {"population_cell_m": side_m}


def _analysed(
    files: HotspotFiles,
    points: Points,
    request: Request,
    people: People | None,
    boundary: shapely.Geometry | None,
) -> PointAnalysis:
    ticker = Ticker()
    try:
        return analyse_points(points, request, people=people, boundary=boundary, progress=ticker.of)
    except TooWide as error:
        if files.boundary is not None:
            refuse("area_too_wide", {"path": files.boundary.name, "km": round(error.km)})
        refuse("too_wide", {"km": round(error.km)})
    except TooManyCells as error:
        refuse("too_many_cells", {"cell": f"{error.cell_m:g}"})
    except NobodyNear:
        refuse("people_elsewhere", {"path": (files.population or files.points).name})
    except NoBaseline:
        path = files.population or files.boundary or files.points
        refuse("no_people" if files.population else "boundary", {"path": path.name})
    except TooFarNorth:
        refuse("too_far_north", {})


def _points(path: Path, boundary: shapely.Geometry | None) -> Points:
    numbers, text = read_columns(path, ("lon", "lat"), ("respondent",), Ticker().rows)
    lon, lat = numbers["lon"], numbers["lat"]
    usable = usable_rows(path, lon, lat, boundary)
    respondent = text.get("respondent")
    if respondent is not None:
        # Each mark of nobody known is a person of its own.
        _, codes = np.unique(respondent, return_inverse=True)
        alone = respondent == -1
        codes[alone] = codes.max() + 1 + np.arange(int(alone.sum()))
        respondent = codes[usable].astype(np.int64)
    return Points(lon[usable], lat[usable], respondent)


def _people(path: Path, boundary: shapely.Geometry | None) -> People:
    numbers, _text = read_columns(path, ("lon", "lat", "population"), (), Ticker().rows)
    lon, lat, number = numbers["lon"], numbers["lat"], numbers["population"]
    if (number < 0).any():
        line = line_of(path, int(np.argmax(number < 0)))
        refuse("negative", {"path": path.name, "line": line, "column": "population"})
    if not np.isfinite(number).any():
        refuse(
            "not_a_number", {"path": path.name, "line": line_of(path, 0), "column": "population"}
        )
    usable = usable_rows(path, lon, lat, boundary)
    without = usable & ~np.isfinite(number)
    if without.any():
        note("without_number", int(without.sum()), column="population")
        usable &= ~without
    if not (number[usable] > 0).any():
        refuse("no_people", {"path": path.name})
    return People(lon[usable], lat[usable], number[usable])


def _boundary(path: Path) -> shapely.Geometry:
    try:
        if path.stat().st_size > MAX_BYTES:
            refuse("file_too_large", {"path": path.name, "limit": MAX_BYTES // 1_000_000})
        with np.errstate(all="ignore"):  # numbers beyond all reckoning are refused below
            outline = read_outline(path.read_bytes())
    except OSError:
        refuse("missing", {"path": str(path)})
    except (BadOutline, RecursionError):
        refuse("boundary", {"path": path.name})
    south, west, north, east = outline.bounds
    along, up = max(abs(west), abs(east)), max(abs(south), abs(north))
    if along > 180 or up > 90:
        turned = along <= 90 and up <= 180
        refuse("boundary_turned" if turned else "boundary_metres", {"path": path.name})
    if outline.repaired:
        note("repaired")
    return outline.geometry


def _write(files: HotspotFiles, analysis: PointAnalysis) -> None:
    """The findings and the cells: where one cannot be written, the other is not there either."""
    with written(files.out) as file:
        json.dump(document(analysis), file, ensure_ascii=False, allow_nan=False)
        if files.surface is not None:
            with written(files.surface) as cells:
                _write_surface(cells, analysis)


def _write_surface(file: IO[str], analysis: PointAnalysis) -> None:
    columns = surface_columns(analysis)
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(columns)
    formats = ("%.7f", "%.7f", "%d", "%.9g", "%.12g", "%.9g")
    for row in zip(*columns.values(), strict=True):
        writer.writerow(
            "" if not math.isfinite(value) else shape % value
            for shape, value in zip(formats, row, strict=True)
        )


def _geometry(shape: shapely.Geometry) -> dict[str, Any]:
    """GeoJSON with outer rings counter-clockwise, as RFC 7946 wants."""
    turned = shapely.geometry.mapping(shapely.orient_polygons(shape))
    return {"type": turned["type"], "coordinates": _rounded(turned["coordinates"])}


def _rounded(coordinates: Any) -> Any:
    if isinstance(coordinates, (int, float)):
        return round(float(coordinates), _DECIMALS)
    return [_rounded(part) for part in coordinates]


def _number(value: float) -> float | None:
    return round(value, 6) if math.isfinite(value) else None
