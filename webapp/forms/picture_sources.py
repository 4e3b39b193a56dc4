"""Forms for what was looked at for an edition, and for sentences that tell of few people."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from surveys.drafts.pictures import PictureSourceDraft
from surveys.limits import MAX_PARAGRAPHS, MAX_REASON, MAX_TITLE
from surveys.models.party import Party
from webapp.forms.pictures import RevisionForm
from webapp.forms.staff_fields import (
    DayField,
    Filled,
    RadioChoice,
    SelectChoice,
    choices_of,
    line,
    paragraphs,
)
from webapp.forms.typed_text import choices
from webapp.labels import label

USED, DROPPED = "used", "dropped"


class PictureSourceForm(RevisionForm):
    """A source, whose it is, and whether it was used."""

    name = line(
        _l("What did you look at?"),
        MAX_TITLE,
        needed=_l("Write what you looked at."),
        hint=_l("For example “Skolornas månadsrapport” or “Anmälda brott”."),
    )
    party = RadioChoice(
        _l("Whose source is it?"), validators=[Filled(_l("Choose whose source it is."))]
    )
    body = SelectChoice(
        _l("Which body has given it?"),
        description=_l("A school, a shop, an association: those that give a picture each month."),
    )
    received_on = DayField(_l("When did it come?"))
    use = RadioChoice(
        _l("Is it used?"), validators=[Filled(_l("Choose whether it is used or dropped."))]
    )
    dropped_because = paragraphs(
        _l("Why is it dropped?"), MAX_PARAGRAPHS, hint=_l("Readers see the reason.")
    )
    limits = paragraphs(
        _l("What can it not tell?"), MAX_PARAGRAPHS, hint=_l("Readers see it beside the source.")
    )
    note = paragraphs(_l("Note"), MAX_PARAGRAPHS, hint=_l("For staff only."))

    def __init__(self, bodies: Iterable[tuple[int, str]], **options: Any) -> None:
        """``bodies``: id and name of each body that may have given it."""
        super().__init__(**options)
        self.party.choices = choices_of(
            (Party.POLICE, Party.MUNICIPALITY, Party.BOTH, Party.OTHER), label
        )
        self.use.choices = choices(
            [(USED, str(_l("Yes, the picture rests on it"))), (DROPPED, str(_l("No, dropped")))]
        )
        self.body.choices = choices(
            [("", str(_l("None"))), *((str(id_), name) for id_, name in bodies)]
        )

    def draft(self) -> PictureSourceDraft:
        """What the form says."""
        return PictureSourceDraft(
            name=self.name.data,
            party=Party(self.party.data),
            is_used=self.use.data == USED,
            dropped_because=self.dropped_because.data or None,
            limits=self.limits.data or None,
            note=self.note.data or None,
            body_id=int(self.body.data) if self.body.data else None,
            received_on=self.received_on.data,
        )


class SmallGroupForm(RevisionForm):
    """Why a sentence that tells of few people is published as it is."""

    sentence = HiddenField()
    reason = paragraphs(
        _l("Why can nobody be recognised?"),
        MAX_REASON,
        needed=_l("Write why nobody can be recognised, or change the sentence."),
    )
