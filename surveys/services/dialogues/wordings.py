"""The words of a dialogue's questions in other languages than Swedish."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.errors import InvalidInput, NotFound
from surveys.languages import SWEDISH, find_language
from surveys.limits import MAX_QUESTION
from surveys.models.dialogue import Dialogue, DialoguePhase, Question
from surveys.models.municipality import Municipality


def word_questions(
    session: Session,
    municipality: Municipality,
    dialogue: Dialogue,
    language: str,
    texts: Mapping[int, str],
    *,
    now: datetime,
) -> None:
    """Set the wordings in ``language`` (a code): position -> text, an empty one takes it away.

    Once the dialogue has opened, people have answered the words that stood there: a wording that is
    missing can still be added, but none is changed or taken away. Raise NotFound for a dialogue of
    another municipality, for Swedish and for unknown languages, InvalidInput for the rest.
    """
    known = find_language(language)
    if known is None or known == SWEDISH or dialogue.municipality_id != municipality.id:
        raise NotFound(language)
    has_opened = dialogue.phase(now) is not DialoguePhase.UPCOMING
    # Read anew and locked: two languages may be written at the same moment, in one column.
    statement = (
        select(Question)
        .where(Question.dialogue_id == dialogue.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    for question in session.scalars(statement):
        if question.position in texts:
            _word(question, known.code, texts[question.position].strip(), has_opened=has_opened)
    session.flush()


def _word(question: Question, language: str, text: str, *, has_opened: bool) -> None:
    before = question.wording.get(language, "")
    field = f"q{question.position}"
    if text == before:
        return
    if before and has_opened:
        raise InvalidInput("wording_stands", field)
    if len(text) > MAX_QUESTION:
        raise InvalidInput("too_long", field)
    others = {code: words for code, words in question.wording.items() if code != language}
    question.wording = others | ({language: text} if text else {})
