"""The forms of a municipality's settings."""

from dataclasses import fields, replace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovTextInput
from wtforms import HiddenField, StringField

from surveys.drafts.settings import ContactDraft, DialogueDraft, NoticeDraft, StatementDraft
from surveys.limits import MAX_PARAGRAPHS, MAX_PHONE, MAX_TITLE, PIN_CELLS_M
from surveys.models.dialogue import SamplingDesign
from surveys.models.notice import Conformance
from webapp.forms.staff_fields import (
    DayField,
    Filled,
    NumberField,
    RadioChoice,
    choices_of,
    line,
    paragraphs,
    tick,
)
from webapp.forms.typed_text import AtMost, cleaned
from webapp.labels import label

KEPT = frozenset(field.name for field in fields(DialogueDraft))
FIXED_SINCE_OPENING = (
    "title",
    "opens_on",
    "asks_safe_places",
    "asks_age_band",
    "asks_gender",
    "asks_area",
)
MAX_COLOR = 20  # more than any way to write a colour needs; the rest is a mistake


class ContactForm(FlaskForm):
    """Whom residents turn to."""

    municipal = line(
        _l("In the municipality"), MAX_TITLE, hint=_l("A role, never a person’s name.")
    )
    police = line(_l("In the police"), MAX_TITLE, hint=_l("A role, never a person’s name."))
    email = line(
        _l("E-mail"), MAX_TITLE, hint=_l("A shared mailbox that somebody reads every week.")
    )

    def draft(self) -> ContactDraft:
        """What the form says."""
        return ContactDraft(
            self.municipal.data or None, self.police.data or None, self.email.data or None
        )


class GovColorInput(GovTextInput):
    """The browser's own colour field."""

    input_type = "color"


class ColorForm(FlaskForm):
    """A colour, picked or written. What was changed of the two counts, first what was written."""

    color = StringField(
        _l("Colour as six digits"),
        description=_l("As the graphic profile writes it, such as #17535A."),
        filters=[cleaned],
        validators=[Filled(_l("Write a colour.")), AtMost(MAX_COLOR)],
        widget=GovTextInput(),
    )
    picked = StringField(_l("Or pick it"), filters=[cleaned], widget=GovColorInput())
    shown = HiddenField()

    def chosen(self) -> str:
        """The colour that the person means, as it was written."""
        typed, picked = str(self.color.data), str(self.picked.data or "")
        untouched = typed.lower() == str(self.shown.data or "").lower()
        return picked if untouched and picked else typed


class NoticeForm(FlaskForm):
    """The municipality's part of the privacy page."""

    controllers = paragraphs(
        _l("Who is responsible for the personal data?"),
        MAX_PARAGRAPHS,
        needed=_l("Write who is responsible."),
        hint=_l(
            "Say whether the municipality and the police are responsible together, and for what."
            " Ask the municipality’s lawyer."
        ),
    )
    data_protection_contact = line(
        _l("Data protection officer"), MAX_TITLE, hint=_l("The role, with an address to write to.")
    )
    legal_basis = paragraphs(
        _l("Legal basis"),
        MAX_PARAGRAPHS,
        hint=_l("Leave it empty to use the text that the page has."),
    )
    retention = paragraphs(
        _l("How long are the answers kept?"),
        MAX_PARAGRAPHS,
        hint=_l("As the records schedule (dokumenthanteringsplan) says."),
    )
    destruction_decision = line(
        _l("Decision on destruction (gallringsbeslut)"),
        MAX_TITLE,
        hint=_l("Body, day and case number. Without it nothing may be destroyed."),
    )

    originals_months = NumberField(
        _l("For how many months after the last day may staff read answers as they were written?"),
        description=_l("Leave it empty if they may until the answers are destroyed."),
    )

    def draft(self) -> NoticeDraft:
        """What the form says."""
        return NoticeDraft(
            controllers=self.controllers.data,
            data_protection_contact=self.data_protection_contact.data or None,
            legal_basis=self.legal_basis.data or None,
            retention=self.retention.data or None,
            destruction_decision=self.destruction_decision.data or None,
            originals_months=self.originals_months.data,
        )


