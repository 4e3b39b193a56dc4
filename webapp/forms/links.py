"""A new short address: where it is spread, and its word."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm

from surveys.models.dialogue import Channel
from surveys.text.slugs import MAX_LINK_WORD
from webapp.forms.staff_fields import Filled, RadioChoice, choices_of, line
from webapp.labels import label


class LinkForm(FlaskForm):
    """``channels`` are those that have no address yet."""

    channel = RadioChoice(
        _l("Where is it to be spread?"),
        validators=[Filled(_l("Choose where the address is to be spread."))],
    )
    word = line(
        _l("Word in the address"),
        MAX_LINK_WORD,
        hint=_l("Short and easy to read aloud: a to z, digits and hyphens. Left empty, we choose."),
    )

    def __init__(self, channels: Sequence[Channel], **options: Any) -> None:
        super().__init__(**options)
        self.channel.choices = choices_of(channels, label)
