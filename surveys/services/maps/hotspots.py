"""Runs the analysis of marked places. Imported by the job process and commands, never by a page.

Reading, computing and storing are three steps, so that a job can hold the database only while it
reads and while it stores: computing takes seconds, in which residents must be able to answer.
"""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from maps.areas import BadOutline, Outline, read_outline
from maps.engine.grid import GridTooLarge
from maps.engine.hotspots import Analysis, analyse
from maps.engine.marks import Marks, place_marks, place_part
from maps.engine.scan_hotspots import SIMULATIONS
from maps.engine.surface import Settings
from maps.places import NamedPoint
from maps.streets import StreetNames
from surveys.days import whole_hour
from surveys.errors import NotFound
from surveys.models.dialogue import Dialogue
from surveys.models.hotspot import TOO_FEW_NEW, Hotspot, HotspotRun, RunState
from surveys.models.municipality import Municipality
from surveys.models.place import PlaceKind
from surveys.queries.ground.divisions import list_divisions
from surveys.queries.ground.people import get_known_people, list_people
from surveys.queries.ground.streets import list_naming_streets
from surveys.queries.maps.mark_columns import Everybody, load_marks, load_part
from surveys.queries.maps.marks import get_fingerprint, of_part
from surveys.queries.municipalities.municipalities import list_named_places
from surveys.queries.results.filters import NO_FILTERS, Filters
from surveys.services.maps.collecting import without_collecting
from surveys.services.maps.hotspot_drawing import draw_map, read_ground, register_labels
from surveys.services.maps.hotspot_guard import hold_back
from surveys.services.maps.hotspot_holding import is_held
from surveys.services.maps.hotspot_input import RunInput, RunOutput
from surveys.services.maps.hotspot_layers import area_layers, cell_layers
from surveys.services.maps.hotspot_names import name_at
from surveys.services.maps.hotspot_ready import all_located, make_ready
from surveys.services.maps.hotspot_requests import SCAN_METHOD
from surveys.services.maps.hotspot_rows import SaidAnywhere, hotspot_rows
from surveys.services.maps.hotspot_settings import run_settings
from surveys.services.maps.hotspot_zones import make_inexact, tell_zones

WIDE_KINDS = frozenset({PlaceKind.LOCALITY, PlaceKind.DISTRICT})
# The last run's map and the one before it, which a page that lies open may still ask for.
KEPT_MAPS = 2
KEPT_FILTERED = 20  # drawn maps of parts of a dialogue's marks, the last that were asked for


def compute_run(
    session: Session,
    municipality: Municipality,
    run_id: int,
    *,
    now: datetime,
    simulations: int = SIMULATIONS,
) -> HotspotRun:
    """Read, compute and store the run in this one session; raise NotFound.

    A run that is done already is left as it is, so that a job may be run twice. How many
    simulations the scan was made with is told with the result.
    """
    data = read_run(session, municipality, run_id, now=now)
    if data is not None:
        output = analyse_run(replace(data, simulations=simulations))
        store_run(session, municipality, run_id, output, now=now)
    return _get_run(session, municipality, run_id)


def read_run(
    session: Session, municipality: Municipality, run_id: int, *, now: datetime
) -> RunInput | None:
    """What the run is to be made from; None where it is done already. Raise NotFound.

    Whether it would be told is asked here, and asked again when it is stored.
    """
    run = _get_run(session, municipality, run_id)
    if run.state is not RunState.QUEUED:
        return None
    data = read_input(session, municipality, run.dialogue, Filters.from_json(run.filters))
    return replace(data, is_held=is_held(session, run, data, now=now))


@without_collecting()
def read_input(
    session: Session,
    municipality: Municipality,
    dialogue: Dialogue,
    filters: Filters = NO_FILTERS,
) -> RunInput:
    """What an analysis of the dialogue's marks, or of those that are chosen, is made from today.

    Sensitive places name nothing: a hotspot's name goes on into evidence, pictures and files.
    """
    register = [p for p in list_named_places(session, municipality) if not p.is_sensitive]
    points = [NamedPoint(p.name, p.lat, p.lon, float(p.radius_m)) for p in register]
    everybody: Everybody | None = None
    if filters.key:
        marks, everybody = load_part(session, municipality, dialogue, filters)
        fingerprint = of_part(marks.fingerprint, everybody.fingerprint)
    else:
        marks = load_marks(session, municipality, dialogue)
        fingerprint = marks.fingerprint
    return RunInput(
        marks=marks,
        people=list_people(session, municipality),
        fingerprint=fingerprint,
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
        min_crossed=municipality.min_crossed,
        known=get_known_people(session, municipality),
        divisions=tuple(list_divisions(session, municipality)),
        filters=filters,
        everybody=everybody,
    )


