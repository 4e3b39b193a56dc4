"""Two rounds, and drawings of them, to test with."""

import uuid
from datetime import UTC, date, datetime
from itertools import count

from sqlalchemy.orm import Session

from surveys.models.dialogue import Dialogue
from surveys.models.hotspot import RunState
from surveys.models.municipality import Municipality
from surveys.models.response import MarkedPlace
from surveys.models.round_map import RoundMap
from surveys.queries.maps.round_counts import ZONES
from tests.factories.dialogues import make_dialogue, make_response
from tests.factories.hotspots import COMPUTED_AT, STATION, mark
from tests.factories.municipalities import make_named_place
from tests.factories.promises import hold, make_activity, make_plan

CLUB = (61.3000, 17.1000)  # three kilometres east of the station
SETTINGS = {
    "cell_m": 250.0, "radius_m": 250.0, "reach_m": 1000.0, "false_discovery_rate": 0.05,
    "min_respondents": 5, "min_marks": 30, "scan_cell_m": None, "source": None, "dated_on": None,
}  # fmt: skip


def make_rounds(session: Session, municipality: Municipality) -> tuple[Dialogue, Dialogue]:
    """Autumn 2021 and July to August 2023."""
    earlier = make_dialogue(
        session,
        municipality,
        "host-2021",
        title="Hösten 2021",
        opens_at=datetime(2021, 9, 1, 6, tzinfo=UTC),
        closes_at=datetime(2021, 11, 30, 22, tzinfo=UTC),
    )
    return earlier, make_dialogue(session, municipality, "oppen", title="Sommaren 2023")


def give_marks(
    session: Session, dialogue: Dialogue, *spots: tuple[tuple[float, float], int]
) -> None:
    """So many persons with a pin at each spot, and 49 with one each, spread over the town."""
    numbers = count(dialogue.id * 100_000)

    def give(*places: MarkedPlace) -> None:
        make_response(
            session, dialogue, {2: ("ja", None)}, list(places), id=uuid.UUID(int=next(numbers))
        )

    for (lat, lon), persons in spots:
        for _ in range(persons):
            give(mark(lat, lon))
    for row in range(7):
        for column in range(7):
            give(mark(STATION[0] + 0.009 * (row - 3.4), STATION[1] + 0.02 * (column - 3.4)))


def make_round_map(
    session: Session, earlier: Dialogue, later: Dialogue, text: str = "Kyrkparken", **values: object
) -> RoundMap:
    """A drawing without areas and places; ``text`` stands in its maps."""
    rounds = [
        {"side": side, "n": 40, "n_marks": 40, "n_districts": 0, "state": "done",
         "baseline": None, "settings": SETTINGS}
        for side in (0, 1)
    ]  # fmt: skip
    columns: dict[str, object] = {
        "municipality_id": earlier.municipality_id,
        "earlier_id": earlier.id,
        "later_id": later.id,
        "state": RunState.DONE,
        "requested_at": COMPUTED_AT,
        "computed_at": COMPUTED_AT,
        "findings": {
            "rounds": rounds, "areas": [], "places": [], "within": {}, "class_limits": [5, 7],
        },
        "maps": [{"html": f"<p>{text}</p>", "script": f"/* {text} */", "style": "p {}"}] * 2,
    } | values  # fmt: skip
    drawing = RoundMap(**columns)
    session.add(drawing)
    session.flush()
    return drawing


def make_place_drawing(
    session: Session, municipality: Municipality, rounds: tuple[Dialogue, Dialogue]
) -> RoundMap:
    """80 persons in each round; two areas, and two places where something was done."""
    places = [make_named_place(session, municipality, name) for name in ("Torget", "Parken")]
    plan = make_plan(session, municipality)
    for place, day in zip(places, (date(2022, 4, 7), date(2020, 4, 7)), strict=True):
        activity = make_activity(session, municipality, plan, name=f"Vandring vid {place.name}")
        hold(session, activity, day, named_place_id=place.id)
    drawing = make_round_map(session, *rounds)
    areas = [
        {"key": "a1", "side": 0, "rank": 1, "name": "Torget", "persons": [30, 12], "others": [1]},
        {"key": "a2", "side": 0, "rank": 2, "name": "Hamnen", "persons": [9, 3], "others": []},
        {"key": "b1", "side": 1, "rank": 1, "name": "Torget", "persons": [30, 12], "others": [1]},
    ]
    counted = [
        {"id": place.id, "letter": letter, "name": place.name, "radius_m": 150.0, "ring_m": 200.0,
         "is_street": False,
         "persons": [[30, 10, 45], [12, 9, 62]], "in_areas": [[1], [1]]}
        for place, letter in zip(places, "BA", strict=True)
    ]  # fmt: skip
    sides = [each | {"n": 80} for each in drawing.findings["rounds"]]
    told = ["a1", "a2", "b1", *(f"{zone}{place.id}" for place in places for zone in ZONES)]
    drawing.findings = drawing.findings | {
        "rounds": sides, "areas": areas, "places": counted, "told": [told, told],
    }  # fmt: skip
    session.flush()
    return drawing
