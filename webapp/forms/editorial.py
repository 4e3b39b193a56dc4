"""The form for what one party says of a text before readers get it."""

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovSelect
from wtforms import SelectField

from surveys.drafts.approvals import CommentDraft
from surveys.limits import MAX_PARAGRAPHS, MAX_SOURCE
from webapp.forms.staff_fields import paragraphs
from webapp.forms.typed_text import AtMost, choices

MAX_CHOICE = 80  # characters of a sentence in the list


class SentenceField(SelectField):
    """Which sentence. One that has been rewritten since the page was opened may still be meant."""

    widget = GovSelect()

    def offer(self, sentences: Iterable[str]) -> None:
        """Offer ``sentences``, the whole text first, and what was sent if it is not among them."""
        offered = dict.fromkeys([*sentences, *([self.data] if self.data else [])])
        self.choices = [*choices([("", _("The whole text"))]), *choices(map(_short, offered))]


class CommentForm(FlaskForm):
    """A comment on the whole text or on a sentence of it."""

    about = SentenceField(
        _l("What is it about?"), validate_choice=False, validators=[AtMost(MAX_SOURCE)]
    )
    comment = paragraphs(
        _l("Comment"),
        MAX_PARAGRAPHS,
        needed=_l("Write what you want to say."),
        hint=_l("The other party reads it. Readers do not. Never write a person's name."),
    )

    def __init__(self, sentences: Iterable[str], **options: object) -> None:
        super().__init__(**options)
        self.about.offer(sentences)

    def draft(self) -> CommentDraft:
        """What the form says."""
        return CommentDraft(text=self.comment.data, about=self.about.data or None)


def _short(sentence: str) -> tuple[str, str]:
    is_long = len(sentence) > MAX_CHOICE
    return sentence, sentence[: MAX_CHOICE - 1] + "…" if is_long else sentence
