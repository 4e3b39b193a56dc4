"""Phrases that tell of so few people that readers may know who they are.

A number is not the only way to point at somebody: «12–13-åringar» in a town of ten thousand is a
class at school, and «fem personer» a circle of friends. What is found here is a question to a
person, never an answer: it may be passed with a reason.
"""

import re

_FEW = "(?:en|ett|två|tre|fyra|fem|sex|sju|åtta|nio|[1-9])"
_PEOPLE = (
    r"(?:personer|individer|ungdomar|tonåringar|barn|elev(?:er)?|pojk(?:e|ar)|flick(?:a|or)"
    r"|kill(?:e|ar)|tjej(?:er)?|kvinn(?:a|or)|män|syskon|bröder|systrar|familj(?:er)?|hushåll"
    r"|gärningsmän|gärningspersoner|misstänkta|dömda|missbrukare|anställda|svarande|boende)"
)
_WORDS_BETWEEN = r"(?:\s+[a-zåäöé-]+){0,2}?"
_FEW_PEOPLE = re.compile(
    rf"(?<![\w,.:–-]){_FEW}(?:\s*(?:[-–]|till|eller)\s*{_FEW})?{_WORDS_BETWEEN}\s+{_PEOPLE}\b",
    re.IGNORECASE,
)
_AGES = re.compile(
    r"(?<![\w,.])(\d{1,2})\s*(?:(?:[-–]|till|och|eller)\s*(\d{1,2})\s*)?[-–]?\s*"
    r"(?:åring(?:ar)?(?:na|en)?|årig[at]?\b(?:\s+\w+)?|årsåldern)",
    re.IGNORECASE,
)
# Ages further apart than this are a generation, not a class.
_FEW_YEARS = 3


def find_small_groups(text: str) -> tuple[str, ...]:
    """The phrases of ``text`` that name a few people or a narrow age, as they stand, in order."""
    found = [(m.start(), m.group()) for m in _FEW_PEOPLE.finditer(text)]
    found += [(m.start(), m.group()) for m in _AGES.finditer(text) if _is_narrow(m)]
    return tuple(dict.fromkeys(" ".join(phrase.split()) for _, phrase in sorted(found)))


def _is_narrow(match: re.Match[str]) -> bool:
    first, last = int(match[1]), int(match[2] or match[1])
    return abs(last - first) <= _FEW_YEARS
