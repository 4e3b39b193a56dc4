"""The form for a dialogue's questions in another language."""

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_wtf import FlaskForm

from surveys.languages import Language
from surveys.limits import MAX_QUESTION
from surveys.models.dialogue import Question
from webapp.forms.staff_fields import paragraphs


def wording_form(questions: Iterable[Question], language: Language) -> FlaskForm:
    """One field for each of ``questions``, filled with its words in ``language``."""
    asked = list(questions)
    fields = {
        _field(question): paragraphs(
            _("Question %(number)s", number=question.position),
            MAX_QUESTION,
            hint=question.text(),
        )
        for question in asked
    }
    kind: type[FlaskForm] = type("WordingForm", (FlaskForm,), fields)
    form = kind(data={_field(q): q.wording.get(language.code, "") for q in asked})
    for question in asked:
        # Written from right to left in Arabic, and spelled as that language by the browser.
        form[_field(question)].render_kw = {"lang": language.code, "dir": language.direction}
    return form


def typed_wordings(form: FlaskForm, questions: Iterable[Question]) -> dict[int, str]:
    """Position -> what was written."""
    return {q.position: form[_field(q)].data or "" for q in questions}


def _field(question: Question) -> str:
    return f"q{question.position}"
