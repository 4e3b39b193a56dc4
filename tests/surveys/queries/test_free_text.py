"""Free text: whose it is, which place it belongs to, and what a search finds."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from maps.places import Precision
from surveys.errors import NotFound
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.models.response import MarkedPlace, PlaceReason
from surveys.queries.texts.free_text import PAGE_SIZE, TextPage, list_free_text
from tests.factories.dialogues import make_dialogue, make_response
from tests.factories.hotspots import STATION, mark
from tests.factories.municipalities import make_municipality, make_named_place


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    make_named_place(session, municipality)
    return make_dialogue(session, municipality)


def read(session: Session, dialogue: Dialogue, search: str = "", page: int = 1) -> TextPage:
    return list_free_text(session, dialogue.municipality, dialogue, search=search, page=page)


def texts(page: TextPage) -> list[str]:
    return [text.words.text or "" for entry in page.entries for text in entry.texts]


def test_a_text_comes_with_its_place(session: Session, dialogue: Dialogue) -> None:
    pin = mark(*STATION, words="vid cykelstället", reasons=frozenset({PlaceReason.DARK}))
    make_response(session, dialogue, {2: ("ja", "för mörkt"), 3: (None, "lampor")}, [pin])
    entry = read(session, dialogue).entries[0]
    said = [(text.position, text.words.text) for text in entry.texts]
    assert said == [(2, "för mörkt"), (3, "lampor")]
    place = entry.places[0]
    assert (place.near, place.near_m) == ("Resecentrum", 0)
    assert place.words is not None
    assert place.words.text == "vid cykelstället"
    assert place.reasons == (PlaceReason.DARK,)


def test_words_about_a_place_alone_are_read_too(session: Session, dialogue: Dialogue) -> None:
    place = MarkedPlace(words="bakom Ica", precision=Precision.DISTRICT)
    make_response(session, dialogue, {2: ("ja", None)}, [place])
    make_response(session, dialogue, {1: ("2", None)})
    page = read(session, dialogue)
    assert page.n == 1
    assert [place.words and place.words.text for place in page.entries[0].places] == ["bakom Ica"]


def test_the_latest_day_comes_first_and_undated_last(session: Session, dialogue: Dialogue) -> None:
    for text, day in (("juli", date(2023, 7, 3)), ("utan", None), ("augusti", date(2023, 8, 1))):
        make_response(session, dialogue, {3: (None, text)}, answered_on=day)
    assert texts(read(session, dialogue)) == ["augusti", "juli", "utan"]


def test_a_search_minds_neither_case_nor_wildcards(session: Session, dialogue: Dialogue) -> None:
    for text in ("Älgar på vägen", "100 % trygg", "100 procent trygg"):
        make_response(session, dialogue, {3: (None, text)})
    assert texts(read(session, dialogue, "älgar")) == ["Älgar på vägen"]
    assert texts(read(session, dialogue, "100 %")) == ["100 % trygg"]
    assert texts(read(session, dialogue, "_")) == []
    assert texts(read(session, dialogue, "BRUS")) == []


def test_pages_hold_fifty_and_none_is_lost(session: Session, dialogue: Dialogue) -> None:
    wanted = {f"text {number}" for number in range(PAGE_SIZE + 3)}
    for text in wanted:
        make_response(session, dialogue, {3: (None, text)})
    first, second = read(session, dialogue), read(session, dialogue, page=2)
    assert (len(first.entries), len(second.entries), first.n_pages) == (PAGE_SIZE, 3, 2)
    assert set(texts(first)) | set(texts(second)) == wanted
    with pytest.raises(NotFound):
        read(session, dialogue, page=3)


def test_in_a_joint_dialogue_each_municipality_reads_its_own(
    session: Session, municipality: Municipality
) -> None:
    neighbour = make_municipality(session, slug="ovanaker", code="2121", name="Ovanåker")
    both = [municipality, neighbour]
    joint = make_dialogue(session, municipality, slug="gemensam", municipalities=both)
    for tenant in both:
        make_response(session, joint, {3: (None, tenant.name)}, municipality_id=tenant.id)
    for tenant in both:
        page = list_free_text(session, tenant, joint)
        assert (page.n, texts(page)) == (1, [tenant.name])


def test_a_search_in_the_originals_is_impossible(session: Session, dialogue: Dialogue) -> None:
    place = MarkedPlace(words="hos Anna Karlsson", precision=Precision.DISTRICT)
    make_response(session, dialogue, {3: (None, "Ring 070-174 06 05")}, [place])
    for written in ("070-174", "Anna", "Karlsson"):
        assert read(session, dialogue, written).n == 0
    assert read(session, dialogue, "telefonnummer").n == 1


def test_what_is_not_masked_yet_is_not_read(session: Session, dialogue: Dialogue) -> None:
    response = make_response(session, dialogue, {3: (None, "lampor")})
    response.answers[0].mask_version, response.answers[0].masked_text = 0, None
    session.flush()
    page = read(session, dialogue)
    assert page.n == 1
    assert [text.words.text for text in page.entries[0].texts] == [None]
    assert read(session, dialogue, "lampor").n == 0
