"""Whether a place may be named and pointed at before readers."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm

from surveys.limits import MAX_REASON_FOR_PLACE
from webapp.forms.staff_fields import Filled, RadioChoice, line

YES, NO = "ja", "nej"


class SensitiveForm(FlaskForm):
    """The decision and its reason, both ways."""

    is_sensitive = RadioChoice(
        _l("May readers be pointed to the place?"),
        validators=[Filled(_l("Choose one of the two."))],
    )
    reason = line(
        _l("Why"),
        MAX_REASON_FOR_PLACE,
        needed=_l("Write why. Only staff see it."),
        hint=_l("Only staff see it, for example “skyddat boende” or “vi har frågat föreningen”."),
    )

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.is_sensitive.choices = [
            (YES, _("No: it is a home or a place that a map could stigmatise")),
            (NO, _("Yes: it is like any other place")),
        ]
