"""Forms for who signs a promise, and for a signing that has taken place."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from govuk_frontend_wtf.wtforms_widgets import GovFileInput
from wtforms import HiddenField

from surveys.drafts.promises import SignatoryDraft
from surveys.limits import MAX_SHORT
from surveys.models.municipality import Municipality
from webapp.forms.staff_fields import DayField, Filled, RadioChoice, line, tick

POLICE = "police"


class SignatoryForm(FlaskForm):
    """A role that is to sign."""

    party = RadioChoice(_l("Signs for"), validators=[Filled(_l("Choose who the role signs for."))])
    title = line(
        _l("Role"),
        160,
        needed=_l("Write the role."),
        hint=_l("The role and not the person, such as “Kommunstyrelsens ordförande”."),
    )
    is_acting = tick(_l("Acting (tf.)"))

    def __init__(self, parties: Sequence[Municipality], police_area: str, **options: Any) -> None:
        super().__init__(**options)
        police = (POLICE, _("The police in local police area %(area)s", area=police_area))
        self.party.choices = [police, *((str(m.id), m.official_name) for m in parties)]

    def draft(self) -> SignatoryDraft:
        """What the form says."""
        party = self.party.data
        municipality_id = None if party == POLICE else int(party)
        return SignatoryDraft(self.title.data, municipality_id, self.is_acting.data)


class SignatureForm(FlaskForm):
    """Where and when a role signed. ``seen``: the signature that was shown."""

    seen = HiddenField()
    place = line(_l("Place"), MAX_SHORT, needed=_l("Write where the signing took place."))
    signed_on = DayField(_l("Day"), validators=[Filled(_l("Write the day of the signing."))])
    document = FileField(
        _l("The signed document as PDF"),
        description=_l(
            "The file is not kept. We keep its name and a check sum, which tells whether another"
            " copy is the same document. It may be left empty."
        ),
        widget=GovFileInput(),
    )


class DocumentForm(FlaskForm):
    """A document to compare with the signed one."""

    document = FileField(
        _l("The document as PDF"),
        description=_l("We compare it with the check sums that are recorded. It is not kept."),
        validators=[Filled(_l("Choose a file."))],
        widget=GovFileInput(),
    )
