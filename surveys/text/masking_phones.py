"""Telephone numbers: Swedish ones however written, foreign ones with their country code.

Numbering plan: the ``phonenumbers`` package (Google's libphonenumber).
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache

import phonenumbers

from surveys.text.masking_cues import cue_before
from surveys.text.masking_digits import Chain, Window
from surveys.text.masking_spans import Span
from surveys.text.masking_view import PlainView
from surveys.text.masking_words import words

_SIZES = range(8, 16)
_LOCAL_SIZES = range(3, 9)
_REGION = "SE"
_CODE = "46"
_KINDS = ("fixed_line", "mobile", "personal_number", "voip", "pager", "uan", "premium_rate")
# Help lines and authorities' switchboards are nobody's own number.
_SERVICE = re.compile(r"(?:20|77)\d+")
_PUBLIC = words("public_numbers")
_LOOSE_PLAN = re.compile(r"[1-9]\d{6,8}")
_AS_WRITTEN = re.compile(r"\(?0\d{1,3}\)?\s?[-/]\s?\d{2,3}[ -]?\d{2,3}(?:[ -]?\d{2,3}){0,2}")
_TIMES = re.compile(r"\d{1,2}[.:]\d\d\s*(?:-|till)\s*\d{1,2}[.:]\d\d.*", re.DOTALL)
_HOURS = re.compile(r"\d\d\s*-\s*\d\d(?:\W+\d\d\s*-\s*\d\d)+(?:\W+\d\d)?")
_DATES = re.compile(
    r"\d{1,2}\s*[./-]\s*\d{1,2}\s*[./ -]\s*(?:19|20)\d\d(?:\D.*)?"
    r"|(?:19|20)\d\d\s*[./-]\s*\d{1,2}\s*[./-]\s*\d{1,2}(?:\D.*)?",
    re.DOTALL,
)
_ISO_DATE = re.compile(r"(?<!\d)(?:19|20)\d\d-\d\d-\d\d(?!\d)")
_PLUS = re.compile(r"\+\s?\(?\Z")
_UNIT = re.compile(
    r"\s*(?:kr\b|kronor|:-|%|procent|gånger|ggr|st\b|meter|m\b|km|personer|tusen|spänn|år\b|min)",
    re.IGNORECASE,
)
_LOCAL = re.compile(r"[1-9]\d{4,7}")
_CALLED = re.compile(
    r"(?:\bring(?:a|er|t)?(?:\s+(?:mig|oss|hem|gärna|då|på|till))*|\btel\w*\.?|\btfn\.?"
    r"|\bmobil\w*"
    r"|\bnås\s+på|\bnår\s+(?:mig|oss)\s+på|\b(?:mitt|hans|hennes)\s+n(?:umme)?r)"
    r"(?:\s*(?:nr|är|på|hem|:|\.))*\s*\Z",
    re.IGNORECASE,
)


@cache
def _plan() -> re.Pattern[str]:
    metadata = phonenumbers.PhoneMetadata.metadata_for_region(_REGION)
    kinds = [getattr(metadata, kind) for kind in _KINDS]
    return re.compile("|".join(f"(?:{k.national_number_pattern})" for k in kinds if k))


def find_phones(view: PlainView, chains: Iterable[Chain]) -> Iterator[Span]:
    """Telephone numbers among ``chains``."""
    for chain in chains:
        first = 0
        while first < len(chain.groups):
            window = _window_at(view.text, chain, first)
            if window is None:
                first += 1
            else:
                start = _start(view.text, window)
                yield view.span(start, window.end, "phone")
                first = window.last


def _window_at(text: str, chain: Chain, first: int) -> Window | None:
    digits, offset = chain.digits, chain.offsets[first]
    group = chain.groups[first]
    if group.is_decimal:
        return None
    has_plus = _PLUS.search(text, max(0, group.start - 3), group.start) is not None
    international = has_plus or digits.startswith("00", offset)
    if not international and not digits.startswith(("0", _CODE), offset):
        return _local_window(text, chain, first)
    windows = list(chain.windows(first, _SIZES))
    for within in (True, False):  # a number ends at a comma or a full stop if it can
        for window in windows:
            if window.is_unbroken is within and _is_phone(text, window, international):
                return window
    return _local_window(text, chain, first)


def _is_phone(text: str, window: Window, international: bool) -> bool:
    if _is_something_else(text, window):
        return False
    if international:
        return _is_international(window.digits.removeprefix("00"))
    if window.digits.startswith("0"):
        is_service = _SERVICE.fullmatch(window.digits[1:]) is not None
        fits = _fits_plan(window.digits[1:]) or _is_loosely_written(text, window)
        return fits and not is_service
    if cue_before(text, window.chain, window.first) not in (None, "phone", "swish"):
        return False
    national = window.digits.removeprefix(_CODE)
    return national.startswith("7") and _fits_plan(national)


def _is_something_else(text: str, window: Window) -> bool:
    """Whether the window is times, dates, an amount, or parts of a personal number."""
    raw = text[window.start : window.end]
    gaps = "".join(group.gap for group in window.groups[1:])
    if "+" in gaps or "sista" in gaps or _ISO_DATE.search(raw):
        return True
    is_time = any(pattern.fullmatch(raw) for pattern in (_TIMES, _HOURS, _DATES))
    return is_time or _UNIT.match(text, window.end) is not None


def _fits_plan(national: str) -> bool:
    return _plan().fullmatch(national) is not None


def _is_loosely_written(text: str, window: Window) -> bool:
    """Whether the writing or the words before say so, although the area code is not in use."""
    if _LOOSE_PLAN.fullmatch(window.digits[1:]) is None:
        return False
    if _AS_WRITTEN.fullmatch(text, window.start, window.end):
        return True
    return cue_before(text, window.chain, window.first) in ("phone", "swish")


def _is_international(digits: str) -> bool:
    if digits.startswith(_CODE):
        national = digits.removeprefix(_CODE).removeprefix("0")
        return not _SERVICE.fullmatch(national) and (
            _fits_plan(national) or _LOOSE_PLAN.fullmatch(national) is not None
        )
    if digits.startswith("0"):
        return False  # no country's code does
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse("+" + digits))
    except phonenumbers.NumberParseException:
        return False


def _local_window(text: str, chain: Chain, first: int) -> Window | None:
    """A number without its area code, right after "ring" or "tel."."""
    if first > 0:
        return None
    start = chain.groups[0].start
    if _CALLED.search(text[max(0, start - 30) : start]) is None:
        return None
    for window in chain.windows(0, _LOCAL_SIZES):
        if window.groups[0].digits in _PUBLIC or window.digits in _PUBLIC:
            return None
        if _LOCAL.fullmatch(window.digits):
            raw = text[window.start : window.end]
            if _TIMES.match(raw) or _DATES.fullmatch(raw) or _UNIT.match(text, window.end):
                return None
            return window if len(window.groups) < 5 else None
    return None


def _start(text: str, window: Window) -> int:
    """Where the number begins, with its plus and the bracket that closes within it."""
    plus = _PLUS.search(text, max(0, window.start - 3), window.start)
    start = plus.start() if plus else window.start
    is_bracketed = text[start - 1 : start] == "(" and ")" in text[start : window.end]
    return start - 1 if is_bracketed else start
