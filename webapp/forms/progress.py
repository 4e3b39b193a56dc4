"""Forms for reports: what has happened, and the status that it gives the reason for."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm

from surveys.drafts.promises import ProgressDraft
from surveys.limits import MAX_TEXT
from surveys.models.party import Party
from surveys.models.promise import PointStatus, PromisePoint
from webapp.forms.staff_fields import (
    DayField,
    Filled,
    SelectChoice,
    choices_of,
    paragraphs,
    tick,
)
from webapp.labels import label


class ReportForm(FlaskForm):
    """A report on a promise or on one of its points."""

    dated_on = DayField(_l("Day"), validators=[Filled(_l("Write the day."))])
    point = SelectChoice(_l("What the report is about"))
    text = paragraphs(
        _l("What has happened"),
        MAX_TEXT,
        needed=_l("Write something here."),
        hint=_l("A report cannot be changed afterwards. To correct one, write a new one."),
    )
    is_no_person = tick(_l("It is about no single person"))
    status = SelectChoice(
        _l("New status of the point"),
        description=_l("The report is then its reason. What is counted gets its status by itself."),
    )

    def __init__(self, points: Sequence[PromisePoint], today: date, **options: Any) -> None:
        super().__init__(data={"dated_on": today}, **options)
        whole = [("", _("The promise as a whole"))]
        self.point.choices = whole + [(str(point.id), point.title) for point in points]
        self.status.choices = choices_of(PointStatus, label, empty=_l("No change"))

    def draft(self, party: Party) -> ProgressDraft:
        """What the form says, reported by ``party``."""
        return ProgressDraft(
            text=self.text.data,
            dated_on=self.dated_on.data,
            party=party,
            point_id=int(self.point.data) if self.point.data else None,
            status=PointStatus(self.status.data) if self.status.data else None,
            is_no_person=bool(self.is_no_person.data),
        )
