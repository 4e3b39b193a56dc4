"""The form that says when owners are reminded, and when silence is told of."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm

from surveys.drafts.settings import ReminderDraft
from surveys.limits import REMIND_DAYS, STALE_DAYS
from surveys.models.municipality import Municipality
from webapp.forms.staff_fields import Filled, NumberField

_DAYS = _l("Between %(low)s and %(high)s days.", low=REMIND_DAYS[0], high=REMIND_DAYS[1])
_LONG = _l("Between %(low)s and %(high)s days.", low=STALE_DAYS[0], high=STALE_DAYS[1])
_NEEDED = _l("Write a number of days.")


class NumberGiven(Filled):
    """As ``Filled``, but nought is a number too."""

    def __call__(self, form: object, field: object) -> None:
        if getattr(field, "data", None) != 0:
            super().__call__(form, field)


class ReminderForm(FlaskForm):
    """Days before and after, and the limits of silence."""

    before = NumberField(
        _l("Days before: remind the one who answers for it"),
        description=_l("0 reminds nobody beforehand. What goes on every week never is."),
        validators=[NumberGiven(_NEEDED)],
    )
    after = NumberField(
        _l("Days after: remind again"), description=_DAYS, validators=[Filled(_NEEDED)]
    )
    escalate = NumberField(
        _l("Days after: tell the coordinator"), description=_DAYS, validators=[Filled(_NEEDED)]
    )
    quiet = NumberField(
        _l("Days without a word until something is quiet"),
        description=_LONG,
        validators=[Filled(_NEEDED)],
    )
    silent = NumberField(
        _l("Days without a word until it is silent"),
        description=_LONG,
        validators=[Filled(_NEEDED)],
    )

    def __init__(self, here: Municipality) -> None:
        super().__init__(
            data={
                "before": here.remind_days_before,
                "after": here.remind_days_after,
                "escalate": here.escalate_days_after,
                "quiet": here.quiet_after_days,
                "silent": here.silent_after_days,
            }
        )

    def draft(self) -> ReminderDraft:
        """What the form says."""
        return ReminderDraft(
            self.before.data,
            self.after.data,
            self.escalate.data,
            self.quiet.data,
            self.silent.data,
        )
