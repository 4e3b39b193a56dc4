"""From an answer's code to its themes, what was seen in them, and what was promised."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from surveys.models.dialogue import Dialogue
from surveys.models.evidence import EvidenceKind
from surveys.models.municipality import Municipality
from surveys.models.promise import Promise
from surveys.models.response import Response
from surveys.models.theme import Polarity
from surveys.receipt_codes import hash_code
from tests.factories.coding import make_codebook, make_coding
from tests.factories.dialogues import make_response
from tests.factories.pictures import make_area, make_claim, make_evidence, make_picture
from tests.factories.promises import make_promise
from tests.page import Page, PageClient

CODE = "babebi bobuda dedido"
RECEIPT = "/soderhamn/kvitto"


@pytest.fixture
def answer(session: Session, dialogue: Dialogue) -> Response:
    return make_response(
        session,
        dialogue,
        {3: (None, "Mer ljus vid stationen")},
        receipt_hash=hash_code("only-for-tests", CODE),
    )


@pytest.fixture
def promise(session: Session, municipality: Municipality, dialogue: Dialogue) -> Promise:
    """One that rests on a claim, which rests on how many took lighting up as a wish."""
    evidence = make_evidence(
        session,
        municipality,
        "Teman i svaren",
        kind=EvidenceKind.TABLE,
        dialogue_id=dialogue.id,
        query={"name": "edition", "table": "themes"},
        figures={
            "table": {
                "rows": [
                    {"codes": ["lighting_environment:wish"], "count": 41},
                    {"codes": ["drugs:problem"], "count": None},
                ]
            }
        },
    )
    claim = make_claim("Många vill ha mer ljus.", supported_by=(evidence,))
    make_picture(session, municipality, areas=[make_area("Ljus", claim)])
    return make_promise(session, municipality, title="Ljusare gångvägar", claims=[claim])


@pytest.fixture
def look(session: Session, client: PageClient) -> Callable[[], Page]:
    def look_up() -> Page:
        session.commit()
        return client.post(RECEIPT, {"code": CODE})

    return look_up


def test_a_wish_leads_to_the_promise_that_rests_on_it(
    session: Session,
    municipality: Municipality,
    answer: Response,
    promise: Promise,
    look: Callable[[], Page],
) -> None:
    themes = make_codebook(session, municipality)
    make_coding(session, answer, (themes["lighting_environment"], Polarity.WISH), themes["drugs"])
    page = look()
    rows = [row.get_text(" ", strip=True) for row in page.soup.select("#led-to ~ ul li")]
    lighting = next(row for row in rows if row.startswith(themes["lighting_environment"].title()))
    assert "som en önskan" in lighting
    assert "Vi såg: Många vill ha mer ljus." in lighting
    assert "Vi lovar: Ljusare gångvägar" in lighting
    narcotics = next(row for row in rows if row.startswith(themes["drugs"].title()))
    assert "Inget som är publicerat bygger på det här temat än." in narcotics
    assert "Ljusare" not in narcotics


def test_the_same_theme_on_the_other_axis_is_another_theme(
    session: Session,
    municipality: Municipality,
    answer: Response,
    promise: Promise,
    look: Callable[[], Page],
) -> None:
    themes = make_codebook(session, municipality)
    make_coding(session, answer, (themes["lighting_environment"], Polarity.PROBLEM))
    page = look()
    assert "Vi såg" not in page.text
    assert "De här löftena bygger på svaren som helhet" in page.text
    assert "Ljusare gångvägar" in page.text


def test_an_answer_that_nobody_has_sorted_says_so(
    answer: Response, look: Callable[[], Page]
) -> None:
    assert "inte sorterats under teman än" in look().text


def test_no_theme_is_told_as_none(
    session: Session, municipality: Municipality, answer: Response, look: Callable[[], Page]
) -> None:
    themes = make_codebook(session, municipality)
    none = next(theme for theme in themes.values() if theme.is_exclusive)
    make_coding(session, answer, none)
    assert "hör inte till något av temana" in look().text


def test_drafts_are_no_part_of_it(
    session: Session,
    municipality: Municipality,
    answer: Response,
    promise: Promise,
    look: Callable[[], Page],
) -> None:
    themes = make_codebook(session, municipality)
    make_coding(session, answer, (themes["lighting_environment"], Polarity.WISH))
    promise.published_at = None
    text = look().text
    assert "Ljusare gångvägar" not in text
    assert "Det har inte lett till något löfte än." in text
    promise.claims[0].area.picture.published_at = None
    assert "Många vill ha mer ljus" not in look().text


def test_nothing_is_told_of_a_withdrawn_answer(
    session: Session,
    municipality: Municipality,
    answer: Response,
    promise: Promise,
    client: PageClient,
    look: Callable[[], Page],
) -> None:
    themes = make_codebook(session, municipality)
    make_coding(session, answer, (themes["lighting_environment"], Polarity.WISH))
    look()
    client.post(RECEIPT, {"code": CODE, "step": "withdraw-now"})
    text = look().text
    assert themes["lighting_environment"].title() not in text
    assert "Ljusare gångvägar" not in text


def test_a_marked_answer_that_is_not_counted_is_not_said_to_be(
    session: Session, municipality: Municipality, answer: Response, look: Callable[[], Page]
) -> None:
    themes = make_codebook(session, municipality)
    make_coding(session, answer, themes["lighting_environment"])
    answer.is_counted = False
    assert themes["lighting_environment"].title() not in look().text
