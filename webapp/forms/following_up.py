"""Forms for what follows up: the outcome of a planned follow-up, who answers, what is given up."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm

from surveys.drafts.occasions import OutcomeDraft
from surveys.limits import MAX_SUMMARY
from webapp.forms.owners import owner_choices
from webapp.forms.staff_fields import DayField, Filled, SelectChoice, paragraphs, tick


class OutcomeForm(FlaskForm):
    """When a follow-up was made, and what it came to."""

    done_on = DayField(_l("Day"), validators=[Filled(_l("Write the day."))])
    outcome = paragraphs(
        _l("What it came to"),
        MAX_SUMMARY,
        needed=_l("Write what it came to. Readers see it in the plan."),
        hint=_l("For everybody to read. Never about a person."),
    )
    is_no_person = tick(_l("It is about no single person"))

    def __init__(
        self, today: date, done_on: date | None, outcome: str | None, **options: Any
    ) -> None:
        super().__init__(data={"done_on": done_on or today, "outcome": outcome}, **options)

    def draft(self) -> OutcomeDraft:
        """What the form says."""
        return OutcomeDraft(self.done_on.data, self.outcome.data, bool(self.is_no_person.data))


class GiveUpForm(FlaskForm):
    """Why an activity is given up."""

    reason = paragraphs(
        _l("Why it is given up"), MAX_SUMMARY, needed=_l("Write why. Readers see the reason.")
    )


class OwnersForm(FlaskForm):
    """Who answers; made by ``owners_form`` with a choice for each follow-up."""

    owner = SelectChoice(_l("Answers for the activity"))
    follow_up_ids: Sequence[int] = ()

    def __init__(
        self,
        choices: Sequence[tuple[int, str]],
        chosen: int | None,
        of_follow_ups: Mapping[int, int | None],
        **options: Any,
    ) -> None:
        data = {"owner": str(chosen or "")}
        data |= {f"owner_{id_}": str(owner or "") for id_, owner in of_follow_ups.items()}
        super().__init__(data=data, **options)
        self.owner.choices = owner_choices(choices)
        for id_ in self.follow_up_ids:
            self[f"owner_{id_}"].choices = owner_choices(choices)

    @property
    def owner_id(self) -> int | None:
        """Who answers for the activity."""
        return int(self.owner.data) if self.owner.data else None

    def owner_of(self, follow_up_id: int) -> int | None:
        """Who answers for a follow-up; one that has come since the page was opened keeps nobody."""
        name = f"owner_{follow_up_id}"
        return int(self[name].data) if name in self and self[name].data else None


def owners_form(follow_ups: Sequence[tuple[int, str]]) -> type[OwnersForm]:
    """A form with a choice for each follow-up (id and the area that it stands under)."""
    fields: dict[str, Any] = {"follow_up_ids": tuple(id_ for id_, _area in follow_ups)}
    for id_, area in follow_ups:
        fields[f"owner_{id_}"] = SelectChoice(
            _("Answers for the follow-up under %(area)s", area=area)
        )
    return type("OwnersFormOfActivity", (OwnersForm,), fields)
