"""Draws two rounds alike and counts the same places in both. Never imported by a page.

Reading, computing and storing are three steps, as with one round's map.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from maps.drawing.drawing import rings
from maps.drawing.round_maps import Side, draw_rounds, shared_limits
from maps.drawing.spots import Spot, with_spots
from maps.drawing.words import SWEDISH
from maps.engine.grid import GridTooLarge
from maps.engine.hotspots import Analysis
from maps.engine.scan_hotspots import SIMULATIONS
from surveys.days import whole_hour
from surveys.errors import NotFound
from surveys.models.hotspot import TOO_FEW_NEW, RunState
from surveys.models.municipality import Municipality
from surveys.models.round_map import RoundMap
from surveys.queries.maps.place_work import letter_of, list_work_places, spot_at
from surveys.queries.maps.round_counts import SIDES
from surveys.queries.maps.round_maps import get_rounds_fingerprint
from surveys.services.maps.hotspot_drawing import still_map
from surveys.services.maps.hotspot_holding import are_rounds_held
from surveys.services.maps.hotspot_input import RunInput
from surveys.services.maps.hotspot_zones import AreaZones, make_inexact, tell_zones
from surveys.services.maps.hotspots import analyse_input, name_areas, read_input
from surveys.services.maps.round_findings import Counted, find_in_rounds


@dataclass(frozen=True, slots=True)
class RoundsInput:
    """Everything that the drawing of two rounds needs, the earlier first."""

    inputs: tuple[RunInput, RunInput]
    titles: tuple[str, str]
    spots: tuple[tuple[int, Spot], ...]  # place id, as it is drawn
    fingerprint: str


@dataclass(frozen=True, slots=True)
class RoundsOutput:
    """What is stored: maps and findings, or why there are none."""

    fingerprint: str
    maps: list[dict[str, str]] | None
    findings: dict[str, Any]
    failure: str | None = None


def compute_round_map(
    session: Session,
    municipality: Municipality,
    drawing_id: int,
    *,
    now: datetime,
    simulations: int = SIMULATIONS,
) -> RoundMap:
    """Read, compute and store in this one session; raise NotFound."""
    data = read_rounds(session, municipality, drawing_id)
    if data is not None:
        earlier, later = (replace(each, simulations=simulations) for each in data.inputs)
        output = make_rounds(replace(data, inputs=(earlier, later)))
        store_rounds(session, municipality, drawing_id, output, now=now)
    return _get(session, municipality, drawing_id)


def read_rounds(
    session: Session, municipality: Municipality, drawing_id: int
) -> RoundsInput | None:
    """What the drawing is to be made from; None where it is done already. Raise NotFound."""
    drawing = _get(session, municipality, drawing_id)
    if drawing.state is not RunState.QUEUED:
        return None
    earlier, later = drawing.earlier, drawing.later
    places = list_work_places(session, municipality)
    return RoundsInput(
        inputs=(
            read_input(session, municipality, earlier),
            read_input(session, municipality, later),
        ),
        titles=(earlier.title, later.title),
        spots=tuple(
            (place.id, spot_at(letter_of(number), place)) for number, place in enumerate(places)
        ),
        fingerprint=get_rounds_fingerprint(session, municipality, earlier, later),
    )


def make_rounds(data: RoundsInput) -> RoundsOutput:
    """Compute: no database, the same output for the same input."""
    try:
        found = [analyse_input(each) for each in data.inputs]
    except GridTooLarge:
        return RoundsOutput(data.fingerprint, None, {}, "grid_too_large")
    analyses = [_told(each, exact) for each, exact in zip(data.inputs, found, strict=True)]
    analysed = [(a, name_areas(each, a)) for each, a in zip(data.inputs, analyses, strict=True)]
    sides = [
        Side(anchor, f"{SWEDISH.map_label} {title}", analysis, rings(analysis), names)
        for anchor, title, (analysis, names) in zip(SIDES, data.titles, analysed, strict=True)
    ]
    counted = [
        Counted(each, analysis, names, exact)
        for each, (analysis, names), exact in zip(data.inputs, analysed, found, strict=True)
    ]
    findings = find_in_rounds(counted, data.spots) | {"class_limits": _limits(analyses)}
    return RoundsOutput(data.fingerprint, _drawn(data, sides), findings)


def _drawn(data: RoundsInput, sides: Sequence[Side]) -> list[dict[str, str]]:
    """The live map of each side, and a still picture of its first view for pages without script."""
    ground, labels = data.inputs[0].ground, data.inputs[0].labels
    spots = [spot for _, spot in data.spots]
    limits = shared_limits([side.analysis for side in sides])
    maps = []
    live = draw_rounds(sides, ground, words=SWEDISH, labels=labels, spots=spots)
    for side, drawn in zip(sides, live, strict=True):
        still = still_map(
            side.analysis,
            side.lines,
            ground,
            labels,
            drawn.bounds,
            title=side.label,
            limits=limits,
        )
        html = f"{drawn.html}{with_spots(still, spots)}"
        maps.append({"html": html, "script": drawn.script, "style": drawn.style})
    return maps


def _told(data: RunInput, analysis: Analysis) -> Analysis:
    """A round's analysis, whose areas tell no number that the results would undo."""
    return make_inexact(analysis, tell_zones(data, analysis, AreaZones()).exact)


def store_rounds(
    session: Session,
    municipality: Municipality,
    drawing_id: int,
    output: RoundsOutput,
    *,
    now: datetime,
) -> None:
    """Write the output, and drop earlier drawings of the same two rounds. Raise NotFound.

    NotFound is what a job meets whose answers have been taken out of the count in the meantime.
    """
    drawing = _get(session, municipality, drawing_id, lock=True)
    if drawing.state is not RunState.QUEUED:
        return
    least = municipality.min_respondents
    if output.failure is None and are_rounds_held(
        session, drawing, output.findings["rounds"], least=least, now=now
    ):
        output = RoundsOutput(output.fingerprint, None, {}, TOO_FEW_NEW)
    drawing.computed_at = whole_hour(now)
    drawing.fingerprint, drawing.failure = output.fingerprint, output.failure
    drawing.state = RunState.FAILED if output.failure else RunState.DONE
    drawing.findings, drawing.maps = output.findings, output.maps
    session.flush()
    if output.failure in (None, TOO_FEW_NEW):
        outdone = delete(RoundMap).where(
            RoundMap.municipality_id == municipality.id,
            RoundMap.earlier_id == drawing.earlier_id,
            RoundMap.later_id == drawing.later_id,
            RoundMap.id < drawing.id,
        )
        if output.failure:  # of those that only waited for more answers the last one tells it
            outdone = outdone.where(RoundMap.failure == TOO_FEW_NEW)
        session.execute(outdone.execution_options(synchronize_session="fetch"))


def fail_rounds(
    session: Session, municipality: Municipality, drawing_id: int, failure: str, *, now: datetime
) -> None:
    """Mark a drawing that broke, so that it neither waits for ever nor is tried for ever."""
    store_rounds(session, municipality, drawing_id, RoundsOutput("", None, {}, failure), now=now)


def _get(
    session: Session, municipality: Municipality, drawing_id: int, *, lock: bool = False
) -> RoundMap:
    statement = select(RoundMap).where(
        RoundMap.municipality_id == municipality.id, RoundMap.id == drawing_id
    )
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    drawing = session.scalar(statement)
    if drawing is None:
        raise NotFound(f"drawing {drawing_id}")
    return drawing


def _limits(analyses: Sequence[Analysis]) -> list[int]:
    return list(shared_limits(analyses))
