"""Masked words on a page: the tokens set apart from what somebody wrote."""

import re

from flask import Flask
from flask_babel import gettext as _
from markupsafe import Markup, escape

from surveys.queries.texts.masked import MaskedWords
from surveys.text.masking import TOKENS
from surveys.text.masking_by_hand import HIDDEN_TOKEN

_TOKEN = re.compile("|".join(map(re.escape, (*TOKENS.values(), HIDDEN_TOKEN))))


def masked_html(words: MaskedWords) -> Markup:
    """``words`` escaped, with their tokens marked; what is not masked yet is not shown."""
    if words.text is None:
        waiting = _("The text is not masked yet. It is done within some minutes.")
        return Markup('<span class="muted">{}</span>').format(waiting)
    pieces: list[Markup] = []
    done = 0
    for token in _TOKEN.finditer(words.text):
        pieces.append(escape(words.text[done : token.start()]))
        pieces.append(Markup('<span class="masked">{}</span>').format(token[0][1:-1]))
        done = token.end()
    return Markup("").join([*pieces, escape(words.text[done:])])


def init_masked_words(app: Flask) -> None:
    """Make ``masked`` known to templates."""
    app.add_template_filter(masked_html, "masked")
