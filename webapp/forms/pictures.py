"""Forms for the problem picture: its head, its areas and its claims with their ground."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, ValidationError

from surveys.drafts.pictures import AreaDraft, ClaimDraft, PictureDraft
from surveys.limits import MAX_CLAIM, MAX_PARAGRAPHS, MAX_SHORT, MAX_SUMMARY, MAX_TITLE
from surveys.models.party import Party
from surveys.models.picture import PictureKind, PicturePart
from webapp.forms.staff_fields import (
    DayField,
    Filled,
    MonthField,
    RadioChoice,
    SelectChoice,
    Ticked,
    choices_of,
    line,
    paragraphs,
    tick,
)
from webapp.forms.typed_text import choices
from webapp.labels import label

MAX_DIGITS = 9
_HALVES = (Party.BOTH, Party.POLICE, Party.MUNICIPALITY)


class RevisionField(HiddenField):
    """The revision of a draft. What is no number is 0, a revision that no draft has."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = read_revision(valuelist[0] if valuelist else None)


class RevisionForm(FlaskForm):
    """A form about a draft, sent with the revision that its writer had before their eyes."""

    revision = RevisionField(default=0)

    def renew(self, revision: int) -> None:
        """Let the form be sent again on top of what has been written since."""
        self.revision.data = revision


def read_revision(typed: str | None) -> int:
    """The revision that a small form was sent with, 0 where there is none."""
    digits = (typed or "").strip()
    is_number = digits.isascii() and digits.isdigit() and len(digits) <= MAX_DIGITS
    return int(digits) if is_number else 0


class PictureForm(RevisionForm):
    """The head of an edition."""

    kind = RadioChoice(_l("What kind?"), validators=[Filled(_l("Choose what kind it is."))])
    title = line(
        _l("Title"),
        MAX_TITLE,
        needed=_l("Write a title."),
        hint=_l("For example “Lägesbild augusti 2023”. The address is made from it."),
    )
    period = line(
        _l("The time it is about"),
        MAX_SHORT,
        needed=_l("Write which time it is about."),
        hint=_l("For example “Juni till augusti 2023”."),
    )
    month = MonthField(
        _l("The month that a lägesbild tells of"),
        description=_l("Year and month, 2023-08. A yearly picture has none."),
    )
    summary = paragraphs(
        _l("Three sentences"),
        MAX_SUMMARY,
        hint=_l("What is most important to know. The first two stand on the start page."),
    )
    next_edition = line(
        _l("Next edition"),
        MAX_TITLE,
        hint=_l("For example “i september, efter sommaruppehållet”."),
    )

    change_note = paragraphs(
        _l("What has changed since the edition before?"),
        MAX_SUMMARY,
        hint=_l("In a sentence or two. Readers see it as “changed”."),
    )
    motive = paragraphs(
        _l("Why are these areas chosen?"),
        MAX_PARAGRAPHS,
        hint=_l("Where some of the ranked areas are chosen and others are not."),
    )

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.kind.choices = choices((kind.value, label(kind)) for kind in PictureKind)

    def draft(self) -> PictureDraft:
        """What the form says."""
        return PictureDraft(
            kind=PictureKind(self.kind.data),
            title=self.title.data,
            period=self.period.data,
            summary=self.summary.data,
            next_edition=self.next_edition.data or None,
            month=self.month.data,
            change_note=self.change_note.data or None,
            motive=self.motive.data or None,
        )


class AreaForm(RevisionForm):
    """A subject of the picture."""

    title = line(
        _l("Subject"),
        MAX_TITLE,
        needed=_l("Write what the subject is."),
        hint=_l("For example “Mopeder och A-traktorer”."),
    )
    text = paragraphs(
        _l("Background"),
        MAX_PARAGRAPHS,
        hint=_l("What is common to the claims below it. May be left empty."),
    )
    season = line(
        _l("Does it have a season?"), MAX_SHORT, hint=_l("For example “summers” or “Lucia night”.")
    )
    part = SelectChoice(
        _l("Which part of the picture does it belong to?"),
        description=_l("The law asks for three: crime, other information and an analysis."),
    )
    is_chosen = tick(
        _l("It is one of those that we choose to work on"),
        _l("Untick it for an area that is ranked but not chosen, and say why."),
    )
    not_chosen_because = paragraphs(_l("Why is it not chosen?"), MAX_PARAGRAPHS)

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.part.choices = choices_of(PicturePart, label, empty=_l("Not stated"))

    def draft(self) -> AreaDraft:
        """What the form says."""
        return AreaDraft(
            title=self.title.data,
            text=self.text.data,
            is_chosen=self.is_chosen.data,
            not_chosen_because=self.not_chosen_because.data or None,
            season=self.season.data or None,
            part=PicturePart(self.part.data) if self.part.data else None,
        )


class ClaimForm(RevisionForm):
    """A claim, what speaks for and against it, and whose judgement it is."""

    text = paragraphs(
        _l("Claim"),
        MAX_CLAIM,
        needed=_l("Write the claim."),
        hint=_l(
            "One sentence that can be true or false. Never about a person. Write “those who"
            " answered”, not “the residents”, and put no blame on those who were harmed."
        ),
    )
    supporting = Ticked(_l("Evidence that speaks for the claim"))
    disagreeing = Ticked(
        _l("Evidence that speaks against it"),
        description=_l("Readers see both sides beside each other."),
    )
    party = RadioChoice(
        _l("Whose half of the picture does it stand in?"),
        description=_l("Choose one party where the two see different things."),
    )
    judged_by = line(
        _l("Whose judgement is it?"),
        MAX_SHORT,
        hint=_l(
            "Where the claim is a judgement: the role or group that makes it, such as"
            " “lägesbildsgruppen”. Never a person's name."
        ),
    )
    dated_on = DayField(_l("Day of the judgement"))

    def __init__(self, evidence: Iterable[tuple[int, str]], **options: Any) -> None:
        """``evidence``: id and title of each row that may be cited."""
        super().__init__(**options)
        offered = choices((str(id_), title) for id_, title in evidence)
        self.supporting.choices = self.disagreeing.choices = offered
        self.party.choices = choices((party.value, label(party)) for party in _HALVES)
        if not self.party.data:
            self.party.data = Party.BOTH.value

    def validate_disagreeing(self, _field: Ticked) -> None:
        """No source can be on both sides."""
        if set(self.supporting.data or ()) & set(self.disagreeing.data or ()):
            raise ValidationError(_("The same evidence cannot speak both for and against."))

    def draft(self) -> ClaimDraft:
        """What the form says."""
        return ClaimDraft(
            text=self.text.data,
            judged_by=self.judged_by.data or None,
            dated_on=self.dated_on.data,
            supporting=self.supporting.ids,
            disagreeing=self.disagreeing.ids,
            party=Party(self.party.data),
        )
