"""Whether two texts say the same in the same words, told by a short fingerprint."""

import re
import unicodedata
from hashlib import sha256

# Short answers are alike because people are: "mer poliser", "bättre belysning i parken".
LONG_TEXT = 80  # characters after normalisation
_NO_WORD = re.compile(r"[\W_]+")


def fingerprint(text: str) -> str | None:
    """The same for the same words, whatever their case, spacing, signs and emoji.

    None for a text shorter than ``LONG_TEXT``, which many people may write by themselves.
    """
    words = _NO_WORD.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()
    return sha256(words.encode()).hexdigest()[:32] if len(words) >= LONG_TEXT else None
