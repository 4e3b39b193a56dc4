"""The work behind ``trygghetsdialog analyse scan`` and ``gi``: tables of areas or cells."""

import csv
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np
from flask_babel import gettext as _

from maps.engine.gi_points import all_alone, gi_star_at, tail
from maps.engine.grid import Bools, Floats
from maps.engine.scan_areas import Areas, Cluster, scan_areas
from maps.files.tables import Rows, column_named, read_rows
from maps.places import SWEDEN_LAT, SWEDEN_LON
from maps.planes import TooFarNorth, on_sphere, plane_at
from webapp.commands.analyse_map_words import Ticker, check_writable, note, refuse, told, written
from webapp.commands.analyse_positions import check_degrees
from webapp.commands.answer_files import in_swedish

METHOD = "kulldorff_poisson"
_MOST_AREAS = 20_000
_MOST_CELLS = 2_000_000
_MOST = 1e12  # as a value: sums and squares of these are still exact enough
_WIDE_DEGREES = 6.0  # beyond a zone's width a plane distorts: the sphere is nearer the truth


@dataclass(frozen=True, slots=True)
class AreaColumns:
    """The names of the columns to read; `name` None is the first."""

    x: str
    y: str
    cases: str
    population: str
    name: str | None


def run_scan(  # noqa: PLR0913 - one parameter per option
    source: Path,
    out: Path,
    columns: AreaColumns,
    *,
    cartesian: bool,
    max_population: float,
    simulations: int,
    seed: int,
) -> None:
    """Write the clusters of areas as JSON."""
    with in_swedish(), told():
        check_writable(out, read=[source])
        if not math.isfinite(max_population):
            refuse("option", {"option": "--max-population"})
        table = read_rows(source, limit=_MOST_AREAS)
        _check_axes(source, table, columns.x, columns.y)
        areas = _areas(source, table, columns, cartesian=cartesian)
        names = _text(source, table, columns.name or table.form.columns[0])
        if len(set(names)) < len(names):
            note("ids_repeat", len(names) - len(set(names)))
        clusters = scan_areas(
            areas,
            max_population=max_population,
            simulations=simulations,
            seed=seed,
            progress=Ticker().of,
        )
        document = {
            "method": METHOD,
            "simulations": simulations,
            "seed": seed,
            "clusters": [_fields(cluster, names) for cluster in clusters],
        }
        with written(out) as file:
            json.dump(document, file, ensure_ascii=False, allow_nan=False, indent=1)
        count = len(clusters)
        if not count:
            note("no_excess")
        click.echo(_("%(found)s clusters written to %(path)s", found=count, path=out.name))


def run_gi(
    source: Path, out: Path, names: tuple[str, str, str], *, distance: float, cartesian: bool
) -> None:
    """Write the table again with z and p_value."""
    with in_swedish(), told():
        check_writable(out, read=[source])
        if not math.isfinite(distance):
            refuse("option", {"option": "--distance"})
        table = read_rows(source, limit=_MOST_CELLS)
        for taken in {"z", "p_value"} & set(table.form.columns):
            refuse("column_taken", {"path": source.name, "column": taken})
        _check_axes(source, table, names[0], names[1])
        x, y, value = columns = [_column(source, table, name) for name in names]
        for name, values in zip(names, columns, strict=True):
            _check(source, table, name, np.abs(values) > _MOST, "too_large")
        usable = _valued(source, table, names, columns, cartesian=cartesian)
        z, p = np.full(value.size, np.nan), np.full(value.size, np.nan)
        position = _near(x[usable], y[usable], cartesian=cartesian)
        z[usable] = gi_star_at(position, value[usable], distance)
        p[usable] = tail(z[usable])
        if not z[usable].any():
            note("no_contrast")
        elif all_alone(position, distance):
            note("alone")
        _write_gi(out, table, z, p)
        click.echo(_("%(found)s rows written to %(path)s", found=value.size, path=out.name))


