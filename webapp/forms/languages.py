"""The form for a dialogue's questions in another language."""

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_wtf import FlaskForm

from surveys.limits import MAX_QUESTION
from surveys.models.dialogue import Question
from webapp.forms.staff_fields import paragraphs


def wording_form(questions: Iterable[Question], language: str) -> FlaskForm:
    """One field for each of ``questions``, filled with its words in ``language`` (a code)."""
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
    return kind(data={_field(q): q.wording.get(language, "") for q in asked})


def typed_wordings(form: FlaskForm, questions: Iterable[Question]) -> dict[int, str]:
    """Position -> what was written."""
    return {q.position: form[_field(q)].data or "" for q in questions}


def _field(question: Question) -> str:
    return f"q{question.position}"
