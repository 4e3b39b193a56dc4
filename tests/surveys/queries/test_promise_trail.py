"""The trail from an answer to a promise, and the dates to come."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from surveys.errors import InvalidInput
from surveys.models.municipality import Municipality
from surveys.queries.promises.links import list_promises_by_claim, list_promises_from_dialogue
from surveys.queries.readers.coming_dates import ComingKind, list_coming_dates
from surveys.services.pictures.claims import DraftAddress, remove_area, remove_claim
from tests.factories.dialogues import make_dialogue
from tests.factories.pictures import make_area, make_claim, make_evidence, make_picture
from tests.factories.promises import make_promise


def test_a_promise_is_found_from_the_claim_and_from_the_dialogue_behind_it(
    session: Session, municipality: Municipality
) -> None:
    dialogue = make_dialogue(session, municipality)
    other = make_dialogue(session, municipality, "annan")
    figure = make_evidence(session, municipality, "Fråga 1", dialogue_id=dialogue.id)
    claim, uncited = make_claim("A", supported_by=(figure,)), make_claim("B", judged_by="x")
    make_picture(session, municipality, areas=[make_area("Trafik", claim, uncited)])
    promise = make_promise(session, municipality, "lofte", claims=[claim])
    make_promise(session, municipality, "utkast", claims=[claim], published_at=None)

    by_claim = list_promises_by_claim(session, municipality, {claim.id, uncited.id})
    assert {id_: [p.slug for p in found] for id_, found in by_claim.items()} == {
        claim.id: [promise.slug]
    }
    led_to = list_promises_from_dialogue(session, municipality, dialogue)
    assert [p.slug for p in led_to] == [promise.slug]
    assert list_promises_from_dialogue(session, municipality, other) == ()


def test_what_a_promise_rests_on_cannot_be_taken_out(
    session: Session, municipality: Municipality
) -> None:
    claim = make_claim("A", judged_by="x")
    picture = make_picture(
        session, municipality, "utkast", [make_area("Trafik", claim)], published_at=None
    )
    make_promise(session, municipality, claims=[claim], published_at=None)
    session.commit()
    with pytest.raises(InvalidInput, match="claim_in_promise"):
        remove_claim(session, municipality, DraftAddress("utkast", 1), claim.id)
    session.rollback()
    with pytest.raises(InvalidInput, match="claim_in_promise"):
        remove_area(session, municipality, DraftAddress("utkast", 1), picture.areas[0].id)


def test_dates_to_come_are_the_municipalitys_own_and_the_nearest_first(
    session: Session, municipality: Municipality
) -> None:
    make_dialogue(session, municipality)
    make_dialogue(
        session,
        municipality,
        "host",
        title="Höstens frågor",
        opens_at=datetime(2023, 9, 30, 22, 30, tzinfo=UTC),  # 1 October in Sweden
        closes_at=datetime(2023, 11, 30, 22, 0, tzinfo=UTC),
    )
    make_promise(session, municipality)
    make_promise(session, municipality, "utkast", published_at=None)
    found = list_coming_dates(session, municipality, date(2023, 8, 1))
    assert [(item.on, item.kind) for item in found] == [
        (date(2023, 8, 31), ComingKind.LAST_DAY_TO_ANSWER),
        (date(2023, 10, 1), ComingKind.DIALOGUE_OPENS),
        (date(2023, 11, 30), ComingKind.LAST_DAY_TO_ANSWER),
        (date(2023, 12, 31), ComingKind.PROMISE_ENDS),
    ]
    assert list_coming_dates(session, municipality, date(2024, 1, 1)) == ()
    assert len(list_coming_dates(session, municipality, date(2023, 8, 1), limit=2)) == 2
