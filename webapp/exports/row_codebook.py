"""The codebook of the pseudonymised set: every column, every code and what it means."""

from collections.abc import Iterator

from flask_babel import gettext as _

from maps.places import Precision
from surveys.languages import LANGUAGES
from surveys.models.dialogue import Channel, Dialogue, QuestionKind
from surveys.models.geography import AreaKind
from surveys.models.place import PlaceKind
from surveys.models.response import (
    DONT_KNOW,
    NO,
    SCALE_VALUES,
    YES,
    AgeBand,
    Feeling,
    Gender,
    PlaceReason,
    Season,
    TimeOfDay,
)
from surveys.models.theme import Theme
from webapp.exports.sheets import Sheet
from webapp.labels import answer_label, label

Line = tuple[str, str, str]
_CODES = (
    ("kanal", Channel),
    ("alder", AgeBand),
    ("kon", Gender),
    ("kansla", Feeling),
    ("platstyp", PlaceKind),
    ("skal", PlaceReason),
    ("tid", TimeOfDay),
    ("arstid", Season),
)


def codebook_sheet(dialogue: Dialogue, themes: list[Theme], has_texts: bool) -> Sheet:
    """Variable, code (empty: about the variable itself) and meaning."""
    lines = (
        *_about_columns(has_texts),
        *_of_questions(dialogue, has_texts),
        *((name, str(m.value), label(m)) for name, kind in _CODES for m in kind),
        *(("sprak", language.code, language.name) for language in LANGUAGES),
        *(("tillfalle", event.code, event.title) for event in dialogue.events),
        *_of_themes(themes),
        *((("noggrannhet", p.value, _precision_words(p))) for p in Precision),
    )
    return Sheet("kodbok", ("variabel", "kod", "betydelse"), lines)


def has_values(kind: QuestionKind) -> bool:
    """Whether answers to such a question have coded values."""
    return kind is not QuestionKind.TEXT


def _about_columns(has_texts: bool) -> Iterator[Line]:
    yield "id", "", _("A number drawn for this file alone. It is not in the service.")
    yield "svar_id", "", _("The same number, in the file of places.")
    yield "tillfalle", "", _("The occasion that the answer was given at. Empty: at none.")
    yield "vecka", "", _("ISO week of the answer; no day. Empty where no day is known.")
    yield "omrade", "", _("Where the respondent says they live, in the words of the question.")
    yield "kodad", "", _("Whether a person has read the answer and set themes on it.")
    yield "teman_problem", "", _("Themes as problems, several with | between them.")
    yield "teman_onskemal", "", _("Themes as wishes, several with | between them.")
    yield "antal_platser", "", _("How many places the respondent marked.")
    yield "plats", "", _("The place's name where it is public ground. Never a position.")
    for kind in AreaKind:
        yield f"{kind.value}_kod", "", _("The area that the mark lies in, where it is known.")
        yield f"{kind.value}_namn", "", _("Its name.")
    if has_texts:
        yield "egna_ord", "", _("The respondent's words about the place, personal data masked.")


def _of_questions(dialogue: Dialogue, has_texts: bool) -> Iterator[Line]:
    for question in dialogue.questions:
        code = question.code
        yield code, "", question.text()
        yield code, "", _("Version %(number)s of the wording.", number=question.version)
        if has_values(question.kind):
            for value in (*SCALE_VALUES, YES, NO, DONT_KNOW):
                yield code, value, answer_label(value)
            yield code, "", _("Empty: left out.")
        yield f"{code}_skrev", "", _("Whether something was written.")
        if has_texts:
            yield f"{code}_text", "", _("What was written, personal data masked.")


def _of_themes(themes: list[Theme]) -> Iterator[Line]:
    for theme in themes:
        words = " ".join(filter(None, (f"{theme.title()}.", theme.definition)))
        yield "teman_problem", theme.code, words
        yield "teman_onskemal", theme.code, words


def _precision_words(precision: Precision) -> str:
    return {
        Precision.EXACT: _("A pin on the map"),
        Precision.STREET: _("A street"),
        Precision.PLACE: _("A named place"),
        Precision.DISTRICT: _("A part of town, or words only"),
    }[precision]
