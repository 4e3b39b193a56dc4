"""Texts as files can hold them: no control signs, and no word that is wider than its column."""

import re
from typing import Any

MISSING_SIGN = "\N{WHITE SQUARE}"  # stands where the typeface has no sign
LONGEST_WORD = 26
ZERO_WIDTH_SPACE = "\N{ZERO WIDTH SPACE}"

# Control signs but for line break and tab, halves of pairs, and what Unicode has left without a
# sign. Marks that turn the direction of all that follows go too: a text cannot mirror the page.
_UNWRITABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\ufeff"
    "\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]"
)
_SUM = re.compile("[0-9a-f]{64}")
_LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")
# What our typeface, or one that typst brings, surely has: the last way out.
_SURELY_SHOWN = re.compile(r"[^\x09\x0a\x20-\u024f\u0370-\u052f\u0600-\u06ff\u2010-\u2044\u20ac□]")


def writable(text: str) -> str:
    """``text`` without what no file can hold, line breaks as line feeds."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNWRITABLE.sub("", plain.replace("\u2028", "\n").replace("\u2029", "\n"))


def breakable(text: str) -> str:
    """``text`` in which very long words may be broken anywhere."""
    return _LONG_WORD.sub(lambda found: _in_parts(found.group()), text)


def surely_shown(text: str) -> str:
    """``text`` with every sign that the typeface might lack put as a square."""
    return _SURELY_SHOWN.sub(MISSING_SIGN, text)


def mapped(value: Any, change: Any) -> Any:
    """``value``, of lists, dicts and plain values, with ``change`` made to each text in it."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: mapped(part, change) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [mapped(part, change) for part in value]
    return value


def _in_parts(word: str) -> str:
    if _SUM.fullmatch(word):
        return word  # to be copied as it is
    parts = [word[i : i + LONGEST_WORD] for i in range(0, len(word), LONGEST_WORD)]
    return ZERO_WIDTH_SPACE.join(parts)
