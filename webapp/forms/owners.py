"""Forms for owners: the role that answers for something, and what happens when it leaves."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm

from surveys.drafts.owners import LeavingDraft, OwnerDraft
from surveys.limits import MAX_EMAIL, MAX_OWNER_TITLE
from surveys.models.owner import Owner
from surveys.models.party import Party
from webapp.forms.staff_fields import (
    DayField,
    Filled,
    RadioChoice,
    SelectChoice,
    choices_of,
    line,
    tick,
)
from webapp.labels import label


class OwnerForm(FlaskForm):
    """A role or a unit."""

    title = line(
        _l("Role or unit"),
        MAX_OWNER_TITLE,
        needed=_l("Write a role or a unit."),
        hint=_l("Such as “IFO” or “SSP coordinator”. Never a person’s name."),
    )
    is_no_person = tick(_l("It is a role or a unit and no person"))
    party = RadioChoice(_l("Belongs to"), validators=[Filled(_l("Choose whom it belongs to."))])
    email = line(
        _l("E-mail"),
        MAX_EMAIL,
        hint=_l(
            "Reminders go there. A shared mailbox that is read when somebody is away is best."
            " Without an address the coordinator gets them."
        ),
    )

    def __init__(self, owner: Owner | None = None, **options: Any) -> None:
        values = (
            {"title": owner.title, "party": owner.party.value, "email": owner.email}
            if owner
            else {"party": Party.MUNICIPALITY.value}
        )
        super().__init__(data=values, **options)
        self.party.choices = choices_of(Party, label)

    def draft(self) -> OwnerDraft:
        """What the form says."""
        return OwnerDraft(
            title=self.title.data,
            party=Party(self.party.data),
            email=self.email.data or None,
            is_no_person=bool(self.is_no_person.data),
        )


class LeavingForm(FlaskForm):
    """When an owner leaves, and who takes over."""

    last_day = DayField(_l("Last day"), validators=[Filled(_l("Write the last day."))])
    heir = SelectChoice(
        _l("Who takes over everything"),
        description=_l("All activities, follow-ups and points go over in one step."),
    )

    def __init__(
        self, today: date, heirs: Sequence[tuple[int, str]], last_day: date | None, **options: Any
    ) -> None:
        super().__init__(data={"last_day": last_day or today}, **options)
        self.heir.choices = [("", _("Nobody yet"))] + [(str(id_), t) for id_, t in heirs]

    def draft(self) -> LeavingDraft:
        """What the form says."""
        return LeavingDraft(self.last_day.data, int(self.heir.data) if self.heir.data else None)


def owner_choices(choices: Sequence[tuple[int, str]]) -> list[tuple[str, str]]:
    """Choices of a select field for who answers for something, with nobody first."""
    return [("", _("Nobody is named"))] + [(str(id_), title) for id_, title in choices]
