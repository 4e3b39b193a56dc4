"""Marks that lie close together, and analyses of them."""

import uuid
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from maps.places import Precision
from surveys.models.dialogue import Dialogue
from surveys.models.hotspot import Hotspot, HotspotRun, RunState
from surveys.models.response import MarkedPlace, PlaceReason, Response, TimeOfDay
from tests.factories.dialogues import make_response
from tests.factories.municipalities import box

COMPUTED_AT = datetime(2023, 7, 20, 6, 5, tzinfo=UTC)
# The station in Söderhamn, and steps of about 500 metres from there.
STATION = (61.3000, 17.0420)
LAT_STEP, LON_STEP = 0.0045, 0.0094


def mark(lat: float, lon: float, **values: object) -> MarkedPlace:
    """A pin."""
    columns: dict[str, object] = {"lat": lat, "lon": lon, "precision": Precision.EXACT} | values
    return MarkedPlace(**columns)


def make_others(session: Session, dialogue: Dialogue, n: int = 9) -> None:
    """``n`` who feel unsafe in a whole part of town: a map of few would place them all."""
    for _ in range(n):
        district = mark(*STATION, precision=Precision.DISTRICT)
        make_response(session, dialogue, {2: ("ja", None)}, [district], id=uuid.uuid4())


def make_cluster(session: Session, dialogue: Dialogue, persons: int = 12) -> list[Response]:
    """``persons`` who each mark the station as dark in the evening, and 36 single marks around.

    The responses have fixed ids, so that the same call gives the same rows.
    """
    at_station = [
        make_response(
            session,
            dialogue,
            {2: ("ja", None)},
            [
                mark(
                    *STATION,
                    reasons=frozenset({PlaceReason.DARK}),
                    times=frozenset({TimeOfDay.EVENING}),
                )
            ],
            id=uuid.UUID(int=1000 + number),
        )
        for number in range(persons)
    ]
    around = [
        make_response(
            session,
            dialogue,
            {2: ("ja", None)},
            [mark(STATION[0] + LAT_STEP * (row - 3), STATION[1] + LON_STEP * (column + 2))],
            id=uuid.UUID(int=2000 + 6 * row + column),
        )
        for row in range(6)
        for column in range(6)
    ]
    return at_station + around


def make_run(session: Session, dialogue: Dialogue, text: str = "Kyrkparken") -> HotspotRun:
    """A finished run of the dialogue's owner with one area and a drawn map; ``text`` names it."""
    run = HotspotRun(
        municipality_id=dialogue.municipality_id,
        dialogue_id=dialogue.id,
        state=RunState.DONE,
        requested_at=COMPUTED_AT,
        computed_at=COMPUTED_AT,
        method="density_gi_star",
        settings={
            "state": "done",
            "crs": "EPSG:3006",
            "cell_m": 250.0,
            "radius_m": 250.0,
            "reach_m": 1000.0,
            "bandwidth_m": 400.0,
            "bandwidth_rule": "scott_robust",
            "false_discovery_rate": 0.05,
            "min_respondents": 5,
            "min_marks": 30,
            "n_words_only": 3,
            "n_districts": 2,
            "n_far_outside": 0,
            "class_limits": [5, 7, 10, 14, 19],
            "too_few": [text],
            "fingerprint": "before",
        },
        n_marks=48,
        n_respondents=40,
        n_outside=5,
        data_hash="ab" * 32,
        map_html='<div class="map__view" id="map_1"></div>',
        map_script=f"/* {text} */",
        map_style="#map_1 { inset: 0; }",
        hotspots=[
            Hotspot(
                rank=1,
                name=text,
                geometry=box(17.04, 61.29, 17.05, 61.30),
                n_marks=14,
                n_respondents=12,
                z=4.2,
                p_value=0.00001,
                reasons={"dark": 7, "drugs": 4},
                times={"evening": 3},
            )
        ],
    )
    session.add(run)
    session.flush()
    return run
