"""What the second of two editors is shown: field by field, what was typed and what now stands."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, FileField, HiddenField, SelectFieldBase

from surveys.services.editions.revisions import ChangedMeanwhile


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in words: as it was typed here, and as somebody else has saved it."""

    label: str
    typed: str
    saved: str


@dataclass(frozen=True, slots=True)
class ChangedForm:
    """Put on the form as ``changed``: the form is shown again and holds all that was typed."""

    differences: tuple[Difference, ...]


def show_differences(
    form: FlaskForm, error: ChangedMeanwhile, saved: Callable[[], FlaskForm]
) -> None:
    """Let ``form`` show how it differs from ``saved``, the same form filled with what now stands.

    It carries the new revision from here on: sending it again saves it over the other's change.
    """
    form.changed = ChangedForm(list_differences(form, saved()))
    form.revision.data = error.revision
    form.revision.raw_data = None


def list_differences(form: FlaskForm, fresh: FlaskForm) -> tuple[Difference, ...]:
    """The fields of ``form`` that ``fresh``, the same form with what now stands, has otherwise.

    A file is sent and not compared.
    """
    differences = [
        Difference(str(field.label.text), shown(field), shown(fresh[field.name]))
        for field in form
        if field.name in fresh and not isinstance(field, HiddenField | FileField)
    ]
    return tuple(d for d in differences if d.typed != d.saved)


def shown(field: Field) -> str:
    """A field's value in words."""
    if isinstance(field, BooleanField):
        return _("Yes") if field.data else _("No")
    if isinstance(field, SelectFieldBase):
        chosen = [str(label) for _v, label, is_chosen, *_rest in field.iter_choices() if is_chosen]
        return ", ".join(chosen)
    value: Any = field._value() if hasattr(field, "_value") else field.data
    return str(value or "").replace("\r\n", "\n").strip()
