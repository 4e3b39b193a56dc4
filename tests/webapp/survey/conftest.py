"""An open dialogue with a place to point out, as a resident meets it."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.models.place import PlaceKind
from surveys.models.response import Response
from tests.factories.dialogues import make_dialogue
from tests.factories.municipalities import make_named_place

FORM = "/soderhamn/dialoger/oppen"


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    """Open at the tests' time, with Resecentrum and Sandarne in the place list."""
    make_named_place(session, municipality)
    make_named_place(
        session,
        municipality,
        "Sandarne",
        kind=PlaceKind.LOCALITY,
        lat=61.2589,
        lon=17.1528,
        aliases=[],
    )
    dialogue = make_dialogue(session, municipality)
    session.commit()
    return dialogue


@pytest.fixture
def responses(session: Session, dialogue: Dialogue) -> Callable[[], list[Response]]:
    """``responses()``: what is stored in the dialogue now."""

    def stored() -> list[Response]:
        session.rollback()
        return list(session.scalars(select(Response).where(Response.dialogue_id == dialogue.id)))

    return stored
