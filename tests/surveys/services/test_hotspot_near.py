"""The list of where a layer's squares lie: the same squares as the picture, and no others."""

import pytest
from sqlalchemy.orm import Session

from maps.crs import to_degrees
from maps.drawing.cell_layers import persons_layer
from surveys.models.dialogue import Dialogue
from surveys.models.hotspot import HotspotRun
from surveys.models.municipality import Municipality
from surveys.models.place import PlaceKind
from surveys.models.response import PlaceReason
from surveys.services.maps import hotspot_near
from surveys.services.maps.hotspot_names import name_at
from surveys.services.maps.hotspot_near import near_rows
from surveys.services.maps.hotspot_requests import request_run
from surveys.services.maps.hotspots import analyse_run, compute_run, read_input
from tests.conftest import NOW
from tests.factories.dialogues import make_dialogue, make_response
from tests.factories.hotspots import STATION, make_cluster, mark
from tests.factories.municipalities import make_named_place

PARK = (STATION[0] + 0.02, STATION[1])


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    make_named_place(session, municipality)
    make_named_place(
        session, municipality, "Stora parken", kind=PlaceKind.PARK, lat=PARK[0], lon=PARK[1],
        aliases=[],
    )  # fmt: skip
    dialogue = make_dialogue(session, municipality)
    make_cluster(session, dialogue, persons=16)
    for _ in range(6):
        dark = mark(*PARK, reasons=frozenset({PlaceReason.DARK}))
        make_response(session, dialogue, {2: ("ja", None)}, [dark])
    session.flush()
    return dialogue


def compute(session: Session, dialogue: Dialogue) -> HotspotRun:
    run = request_run(session, dialogue.municipality, dialogue, now=NOW)
    return compute_run(session, dialogue.municipality, run.id, now=NOW)


def test_every_square_of_a_layer_is_in_its_list_under_the_nearest_name(
    session: Session, dialogue: Dialogue
) -> None:
    layers = compute(session, dialogue).layers
    assert layers is not None
    for key in ("persons", "density", "reasons", "times"):
        figures = layers[key]
        listed = sum(n for _, _, n in figures["near"])
        assert listed + figures["n_more"] == sum(figures["squares"])
    persons = layers["persons"]["near"]
    assert [level for _, level, _ in persons] == sorted((lv for _, lv, _ in persons), reverse=True)
    assert persons[0][0] == "Resecentrum"
    assert ["Stora parken", 1, 1] in persons
    dark = layers["reasons"]["members"].index("dark") + 1
    assert ["Stora parken", dark, 1] in layers["reasons"]["near"]


def test_names_are_those_that_a_hotspot_there_would_have(
    session: Session, dialogue: Dialogue
) -> None:
    data = read_input(session, dialogue.municipality, dialogue)
    analysis = analyse_run(data).analysis
    assert analysis is not None
    layer = persons_layer(analysis)
    assert layer is not None
    lat, lon = to_degrees(*layer.grid.centre(layer.cells))
    one_by_one = {name_at(float(a), float(b), data) for a, b in zip(lat, lon, strict=True)}
    assert {name for name, _, _ in near_rows(layer, data)["near"]} == one_by_one


def test_a_long_list_tells_the_strongest_and_how_many_more_there_are(
    session: Session, dialogue: Dialogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hotspot_near, "LISTED_ROWS", 1)
    persons = (compute(session, dialogue).layers or {})["persons"]
    assert [row[0] for row in persons["near"]] == ["Resecentrum"]
    assert persons["n_more"] == sum(persons["squares"]) - persons["near"][0][2] > 0
