"""The survey form: the dialogue's questions, the places, and the optional background.

What is typed is bounded and read here; it is handed over as a ``ResponseDraft``.
"""

import re
import secrets
from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovSelect, GovTextArea
from werkzeug.datastructures import MultiDict
from wtforms import Field, Form, RadioField, SelectField, TextAreaField

from surveys.drafts.responses import AnswerDraft, ResponseDraft
from surveys.errors import PlacesOutside
from surveys.limits import MAX_KEY, MAX_PLACES, MAX_TEXT
from surveys.models.dialogue import QuestionKind
from surveys.models.response import DONT_KNOW, NO, SCALE_VALUES, YES, AgeBand, Gender
from surveys.questionnaire import AskedQuestion, Questionnaire
from webapp.formatters import number
from webapp.forms.place_names import PlaceNames
from webapp.forms.place_presses import PlacePress
from webapp.forms.place_reading import read_places
from webapp.forms.survey_places import PlaceForm
from webapp.forms.typed_text import AtMost, OneOf, choices, cleaned
from webapp.labels import answer_label, label

KEY_BYTES = 24
_KEY = re.compile(rf"[A-Za-z0-9_-]{{20,{MAX_KEY}}}")
_KEY_VARIETY = 8  # a drawn key of 20 letters with fewer different ones does not happen
_UNKNOWN = _l("We do not recognise the answer “%(typed)s”. Choose one of the answers below.")


def new_key() -> str:
    """A key for one answer: drawn for every delivered page, so that no two answers share it."""
    return secrets.token_urlsafe(KEY_BYTES)


def is_key(typed: str) -> bool:
    """Whether ``typed`` can be a key that was drawn at random."""
    return bool(_KEY.fullmatch(typed)) and len(set(typed)) >= _KEY_VARIETY


class SurveyForm:
    """One page's questions, places and background, with what was typed in them.

    ``faults`` holds what to put right as (field id, text). ``pressed`` is the button that changes
    the places, where one was pressed instead of sending.
    """

    def __init__(
        self,
        questionnaire: Questionnaire,
        typed: MultiDict[str, str] | None = None,
        pressed: PlacePress | None = None,
    ) -> None:
        given: MultiDict[str, str] = MultiDict() if typed is None else typed
        self.questionnaire = questionnaire
        self.questions = _questions_form(questionnaire)(given)
        self.background = _background_form(questionnaire)(given)
        self.names = PlaceNames.of(questionnaire)
        read = read_places(given, self.names, pressed)
        self.places: list[PlaceForm] = read.forms if questionnaire.places_question else []
        rest = cleaned(given.get("places-rest"))
        self.rest = "\n".join(filter(None, [*read.rest, rest]))
        self.has_new_rest = bool(read.rest)
        self.faults: list[tuple[str, str]] = []

    @property
    def has_background(self) -> bool:
        """Whether any background question has been answered."""
        return any(field.data for field in self.background)

    def field_of(self, question: AskedQuestion) -> Field:
        """The form field of ``question``."""
        return self.questions[question.field]

    def validate(self) -> bool:
        """Read everything, note what to put right in ``faults`` and say whether it is nothing."""
        for form in (self.questions, *self.places, self.background):
            form.validate()
        for place in self.places:
            place.offer_words()
        self._note_faults()
        if self.has_new_rest:
            self.faults.append(("places-rest", self._too_many()))
        if not self.faults and self.draft("").is_empty:
            self.faults.append((self._first_field_id(), _("You have not answered anything yet")))
        return not self.faults

    def ask_about(self, refused: PlacesOutside, municipality_name: str) -> None:
        """Put the questions about pins too far outside on their places."""
        for outside in refused.places:
            self.places[outside.number].ask_about(outside, municipality_name)
        self._note_faults()

    def draft(self, key: str) -> ResponseDraft:
        """The answer as the domain takes it; call after ``validate``."""
        answers = (self._answer(question) for question in self.questionnaire.questions)
        filled = ((n, place) for n, place in enumerate(self.places) if place.is_filled)
        background = {field.short_name: field.data for field in self.background if field.data}
        return ResponseDraft(
            key=key,
            answers=tuple(answer for answer in answers if answer.value or answer.text),
            places=tuple(place.draft(n) for n, place in filled),
            age_band=AgeBand(background["age_band"]) if "age_band" in background else None,
            gender=Gender(background["gender"]) if "gender" in background else None,
            area=background.get("area"),
            language=self.questionnaire.language,
        )

    def texts(self) -> list[tuple[str, str]]:
        """All that was typed as (what it is, text), for a page where it can only be copied."""
        shown = [
            (question.text, self._words_of(self.field_of(question)))
            for question in self.questionnaire.questions
        ]
        for n, place in enumerate(self.places, start=1):
            words = "\n".join(filter(None, (self._words_of(field) for field in place.said)))
            shown.append((_("Place %(number)s", number=n), words))
        shown.append((_("More places"), self.rest))
        return [(what, text) for what, text in shown if text]

    def _answer(self, question: AskedQuestion) -> AnswerDraft:
        data = self.field_of(question).data or None
        if question.kind is QuestionKind.TEXT:
            return AnswerDraft(question.position, text=data)
        return AnswerDraft(question.position, value=data)

    def _note_faults(self) -> None:
        """In the order of the page, each with the question or the place that it is about."""
        self.faults = []
        for n, question in enumerate(self.questionnaire.questions, start=1):
            for field_id, error in _errors([self.field_of(question)]):
                said = _("Question %(number)s: %(error)s", number=n, error=error)
                self.faults.append((field_id, said))
            if question == self.questionnaire.places_question:
                self._note_faults_of_places()
        self.faults += _errors(self.background)

    def _note_faults_of_places(self) -> None:
        for n, place in enumerate(self.places, start=1):
            for field_id, error in _errors(place):
                said = _("Place %(number)s: %(error)s", number=n, error=error)
                self.faults.append((field_id, said))

    def _too_many(self) -> str:
        return _(
            "There is room for %(limit)s places. Those that did not fit are below, so that you can"
            " copy them. Send again to send the first %(limit)s.",
            limit=number(MAX_PLACES),
        )

    def _first_field_id(self) -> str:
        return next((field.id for field in self.questions), "")

    @staticmethod
    def _words_of(field: Field) -> str:
        chosen = field.data if isinstance(field.data, list) else [field.data]
        words = {c.value: c.label for c in getattr(field, "choices", None) or []}
        return ", ".join(str(words.get(value, value)) for value in chosen if value)


