"""Forms for what was done: an occasion in seconds on a phone, and a report."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm

from surveys.drafts.promises import OccasionDraft, ProgressDraft
from surveys.limits import MAX_NOTE, MAX_TEXT
from surveys.models.party import Party
from surveys.models.plan import OccasionState
from surveys.models.promise import PointStatus, PromisePoint
from webapp.forms.staff_fields import (
    DayField,
    Filled,
    NumberField,
    RadioChoice,
    SelectChoice,
    choices_of,
    line,
    paragraphs,
    tick,
)
from webapp.labels import label

_YES, _NO = "yes", "no"


class OccasionForm(FlaskForm):
    """One occasion of an activity. ``has_condition`` asks whether its condition was met."""

    held_on = DayField(_l("Day"), validators=[Filled(_l("Write the day."))])
    state = RadioChoice(
        _l("Did it take place?"), validators=[Filled(_l("Choose whether it took place."))]
    )
    working_days = NumberField(_l("Working days"), decimals=True)
    condition_met = RadioChoice(_l("Was the condition met?"))
    note = paragraphs(
        _l("Note for everybody to read"),
        MAX_NOTE,
        hint=_l("Never about a person. The note stands on the promise's page."),
    )
    is_another = tick(_l("This is another occasion on the same day"))

    def __init__(self, today: date, *, has_condition: bool, **options: Any) -> None:
        super().__init__(data={"held_on": today, "state": OccasionState.HELD.value}, **options)
        self.state.choices = choices_of(OccasionState, label)
        self.condition_met.choices = [(_YES, _("Yes")), (_NO, _("No"))]
        if not has_condition:
            del self.condition_met

    def ask_again(self, *, same_day: bool) -> None:
        """Show the box for a second occasion only where there is a first."""
        if not same_day and not self.is_another.data:
            del self.is_another

    def draft(self) -> OccasionDraft:
        """What the form says."""
        met = self.condition_met.data if "condition_met" in self else None
        return OccasionDraft(
            held_on=self.held_on.data,
            state=OccasionState(self.state.data),
            working_days=self.working_days.data,
            condition_met=met == _YES if met else None,
            note=self.note.data or None,
            is_another=bool(self.is_another.data),
        )


class RemovalForm(FlaskForm):
    """Why an occasion is taken back."""

    reason = line(
        _l("Why the occasion is taken back"),
        MAX_NOTE,
        needed=_l("Write why. Readers see the reason on the promise's page."),
        hint=_l("The reason stands on the promise's page. Then log the right occasion."),
    )


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
        )
