"""Forms for bodies, their meetings, and agreements."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import ValidationError

from surveys.drafts.bodies import AgreementDraft, BodyDraft, MeetingDraft
from surveys.limits import MAX_DNR, MAX_NOTE, MAX_PARAGRAPHS, MAX_SHORT, MAX_TITLE
from surveys.models.body import Body, BodyKind
from surveys.models.municipality import LocalPoliceArea, Municipality
from webapp.forms.staff_fields import (
    DayField,
    Filled,
    RadioChoice,
    SelectChoice,
    Ticked,
    choices_of,
    line,
    lines,
    paragraphs,
    split_lines,
    tick,
)
from webapp.words.body import body_kind


class BodyForm(FlaskForm):
    """A body."""

    name = line(_l("Name"), 160, needed=_l("Write a name."), hint=_l("Such as “Lokalt BRÅ”."))
    kind = RadioChoice(_l("What it is for"), validators=[Filled(_l("Choose what it is for."))])
    parent_id = SelectChoice(_l("Belongs to"))
    led_by = line(_l("Led by"), 160, hint=_l("The role, such as “Kommunstyrelsens ordförande”."))
    members = lines(
        _l("Members"), MAX_SHORT, hint=_l("Roles and organisations, one on each line. No names.")
    )
    meets_text = line(
        _l("How often it meets"), MAX_TITLE, hint=_l("Such as “5 ggr/år” or “en gång i månaden”.")
    )
    task = paragraphs(_l("What it does"), MAX_PARAGRAPHS)
    is_public = tick(_l("Readers may see it"))

    def __init__(self, bodies: Sequence[Body], **options: Any) -> None:
        super().__init__(**options)
        self.kind.choices = choices_of(BodyKind, body_kind)
        self.parent_id.choices = [("", _("Nothing"))] + [(str(b.id), b.name) for b in bodies]

    def draft(self) -> BodyDraft:
        """What the form says."""
        return BodyDraft(
            name=self.name.data,
            kind=BodyKind(self.kind.data),
            parent_id=int(self.parent_id.data) if self.parent_id.data else None,
            led_by=self.led_by.data,
            members=split_lines(self.members.data),
            meets_text=self.meets_text.data,
            task=self.task.data,
            is_public=self.is_public.data,
        )


class EndForm(FlaskForm):
    """When a body ended."""

    ended_on = DayField(_l("Its last day"), description=_l("Leave empty if it goes on."))


class MeetingsForm(FlaskForm):
    """Days on which a body meets."""

    days = lines(_l("Days"), MAX_SHORT, hint=_l("One on each line, as year-month-day: 2023-05-31."))
    is_public = tick(_l("The days stand in the public calendar"))
    note = line(_l("Note for staff"), MAX_NOTE)

    def validate_days(self, field: Any) -> None:
        """At least one, each of them a day."""
        if not split_lines(field.data):
            raise ValidationError(_("Write at least one day."))
        for typed in split_lines(field.data):
            try:
                date.fromisoformat(typed)
            except ValueError:
                raise ValidationError(
                    _(
                        "Write each day as year-month-day: 2023-05-31. Look at “%(typed)s”.",
                        typed=typed[:40],
                    )
                ) from None

    def drafts(self) -> tuple[MeetingDraft, ...]:
        """What the form says."""
        days = map(date.fromisoformat, split_lines(self.days.data))
        return tuple(MeetingDraft(day, self.is_public.data, self.note.data) for day in days)


class AgreementForm(FlaskForm):
    """What an agreement says."""

    title = line(_l("Title"), MAX_TITLE, needed=_l("Write a title."))
    purpose = paragraphs(_l("Purpose"), MAX_PARAGRAPHS, hint=_l("The law asks for it (9 §)."))
    areas = lines(_l("Areas of cooperation"), MAX_SHORT)
    signed_on = DayField(_l("Signed on"))
    ends_on = DayField(_l("Holds until"))
    dnr = line(_l("Your diary number"), MAX_DNR)

    def draft(self) -> AgreementDraft:
        """What the form says."""
        return AgreementDraft(
            title=self.title.data,
            purpose=self.purpose.data,
            areas=split_lines(self.areas.data),
            signed_on=self.signed_on.data,
            ends_on=self.ends_on.data,
            dnr=self.dnr.data,
        )


class NewAgreementForm(AgreementForm):
    """The same, with who is part of it."""

    police_area = RadioChoice(
        _l("The police in"), validators=[Filled(_l("Choose which police area it is."))]
    )
    others = Ticked(_l("Other municipalities that are part of it"))

    def __init__(
        self, municipality: Municipality, areas: Sequence[LocalPoliceArea], **options: Any
    ) -> None:
        super().__init__(**options)
        self.police_area.choices = [(str(area.id), area.name) for area in areas]
        if len(areas) == 1 and not self.police_area.data:
            self.police_area.data = str(areas[0].id)
        neighbours = {m.id: m.name for area in areas for m in area.municipalities}
        neighbours.pop(municipality.id, None)
        self.others.choices = [(str(id_), name) for id_, name in neighbours.items()]
        if not neighbours:
            del self.others

    @property
    def other_ids(self) -> frozenset[int]:
        """The ticked municipalities."""
        return self.others.ids if "others" in self else frozenset()


def body_values(body: Body) -> dict[str, Any]:
    """What the form for ``body`` is filled with."""
    return {
        "name": body.name,
        "kind": body.kind.value,
        "parent_id": str(body.parent_id or ""),
        "led_by": body.led_by,
        "members": "\n".join(body.members),
        "meets_text": body.meets_text,
        "task": body.task,
        "is_public": body.is_public,
    }
