"""The form that says why a contradiction is as it should be."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm

from surveys.limits import MAX_NOTE
from webapp.forms.staff_fields import paragraphs


class NoteForm(FlaskForm):
    """A reason."""

    reason = paragraphs(_l("Why it is as it should be"), MAX_NOTE, needed=_l("Write why."))
