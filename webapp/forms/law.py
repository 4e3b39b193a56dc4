"""Forms for what the duties of Act 2023:196 are counted from."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm

from surveys.limits import MAX_DNR
from webapp.forms.staff_fields import DayField, Filled, NumberField, line


class LawMonthsForm(FlaskForm):
    """How often the municipality itself updates and follows up."""

    months = NumberField(
        _l("Months between"),
        description=_l("At most 24: the law asks for at least every other year (6 §)."),
        validators=[Filled(_l("Write how many."))],
    )


class CouncilReportForm(FlaskForm):
    """That the work was reported to fullmäktige."""

    reported_on = DayField(_l("Reported on"), validators=[Filled(_l("Write the day."))])
    reported_dnr = line(_l("Your diary number"), MAX_DNR)