@without_collecting()
def analyse_run(data: RunInput) -> RunOutput:
    """Compute: no database, the same output for the same input."""
    if data.is_held:
        return RunOutput(data, None, {}, None, TOO_FEW_NEW)
    everybody, n_held_back = data.everybody, 0
    with ThreadPoolExecutor(1) as pool:  # areas have nothing to do with what is found among marks
        preparing = pool.submit(make_ready, data)
        try:
            marks = all_marks = place_marks(all_located(data), data.outline)
            if everybody is not None:
                marks = place_part(all_marks, data.marks.located, everybody.is_chosen)
            analysis = analyse_input(data, marks)
        except GridTooLarge:
            return RunOutput(data, None, {}, None, "grid_too_large")
        if everybody is not None:
            analysis, n_held_back = hold_back(analysis, everybody, all_marks)
    ready = preparing.result()
    with ThreadPoolExecutor(2) as pool:  # squares ask nothing of zones, nor rows of what is drawn
        of_cells = pool.submit(cell_layers, data, analysis)
        told = tell_zones(data, analysis, ready.areas)
        analysis = make_inexact(analysis, told.exact)
        names = name_areas(data, analysis)
        telling = pool.submit(_rows, data, analysis, names, ready.anywhere)
        made = [*of_cells.result(), *area_layers(data, told.areas, ready.borders)]
        drawing = draw_map(analysis, data.ground, data.labels, names, [layer for layer, _ in made])
    figures = {layer.key: of_layer for layer, of_layer in made}
    rows = telling.result()
    return RunOutput(data, analysis, names, drawing, None, figures, n_held_back, rows)


def _rows(
    data: RunInput, analysis: Analysis, names: Mapping[int, str], anywhere: SaidAnywhere | None
) -> tuple[Hotspot, ...]:
    rows = hotspot_rows(data.marks, analysis, anywhere)
    for row in rows:
        row.name = names[row.rank]
    return rows


def analyse_input(data: RunInput, marks: Marks | None = None) -> Analysis:
    """The analysis alone, of ``marks`` where they stand on the map already. Raises GridTooLarge."""
    return analyse(
        data.marks.located if marks is None else marks,
        outline=data.outline,
        people=[source.people for source in data.people],
        settings=Settings(min_respondents=data.min_respondents, simulations=data.simulations),
    )


def name_areas(data: RunInput, analysis: Analysis) -> dict[int, str]:
    """The name of each area that is told, by its rank."""
    return {area.rank: name_at(area.lat, area.lon, data) for area in analysis.areas}


@without_collecting()
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
    failure = TOO_FEW_NEW if is_held(session, run, output.data, now=now) else output.failure
    run.computed_at = whole_hour(now)
    if failure is not None or output.analysis is None:
        run.state, run.failure = RunState.FAILED, failure
        run.settings = {"fingerprint": output.data.fingerprint}
        session.flush()
        if failure == TOO_FEW_NEW:
            _forget_earlier_waits(session, run)
        return
    run.state, run.data_hash = RunState.DONE, output.data.data_hash
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
        filters = Filters.from_json(run.filters)
        fingerprint = get_fingerprint(session, municipality, run.dialogue, filters)
        run.settings = {"fingerprint": fingerprint}
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
    run.n_respondents = data.marks.n_persons
    run.n_outside = data.marks.size - analysis.n_marks + data.marks.unplaced.size
    run.settings = run_settings(output, analysis)
    run.layers = dict(output.layers)
    if analysis.scan is not None and analysis.scan.baseline is not None:
        run.method, run.seed = SCAN_METHOD, analysis.scan.seed
        run.baseline = analysis.scan.baseline.value if analysis.is_tested else None
    run.hotspots = list(output.rows)


def _forget_earlier_waits(session: Session, run: HotspotRun) -> None:
    """One row says that a map waits for more: how often it was asked for is nobody's concern."""
    session.execute(
        delete(HotspotRun)
        .where(
            HotspotRun.municipality_id == run.municipality_id,
            HotspotRun.dialogue_id == run.dialogue_id,
            HotspotRun.filter_key == run.filter_key,
            HotspotRun.state == RunState.FAILED,
            HotspotRun.failure == TOO_FEW_NEW,
            HotspotRun.id < run.id,
        )
        .execution_options(synchronize_session="fetch")
    )


def _clear_old_maps(session: Session, run: HotspotRun) -> None:
    """Numbers are kept for ever; drawings can be drawn again and would fill the disk."""
    drawn = (
        HotspotRun.municipality_id == run.municipality_id,
        HotspotRun.dialogue_id == run.dialogue_id,
        HotspotRun.map_html.is_not(None),
    )
    latest = select(HotspotRun.id).where(*drawn).order_by(HotspotRun.id.desc())
    of_these = (HotspotRun.filter_key == run.filter_key, KEPT_MAPS)
    of_parts = (HotspotRun.filter_key != "", KEPT_FILTERED)
    for chosen, most in (of_these, of_parts):
        kept = list(session.scalars(latest.where(chosen).limit(most)))
        session.execute(
            update(HotspotRun)
            .where(*drawn, chosen, HotspotRun.id.not_in(kept))
            .values(map_html=None, map_script=None, map_style=None)
            .execution_options(synchronize_session="fetch")
        )
