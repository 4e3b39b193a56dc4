"""Forms for the rhythm of the lägesbild."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm

from surveys.drafts.situations import CadenceDraft
from surveys.limits import MAX_SUMMARY
from webapp.forms.staff_fields import DayField, Filled, NumberField, Ticked, paragraphs


class CadenceForm(FlaskForm):
    """How often it comes, which months have none, and what it is for."""

    starts_on = DayField(
        _l("From which month does it hold?"),
        description=_l("Any day of the first month."),
        validators=[Filled(_l("Write a day of the first month."))],
    )
    ends_on = DayField(_l("Until when?"), description=_l("Leave it empty if it goes on."))
    every_months = NumberField(
        _l("Every how many months?"),
        description=_l("1 is every month."),
        validators=[Filled(_l("Write a number of months."))],
    )
    pauses = Ticked(
        _l("Months without one"),
        description=_l("A pause that is agreed is never an alarm. July gives eleven a year."),
    )
    due_day = NumberField(
        _l("Which day of the month after is the last one?"),
        description=_l("1 to 28."),
        validators=[Filled(_l("Write a day of the month."))],
    )
    purpose = paragraphs(
        _l("What is it for?"),
        MAX_SUMMARY,
        hint=_l(
            "Readers see it. For example that everybody should get the same picture, so that"
            " rumours have less to live on."
        ),
    )

    def __init__(self, months: Iterable[tuple[int, str]], **options: Any) -> None:
        """``months``: the number and the name of each month of the year."""
        super().__init__(**options)
        self.pauses.choices = [(str(number), name) for number, name in months]

    def draft(self) -> CadenceDraft:
        """What the form says."""
        return CadenceDraft(
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            every_months=int(self.every_months.data),
            pauses=self.pauses.ids,
            due_day=int(self.due_day.data),
            purpose=self.purpose.data or "",
        )


class MissedForm(FlaskForm):
    """Why a month had none."""

    reason = paragraphs(
        _l("Why was there none?"),
        MAX_SUMMARY,
        needed=_l("Write why. Readers see the reason."),
        hint=_l("Readers see it beside the month."),
    )
