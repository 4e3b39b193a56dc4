"""Rules that several of the residents' forms share."""

from collections.abc import Iterable

from flask_babel import ngettext
from wtforms import Field, Form, ValidationError
from wtforms.fields.choices import SelectChoice

from surveys.text.typed import clean_text
from webapp.formatters import number


def cleaned(typed: str | None) -> str:
    """A field's filter: see ``clean_text``."""
    return clean_text(typed or "")


class AtMost:
    """At most ``limit`` characters; the message says how many to take away."""

    def __init__(self, limit: int) -> None:
        self.limit = limit

    def __call__(self, _form: Form, field: Field) -> None:
        length = len(field.data or "")
        if length > self.limit:
            raise ValidationError(too_long(length, self.limit))


class OneOf:
    """Only values that are among the choices; ``message`` may hold ``%(typed)s``."""

    def __init__(self, values: Iterable[str], message: object) -> None:
        self.values = frozenset(values)
        self.message = message

    def __call__(self, _form: Form, field: Field) -> None:
        typed = field.data if isinstance(field.data, list) else [field.data]
        for value in typed:
            if value and value not in self.values:
                raise ValidationError(str(self.message) % {"typed": str(value)[:60]})


def choices(pairs: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    """Pairs of a value and its words as a field's choices."""
    return [SelectChoice(value, words) for value, words in pairs]


def too_long(length: int, limit: int) -> str:
    """ "Texten är 2 140 tecken. Korta den med 140 tecken." """
    over = length - limit
    return ngettext(
        "The text is %(length)s characters. Shorten it by %(over)s character.",
        "The text is %(length)s characters. Shorten it by %(over)s characters.",
        over,
        length=number(length),
        over=number(over),
    )
