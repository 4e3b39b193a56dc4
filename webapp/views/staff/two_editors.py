"""Two who edit the same thing of a promise: the second sees both versions, and loses nothing.

A form carries the fingerprint of what it showed when it was opened, so that a change somewhere else
in the promise disturbs nobody. Where somebody has saved another version of just this, nothing is
saved: the fields that differ are shown beside each other, the second editor's text stays in the
form, and saving again saves it over the other.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask_wtf import FlaskForm
from sqlalchemy.orm import Session

from surveys.errors import Conflict
from surveys.queries.promises.drafts import Draft, fingerprint
from webapp.views.staff.changed import ChangedForm, list_differences
from webapp.views.staff.saving import is_saved


@dataclass(frozen=True, slots=True)
class Stored:
    """What is stored now: as a draft, and as the form that would show it."""

    draft: Draft | None
    form: FlaskForm


def open_form(form: Any, draft: Draft | None) -> None:
    """Let ``form``, when it is shown the first time, carry what it shows."""
    if not form.is_submitted():
        form.seen.data = fingerprint(draft)


def save_or_compare(
    form: Any, stored: Callable[[], Stored], work: Callable[[Session], Any]
) -> bool:
    """Whether ``work`` saved the form. Where it did not, the form says how it differs.

    ``stored`` is asked after a refusal. Nobody needs to choose between two versions that are the
    same: then the form counts as saved.
    """
    try:
        return is_saved(form, work)
    except Conflict:
        now = stored()
    differences = list_differences(form, now.form)
    form.seen.data = fingerprint(now.draft)
    form.changed = ChangedForm(differences)
    return not differences
