"""Maps of a part of the marks, kept and taken from the map of all by one who looks for a few."""

import json
from datetime import date

import numpy as np
import pytest
from shapely.geometry import shape
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models.dialogue import Channel, Dialogue, DialogueEvent, EventKind
from surveys.models.hotspot import HotspotRun
from surveys.models.map_export import ExportFormat
from surveys.models.response import PlaceReason, Response, TimeOfDay
from surveys.queries.maps.hotspots import HotspotSummary, RunSummary
from surveys.queries.results.filters import Filters
from surveys.services.maps.map_export_making import make_files, read_exports
from surveys.services.maps.map_exports import request_exports
from tests.conftest import NOW
from tests.factories.coding import make_codebook, make_coding
from tests.surveys.services.test_tables_and_map import (
    Between,
    K,
    answer_at_random,
    dialogue,
    draw_map,
    left_beside,
    lies_in,
    number_of,
)

__all__ = ["dialogue"]  # the fixture

CHANNELS = (Filters(channel=Channel.WEB), Filters(channel=Channel.PAPER))
EVENTS = (Filters(event="torget"), Filters(event="hamnen"))
SAID = (Filters(reason=PlaceReason.DARK), Filters(time=TimeOfDay.EVENING))
THEMES = (Filters(theme="drugs"), Filters(theme="lighting_environment"))
PARTS = {"channel": CHANNELS, "event": EVENTS, "said": SAID, "theme": THEMES}


def spread_over_parts(session: Session, dialogue: Dialogue, seed: int) -> None:
    """Way in, event and theme of each answer, a few of them otherwise than the crowd."""
    draw = np.random.default_rng(seed)
    events = [
        DialogueEvent(
            dialogue_id=dialogue.id, code=code, kind=EventKind.SAFETY_WALK,
            channel=Channel.MEETING, title=code, held_on=date(2023, 7, 15),
        )
        for code in ("torget", "hamnen")
    ]  # fmt: skip
    session.add_all(events)
    session.flush()
    themes = make_codebook(session, dialogue.municipality)
    for response in session.scalars(select(Response).order_by(Response.id)):
        response.channel = Channel.WEB if draw.random() < 0.75 else Channel.PAPER
        response.event_id = events[int(draw.random() < 0.25)].id
        theme = "drugs" if draw.random() < 0.75 else "lighting_environment"
        make_coding(session, response, themes[theme])
    session.flush()


def areas_of(run: RunSummary) -> dict[str, Between]:
    return {
        row.name: Between(row.n, row.n + view.step - 1)
        for view in run.layers.areas
        for row in view.rows
        if row.n is not None
    }


@pytest.mark.parametrize("kind", PARTS)
def test_maps_of_parts_less_the_map_of_all_leave_no_few(
    session: Session, dialogue: Dialogue, kind: str
) -> None:
    """By each filter: areas and hotspots of the part and of all, and reasons and times of all."""
    answer_at_random(session, dialogue, 1)
    spread_over_parts(session, dialogue, 1)
    whole = draw_map(session, dialogue)
    of_all, n_compared = areas_of(whole), 0
    for filters in PARTS[kind]:
        part = draw_map(session, dialogue, filters)
        for area, number in areas_of(part).items():
            n_compared += 1
            if area in of_all:
                assert not left_beside(of_all[area], number), area
                for spot in part.hotspots:
                    if lies_in(session, dialogue, spot, area):
                        assert not left_beside(of_all[area], number_of(spot)), area
            inside = [number_of(s) for s in part.hotspots if lies_in(session, dialogue, s, area)]
            spots = [spot for spot in whole.hotspots if lies_in(session, dialogue, spot, area)]
            inside += [exactly(n) for spot in spots for n in said_there(spot, filters)]
            assert not any(left_beside(number, each) for each in inside), area
        for spot in part.hotspots:
            for around in (each for each in whole.hotspots if covers(each, spot)):
                n_compared += 1
                numbers = [number_of(around), *map(exactly, said_there(around, filters))]
                assert not any(left_beside(number, number_of(spot)) for number in numbers)
    assert n_compared, "else nothing is tried"


def exactly(n: int) -> Between:
    return Between(n, n)


def covers(around: HotspotSummary, spot: HotspotSummary) -> bool:
    return bool(shape(around.geometry).covers(shape(spot.geometry)))


def said_there(spot: HotspotSummary, filters: Filters) -> list[int]:
    """What a hotspot of all marks tells of the part."""
    rows = (*spot.reasons, *spot.times)
    told = [r.n_respondents for r in rows if r.member in (filters.reason, filters.time)]
    return [n for n in told if n is not None]


def test_numbers_by_area_of_a_part_are_told_in_steps_wherever_they_are_told(
    session: Session, dialogue: Dialogue
) -> None:
    """A hotspot of all says exactly how many said dark: an exact 38 of its area would be three."""
    answer_at_random(session, dialogue, 0)
    spread_over_parts(session, dialogue, 0)
    dark = Filters(reason=PlaceReason.DARK)
    run = draw_map(session, dialogue, dark)
    told = areas_of(run)
    assert told
    assert all(n.low % K == 0 and n.high == n.low + K - 1 for n in told.values())
    stored = session.get_one(HotspotRun, run.id)
    assert stored.map_script is not None
    for area, number in told.items():
        assert f"{area}: minst {number.low} personer" in stored.map_script
    assert all(row.per_thousand is None for view in run.layers.areas for row in view.rows)
    request_exports(session, dialogue.municipality, dialogue, dark, now=NOW)
    source = read_exports(session, dialogue.municipality, run.id)
    assert source is not None
    files = make_files(source, None)
    assert files is not None
    rows = [f["properties"] for f in json.loads(files[ExportFormat.GEOJSON])["features"]]
    areas = [row for row in rows if row["layer"].startswith("areas_")]
    shown = {row["code"]: row["n_respondents"] for row in areas if not row["is_withheld"]}
    assert shown == {area: number.low for area, number in told.items()}
    assert all(row["is_at_least"] for row in areas)


def test_numbers_of_hotspots_of_a_part_are_told_in_steps_wherever_they_are_told(
    session: Session, dialogue: Dialogue
) -> None:
    """38 by the station, 35 of them on the web, would be three; "at least 35" leaves room."""
    answer_at_random(session, dialogue, 0)
    spread_over_parts(session, dialogue, 0)
    web = Filters(channel=Channel.WEB)
    run = draw_map(session, dialogue, web)
    assert run.hotspots
    for spot in run.hotspots:
        assert (spot.is_at_least, spot.relative_risk) == (True, None)
        assert (spot.n_respondents % K, spot.n_marks % K) == (0, 0)
    stored = session.get_one(HotspotRun, run.id)
    assert stored.map_script is not None
    first = run.hotspots[0]
    assert f"{first.name}, minst {first.n_respondents} personer" in stored.map_script
    request_exports(session, dialogue.municipality, dialogue, web, now=NOW)
    source = read_exports(session, dialogue.municipality, run.id)
    assert source is not None
    files = make_files(source, None)
    assert files is not None
    rows = [f["properties"] for f in json.loads(files[ExportFormat.GEOJSON])["features"]]
    spots = [row for row in rows if row["layer"] == "hotspots"]
    assert [(row["n_respondents"], row["is_at_least"]) for row in spots] == [
        (spot.n_respondents, True) for spot in run.hotspots
    ]
