"""What a hotspot is named from: the register's open places, then a long street, never a home."""

import pytest
from shapely import MultiLineString, Point
from shapely.geometry import mapping
from sqlalchemy.orm import Session

from maps.crs import shape_to_degrees, shape_to_metres
from surveys.models.municipality import Municipality
from surveys.models.place import PlaceKind
from surveys.services.maps.hotspot_requests import request_run
from surveys.services.maps.hotspots import compute_run
from tests.conftest import NOW
from tests.factories.dialogues import make_dialogue
from tests.factories.hotspots import STATION, make_cluster
from tests.factories.municipalities import make_named_place

LAT, LON = STATION


def make_street(session: Session, here: Municipality, length_m: float, **values: object) -> None:
    middle = shape_to_metres(Point(LON, LAT))
    half = length_m / 2
    run = MultiLineString([[(middle.x - half, middle.y), (middle.x + half, middle.y)]])
    make_named_place(
        session,
        here,
        "Vassgatan",
        kind=PlaceKind.ROAD,
        lat=LAT,
        lon=LON,
        radius_m=half + 200,
        aliases=[],
        search_key=" vassgatan",
        line=mapping(shape_to_degrees(run)),
        **values,
    )


def first_name(session: Session, here: Municipality) -> str:
    dialogue = make_dialogue(session, here)
    make_cluster(session, dialogue)
    run = compute_run(session, here, request_run(session, here, dialogue, now=NOW).id, now=NOW)
    return run.hotspots[0].name


@pytest.fixture
def town(session: Session, municipality: Municipality) -> Municipality:
    make_named_place(
        session,
        municipality,
        "Söderhamn",
        kind=PlaceKind.LOCALITY,
        lat=LAT,
        lon=LON,
        radius_m=2000,
        aliases=[],
    )
    return municipality


def test_a_street_names_it_where_the_register_has_nothing_near(
    session: Session, town: Municipality
) -> None:
    make_street(session, town, 900)
    assert first_name(session, town) == "Vassgatan"


@pytest.mark.parametrize(("length_m", "is_sensitive"), [(120, False), (900, True)])
def test_a_lane_and_a_sensitive_street_name_nothing(
    session: Session, town: Municipality, length_m: float, is_sensitive: bool
) -> None:
    make_street(session, town, length_m, is_sensitive=is_sensitive)
    assert first_name(session, town) == "Söderhamn"


def test_an_open_place_goes_first_and_a_sensitive_one_never(
    session: Session, town: Municipality
) -> None:
    make_street(session, town, 900)
    make_named_place(session, town, "Torget", kind=PlaceKind.SQUARE, lat=LAT, lon=LON, aliases=[])
    make_named_place(
        session,
        town,
        "Boendet",
        kind=PlaceKind.OTHER,
        lat=LAT,
        lon=LON,
        radius_m=40,
        aliases=[],
        is_sensitive=True,
    )
    assert first_name(session, town) == "Torget"