class StatementForm(FlaskForm):
    """The municipality's own part of the statement on accessibility, in the order of the law."""

    conformance = RadioChoice(
        _l("How far do the pages meet the law?"),
        validators=[Filled(_l("Choose how far the pages meet the law."))],
    )
    shortcomings = paragraphs(
        _l("What is not accessible, and why?"),
        MAX_PARAGRAPHS,
        hint=_l("Beside what the makers know, which always stands on the page. One on each line."),
    )
    assessed_on = DayField(
        _l("When was it assessed?"), validators=[Filled(_l("Write the day of the assessment."))]
    )
    method = paragraphs(
        _l("How was it assessed?"),
        MAX_PARAGRAPHS,
        needed=_l("Write how it was assessed."),
        hint=_l("For example own tests, or a review by somebody outside, and of which pages."),
    )
    contact_email = line(_l("E-mail for those who find faults"), MAX_TITLE)
    contact_phone = line(_l("Telephone for those who find faults"), MAX_PHONE)
    burdens = paragraphs(
        _l("What is left out as an unreasonable burden (12 §), and why?"),
        MAX_PARAGRAPHS,
        hint=_l("Leave it empty if nothing is."),
    )
    outside_law = paragraphs(
        _l("What is outside the law (9 §)?"),
        MAX_PARAGRAPHS,
        hint=_l("Leave it empty to use the text that the page has."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conformance.choices = choices_of(Conformance, label)

    def draft(self) -> StatementDraft:
        """What the form says."""
        return StatementDraft(
            conformance=Conformance(self.conformance.data),
            method=self.method.data,
            assessed_on=self.assessed_on.data,
            shortcomings=self.shortcomings.data or None,
            burdens=self.burdens.data or None,
            outside_law=self.outside_law.data or None,
            contact_email=self.contact_email.data or None,
            contact_phone=self.contact_phone.data or None,
        )


class DialogueForm(FlaskForm):
    """A dialogue's settings, its questions excepted; fewer of them once it has opened."""

    title = line(_l("Title"), MAX_TITLE, needed=_l("Write a title."))
    opens_on = DayField(_l("First day"), validators=[Filled(_l("Write the first day."))])
    closes_on = DayField(_l("Last day"), validators=[Filled(_l("Write the last day."))])
    asks_safe_places = tick(
        _l("Ask for safe places too"), _l("Safe and unsafe places are never added together.")
    )
    asks_age_band = tick(_l("Ask for age group"))
    asks_gender = tick(_l("Ask for gender"))
    asks_area = tick(_l("Ask for area"))
    pin_cell_m = RadioChoice(
        _l("How exactly are pins on the map kept?"),
        description=_l("A pin is kept as the middle of a square with this side."),
        validators=[Filled(_l("Choose how exactly pins are kept."))],
    )

    def __init__(self, *args: Any, is_open: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pin_cell_m.choices = [
            (str(cell), _("%(cell)s metres", cell=cell)) for cell in PIN_CELLS_M
        ]
        for name in FIXED_SINCE_OPENING if is_open else ():
            del self[name]

    def draft(self, kept: DialogueDraft) -> DialogueDraft:
        """``kept`` with what the form says."""
        typed = {field.name: field.data for field in self if field.name in KEPT}
        return replace(kept, **typed | {"pin_cell_m": int(self.pin_cell_m.data)})


class SamplingForm(FlaskForm):
    """How those who answer a dialogue came to be asked."""

    sampling = RadioChoice(
        _l("How did those who answer come to be asked?"),
        description=_l("Rounds that asked in different ways are never shown as one series."),
        validators=[Filled(_l("Choose how they came to be asked."))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sampling.choices = choices_of(SamplingDesign, label)

    def chosen(self) -> SamplingDesign:
        """What the form says."""
        return SamplingDesign(self.sampling.data)
