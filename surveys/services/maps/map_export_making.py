"""Makes the files of a map. Imported by the job process, never by a page."""

import json
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from shapely.geometry import shape
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from maps.drawing.drawing import person_cells
from maps.drawing.labels import Label
from maps.drawing.spots import Spot
from maps.files.export_data import AREAS, ExportLayer, ExportRow, MapExportData
from maps.files.export_files import as_csv, as_geojson, as_geopackage
from maps.ground.basemap import Basemap
from surveys.models.geography import AreaKind
from surveys.models.hotspot import HotspotRun, RunState
from surveys.models.map_export import ExportFormat, MapExport
from surveys.models.municipality import Municipality
from surveys.queries.ground.divisions import Division
from surveys.queries.maps.hotspots import HotspotSummary, RunSummary, get_latest_run
from surveys.queries.maps.place_work import get_work_map, spot_at
from surveys.queries.results.filters import Filters
from surveys.queries.results.marked_places import MemberCount
from surveys.services.maps.hotspot_drawing import class_limits
from surveys.services.maps.hotspot_input import RunInput, RunOutput
from surveys.services.maps.hotspots import analyse_run, read_input

WRITERS: Mapping[ExportFormat, Callable[[MapExportData], bytes]] = {
    ExportFormat.GEOPACKAGE: as_geopackage,
    ExportFormat.GEOJSON: as_geojson,
    ExportFormat.CSV: as_csv,
}
_DIVISIONS = {
    AreaKind.DESO: "DeSO-område",
    AreaKind.REGSO: "RegSO-område",
    AreaKind.DISTRICT: "stadsdel",
}
SUPPRESSION = (
    "cells, areas, reasons and hours with fewer than {least} persons are left out; cells tell a"
    " class of numbers, and an area is left out too where its number, with another of the map,"
    " would tell of fewer than {least}; numbers are lower bounds where is_at_least"
)


