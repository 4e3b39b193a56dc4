"""Forms for a promise: what it says, whose number it has, what it builds on, and publishing it."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField

from surveys.drafts.promises import PartyDraft, PromiseDraft, Publication
from surveys.limits import (
    MAX_DNR,
    MAX_PARAGRAPHS,
    MAX_SHORT,
    MAX_TAKE_DOWN_REASON,
    MAX_TITLE,
)
from surveys.models.municipality import LocalPoliceArea, Municipality
from webapp.forms.pictures import read_revision
from webapp.forms.staff_fields import (
    DayField,
    NumberField,
    RadioChoice,
    SelectChoice,
    Ticked,
    line,
    lines,
    paragraphs,
    split_lines,
    tick,
)

Named = Sequence[tuple[int, str]]
"""Ids and names to choose among."""


class PromiseForm(FlaskForm):
    """What a promise says and for how long it holds. ``seen``: what it said when it was opened."""

    seen = HiddenField()
    title = line(
        _l("What the promise is about, in plain words"),
        MAX_TITLE,
        needed=_l("Write what it is about."),
        hint=_l("This is the heading of the page, such as “Färre unga i kriminalitet”."),
    )
    label = line(
        _l("What it is called"),
        MAX_SHORT,
        needed=_l("Write what kind of promise it is, such as “Medborgarlöfte 2022–2023”."),
        hint=_l("For example “Medborgarlöfte 2022–2023”."),
    )
    starts_on = DayField(_l("First day"))
    ends_on = DayField(_l("Last day"))
    months_from_signing = NumberField(
        _l("Or number of months from the signing"),
        description=_l("Leave the days empty. The period begins when the last one has signed."),
    )
    said = paragraphs(_l("You said: what people told us"), MAX_PARAGRAPHS)
    said_ground = paragraphs(
        _l("How we asked, and how many answered"),
        MAX_PARAGRAPHS,
        hint=_l("Stands in smaller type under what people said."),
    )
    pledge = paragraphs(_l("We promise: the promise in one or a few paragraphs"), MAX_PARAGRAPHS)
    is_verbatim = tick(
        _l("The promise and its points stand word for word as in the signed document")
    )
    vision = paragraphs(
        _l("The vision in the long run"),
        MAX_PARAGRAPHS,
        hint=_l("A vision is not a promise and is never counted."),
    )
    follow_up_text = paragraphs(
        _l("How the promise is followed up"),
        MAX_PARAGRAPHS,
        hint=_l("Write how often, such as “årsvis” or “varje halvår”: readers are shown the day."),
    )
    report_to = lines(_l("Whom the result is reported to"), MAX_SHORT)
    summary_due_on = DayField(
        _l("Last day of the written summary"),
        description=_l("Usually after the period, such as the end of February."),
    )
    agreement = SelectChoice(_l("Part of the agreement"))
    carried_from = SelectChoice(
        _l("Goes on from the promise"),
        description=_l("A link only. Counts, reports and judgements do not come along."),
    )

    def __init__(self, earlier: Named, agreements: Named, **options: Any) -> None:
        super().__init__(**options)
        self.agreement.choices = named_choices(agreements, _("No agreement"))
        self.carried_from.choices = named_choices(earlier, _("No earlier promise"))

    def draft(self) -> PromiseDraft:
        """What the form says."""
        return PromiseDraft(
            title=self.title.data,
            label=self.label.data,
            said=self.said.data,
            said_ground=self.said_ground.data,
            pledge=self.pledge.data,
            is_verbatim=self.is_verbatim.data,
            vision=self.vision.data or None,
            follow_up_text=self.follow_up_text.data or None,
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            months_from_signing=self.months_from_signing.data,
            agreement_id=chosen_id(self.agreement),
            carried_from_id=chosen_id(self.carried_from),
            report_to=split_lines(self.report_to.data),
            summary_due_on=self.summary_due_on.data,
        )


class NewPromiseForm(PromiseForm):
    """The same, with who gives the promise; the agreement follows from that."""

    police_area = RadioChoice(_l("The police in"))
    parties = Ticked(
        _l("Other municipalities that give the same promise"),
        description=_l("Each of them signs and has a diary number of its own."),
    )
    dnr = line(_l("Your diary number"), MAX_DNR)
    dated_on = DayField(_l("Date of your document"))

    def __init__(
        self,
        municipality: Municipality,
        areas: Sequence[LocalPoliceArea],
        earlier: Named,
        **options: Any,
    ) -> None:
        super().__init__(earlier, (), **options)
        self.municipality_id = municipality.id
        self.police_area.choices = [(str(area.id), area.name) for area in areas]
        if len(areas) == 1 and not self.police_area.data:
            self.police_area.data = str(areas[0].id)
        neighbours = {m.id: m.name for area in areas for m in area.municipalities}
        neighbours.pop(municipality.id, None)
        self.parties.choices = [(str(id_), name) for id_, name in neighbours.items()]
        if not neighbours:
            del self.parties
        if len(areas) == 1:
            del self.police_area
        self._only_area = areas[0].id if len(areas) == 1 else None

    @property
    def police_area_id(self) -> int | None:
        """The chosen police area, or the only one there is."""
        if self._only_area is not None:
            return self._only_area
        return int(self.police_area.data) if self.police_area.data else None

    def party_drafts(self) -> tuple[PartyDraft, ...]:
        """This municipality with its number, and the other parties."""
        own = PartyDraft(self.municipality_id, self.dnr.data or None, self.dated_on.data)
        others = self.parties.ids if "parties" in self else frozenset()
        return (own, *(PartyDraft(id_) for id_ in sorted(others)))


class PartiesForm(FlaskForm):
    """Which other municipalities give the promise."""

    parties = Ticked(
        _l("Other municipalities that give the same promise"),
        description=_l("Each of them signs and has a diary number of its own."),
    )


class RegistrationForm(FlaskForm):
    """One municipality's own diary number and document date."""

    dnr = line(_l("Your diary number"), MAX_DNR)
    dated_on = DayField(_l("Date of your document"))

    def draft(self, municipality: Municipality) -> PartyDraft:
        """What the form says."""
        return PartyDraft(municipality.id, self.dnr.data or None, self.dated_on.data)


