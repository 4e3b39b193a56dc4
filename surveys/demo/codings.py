"""The labels of the demo's answers as one coder's codings."""

from datetime import datetime

from sqlalchemy.orm import Session

from surveys.drafts.coding import Codes
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.models.theme import Polarity
from surveys.queries.texts.themes import list_themes
from surveys.services.texts.codebook import ensure_codebook
from surveys.services.texts.coding_files import import_codings
from surveys.text.themes_examples import Example, labelled_answers
from surveys.text.themes_rules import WISHES, read_answer

CODER = "Demons kodare"


def add_codings(
    session: Session, municipality: Municipality, dialogue: Dialogue, now: datetime
) -> int:
    """Store the codings; return how many. One coder: a second one is not invented."""
    ensure_codebook(session, municipality, now=now)
    ids = {theme.code: theme.id for theme in list_themes(session, municipality)}
    codings = {example.id: _codes(example, ids) for example in labelled_answers()}
    return import_codings(session, municipality, dialogue, codings, title=CODER, now=now)


def _codes(example: Example, ids: dict[str, int]) -> Codes:
    """The labels name no axis: it is a wish where the theme's words stand only among the wishes."""
    questions: dict[str, set[str]] = {}
    for reason in read_answer(example.q2, example.q3).evidence:
        questions.setdefault(reason.code, set()).add(reason.question)
    only_wishes = not example.q2.strip()
    return frozenset(
        (
            ids[code],
            Polarity.WISH
            if questions.get(code, {WISHES} if only_wishes else set()) == {WISHES}
            else Polarity.PROBLEM,
        )
        for code in example.codes
    )
