"""A place that is marked as sensitive goes away from all that readers have."""

import json
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from surveys.drafts.promises import PointDraft, PromiseDraft, Publication, SignatoryDraft
from surveys.models.municipality import Municipality
from surveys.models.party import Party
from surveys.models.place import NamedPlace, PlaceKind
from surveys.models.promise import PointMeasure, Promise
from surveys.queries.ground.public_places import list_nameable_places, tell_place
from surveys.queries.promises.history import get_public_edition
from surveys.queries.promises.page import get_public_promise
from surveys.services.promises.points import add_point
from surveys.services.promises.promises import create_promise
from surveys.services.promises.publishing import open_for_change, publish_promise
from surveys.services.promises.signatures import add_signatory
from tests.factories.approvals import approve_by_all
from tests.factories.municipalities import make_named_place, make_police_area

NOW = datetime(2022, 2, 1, 8, 0, tzinfo=UTC)
TODAY = date(2022, 10, 1)
WORDS = PromiseDraft(
    title="Närvaro i centrum",
    label="Medborgarlöfte 2022–2023",
    pledge="Vi finns där folk är.",
    starts_on=date(2022, 1, 1),
    ends_on=date(2023, 12, 31),
)


@pytest.fixture
def places(session: Session, municipality: Municipality) -> list[NamedPlace]:
    return [
        make_named_place(session, municipality, "Rådhusparken", kind=PlaceKind.PARK),
        make_named_place(session, municipality, "Stormarknaden", kind=PlaceKind.SHOP),
    ]


@pytest.fixture
def promise(session: Session, municipality: Municipality, places: list[NamedPlace]) -> Promise:
    """Published, and open for change since."""
    area = make_police_area(session, municipality)
    made = create_promise(session, municipality, WORDS, (), area, now=NOW)
    point = PointDraft(
        title="Pass",
        text="Pass i centrum.",
        responsible=Party.BOTH,
        measure=PointMeasure.DONE,
        place_ids=frozenset(place.id for place in places),
    )
    add_point(session, municipality, made.slug, point, now=NOW)
    for party in (None, municipality.id):
        add_signatory(session, municipality, made.slug, SignatoryDraft(f"Chef {party}", party))
    approve_by_all(session, municipality, made, now=NOW)
    publication = Publication(made.revision, "", gate_reason="Underlaget kommer i mars.")
    publish_promise(session, municipality, made.slug, publication, role="Samordnare", now=NOW)
    open_for_change(session, municipality, made.slug, now=NOW)
    return made


@pytest.mark.parametrize("kind", [PlaceKind.HOME, PlaceKind.HOUSING])
def test_where_somebody_lives_is_nobody_s_to_know(kind: PlaceKind) -> None:
    assert tell_place(NamedPlace(name="Hemma", kind=kind, is_sensitive=False)) is None


def test_premises_are_named_by_those_who_work_there_and_never_pointed_at(
    session: Session, municipality: Municipality, places: list[NamedPlace]
) -> None:
    park, shop = (tell_place(place) for place in places)
    assert park is not None
    assert shop is not None
    assert (park.lat, park.extent_m) == (places[0].lat, places[0].radius_m)
    assert (shop.name, shop.lat, shop.lon, shop.extent_m) == ("Stormarknaden", None, None, None)
    assert list_nameable_places(session, municipality) == [places[0]]


def test_a_place_made_sensitive_goes_away_from_page_and_editions(
    session: Session, municipality: Municipality, promise: Promise, places: list[NamedPlace]
) -> None:
    page = get_public_promise(session, municipality, promise.slug, TODAY)
    assert [p.name for p in page.points[0].words.places] == ["Rådhusparken", "Stormarknaden"]
    assert page.points[0].words.places[0].lat == places[0].lat
    places[0].is_sensitive = True
    session.flush()
    page = get_public_promise(session, municipality, promise.slug, TODAY)
    words = page.points[0].words
    assert [place.name for place in words.places] == ["Stormarknaden"]
    assert words.n_places_not_named == 1
    edition = get_public_edition(session, municipality, promise.slug, 1)
    assert "Rådhusparken" not in json.dumps(edition.content, ensure_ascii=False)
    assert edition.content["points"][0]["n_places_not_named"] == 1


def test_a_place_that_the_register_has_no_longer_is_a_name(
    session: Session, municipality: Municipality, promise: Promise, places: list[NamedPlace]
) -> None:
    places[0].name = "Kyrkparken"
    session.flush()
    words = get_public_promise(session, municipality, promise.slug, TODAY).points[0].words
    assert [(p.name, p.lat) for p in words.places] == [
        ("Rådhusparken", None),
        ("Stormarknaden", None),
    ]
