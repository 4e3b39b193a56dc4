"""The form of published results: why they are taken down."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm

from surveys.limits import MAX_TAKE_DOWN_REASON
from webapp.forms.staff_fields import line


class TakeDownResultsForm(FlaskForm):
    """Why published results are taken down."""

    reason = line(
        _l("Why are the results taken down?"),
        MAX_TAKE_DOWN_REASON,
        needed=_l("Write why the results are taken down."),
        hint=_l("Readers see it in the place of the results."),
    )
