"""Signs that somebody may be in danger, in what residents write: for people to read, not an alarm.

Finds danger now, a child in danger, self-harm and disclosed violence in Swedish and simple English,
also misspelt. Made to find rather too much, since whoever reads the queue decides. Nothing here
looks at where anybody comes from.
"""

import re
from functools import cache
from typing import Literal

from surveys.text.safety_words import GENERAL, PATTERNS, SELF, STEMS

Sign = Literal["danger_now", "child", "self_harm", "abuse"]
SIGNS: tuple[Sign, ...] = ("danger_now", "child", "self_harm", "abuse")

_SENTENCE = re.compile(r"[^.!?\n]+")
_ANY_STEM = re.compile("|".join(map(re.escape, STEMS)))
_REACH = 26  # characters before a sign in which a denial takes it back
_DENIED = re.compile(
    r"\b(?:inte|aldrig|ingen|inga|ej|icke|not|never|nobody|don't|doesn't)\b[^,;:–]{0,14}\Z"
)


def find_safety_signs(text: str) -> frozenset[Sign]:
    """Why a person should read ``text`` soon; nothing where no sign stands in it."""
    lowered = " ".join(text.lower().replace("’", "'").split(" "))
    # In most sentences no pattern can fit, and one look tells.
    sentences = [each for each in _SENTENCE.findall(lowered) if _ANY_STEM.search(each)]
    return frozenset(sign for sign in SIGNS for each in sentences if _stands_in(sign, each))


def _stands_in(sign: Sign, sentence: str) -> bool:
    for pattern in _patterns(sign):
        for found in pattern.finditer(sentence):
            if _is_meant(sentence, found):
                return True
    return False


def _is_meant(sentence: str, found: re.Match[str]) -> bool:
    """Whether it is told: not denied, and not a wish for what society should do about it."""
    before = max(0, found.start() - _REACH)
    if _DENIED.search(sentence, before, found.start()):
        return False
    return not GENERAL.search(sentence) or SELF.search(sentence) is not None


@cache
def _patterns(sign: Sign) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in PATTERNS[sign])
