"""A network of streets is imported again between two editions, and a street has become longer."""

import uuid

from flask import Flask
from sqlalchemy.orm import Session

from maps.places import Precision
from surveys.drafts.geography import StreetDraft
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.models.place import NamedPlace
from surveys.queries.ground.streets import list_all_streets
from surveys.services.ground.streets import replace_streets
from surveys.services.maps.map_editions import publish_now
from tests.conftest import NOW
from tests.factories.dialogues import make_dialogue, make_response
from tests.factories.hotspots import mark
from tests.webapp.public.map_readings import API, FILE, Kept, all_cells, totals
from tests.webapp.public.resident import Resident
from tests.webapp.public.test_recovery_over_http import at


def lay_street(session: Session, here: Municipality, squares: int) -> NamedPlace:
    """A street along the middles of so many squares."""
    lat, lon = at(squares / 2, 0.5)
    run = [at(0.5, 0.5)[::-1], at(squares - 0.5, 0.5)[::-1]]
    line = {"type": "MultiLineString", "coordinates": [[list(point) for point in run]]}
    replace_streets(session, here, [StreetDraft("Långgatan", line, lat, lon, 125 * squares)], "")
    [street] = list_all_streets(session, here)
    return street


def add(session: Session, dialogue: Dialogue, n: int, *spot: float, **values: object) -> None:
    for _ in range(n):
        marks = [mark(*spot, **values)]
        make_response(session, dialogue, {2: ("ja", None)}, marks, id=uuid.uuid4())


def look(session: Session, app: Flask, dialogue: Dialogue) -> Kept:
    """What readers get of a new edition."""
    here = dialogue.municipality
    publish_now(session, here, dialogue, role="Trygghetssamordnare", now=NOW)
    session.commit()
    kept = Resident(app, ("oppen",)).fetch("/oppen/(karta|map-cells)")
    assert {FILE, API} <= kept.keys()
    return kept


def test_a_street_that_became_longer_tells_of_no_pin_at_its_new_end(
    session: Session, app: Flask, municipality: Municipality
) -> None:
    """Nine named it, and one has a pin where it did not reach: nine and one would be a new class.

    The rest of the street says that they are nine at most, and the edition before that fewer than
    five had marked the square: so there would be one to four pins in it.
    """
    dialogue = make_dialogue(session, municipality)
    street = lay_street(session, municipality, squares=2)
    add(session, dialogue, 9, *at(0.5, 0.5), precision=Precision.PLACE, named_place_id=street.id)
    add(session, dialogue, 1, *at(4.5, 0.5))
    before = look(session, app, dialogue)
    assert sorted(all_cells(before)["file"].values()) == [5, 5]
    assert lay_street(session, municipality, squares=6).id == street.id
    longer = look(session, app, dialogue)
    assert all_cells(longer) == all_cells(before)
    assert totals(longer) == totals(before)
    add(session, dialogue, 5, *at(4.5, 0.5))
    after = look(session, app, dialogue)
    assert sorted(all_cells(after)["file"].values()) == [5, 5, 5], "six pins, and none by name"


def test_a_street_that_nobody_had_named_before_lies_where_it_is_today(
    session: Session, app: Flask, municipality: Municipality
) -> None:
    dialogue = make_dialogue(session, municipality)
    add(session, dialogue, 9, *at(0.5, 9.5))
    add(session, dialogue, 9, *at(9.5, 9.5))
    lay_street(session, municipality, squares=2)
    assert len(all_cells(look(session, app, dialogue))["file"]) == 2
    street = lay_street(session, municipality, squares=6)
    add(session, dialogue, 9, *at(0.5, 0.5), precision=Precision.PLACE, named_place_id=street.id)
    assert len(all_cells(look(session, app, dialogue))["file"]) == 2 + 6
