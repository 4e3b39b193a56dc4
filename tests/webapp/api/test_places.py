"""Where it is done, on a map: public ground only, and gone once a place is marked as sensitive."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from surveys.models.municipality import Municipality
from surveys.models.place import NamedPlace, PlaceKind
from surveys.models.plan import TargetPeriod
from tests.factories.municipalities import make_named_place
from tests.factories.promises import (
    SLUG,
    hold,
    make_activity,
    make_plan,
    make_point,
    make_promise,
)
from tests.page import PageClient
from webapp.api.description import ROOT

HERE = f"{ROOT}/municipalities/soderhamn"
LISTS = ("points", "activities", "progress")


@pytest.fixture
def park(session: Session, municipality: Municipality) -> NamedPlace:
    return make_named_place(
        session, municipality, "Rådhusparken", kind=PlaceKind.PARK, lat=61.3, lon=17.05
    )


@pytest.fixture
def told(session: Session, municipality: Municipality, park: NamedPlace) -> None:
    """A point, an activity of a plan and an occasion, all in the park."""
    shop = make_named_place(session, municipality, "Stormarknaden", kind=PlaceKind.SHOP)
    promise = make_promise(session, municipality)
    plan = make_plan(session, municipality)
    activity = make_activity(session, municipality, plan, ("Rapport",))
    activity.named_place = park
    make_point(session, promise, activities=[activity], places=[park, shop])
    [occasion] = hold(session, activity, date(2022, 3, 7))
    occasion.named_place = park
    session.commit()


def features(client: PageClient, key: str) -> list[dict[str, Any]]:
    answer = client.client.get(f"{HERE}/{key}?format=geojson")
    assert answer.mimetype == "application/geo+json"
    found: list[dict[str, Any]] = answer.get_json()["features"]
    return found


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("key", LISTS)
def test_a_place_is_a_point_with_its_extent(client: PageClient, key: str) -> None:
    [feature] = features(client, key)
    assert feature["geometry"] == {"type": "Point", "coordinates": [17.05, 61.3]}
    row = feature["properties"]
    [place] = row["places"] if key == "points" else [row]
    name = place["name" if key == "points" else "place"]
    assert (name, place["extent_m"]) == ("Rådhusparken", 150)
    assert "Stormarknaden" not in client.client.get(f"{HERE}/{key}").get_data(as_text=True)


@pytest.mark.usefixtures("told")
def test_two_places_are_one_geometry(
    client: PageClient, session: Session, municipality: Municipality, park: NamedPlace
) -> None:
    square = make_named_place(
        session, municipality, "Torget", kind=PlaceKind.SQUARE, lat=61.31, lon=17.06
    )
    make_point(session, make_promise(session, municipality, "tva"), places=[park, square])
    session.commit()
    shapes = [feature["geometry"] for feature in features(client, "points")]
    assert {"type": "MultiPoint", "coordinates": [[17.05, 61.3], [17.06, 61.31]]} in shapes


@pytest.mark.usefixtures("told")
def test_a_place_made_sensitive_afterwards_goes_away(
    client: PageClient, session: Session, park: NamedPlace
) -> None:
    addresses = [f"{HERE}/{key}?format={form}" for key in LISTS for form in ("json", "csv")]
    addresses += [f"{HERE}/{key}?format=geojson" for key in LISTS]
    pages = ["/soderhamn/handlingsplan/handlingsplan-2022-2023", f"/soderhamn/loften/{SLUG}"]
    before = {path: client.client.get(path) for path in addresses + pages}
    assert all("Rådhusparken" in answer.get_data(as_text=True) for answer in before.values())
    park.is_sensitive = True
    session.commit()
    for path, first in before.items():
        etag = first.headers.get("ETag", "")
        answer = client.client.get(path, headers={"If-None-Match": etag} if etag else {})
        text = answer.get_data(as_text=True)
        assert answer.status_code == 200  # a cache is told that it has changed
        assert "Rådhusparken" not in text
        assert "17.05" not in text


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("per", [TargetPeriod.PERIOD, TargetPeriod.WEEK])
def test_expected_is_what_the_whole_period_asks_for(
    client: PageClient, session: Session, municipality: Municipality, per: TargetPeriod
) -> None:
    """Weekly or in all: the same three numbers mean the same."""
    promise = make_promise(session, municipality, "rakna")
    plan = make_plan(session, municipality, "plan-rakna")
    activity = make_activity(session, municipality, plan, ("Rapport",), name="Möten")
    activity.weekday = 0 if per is TargetPeriod.WEEK else None
    count = 1 if per is TargetPeriod.WEEK else 104
    make_point(session, promise, "Möten", [activity], target_count=count, per=per)
    hold(session, activity, date(2022, 3, 7))
    session.commit()
    rows = client.client.get(f"{HERE}/points").get_json()["data"]
    row = next(row for row in rows if row["promise"] == "rakna")
    assert row["expected"] == (98 if per is TargetPeriod.WEEK else 104)  # six red Mondays
    assert row["held"] == 1 < row["expected_until_today"] < row["expected"]
    assert row["counted_in"] == ("weeks" if per is TargetPeriod.WEEK else "occasions")
