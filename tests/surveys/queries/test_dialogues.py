"""Dialogues are found through the municipality's address."""

import pytest
from sqlalchemy.orm import Session

from surveys.errors import NotFound
from surveys.models.municipality import Municipality
from surveys.queries.dialogues.dialogues import get_dialogue, list_dialogues
from tests.factories.dialogues import make_dialogue
from tests.factories.municipalities import make_municipality


def test_another_municipality_s_dialogue_with_the_same_slug_is_not_found(
    session: Session, municipality: Municipality
) -> None:
    with pytest.raises(NotFound):
        get_dialogue(session, municipality, "oppen")
    own = make_dialogue(session, municipality)
    assert get_dialogue(session, municipality, "oppen") is own


def test_a_joint_dialogue_is_found_under_each_linked_municipality(
    session: Session, municipality: Municipality
) -> None:
    owner = make_municipality(session, slug="kramfors", code="2282", name="Kramfors")
    joint = make_dialogue(session, owner, slug="alla", municipalities=[owner, municipality])
    assert get_dialogue(session, municipality, "alla") is joint
    assert get_dialogue(session, owner, "alla") is joint
    assert list_dialogues(session, municipality) == [joint]


def test_the_municipality_s_own_dialogue_wins_over_a_joint_one_with_its_slug(
    session: Session, municipality: Municipality
) -> None:
    owner = make_municipality(session, slug="kramfors", code="2282", name="Kramfors")
    make_dialogue(session, owner, municipalities=[owner, municipality])
    own = make_dialogue(session, municipality)
    assert get_dialogue(session, municipality, "oppen") is own
