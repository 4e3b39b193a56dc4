"""Signs that a text meant for everybody is about one person: to warn before it is saved.

Finds what ``masking`` finds and ages of single persons ("en 14-årig pojke", "15-åringen"). Groups
("ungdomar under 21 år", "14-åringar") are no signs. It errs on both sides, so whoever writes may
say that it is no person, except of what can be nothing else.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from surveys.text.masking import Kind, find_personal_data

# Never anything else than one person's data: nobody is asked whether it is.
CERTAIN: frozenset[str] = frozenset({"pnr", "account", "plate"})
_NUMBERS = (
    "ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|tretton|fjorton|femton|sexton|sjutton"
    "|arton|nitton|tjugo"
)
_PERSON = (
    "pojken?|flickan?|kille[n]?|tjej(?:en)?|barnet?|elev(?:en)?|yngling(?:en)?|son(?:en)?"
    "|dotter(?:n)?|kvinna[n]?|man(?:nen)?|person(?:en)?|boy|girl|child|pupil|woman"
)
_AGES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # "14-årig", "fjortonårige", "15-åring", "15-åringens"; not "15-åringar" nor "tvåårig plan"
        rf"\b(?:\d{{1,2}}|{_NUMBERS})[-–\s]?åring(?:en)?s?\b",
        rf"\b(?:\d{{1,2}}|{_NUMBERS})[-–\s]?årig[ae]?\s+(?:\w+\s+)?(?:{_PERSON})\b",
        rf"\b(?:{_PERSON})\s*(?:,|\(|på|om|i åldern|aged)?\s*\d{{1,2}}\s*(?:år|\))",
        r"\b\d{1,2}[-\s]years?[-\s]old\b",
    )
)


@dataclass(frozen=True, slots=True)
class CaseSign:
    """A piece of a text that points at one person: a kind of personal data, or ``age``."""

    kind: Kind | str
    words: str

    @property
    def is_certain(self) -> bool:
        return self.kind in CERTAIN


def find_case_signs(text: str) -> tuple[CaseSign, ...]:
    """What in ``text`` points at one person, in order; nothing where it tells of places or work."""
    found = sorted(_signs(text), key=lambda sign: sign[0])
    return tuple(sign for _start, sign in found)


def _signs(text: str) -> Iterator[tuple[int, CaseSign]]:
    for span in find_personal_data(text):
        yield span.start, CaseSign(span.kind, text[span.start : span.end])
    seen: set[int] = set()
    for pattern in _AGES:
        for match in pattern.finditer(text):
            if match.start() not in seen:
                seen.add(match.start())
                yield match.start(), CaseSign("age", match.group())
