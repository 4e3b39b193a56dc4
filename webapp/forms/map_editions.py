"""The forms of public maps: how coarse the first one is, and why one is taken down."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm

from surveys.limits import MAP_CELLS_M, MAP_LEAST, MAX_TAKE_DOWN_REASON
from webapp.forms.staff_fields import Filled, RadioChoice, line


class PrepareForm(FlaskForm):
    """Cell and limit of a dialogue's first edition; those of later ones follow it."""

    cell_m = RadioChoice(_l("How large each square is"), validators=[Filled(_l("Choose a size."))])
    least = RadioChoice(
        _l("How many persons a square needs to be shown"),
        validators=[Filled(_l("Choose how many."))],
    )

    def offer(self) -> "PrepareForm":
        """Fill in what may be chosen."""
        self.cell_m.choices = [(str(m), _("%(cell)s metres", cell=m)) for m in MAP_CELLS_M]
        self.least.choices = [
            (str(n), _("At least %(persons)s persons", persons=n)) for n in MAP_LEAST
        ]
        return self


class TakeDownForm(FlaskForm):
    """Why a published map is taken down."""

    reason = line(
        _l("Why is the map taken down?"),
        MAX_TAKE_DOWN_REASON,
        needed=_l("Write why the map is taken down."),
        hint=_l("Readers see it in the place of the map."),
    )