@dataclass(frozen=True, slots=True)
class DoneThere:
    """A place where something is done, as it is drawn, and the titles of what is done."""

    spot: Spot
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExportInput:
    """What the files are made from, read from the database."""

    run: RunSummary
    marks: RunInput
    title: str
    municipality: str
    slug: str  # of the municipality
    seed: int | None
    filters: Mapping[str, Any]  # of the marks that the run was made of; empty: all
    work: tuple[DoneThere, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintMap:
    """What a printed page is made of; whoever prints finds the ground and the words."""

    data: MapExportData
    run: RunSummary
    municipality: str
    slug: str
    ground: Basemap
    labels: tuple[Label, ...]
    work: tuple[DoneThere, ...] = ()


Printer = Callable[[PrintMap], bytes]
Teller = Callable[[ExportInput], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class MapWriter:
    """Says in sentences what a map rests on, and prints it; surveys knows no language."""

    about: Teller
    printed: Printer


def read_exports(session: Session, municipality: Municipality, run_id: int) -> ExportInput | None:
    """What the files of the run are made from; None where nothing waits, or the run is old."""
    waits = session.scalar(
        select(MapExport.id)
        .where(
            MapExport.municipality_id == municipality.id,
            MapExport.run_id == run_id,
            MapExport.n_bytes == 0,
        )
        .limit(1)
    )
    run = session.scalar(
        select(HotspotRun).where(
            HotspotRun.municipality_id == municipality.id,
            HotspotRun.id == run_id,
            HotspotRun.state == RunState.DONE,
        )
    )
    if waits is None or run is None:
        return None
    return read_export_input(session, municipality, run)


def read_export_input(
    session: Session, municipality: Municipality, run: HotspotRun
) -> ExportInput | None:
    """What the files of a finished run are made from; None where there is a later one."""
    filters = Filters.from_json(run.filters)
    latest = get_latest_run(session, municipality, run.dialogue, filters)
    if latest is None or latest.id != run.id:
        return None
    return ExportInput(
        run=latest,
        marks=read_input(session, municipality, run.dialogue, filters),
        title=run.dialogue.title,
        municipality=municipality.official_name,
        slug=municipality.slug,
        seed=run.seed,
        filters=dict(run.filters or {}),
        work=tuple(
            DoneThere(spot_at(each.letter, each.place), tuple(work.title for work in each.works))
            for each in get_work_map(session, municipality).spots
        ),
    )


def make_files(
    source: ExportInput,
    writer: MapWriter | None,
    wanted: Collection[ExportFormat] = tuple(ExportFormat),
) -> dict[ExportFormat, bytes] | None:
    """The wanted files; None where the marks are no longer those of the run: a new map comes first.

    Without a writer they have no sentences, and there is no printed page.
    """
    if source.marks.data_hash != source.run.data_hash:
        return None
    # What a part of the marks may tell hangs on the others too.
    if source.run.filters.key and source.marks.fingerprint != source.run.settings["fingerprint"]:
        return None
    output = analyse_run(source.marks)
    data = replace(
        export_data(source, output), about=writer.about(source) if writer is not None else ()
    )
    files = {kind: write(data) for kind, write in WRITERS.items() if kind in wanted}
    if writer is not None and ExportFormat.PDF in wanted:
        marks = source.marks
        page = PrintMap(
            data,
            source.run,
            source.municipality,
            source.slug,
            marks.ground,
            marks.labels,
            source.work,
        )
        files[ExportFormat.PDF] = writer.printed(page)
    return files


def store_files(
    session: Session, municipality: Municipality, run_id: int, files: dict[ExportFormat, bytes]
) -> None:
    """Store what still waits; a run that has been voided meanwhile has no rows to fill."""
    for kind, content in files.items():
        session.execute(
            update(MapExport)
            .where(
                MapExport.municipality_id == municipality.id,
                MapExport.run_id == run_id,
                MapExport.format == kind,
                MapExport.n_bytes == 0,
            )
            .values(content=content, n_bytes=len(content))
        )


def drop_waiting(session: Session, municipality: Municipality, run_id: int) -> None:
    """Forget what cannot be made, so that it can be asked for again."""
    session.execute(
        delete(MapExport).where(
            MapExport.municipality_id == municipality.id,
            MapExport.run_id == run_id,
            MapExport.n_bytes == 0,
        )
    )


def export_data(source: ExportInput, output: RunOutput) -> MapExportData:
    """The figures of the page, in layers."""
    run = source.run
    limits = tuple(class_limits(output.analysis)) if output.analysis is not None else ()
    layers = [
        ExportLayer("hotspots", "Hotspots" if run.baseline else "Koncentrationer",
                    tuple(map(_hotspot, run.hotspots))),
    ]  # fmt: skip
    if output.analysis is not None:
        cells = person_cells(output.analysis).cells
        cell_m = float(run.settings["cell_m"])
        rows = tuple(
            ExportRow(c.polygon, _of_class(c.level, limits) | {"cell_m": cell_m}) for c in cells
        )
        layers.append(ExportLayer("cells", "Personer per ruta", rows, limits))
    layers += [_areas(division, output) for division in source.marks.divisions]
    return MapExportData(
        f"{source.municipality}: {source.title}", _facts(source), tuple(layers), limits
    )


def _facts(source: ExportInput) -> dict[str, str | int | float | bool | None]:
    run = source.run
    scan = run.settings.get("scan") or {}
    return {
        "source": f"{source.municipality}, {source.title}",
        "n_respondents": run.n_respondents,
        "method": run.method,
        "seed": source.seed,
        "simulations": scan.get("simulations"),
        "baseline": run.baseline,
        "baseline_source": scan.get("source"),
        "baseline_dated": scan.get("dated_on"),
        "filters": json.dumps(source.filters, ensure_ascii=False) if source.filters else None,
        "crs_of_cells": run.settings.get("crs"),
        "cell_m": run.settings.get("cell_m"),
        "min_respondents": run.settings.get("min_respondents"),
        "suppression": SUPPRESSION.format(least=run.settings.get("min_respondents")),
        "computed_at": run.computed_at.isoformat(),
        "data_sha256": run.data_hash,
        "caveat": "Marks show what people feel, not where crimes happen.",
    }


def _hotspot(area: HotspotSummary) -> ExportRow:
    return ExportRow(
        shape(area.geometry),
        {
            "rank": area.rank,
            "name": area.name,
            "n_marks": area.n_marks,
            "n_respondents": area.n_respondents,
            "is_at_least": area.is_at_least,
            "expected": area.expected,
            "relative_risk": area.relative_risk,
            "z": area.z,
            "p_value": area.p_value,
            "reasons": _told(area.reasons),
            "times": _told(area.times),
        },
    )


def _told(counts: Iterable[MemberCount]) -> str:
    """Codes with their numbers of respondents, those that are withheld without."""
    return "; ".join(
        f"{row.member.value}: {row.n_respondents}"
        if row.n_respondents
        else f"{row.member.value}: withheld"
        for row in counts
    )


def _of_class(level: int, limits: tuple[int, ...]) -> dict[str, int | None]:
    """A square's class, as the page tells it: never how many exactly. The last class is open."""
    ends = [limit - 1 for limit in limits[1:]]
    to = ends[level - 1] if level <= len(ends) else None
    return {"level": level, "from_respondents": limits[level - 1], "to_respondents": to}


def _areas(division: Division, output: RunOutput) -> ExportLayer:
    """Persons by area of a division, as the page tells them and in its classes."""
    told = output.layers[f"area-{division.kind}"]
    limits = tuple(int(limit) for limit in told["limits"])
    rows = tuple(
        ExportRow(
            outline,
            {
                "kind": division.kind,
                "code": row["code"],
                "name": row["name"],
                "n_respondents": row["n"],
                "is_at_least": told["step"] > 1,
                "level": None if row["n"] is None else bisect_right(limits, row["n"]),
                "is_withheld": row["n"] is None,
            },
        )
        for row, outline in zip(told["rows"], division.shapes, strict=True)
    )
    kind = AreaKind(division.kind)
    return ExportLayer(f"{AREAS}{kind.value}", f"Personer per {_DIVISIONS[kind]}", rows, limits)
