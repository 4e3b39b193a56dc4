"""Forms about one answer: a quote, the original, words to hide, the safety queue."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm

from surveys.drafts.unmasking import UnmaskDraft, UnmaskReason
from surveys.limits import MAX_HIDDEN, MAX_REASON, MAX_SHORT, MAX_TEXT
from surveys.models.safety import SafetyKind
from webapp.forms.staff_fields import (
    Filled,
    RadioChoice,
    Ticked,
    choices_of,
    line,
    paragraphs,
)
from webapp.labels import label


class QuoteForm(FlaskForm):
    """The part of a masked text that somebody has read and lets go."""

    words = paragraphs(
        _l("The quote"),
        MAX_TEXT,
        needed=_l("Leave the part that is to be quoted."),
        hint=_l("Take away what is not to be quoted. The rest stands word for word."),
    )
    is_read = Ticked(
        _l("Before it is released"),
        validators=[Filled(_l("Read the text and tick the box, or leave it without saving."))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        read = _("I have read it, and nobody can tell who wrote it or whom it is about")
        self.is_read.choices = [("y", read)]


class UnmaskForm(FlaskForm):
    """Why somebody needs to read what was written."""

    reason = RadioChoice(
        _l("Why do you need to read it?"), validators=[Filled(_l("Choose a reason."))]
    )
    words = line(
        _l("In own words"),
        MAX_REASON,
        hint=_l("Needed for another reason. Never a name or anything from the answer."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reason.choices = choices_of(UnmaskReason, label)

    def draft(self) -> UnmaskDraft:
        """What the form says."""
        return UnmaskDraft(UnmaskReason(self.reason.data), self.words.data or "")


class HideForm(FlaskForm):
    """Words to hide in an answer."""

    words = line(
        _l("Words to hide"),
        MAX_HIDDEN,
        needed=_l("Write the words to hide."),
        hint=_l("As they stand in the text. They are hidden wherever they stand in the answer."),
    )


class FlagForm(FlaskForm):
    """What makes an answer one for the safety queue."""

    kinds = Ticked(
        _l("What is it about?"), validators=[Filled(_l("Tick what the answer is about."))]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds.choices = choices_of(SafetyKind, label)

    def chosen(self) -> frozenset[SafetyKind]:
        """The kinds that are ticked."""
        return frozenset(SafetyKind(value) for value in self.kinds.data or ())


class RouteForm(FlaskForm):
    """To whom a flagged answer has been told on."""

    routed_to = line(
        _l("Told on to"),
        MAX_SHORT,
        needed=_l("Write the function that you told."),
        hint=_l("A function, such as the social services' emergency desk. Never a name or a case."),
    )
