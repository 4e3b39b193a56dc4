"""The encoding of a text file, told from its bytes."""

import codecs
import re

# What bytes that no character answers to become: lone halves that no text can hold.
_HIDDEN = re.compile("[\udc80-\udcff]")
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class UnreadableBytes(ValueError):
    """The bytes are no text in any encoding that we read."""


def decode(content: bytes) -> str:
    """``content`` as text: UTF-8, UTF-16 with a byte order mark, otherwise Windows-1252.

    A byte that stands for no character is kept hidden in the text, so that the caller can tell
    which row holds it (``has_unreadable``); a UTF-8 file with one damaged letter is still UTF-8.
    Raises UnreadableBytes.
    """
    if content.startswith(_UTF_16):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError as error:
            raise UnreadableBytes from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("utf-8-sig", errors="surrogateescape")
    hidden = len(_HIDDEN.findall(text))
    letters = len(_BEYOND_ASCII.findall(text)) - hidden
    return text if letters > hidden else content.decode("cp1252", errors="surrogateescape")


def has_unreadable(text: str) -> bool:
    """Whether a byte without a character is hidden in ``text``."""
    return not text.isascii() and _HIDDEN.search(text) is not None
