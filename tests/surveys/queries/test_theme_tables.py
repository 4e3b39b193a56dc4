"""Tables of themes: two axes, several themes an answer, and which occur together."""

import pytest
from sqlalchemy.orm import Session

from surveys.models.coding import Coding, CodingTheme
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.models.response import Gender
from surveys.models.theme import Polarity, Theme
from surveys.queries.results.crosstabs import Group, make_crosstab
from surveys.queries.results.filters import Filters
from tests.conftest import NOW
from tests.factories.answers import give
from tests.factories.dialogues import make_dialogue

Themes = list[tuple[str, Polarity]]
DRUGS, POLICE = ("narkotika", Polarity.PROBLEM), ("polisnarvaro", Polarity.WISH)
LIGHT = ("belysning", Polarity.PROBLEM)


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    for i, code in enumerate(("narkotika", "polisnarvaro", "belysning")):
        name = {"sv": code.capitalize()}
        session.add(Theme(municipality_id=municipality.id, code=code, name=name, position=i))
    session.flush()
    return make_dialogue(session, municipality)


def code(session: Session, dialogue: Dialogue, times: int, themes: Themes) -> None:
    """So many women whose texts are about ``themes``."""
    ids = {
        theme.code: theme.id
        for theme in session.query(Theme).filter_by(municipality_id=dialogue.municipality_id)
    }
    for response in give(session, dialogue, times, q3="text", gender=Gender.WOMAN):
        coding = Coding(
            municipality_id=dialogue.municipality_id,
            dialogue_id=dialogue.id,
            response_id=response.id,
            coder_title="Analytiker",
            is_current=True,
            coded_on=NOW.date(),
            saw_suggestions=False,
        )
        coding.themes = [CodingTheme(theme_id=ids[c], polarity=p) for c, p in themes]
        session.add(coding)
    session.flush()


def test_themes_that_occur_together_are_counted_in_persons(
    session: Session, dialogue: Dialogue
) -> None:
    """D12: one answer may be about several themes, and a table says which go together."""
    code(session, dialogue, 40, [DRUGS, LIGHT])
    code(session, dialogue, 30, [DRUGS])
    code(session, dialogue, 40, [POLICE])
    found = make_crosstab(
        session, dialogue.municipality, dialogue, measure="problems", by=Group.THEME
    )
    assert (found.is_multiple, found.is_overlapping) == (True, True)
    assert found.columns[0].n == 110
    assert found.cell("narkotika").count == 70
    assert found.cell("belysning", "narkotika").count == 40
    assert found.cell("narkotika", "polisnarvaro").count == 0
    assert [row.title for row in found.rows] == ["Narkotika", "Polisnarvaro", "Belysning"]


def test_a_wish_is_not_a_problem(session: Session, dialogue: Dialogue) -> None:
    """D13: more police is what people wish for, and no police is what is wrong."""
    code(session, dialogue, 40, [POLICE])
    code(session, dialogue, 30, [("polisnarvaro", Polarity.PROBLEM)])
    counts = {
        measure: make_crosstab(session, dialogue.municipality, dialogue, measure=measure)
        .cell("polisnarvaro")
        .count
        for measure in ("problems", "wishes")
    }
    assert counts == {"problems": 30, "wishes": 40}


def test_answers_about_a_theme_can_be_looked_at_alone(session: Session, dialogue: Dialogue) -> None:
    code(session, dialogue, 40, [DRUGS])
    code(session, dialogue, 30, [LIGHT])
    found = make_crosstab(
        session,
        dialogue.municipality,
        dialogue,
        measure="q3",
        filters=Filters(theme="narkotika"),
        sees_rows=True,
    )
    assert found.columns[0].n == 40
