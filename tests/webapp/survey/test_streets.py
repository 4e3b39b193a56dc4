"""A resident writes a street's name and finds it, though no page lists all streets."""

from collections.abc import Callable
from typing import Any

import pytest
from shapely.geometry import LineString, mapping
from sqlalchemy.orm import Session

from maps.places import Precision
from surveys.models.municipality import Municipality
from surveys.models.place import NamedPlace, PlaceKind
from surveys.models.response import MarkedPlace, Response
from surveys.queries.ground import streets as queries
from surveys.text.place_search import fold
from tests.factories.municipalities import make_municipality, make_named_place
from tests.page import PageClient
from tests.webapp.survey.conftest import FORM

Responses = Callable[[], list[Response]]
BLANK = f"{FORM}/plats"

pytestmark = pytest.mark.usefixtures("dialogue")


def make_street(
    session: Session, here: Municipality, name: str, lat: float = 61.3, **values: Any
) -> NamedPlace:
    run = LineString([(17.05, lat), (17.06, lat)])
    street = make_named_place(
        session,
        here,
        name,
        kind=PlaceKind.ROAD,
        lat=lat,
        lon=17.055,
        radius_m=470,
        aliases=[],
        line={"type": "MultiLineString", "coordinates": [mapping(run)["coordinates"]]},
        search_key=f" {fold(name)}",
        **values,
    )
    session.commit()
    return street


def found(client: PageClient, start: str, page: int = 1) -> list[str]:
    answer = client.get(f"/soderhamn/gator/{start}.json?sida={page}").response
    assert answer.status_code == 200
    return [row[0] for row in answer.json["streets"]]


def test_streets_are_found_by_the_start_of_any_word_and_listed_nowhere(
    client: PageClient, session: Session, municipality: Municipality
) -> None:
    assert "streets" not in client.get(BLANK).response.json
    for name in ("Norra Ågatan", "Storgatan", "Åsgatan", "Köpmangatan"):
        make_street(session, municipality, name)
    make_street(session, municipality, "Stödboendet på Strandgatan", is_sensitive=True)
    make_street(session, make_municipality(session, "harnosand", code="2280"), "Stigen")
    blank = client.get(BLANK).response.json
    assert blank["streets"] == "/soderhamn/gator/"
    assert {row[0] for row in blank["places"]} == {"Resecentrum", "Sandarne"}
    assert found(client, "st") == ["Storgatan"]
    assert found(client, "ag") == found(client, "ÅG") == ["Norra Ågatan"]
    assert found(client, "as") == ["Åsgatan"]
    assert found(client, "xx") == []
    assert "Storgatan" not in client.get("/soderhamn/karta.geojson").text
    for beyond in ("sto.json", "st.json?sida=2", "st.json?sida=0"):
        client.get(f"/soderhamn/gator/{beyond}", 404)


def test_many_streets_come_in_pages(
    client: PageClient,
    session: Session,
    municipality: Municipality,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(queries, "PAGE_SIZE", 2)
    for name in ("Stavgatan", "Stengatan", "Stigen"):
        make_street(session, municipality, name)
    first = client.get("/soderhamn/gator/st.json").response.json
    assert [row[0] for row in first["streets"]] == ["Stavgatan", "Stengatan"]
    assert first["more"] is True
    assert found(client, "st", 2) == ["Stigen"]


def test_a_street_is_stored_as_a_place_with_its_extent_though_it_is_misspelt(
    client: PageClient, session: Session, municipality: Municipality, responses: Responses
) -> None:
    street = make_street(session, municipality, "Köpmangatan")
    client.send(FORM, client.get(FORM), 200, **{"places-0-name": "köpmanngatan"})
    [mark] = responses()[0].places
    assert isinstance(mark, MarkedPlace)
    assert mark.named_place_id == street.id
    assert mark.precision is Precision.PLACE
    assert mark.words is None


def test_a_street_in_two_towns_is_asked_about(
    client: PageClient, session: Session, municipality: Municipality, responses: Responses
) -> None:
    for town, lat in (("Söderhamn", 61.30), ("Ljusne", 61.20)):
        make_street(session, municipality, f"Storgatan, {town}", lat)
    page = client.send(FORM, client.get(FORM), 422, **{"places-0-name": "Storgatan"})
    assert "Vilken plats är ”Storgatan”?" in page.words(".govuk-error-summary")
    client.send(FORM, page, 200, **{"places-0-pick": "Storgatan, Ljusne"})
    [mark] = responses()[0].places
    assert mark.named_place is not None
    assert mark.named_place.name == "Storgatan, Ljusne"


def test_the_register_goes_before_the_streets(
    client: PageClient, session: Session, municipality: Municipality, responses: Responses
) -> None:
    make_street(session, municipality, "Stationsgatan")
    client.send(FORM, client.get(FORM), 200, **{"places-0-name": "stationen"})
    [mark] = responses()[0].places
    assert mark.named_place is not None
    assert mark.named_place.name == "Resecentrum"
