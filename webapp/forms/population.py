"""The form that brings population counts."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from govuk_frontend_wtf.wtforms_widgets import GovFileInput

from surveys.drafts.geography import Origin
from surveys.limits import MAX_TITLE
from webapp.forms.staff_fields import DayField, Filled, line


class PopulationForm(FlaskForm):
    """A table of inhabitants by age and gender, and where it is from."""

    file = FileField(
        _l("The table, as a CSV file"),
        description=_l(
            "The columns kon, aldersgrupp and folkmangd, and kommunkod where it holds several"
            " municipalities. A column omrade gives counts by area."
        ),
        validators=[Filled(_l("Choose a file."))],
        widget=GovFileInput(),
    )
    source = line(
        _l("Who made the figures?"),
        MAX_TITLE,
        needed=_l("Write who made the figures."),
        hint=_l("For example SCB. It is told beside every weighted figure."),
    )
    dated_on = DayField(
        _l("Of which day are they?"),
        description=_l("Leave it empty if the table has a column referensar."),
    )

    def origin(self) -> Origin:
        """Where the figures come from, as the form says."""
        return Origin(self.source.data, self.dated_on.data)

    def content(self) -> bytes:
        """The bytes of the file."""
        sent: bytes = self.file.data.read()
        return sent
