"""Fields of the staff's forms: bounded, with Swedish words for every fault, keeping what was typed.

The library's own fields answer in English, or with words that we do not use.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from govuk_frontend_wtf.wtforms_widgets import (
    GovCheckboxesInput,
    GovCheckboxInput,
    GovRadioInput,
    GovSelect,
    GovTextArea,
    GovTextInput,
)
from wtforms import (
    BooleanField,
    Field,
    Form,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)

from surveys.limits import MAX_LINES
from webapp.forms.typed_text import AtMost, cleaned

MAX_DIGITS = 12  # more digits than any number here has


class Filled:
    """Something must be there; marks the field, so that the others can be shown as optional."""

    field_flags = {"needed": True}

    def __init__(self, message: LazyString) -> None:
        self.message = message

    def __call__(self, _form: Form, field: Field) -> None:
        # A value that could not be read has its own message already.
        if not field.data and not field.errors and not field.process_errors:
            raise ValidationError(str(self.message))


class AtMostLines:
    """At most ``limit`` lines of at most ``length`` characters each."""

    def __init__(self, length: int, limit: int = MAX_LINES) -> None:
        self.length, self.limit = length, limit

    def __call__(self, _form: Form, field: Field) -> None:
        lines = (field.data or "").splitlines()
        if len(lines) > self.limit:
            raise ValidationError(
                _("Write at most %(limit)s lines. Here are %(n)s.", limit=self.limit, n=len(lines))
            )
        for line in lines:
            if len(line.strip()) > self.length:
                raise ValidationError(
                    _("Each line holds at most %(length)s characters.", length=self.length)
                )


class GovDayInput(GovTextInput):
    """The browser's own date field."""

    input_type = "date"


class DayField(StringField):
    """A day as YYYY-MM-DD. ``data`` is a date or None; what was typed is shown again."""

    data: Any
    widget = GovDayInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        typed = (valuelist[0] if valuelist else "").strip()
        if typed:
            try:
                self.data = date.fromisoformat(typed[:40])
            except ValueError:
                raise ValueError(_("Write the day as year-month-day: 2023-05-31.")) from None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])[:40]
        return self.data.isoformat() if self.data else ""


class GovMonthInput(GovTextInput):
    """The browser's own month field."""

    input_type = "month"


class MonthField(StringField):
    """A month as YYYY-MM. ``data`` is its first day or None; what was typed is shown again."""

    data: Any
    widget = GovMonthInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        typed = (valuelist[0] if valuelist else "").strip()
        if typed:
            try:
                self.data = date.fromisoformat(f"{typed[:40]}-01")
            except ValueError:
                raise ValueError(_("Write the month as year-month: 2023-05.")) from None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])[:40]
        return self.data.strftime("%Y-%m") if self.data else ""


class NumberField(StringField):
    """A number, a decimal comma allowed where ``decimals`` is. ``data`` is a number or None."""

    data: Any
    widget = GovTextInput()

    def __init__(self, label: object, *, decimals: bool = False, **options: Any) -> None:
        super().__init__(label, **options)
        self.decimals = decimals

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        typed = "".join((valuelist[0] if valuelist else "").split())
        if not typed:
            return
        plain = typed.replace(",", ".") if self.decimals else typed
        digits = plain.replace(".", "", 1) if self.decimals else plain
        if not digits.isascii() or not digits.isdigit() or len(digits) > MAX_DIGITS:
            raise ValueError(
                _("Write a number, such as 1 or 1.5.")
                if self.decimals
                else _("Write a whole number, such as 4.")
            )
        self.data = float(plain) if self.decimals else int(plain)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])[:40]
        if self.data is None:
            return ""
        text = f"{self.data:g}" if self.decimals else str(self.data)
        return text.replace(".", ",")


class _KnownChoice:
    """Only what was offered; said in our words."""

    def pre_validate(self, _form: Form) -> None:
        known = {str(value) for value, *_rest in self.iter_choices()}  # type: ignore[attr-defined]
        typed = self.data if isinstance(self.data, list) else [self.data]  # type: ignore[attr-defined]
        if any(value not in known for value in typed if value):
            raise ValidationError(_("Choose one of those that are shown here."))


class RadioChoice(_KnownChoice, RadioField):
    """One of a few."""

    widget = GovRadioInput()


class SelectChoice(_KnownChoice, SelectField):
    """One of many."""

    widget = GovSelect()


class Ticked(_KnownChoice, SelectMultipleField):
    """Any of those offered, by id."""

    widget = GovCheckboxesInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        """Keep what is ticked; an empty value ticks nothing."""
        super().process_formdata([value for value in valuelist if value])

    @property
    def ids(self) -> frozenset[int]:
        """The ticked ids. Only after validation, which has looked that they were offered."""
        return frozenset(int(value) for value in self.data or ())


def line(
    label: LazyString,
    limit: int,
    *,
    needed: LazyString | None = None,
    hint: LazyString | None = None,
) -> StringField:
    """One line of text."""
    return StringField(
        label,
        description=hint or "",
        filters=[cleaned],
        validators=_rules(needed, AtMost(limit)),
        widget=GovTextInput(),
    )


def paragraphs(
    label: LazyString,
    limit: int,
    *,
    needed: LazyString | None = None,
    hint: LazyString | None = None,
) -> TextAreaField:
    """Text of several lines."""
    return TextAreaField(
        label,
        description=hint or "",
        filters=[cleaned],
        validators=_rules(needed, AtMost(limit)),
        widget=GovTextArea(),
    )


def lines(label: LazyString, length: int, *, hint: LazyString | None = None) -> TextAreaField:
    """A list, one item a line; see ``split_lines``."""
    return TextAreaField(
        label,
        description=hint or _l("One on each line."),
        filters=[cleaned],
        validators=[AtMostLines(length)],
        widget=GovTextArea(),
    )


def tick(label: object, hint: LazyString | None = None) -> BooleanField:
    """A single box."""
    return BooleanField(label, description=hint or "", widget=GovCheckboxInput())


def split_lines(text: str | None) -> tuple[str, ...]:
    """The lines of ``text`` that hold something."""
    return tuple(line.strip() for line in (text or "").splitlines() if line.strip())


def choices_of(
    members: Iterable[Any], words: Callable[[Any], str], *, empty: LazyString | None = None
) -> list[tuple[str, str]]:
    """Choices for enum members; ``empty`` puts one for "none" first."""
    first = [("", str(empty))] if empty is not None else []
    return first + [(member.value, words(member)) for member in members]


def _rules(needed: LazyString | None, limit: AtMost) -> list[object]:
    return [Filled(needed), limit] if needed is not None else [limit]