class ClaimsForm(FlaskForm):
    """Which sentences of the problem pictures the promise builds on."""

    claims = Ticked(_l("We saw: what the promise builds on"))


class PublishForm(FlaskForm):
    """Publishing: the revision that was read, and what has to be said with it."""

    revision = HiddenField()
    gate_reason = paragraphs(
        _l("Publish all the same, because"),
        MAX_PARAGRAPHS,
        hint=_l("Staff see the reason. Readers are told what is missing."),
    )
    change_note = paragraphs(
        _l("What has changed since the last edition"),
        MAX_PARAGRAPHS,
        hint=_l("Readers see it in the history of the promise."),
    )

    def draft(self) -> Publication:
        """What the form says."""
        return Publication(
            revision=read_revision(self.revision.data),
            change_note=self.change_note.data if "change_note" in self else "",
            gate_reason=self.gate_reason.data if "gate_reason" in self else "",
        )


class TakeDownForm(FlaskForm):
    """Taking a promise from its readers."""

    reason = paragraphs(
        _l("Why readers can no longer read the promise"),
        MAX_TAKE_DOWN_REASON,
        needed=_l("Write why. Readers see the reason where the promise stood."),
        hint=_l("Readers see it where the promise stood."),
    )


def named_choices(named: Named, empty: str) -> list[tuple[str, str]]:
    """Choices by id, the one for nothing first."""
    return [("", empty), *((str(id_), name) for id_, name in named)]


def chosen_id(field: SelectChoice) -> int | None:
    """The chosen id, once the form has been validated; None for nothing."""
    return int(field.data) if field.data else None


def promise_values(draft: PromiseDraft) -> dict[str, Any]:
    """What the form is filled with for a promise that says ``draft``."""
    values = {name: getattr(draft, name) for name in PromiseDraft.__slots__}
    return values | {
        "report_to": "\n".join(draft.report_to),
        "agreement": str(draft.agreement_id or ""),
        "carried_from": str(draft.carried_from_id or ""),
    }