def _errors(fields: Iterable[Field]) -> list[tuple[str, str]]:
    return [(field.id, str(field.errors[0])) for field in fields if field.errors]


def _questions_form(questionnaire: Questionnaire) -> type[Form]:
    fields = {question.field: _question_field(question) for question in questionnaire.questions}
    return type("QuestionsForm", (Form,), fields)


def _question_field(question: AskedQuestion) -> Field:
    if question.kind is QuestionKind.TEXT:
        return TextAreaField(
            question.text,
            description=_(
                "Do not write names, phone numbers or registration numbers."
                " At most %(limit)s characters.",
                limit=number(MAX_TEXT),
            ),
            filters=[cleaned],
            validators=[AtMost(MAX_TEXT)],
            widget=GovTextArea(),
        )
    is_scale = question.kind is QuestionKind.SCALE
    values = (*SCALE_VALUES, DONT_KNOW) if is_scale else (NO, YES)
    return RadioField(
        question.text,
        choices=choices((value, answer_label(value)) for value in values),
        validate_choice=False,
        validators=[OneOf(values, _UNKNOWN)],
        widget=GovRadioInput(),
    )


def _background_form(questionnaire: Questionnaire) -> type[Form]:
    fields: dict[str, Field] = {}
    if questionnaire.asks_age_band:
        bands = [(band.value, label(band)) for band in AgeBand]
        fields["age_band"] = _optional_choice(_("Age"), bands)
    if questionnaire.asks_gender:
        genders = [(gender.value, label(gender)) for gender in Gender]
        fields["gender"] = _optional_choice(_("Gender"), genders)
    if questionnaire.areas:
        areas = [(area, area) for area in questionnaire.areas]
        fields["area"] = _optional_choice(_("Where do you live?"), areas)
    return type("BackgroundForm", (Form,), fields)


def _optional_choice(text: str, answers: list[tuple[str, str]]) -> SelectField:
    return SelectField(
        text,
        choices=choices([("", _("Skip the question")), *answers]),
        validate_choice=False,
        validators=[OneOf((value for value, _words in answers), _UNKNOWN)],
        widget=GovSelect(),
    )
