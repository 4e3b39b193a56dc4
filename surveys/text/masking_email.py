"""E-mail addresses, also those written so that machines should not see them.

A search for the sign first, then outwards from it: no pattern ever walks a long text twice.
"""

import re
from collections.abc import Iterator

from surveys.text.masking_spans import Span
from surveys.text.masking_view import PlainView

_AT = re.compile(
    r"\s{0,3}[(\[{<]\s?(?:@|at|a|ät|snabel\s?-?\s?a|alfakrull|kanelbulle"
    r"|krull-?a)\s?[)\]}>]\s{0,3}"
    r"|(?P<weak>\s{1,3}(?:at|ät)\s{1,3})"
    r"|\s{0,2}[-\s]\s{0,2}(?:snabel\s?-?\s?a|snabbel\s?-?\s?a|alfakrull"
    r"|kanelbulle)\s{0,2}[-\s]\s{0,2}"
    r"|\s{0,3}@\s{0,3}",
    re.IGNORECASE,
)
_DOT = (
    r"(?:\.|\s{0,2}[(\[{]\s?(?:punkt|dot|\.|prick)\s?[)\]}]\s{0,2}"
    r"|\s{1,3}(?:punkt|dot|prick)\s{1,3})"
)
_LOOSE_DOT = rf"(?:{_DOT}|\s{{1,2}}\.\s{{0,2}}|\.\s|,\s?)"
_KNOWN_ENDS = "se|com|nu|net|org|info|eu|fi|no|dk|example|test|gov|edu|io|co|me|de|uk|online"
_LABEL = r"[^\W_](?:[\w-]{0,40}[^\W_])?"
_DOMAINS = (
    re.compile(
        rf"{_LABEL}(?:{_DOT}{_LABEL}){{0,4}}{_DOT}(?:{_KNOWN_ENDS})(?![\w@])", re.IGNORECASE
    ),
    re.compile(rf"{_LABEL}(?:\.{_LABEL}){{0,4}}\.[a-z]{{2,12}}(?!\w)", re.IGNORECASE),
    re.compile(rf"{_LABEL}(?:{_LOOSE_DOT}{_LABEL}){{0,2}}?{_LOOSE_DOT}(?:{_KNOWN_ENDS})(?!\w)",
               re.IGNORECASE),
    re.compile(
        r"(?:gmail|hotmail|live|outlook|telia|yahoo|icloud|msn|spray|comhem|bredband|exempel"
        rf"|example)(?:\s(?:{_KNOWN_ENDS}))?(?!\w)",
        re.IGNORECASE,
    ),
)  # fmt: skip
_DOT_WORD = re.compile(r"punkt|dot|prick", re.IGNORECASE)
_LOCAL_PART = re.compile(
    r"(?<![\w.%+-])[\w%+-](?:[\w.%+'-]"
    r"|\s{0,2}[(\[{]\s?(?:punkt|dot|prick|\.)\s?[)\]}]\s{0,2}"
    r"|\s{1,3}(?:punkt|dot|prick|understreck|bindestreck|streck)\s{1,3}){0,70}\Z",
    re.IGNORECASE,
)
_HALF_SPACED = re.compile(r"\s+@")  # "följ @namn.se"
_MAX_LOCAL = 90  # characters before the sign that are looked at
_MAX_DOMAIN = 120
_TELLING = re.compile(r"[._\d-]|\bpunkt\b|\bdot\b")


def find_emails(view: PlainView) -> Iterator[Span]:
    """E-mail addresses: "namn@exempel.se", "namn (at) exempel punkt se", "namn @ exempel . se"."""
    for sign in _AT.finditer(view.text):
        local = _local_part(view.text, sign.start())
        if not local:
            continue
        domain = _domain(view.text[sign.end() : sign.end() + _MAX_DOMAIN])
        is_weak = sign["weak"] or _HALF_SPACED.fullmatch(sign[0])
        if domain is None or (is_weak and not _is_meant(local, domain)):
            continue
        yield view.span(sign.start() - len(local), sign.end() + len(domain), "email")


def _local_part(text: str, end: int) -> str:
    begin = max(0, end - _MAX_LOCAL)
    before = text[begin:end]
    found = _LOCAL_PART.search(before)
    # "Hej. @namn": a sentence ended there.
    return found[0] if found and not (found[0].endswith(".") and text[end].isspace()) else ""


def _domain(after: str) -> str | None:
    for pattern in _DOMAINS:
        found = pattern.match(after)
        if found is not None:
            return found[0]
    return None


def _is_meant(local: str, domain: str) -> bool:
    """Whether "at" between two words is the sign: "look at polisen.se" is not."""
    return _DOT_WORD.search(domain) is not None or _TELLING.search(local) is not None
