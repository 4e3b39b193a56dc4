"""Forms for what was done: an occasion in seconds on a phone, a month at once, and a look."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field

from surveys.drafts.occasions import CheckDraft, OccasionDraft
from surveys.limits import MAX_NOTE, MAX_SHORT
from surveys.models.plan import OccasionState
from webapp.formatters import date_long
from webapp.forms.staff_fields import (
    DayField,
    Filled,
    NumberField,
    RadioChoice,
    SelectChoice,
    Ticked,
    choices_of,
    line,
    paragraphs,
    tick,
)
from webapp.labels import label

_YES, _NO = "yes", "no"
TODAY, YESTERDAY, OTHER = "today", "yesterday", "other"


class OccasionForm(FlaskForm):
    """One occasion of an activity; made by ``occasion_form`` with a question for each condition."""

    when = RadioChoice(_l("Day"), validators=[Filled(_l("Choose the day."))])
    held_on = DayField(_l("Another day"))
    state = RadioChoice(
        _l("Did it take place?"), validators=[Filled(_l("Choose whether it took place."))]
    )
    working_days = NumberField(_l("Working days"), decimals=True)
    hours = NumberField(_l("Hours"), decimals=True)
    bodies = Ticked(_l("Who took part"))
    others = line(_l("Others who took part"), MAX_SHORT, hint=_l("Roles and bodies, no names."))
    n_took_part = NumberField(_l("How many took part"))
    place = SelectChoice(_l("Place"))
    note = paragraphs(
        _l("Note for everybody to read"),
        MAX_NOTE,
        hint=_l("What was done, or why it was not. Never about a person."),
    )
    is_no_person = tick(_l("It is about no single person"))
    is_another = tick(_l("This is another occasion on the same day"))
    point_ids: Sequence[int] = ()
    today: date

    def __init__(
        self, today: date, bodies: Sequence[str], places: Sequence[tuple[int, str]], **options: Any
    ) -> None:
        values = {"when": TODAY, "state": OccasionState.HELD.value}
        super().__init__(data=values, **options)
        self.today, self._bodies = today, tuple(bodies)
        self.when.choices = [
            (TODAY, _("Today")),
            (YESTERDAY, _("Yesterday")),
            (OTHER, _("Another day")),
        ]
        self.state.choices = choices_of(OccasionState, label)
        self.bodies.choices = [(str(n), body) for n, body in enumerate(bodies)]
        self.place.choices = [("", _("No place is given"))] + [(str(i), n) for i, n in places]
        for id_ in self.point_ids:
            self._met(id_).choices = [(_YES, _("Yes")), (_NO, _("No"))]
        if not bodies:
            del self.bodies
        if not places:
            del self.place

    @property
    def day(self) -> date:
        """The day that is meant: one that was written goes before today and yesterday."""
        if self.held_on.data:
            return self.held_on.data
        return self.today - timedelta(days=1) if self.when.data == YESTERDAY else self.today

    @property
    def conditions(self) -> list[Field]:
        """The questions about the points' conditions."""
        return [self._met(id_) for id_ in self.point_ids]

    def validate(self, extra_validators: Any = None) -> bool:
        """Another day needs to be written."""
        is_right = super().validate(extra_validators)
        if self.when.data == OTHER and not self.held_on.data and not self.held_on.errors:
            self.held_on.errors = [_("Write the day.")]
            return False
        return is_right

    def ask_again(self, *, same_day: bool) -> None:
        """Show the box for a second occasion only where there is a first."""
        if not same_day and not self.is_another.data:
            del self.is_another

    def draft(self) -> OccasionDraft:
        """What the form says."""
        answers = {id_: self._met(id_).data for id_ in self.point_ids}
        return OccasionDraft(
            held_on=self.day,
            state=OccasionState(self.state.data),
            working_days=self.working_days.data,
            hours=self.hours.data,
            took_part=self._took_part() or None,
            n_took_part=self.n_took_part.data,
            conditions={id_: said == _YES for id_, said in answers.items() if said},
            note=self.note.data or None,
            place_id=int(self.place.data) if "place" in self and self.place.data else None,
            is_another="is_another" in self and bool(self.is_another.data),
            is_no_person=bool(self.is_no_person.data),
        )

    def _took_part(self) -> str:
        ticked = self.bodies.data or () if "bodies" in self else ()
        chosen = [self._bodies[int(n)] for n in ticked]
        return ", ".join([*chosen, self.others.data] if self.others.data else chosen)

    def _met(self, point_id: int) -> Field:
        return self[f"met_{point_id}"]


def occasion_form(conditions: Sequence[tuple[int, str]]) -> type[OccasionForm]:
    """A form with a yes-or-no for the condition of each point (id and words)."""
    fields: dict[str, Any] = {"point_ids": tuple(id_ for id_, _words in conditions)}
    for id_, words in conditions:
        fields[f"met_{id_}"] = RadioChoice(words)
    return type("OccasionFormOfActivity", (OccasionForm,), fields)


class MonthForm(FlaskForm):
    """The days of a month; made by ``month_form`` with what happened on each."""

    is_no_person = tick(_l("It is about no single person"))
    days: Sequence[date] = ()

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        for day in self.days:
            self.state_of(day).choices = [
                *choices_of(OccasionState, label),
                ("", _("I do not know yet")),
            ]

    def state_of(self, day: date) -> Field:
        """What happened on ``day``."""
        return self[f"state_{day.isoformat()}"]

    def reason_of(self, day: date) -> Field:
        """Why it did not take place."""
        return self[f"reason_{day.isoformat()}"]

    def drafts(self) -> list[OccasionDraft]:
        """The days that something is said of."""
        return [
            OccasionDraft(
                held_on=day,
                state=OccasionState(self.state_of(day).data),
                note=self.reason_of(day).data or None,
                is_no_person=bool(self.is_no_person.data),
            )
            for day in self.days
            if self.state_of(day).data
        ]


def month_form(days: Sequence[tuple[date, str | None]]) -> type[MonthForm]:
    """A form for the days that nobody has told about, each with the red day that excuses it."""
    fields: dict[str, Any] = {"days": tuple(day for day, _holiday in days)}
    for day, holiday in days:
        key, words = day.isoformat(), date_long(day)
        state = OccasionState.EXCUSED.value if holiday else ""
        fields[f"state_{key}"] = RadioChoice(words, default=state)
        fields[f"reason_{key}"] = line(
            _("Note, or why it was not held on %(day)s", day=words), MAX_NOTE
        )
        fields[f"reason_{key}"].kwargs["default"] = holiday or ""
    return type("MonthFormOfActivity", (MonthForm,), fields)


class CheckForm(FlaskForm):
    """That somebody looked whether the activity was needed."""

    checked_on = DayField(_l("Day"), validators=[Filled(_l("Write the day."))])
    note = paragraphs(_l("Note for everybody to read"), MAX_NOTE, hint=_l("Never about a person."))
    is_no_person = tick(_l("It is about no single person"))

    def __init__(self, today: date, **options: Any) -> None:
        super().__init__(data={"checked_on": today}, **options)

    def draft(self) -> CheckDraft:
        """What the form says."""
        return CheckDraft(
            self.checked_on.data, self.note.data or None, bool(self.is_no_person.data)
        )


class RemovalForm(FlaskForm):
    """Why an occasion is taken back."""

    reason = line(
        _l("Why the occasion is taken back"),
        MAX_NOTE,
        needed=_l("Write why. Readers see the reason on the promise's page."),
        hint=_l("The reason stands on the promise's page. Then log the right occasion."),
    )
