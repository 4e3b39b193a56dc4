"""Who gives a promise can change while it is a draft that nobody has said yes to (D103–D107)."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from surveys.drafts.promises import PartyDraft, PointDraft, PromiseDraft, SignatoryDraft
from surveys.errors import InvalidInput
from surveys.models.municipality import LocalPoliceArea, Municipality
from surveys.models.party import Party
from surveys.models.promise import PointMeasure, Promise
from surveys.services.editions.approvals import approve, ask_for_review
from surveys.services.promises.parties import choose_parties
from surveys.services.promises.points import PointAddress, add_point, edit_point
from surveys.services.promises.promises import create_promise, register_promise
from surveys.services.promises.signatures import add_signatory, remove_signatory
from tests.factories.municipalities import (
    make_account,
    make_municipality,
    make_named_place,
    make_police_area,
)

NOW = datetime(2022, 2, 1, 8, 0, tzinfo=UTC)
WORDS = PromiseDraft(
    title="Trygga centrum",
    label="Medborgarlöfte 2022–2023",
    starts_on=date(2022, 1, 1),
    ends_on=date(2023, 12, 31),
)
POINT = PointDraft(
    title="Pass", text="Pass i centrum.", responsible=Party.BOTH, measure=PointMeasure.DONE
)


@pytest.fixture
def neighbour(session: Session) -> Municipality:
    return make_municipality(session, slug="bollnas", code="2183", name="Bollnäs")


@pytest.fixture
def area(session: Session, municipality: Municipality, neighbour: Municipality) -> LocalPoliceArea:
    made = make_police_area(session, municipality)
    made.municipalities.append(neighbour)
    session.flush()
    return made


@pytest.fixture
def promise(session: Session, municipality: Municipality, area: LocalPoliceArea) -> Promise:
    own = PartyDraft(municipality.id, "KS 22-7")
    return create_promise(session, municipality, WORDS, (own,), area, now=NOW)


def giving(promise: Promise) -> list[tuple[int, str | None]]:
    return [(party.municipality_id, party.dnr) for party in promise.parties]


def test_a_municipality_joins_and_each_keeps_its_own_number(
    session: Session, municipality: Municipality, neighbour: Municipality, promise: Promise
) -> None:
    revision = promise.revision
    choose_parties(session, municipality, promise.slug, frozenset({neighbour.id}))
    register_promise(session, neighbour, promise.slug, PartyDraft(neighbour.id, "22/115"))
    assert giving(promise) == [(municipality.id, "KS 22-7"), (neighbour.id, "22/115")]
    assert promise.revision == revision + 1
    choose_parties(session, municipality, promise.slug, frozenset({neighbour.id}))
    assert promise.revision == revision + 1  # nothing has changed


def test_one_that_leaves_takes_its_places_along_once_nobody_signs_for_it(
    session: Session, municipality: Municipality, neighbour: Municipality, promise: Promise
) -> None:
    slug, nobody = promise.slug, frozenset[int]()
    choose_parties(session, municipality, slug, frozenset({neighbour.id}))
    point = add_point(session, municipality, slug, POINT, now=NOW)
    point.places = [make_named_place(session, neighbour, "Bollnäs torg")]
    signatory = add_signatory(session, municipality, slug, SignatoryDraft("Chef", neighbour.id))
    with pytest.raises(InvalidInput, match="party_signs"):
        choose_parties(session, municipality, slug, nobody)
    remove_signatory(session, municipality, slug, signatory.id)
    choose_parties(session, municipality, slug, nobody)
    assert giving(promise) == [(municipality.id, "KS 22-7")]
    assert point.places == []
    edit_point(session, municipality, PointAddress(slug, point.id), POINT, now=NOW)


def test_it_stands_once_a_party_has_said_yes(
    session: Session, municipality: Municipality, neighbour: Municipality, promise: Promise
) -> None:
    add_point(session, municipality, promise.slug, POINT, now=NOW)
    coordinator = make_account(session, municipality)
    ask_for_review(session, promise, coordinator, now=NOW)
    approve(session, municipality, promise, coordinator, revision=promise.revision, now=NOW)
    with pytest.raises(InvalidInput, match="parties_stand"):
        choose_parties(session, municipality, promise.slug, frozenset({neighbour.id}))


def test_only_the_municipality_that_began_it_and_only_of_the_same_police_area(
    session: Session, municipality: Municipality, neighbour: Municipality, promise: Promise
) -> None:
    far = make_municipality(session, slug="kiruna", code="2584", name="Kiruna")
    with pytest.raises(InvalidInput, match="party_outside_area"):
        choose_parties(session, municipality, promise.slug, frozenset({far.id}))
    choose_parties(session, municipality, promise.slug, frozenset({neighbour.id}))
    with pytest.raises(InvalidInput, match="not_registering"):
        choose_parties(session, neighbour, promise.slug, frozenset())
