"""Runs the analysis of marked places. Imported by the job process and commands, never by a page.

Reading, computing and storing are three steps, so that a job can hold the database only while it
reads and while it stores: computing takes seconds, in which residents must be able to answer.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from maps.areas import BadOutline, Outline, read_outline
from maps.basemap import Basemap
from maps.clusters import Concentration
from maps.crs import SWEREF99_TM
from maps.grid import GridTooLarge
from maps.hotspots import Analysis, analyse, names_of_too_few
from maps.labels import Label
from maps.map_parts import MapDocument
from maps.mark_scan import ScanArea
from maps.places import NamedPoint, distance_m, nearest
from maps.streets import StreetNames
from maps.surface import Settings
from surveys.days import whole_hour
from surveys.errors import NotFound
from surveys.models.dialogue import Dialogue
from surveys.models.hotspot import HotspotRun, RunState
from surveys.models.municipality import Municipality
from surveys.models.place import PlaceKind
from surveys.queries.mark_columns import MarkColumns, load_marks
from surveys.queries.marks import get_fingerprint
from surveys.queries.municipalities import list_named_places
from surveys.queries.people import PeopleSource, list_people, source_of
from surveys.queries.streets import list_naming_streets
from surveys.services.hotspot_drawing import (
    class_limits,
    draw_map,
    read_ground,
    register_labels,
)
from surveys.services.hotspot_requests import SCAN_METHOD
from surveys.services.hotspot_rows import hotspot_row

# A hotspot is named from a place of its own size this near; else from whatever is nearest.
NAMING_REACH_M = 500
WIDE_KINDS = frozenset({PlaceKind.LOCALITY, PlaceKind.DISTRICT})
# The last run's map and the one before it, which a page that lies open may still ask for.
KEPT_MAPS = 2


@dataclass(frozen=True, slots=True)
class RunInput:
    """Everything that the analysis of one run needs, read from the database."""

    marks: MarkColumns
    people: tuple[PeopleSource, ...]  # what the marks can be held to, the best first
    fingerprint: str
    outline: Outline | None
    ground: Basemap
    labels: tuple[Label, ...]
    register: tuple[NamedPoint, ...]
    narrow: tuple[NamedPoint, ...]  # the register without localities and districts
    streets: StreetNames
    min_respondents: int  # fewer than so many persons are not told of any area or cell


@dataclass(frozen=True, slots=True)
class RunOutput:
    """What is stored of a run: either the analysis with its map, or why there is none."""

    data: RunInput
    analysis: Analysis | None
    names: dict[int, str]  # rank -> the name of the area
    drawing: MapDocument | None
    failure: str | None


def compute_run(
    session: Session, municipality: Municipality, run_id: int, *, now: datetime
) -> HotspotRun:
    """Read, compute and store the run in this one session; raise NotFound.

    A run that is done already is left as it is, so that a job may be run twice.
    """
    data = read_run(session, municipality, run_id)
    if data is not None:
        store_run(session, municipality, run_id, analyse_run(data), now=now)
    return _get_run(session, municipality, run_id)


def read_run(session: Session, municipality: Municipality, run_id: int) -> RunInput | None:
    """What the run is to be made from; None where it is done already. Raise NotFound."""
    run = _get_run(session, municipality, run_id)
    if run.state is not RunState.QUEUED:
        return None
    return read_input(session, municipality, run.dialogue)


def read_input(session: Session, municipality: Municipality, dialogue: Dialogue) -> RunInput:
    """What an analysis of the dialogue is made from today.

    Sensitive places name nothing: a hotspot's name goes on into evidence, pictures and files.
    """
    register = [p for p in list_named_places(session, municipality) if not p.is_sensitive]
    points = [NamedPoint(p.name, p.lat, p.lon, float(p.radius_m)) for p in register]
    return RunInput(
        marks=load_marks(session, municipality, dialogue),
        people=list_people(session, municipality),
        fingerprint=get_fingerprint(session, municipality, dialogue),
        outline=_outline(municipality),
        ground=read_ground(municipality),
        labels=register_labels(register),
        register=tuple(points),
        narrow=tuple(
            point
            for point, place in zip(points, register, strict=True)
            if place.kind not in WIDE_KINDS
        ),
        streets=StreetNames(list_naming_streets(session, municipality)),
        min_respondents=municipality.min_respondents,
    )


def analyse_run(data: RunInput) -> RunOutput:
    """Compute: no database, the same output for the same input."""
    try:
        analysis = analyse(
            data.marks.located,
            outline=data.outline,
            people=[source.people for source in data.people],
            settings=Settings(min_respondents=data.min_respondents),
        )
    except GridTooLarge:
        return RunOutput(data, None, {}, None, "grid_too_large")
    names = {area.rank: _name(data, area) for area in analysis.areas}
    drawing = draw_map(analysis, data.ground, data.labels, names)
    return RunOutput(data, analysis, names, drawing, None)


def store_run(
    session: Session,
    municipality: Municipality,
    run_id: int,
    output: RunOutput,
    *,
    now: datetime,
) -> None:
    """Write the output into the run, unless another job has done so in the meantime."""
    run = _get_run(session, municipality, run_id, lock=True)
    if run.state is not RunState.QUEUED:
        return
    run.computed_at = whole_hour(now)
    run.data_hash = output.data.marks.data_hash
    if output.analysis is None:
        run.state, run.failure = RunState.FAILED, output.failure
        run.settings = {"fingerprint": output.data.fingerprint}
        session.flush()
        return
    run.state = RunState.DONE
    _store_analysis(run, output, output.analysis)
    if output.drawing is not None:
        run.map_html = output.drawing.html
        run.map_script = output.drawing.script
        run.map_style = output.drawing.style
    session.flush()
    _clear_old_maps(session, run)


def fail_run(
    session: Session, municipality: Municipality, run_id: int, failure: str, *, now: datetime
) -> None:
    """Mark a run that broke, so that it neither waits for ever nor is tried for ever."""
    run = _get_run(session, municipality, run_id, lock=True)
    if run.state is RunState.QUEUED:
        run.state, run.failure, run.computed_at = RunState.FAILED, failure, whole_hour(now)
        run.settings = {"fingerprint": get_fingerprint(session, municipality, run.dialogue)}
        session.flush()


def _get_run(
    session: Session, municipality: Municipality, run_id: int, *, lock: bool = False
) -> HotspotRun:
    statement = select(HotspotRun).where(
        HotspotRun.municipality_id == municipality.id, HotspotRun.id == run_id
    )
    if lock:  # else a withdrawal could void the run between this look at it and what is written
        statement = statement.with_for_update().execution_options(populate_existing=True)
    run = session.scalar(statement)
    if run is None:
        raise NotFound(f"run {run_id}")
    return run


def _outline(municipality: Municipality) -> Outline | None:
    if municipality.outline is None:
        return None
    try:
        return read_outline(municipality.outline)
    except BadOutline:
        return None  # an outline that cannot be read bounds nothing; the marks still count


def _store_analysis(run: HotspotRun, output: RunOutput, analysis: Analysis) -> None:
    data = output.data
    run.n_marks = analysis.n_marks
    run.n_respondents = analysis.n_respondents
    run.n_outside = data.marks.size - analysis.n_marks + data.marks.n_unplaced
    run.settings = _settings(output, analysis)
    if analysis.scan is not None and analysis.scan.baseline is not None:
        run.method, run.seed = SCAN_METHOD, analysis.scan.seed
        run.baseline = analysis.scan.baseline.value if analysis.is_tested else None
    run.hotspots = [
        hotspot_row(data.marks, area, output.names[area.rank]) for area in analysis.areas
    ]


def _settings(output: RunOutput, analysis: Analysis) -> dict[str, Any]:
    data, chosen = output.data, analysis.settings
    return {
        "state": analysis.state.value,
        "crs": f"EPSG:{SWEREF99_TM}",
        "cell_m": chosen.cell_m,
        "radius_m": chosen.radius_m,
        "reach_m": chosen.reach_m,
        "bandwidth_m": analysis.bandwidth_m,
        "bandwidth_rule": analysis.bandwidth_rule.value,
        "false_discovery_rate": chosen.false_discovery_rate,
        "min_respondents": chosen.min_respondents,
        "min_marks": chosen.min_marks,
        "n_words_only": data.marks.n_unplaced,
        "n_districts": analysis.n_districts,
        "n_far_outside": analysis.n_outside,
        "class_limits": class_limits(analysis),
        "too_few": _too_few(output, analysis),
        "fingerprint": data.fingerprint,
        "scan": _scan_settings(output, analysis),
    }


def _scan_settings(output: RunOutput, analysis: Analysis) -> dict[str, Any] | None:
    """What the scan was made with and held to; None where there was nothing to hold it to."""
    scan = analysis.scan
    if scan is None:
        return None
    held_to = None if scan.baseline is None else source_of(output.data.people, scan.baseline)
    return {
        "untested": scan.untested,
        "source": held_to and held_to.source,
        "dated_on": held_to and held_to.dated_on and held_to.dated_on.isoformat(),
        "cell_m": scan.cell_m,
        "simulations": scan.simulations,
        "n": scan.n,
        "n_unpeopled": scan.n_unpeopled,
    }


def _too_few(output: RunOutput, analysis: Analysis) -> list[str]:
    """Names of places with too few respondents; never one that a drawn area lies in."""
    told = set(output.names.values())
    for point in output.data.register:
        lies_in = any(
            distance_m(point.lat, point.lon, area.lat, area.lon) <= point.radius_m
            for area in analysis.areas
        )
        if lies_in:
            told.add(point.name)
    return [name for name in names_of_too_few(analysis, output.data.register) if name not in told]


def _name(data: RunInput, area: Concentration | ScanArea) -> str:
    close = nearest(area.lat, area.lon, data.narrow)
    if close is not None and close.distance_m - close.named.radius_m <= NAMING_REACH_M:
        return close.named.name
    street = data.streets.near(area.lat, area.lon)
    if street:
        return street
    wide = nearest(area.lat, area.lon, data.register)
    return wide.named.name if wide else ""


def _clear_old_maps(session: Session, run: HotspotRun) -> None:
    """Numbers are kept for ever; drawings can be drawn again and would fill the disk."""
    kept = (
        select(HotspotRun.id)
        .where(
            HotspotRun.municipality_id == run.municipality_id,
            HotspotRun.dialogue_id == run.dialogue_id,
            HotspotRun.map_html.is_not(None),
        )
        .order_by(HotspotRun.id.desc())
        .limit(KEPT_MAPS)
    )
    session.execute(
        update(HotspotRun)
        .where(
            HotspotRun.municipality_id == run.municipality_id,
            HotspotRun.dialogue_id == run.dialogue_id,
            HotspotRun.map_html.is_not(None),
            HotspotRun.id.not_in(list(session.scalars(kept))),
        )
        .values(map_html=None, map_script=None, map_style=None)
        .execution_options(synchronize_session="fetch")
    )
