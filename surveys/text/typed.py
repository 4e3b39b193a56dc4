"""What somebody typed, without what no page and no database can carry."""

import re

# Control characters other than tab and line feed, lone halves of pairs, and code points that are
# no characters. Emoji and the marks of right-to-left writing are text like any other.
_UNUSABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
    + "|["
    + "".join(chr((plane << 16) | low) for plane in range(1, 17) for low in (0xFFFE, 0xFFFF))
    + "]"
)


def clean_text(typed: str) -> str:
    """``typed`` with plain line feeds, without unusable characters and surrounding space."""
    lines = typed.replace("\r\n", "\n").replace("\r", "\n")
    return _UNUSABLE.sub("", lines).strip()