def _valued(
    source: Path,
    table: Rows,
    names: tuple[str, str, str],
    columns: Sequence[Floats],
    *,
    cartesian: bool,
) -> Bools:
    """Rows with a position and a value; the others are counted and told, each by what it lacks."""
    x, y, value = columns
    placed: Bools = np.isfinite(x) & np.isfinite(y)
    if not cartesian:
        check_degrees(source, x, y, names[:2], table.lines)
    if not placed.any():
        refuse("no_positions", {"path": source.name})
    usable: Bools = placed & np.isfinite(value)
    if not usable.any():
        refuse("no_numbers", {"path": source.name, "column": names[2]})
    if not placed.all():
        note("unusable", int((~placed).sum()))
    if (placed & ~usable).any():
        note("without_number", int((placed & ~usable).sum()), column=names[2])
    return usable


def _areas(source: Path, table: Rows, columns: AreaColumns, *, cartesian: bool) -> Areas:
    read = {
        name: _column(source, table, name)
        for name in (columns.x, columns.y, columns.cases, columns.population)
    }
    for name, values in read.items():
        _check(source, table, name, ~np.isfinite(values), "not_a_number")
        _check(source, table, name, np.abs(values) > _MOST, "too_large")
    x, y = read[columns.x], read[columns.y]
    cases, population = read[columns.cases], read[columns.population]
    _check(source, table, columns.cases, cases < 0, "negative")
    _check(source, table, columns.population, population < 0, "negative")
    if population.sum() <= 0:
        refuse("no_people", {"path": source.name})
    _check(source, table, columns.cases, (population == 0) & (cases > 0), "cases_without_people")
    if cases.sum() <= 0:
        refuse("no_cases", {"path": source.name})
    if not np.array_equal(cases, np.rint(cases)):
        note("fractions", round(float(cases.sum())))
    if not cartesian:
        check_degrees(source, x, y, (columns.x, columns.y), table.lines)
    position = np.column_stack([x, y]) if cartesian else on_sphere(x, y)
    return Areas(position, cases, population)


def _near(x: Floats, y: Floats, *, cartesian: bool) -> Floats:
    """Positions in which straight distances are true: a plane's metres, or the sphere's."""
    if cartesian:
        return np.column_stack([x, y])
    if np.ptp(x) > _WIDE_DEGREES and not _in_sweden(x, y):
        return on_sphere(x, y)
    try:
        plane = plane_at(float(np.median(x)), float(np.median(y)))
    except TooFarNorth:
        return on_sphere(x, y)
    return np.column_stack(plane.to_metres(x, y))


def _in_sweden(x: Floats, y: Floats) -> bool:
    return bool(
        SWEDEN_LON[0] <= x.min()
        and x.max() <= SWEDEN_LON[1]
        and SWEDEN_LAT[0] <= y.min()
        and y.max() <= SWEDEN_LAT[1]
    )


def _check(source: Path, table: Rows, column: str, wrong: Bools, code: str) -> None:
    if wrong.any():
        line = int(table.lines[np.argmax(wrong)])
        refuse(code, {"path": source.name, "line": line, "column": column})


def _check_axes(source: Path, table: Rows, x: str, y: str) -> None:
    """Refuse one column for both axes: all positions would lie on one slanting line."""
    if column_named(source, table.form, x) == column_named(source, table.form, y):
        refuse("one_axis", {"column": x})


def _column(source: Path, table: Rows, name: str) -> Floats:
    return table.numbers(table.form.columns[column_named(source, table.form, name)])


def _text(source: Path, table: Rows, name: str) -> list[str]:
    place = column_named(source, table.form, name)
    return [row[place].strip() for row in table.rows]


def _fields(cluster: Cluster, names: list[str]) -> dict[str, object]:
    whole = cluster.cases == round(cluster.cases)
    risk = cluster.relative_risk
    return {
        "rank": cluster.rank,
        "ids": [names[member] for member in cluster.members],
        "cases": int(cluster.cases) if whole else cluster.cases,
        "expected": cluster.expected,
        "relative_risk": risk if math.isfinite(risk) else None,
        "log_likelihood_ratio": cluster.ratio,
        "p_value": cluster.p,
    }


def _write_gi(out: Path, table: Rows, z: Floats, p: Floats) -> None:
    with written(out) as file:
        writer = csv.writer(file, delimiter=table.form.delimiter, lineterminator="\n")
        writer.writerow([*table.form.columns, "z", "p_value"])
        for row, one, tail_p in zip(table.rows, z, p, strict=True):
            added = [repr(float(v)) if math.isfinite(v) else "" for v in (one, tail_p)]
            writer.writerow([*row, *added])
