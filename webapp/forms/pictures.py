"""Forms for the problem picture: its head, its areas and its claims with their ground."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, ValidationError

from surveys.drafts.pictures import AreaDraft, ClaimDraft, PictureDraft
from surveys.limits import MAX_CLAIM, MAX_PARAGRAPHS, MAX_SHORT, MAX_SUMMARY, MAX_TITLE
from surveys.models.picture import PictureKind
from webapp.forms.staff_fields import (
    DayField,
    Filled,
    RadioChoice,
    Ticked,
    line,
    paragraphs,
)
from webapp.forms.typed_text import choices
from webapp.labels import label

MAX_DIGITS = 9


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

    def draft(self) -> AreaDraft:
        """What the form says."""
        return AreaDraft(title=self.title.data, text=self.text.data)


class ClaimForm(RevisionForm):
    """A claim, what speaks for and against it, and whose judgement it is."""

    text = paragraphs(
        _l("Claim"),
        MAX_CLAIM,
        needed=_l("Write the claim."),
        hint=_l(
            "One sentence that can be true or false. Never about a person. Write “those who"
            " answered”, not “the residents”."
        ),
    )
    supporting = Ticked(_l("Evidence that speaks for the claim"))
    disagreeing = Ticked(
        _l("Evidence that speaks against it"),
        description=_l("Readers see both sides beside each other."),
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
        )
