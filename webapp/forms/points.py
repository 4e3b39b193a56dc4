"""Why somebody needs to see single points."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm

from surveys.drafts.points import PointsDraft, PointsReason
from surveys.limits import MAX_REASON
from webapp.forms.staff_fields import Filled, RadioChoice, choices_of, line
from webapp.words.reason import points_reason


class PointsForm(FlaskForm):
    """The reason to see marks as single points."""

    reason = RadioChoice(
        _l("Why do you need to see them?"), validators=[Filled(_l("Choose a reason."))]
    )
    words = line(
        _l("In own words"),
        MAX_REASON,
        hint=_l("Needed for another reason. Never a name or anything from the answer."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reason.choices = choices_of(PointsReason, points_reason)

    def draft(self) -> PointsDraft:
        """What the form says."""
        return PointsDraft(PointsReason(self.reason.data), self.words.data or "")
