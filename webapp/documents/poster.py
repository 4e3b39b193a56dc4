"""Posters: the question as the headline, the way to answer, and who asks."""

from typing import Any, Literal

from flask_babel import gettext as _

from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from webapp.cards import brand_of, font_folder, mixed
from webapp.documents.qr import qr_svg
from webapp.documents.town import town
from webapp.documents.typeset import typeset
from webapp.formatters import NO_BREAK, count_in_words, date_long
from webapp.writing import text_language

Paper = Literal["a4", "a6"]


def poster(municipality: Municipality, dialogue: Dialogue, address: str, paper: Paper) -> bytes:
    """A tagged PDF of one page in the language that texts are written in now.

    ``address`` is the short address in full, with its scheme; the code leads there.
    """
    return typeset(
        "poster.typ", poster_words(municipality, dialogue, address, paper), font_folder(), "pdf"
    )


def poster_words(
    municipality: Municipality, dialogue: Dialogue, address: str, paper: Paper
) -> dict[str, Any]:
    """What the template reads."""
    language, ink = text_language(), brand_of(municipality)
    shown = address.partition("://")[2].partition("?")[0]
    number = count_in_words(len(dialogue.questions)).lower()
    return {
        "lang": language.code.split("-")[0],  # typst knows no variants
        "dir": language.direction,
        "paper": paper,
        "title": f"{dialogue.questions[0].text(language.code)} {municipality.official_name}",
        "name": municipality.official_name,
        "under": _("together with the police"),
        "question": dialogue.questions[0].text(language.code),
        "invitation": _(
            "Answer %(number)s questions. It takes about two minutes, and you need no account.",
            number=number,
        ),
        "scan": _("Point your phone's camera at the square."),
        "write": _("Or write the address:"),
        "address": shown,
        "last": _("Last day: %(day)s", day=date_long(dialogue.closes_at).replace(" ", NO_BREAK)),
        "urgent": _(
            "Urgent? Call %(emergency)s. Report or tip off: %(police)s.",
            emergency="112",
            police=f"114{NO_BREAK}14",
        ),
        "qr": qr_svg(address, dark=ink, border=0),
        "qr-alt": _("A square that leads a phone to %(address)s", address=shown),
        "town": town(municipality.slug, _one_ink(ink)),
        "brand": ink,
        "ink": ink,
    }


def _one_ink(ink: str) -> dict[str, str]:
    return {
        "far": mixed(ink, 0.12),
        "mid": mixed(ink, 0.4),
        "near": ink,
        "win": "#FFFFFF",
        "glow": "none",
        "post": ink,
    }
