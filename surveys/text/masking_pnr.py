"""Personal numbers and co-ordination numbers: YYMMDD-NNNC or YYYYMMDD-NNNC, however written.

The checksum is Luhn's over the last ten digits; a co-ordination number has 60 added to its day
(Swedish Tax Agency, SKV 704 and SKV 707).
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from stdnum import luhn

from surveys.text.masking_cues import Cue, cue_before
from surveys.text.masking_digits import Chain, Window
from surveys.text.masking_spans import Span
from surveys.text.masking_view import PlainView

_DAYS_ADDED = 60
_MIGHT_BEGIN = re.compile(r"(?:1[89]|20)?\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01]|[6-8]\d|9[01])")
_SIZES = range(10, 13, 2)
_CENTURIES = ("18", "19", "20")
_LEAP_YEAR = "2000"  # stands in where the century is not written
# How ten digits are grouped when they are a personal number rather than a telephone number.
_DATE_SHAPES = {(6, 4), (2, 2, 2, 4), (2, 2, 2, 2, 2), (6, 2, 2), (6, 1, 1, 1, 1), (6, 3, 1)}
_MOBILE = re.compile(r"07[023689]\d{7}")


def find_personal_numbers(view: PlainView, chains: Iterable[Chain]) -> Iterator[Span]:
    """Personal numbers among ``chains``, ten or twelve digits."""
    for chain in chains:
        first = 0
        while first < len(chain.groups):
            window = _window_at(view.text, chain, first)
            if window is None:
                first += 1
            else:
                yield view.span(window.start, window.end, "pnr")
                first = window.last


def _window_at(text: str, chain: Chain, first: int) -> Window | None:
    if len(chain.digits) - chain.offsets[first] < 10:
        return None
    # The cue decides about odd dates too, and is looked up where a cheaper sign asks for it.
    looks_right = _MIGHT_BEGIN.match(chain.digits, chain.offsets[first]) is not None
    if not looks_right and first > 0:
        return None
    cue = cue_before(text, chain, first)
    if not looks_right and cue != "pnr":
        return None
    for window in chain.windows(first, _SIZES):
        if window.is_unbroken and _is_personal(window, cue):
            return window
    return None


def _is_personal(window: Window, cue: Cue | None) -> bool:
    if cue == "pnr":
        return True  # so announced, a slip of the pen does not make it less personal
    if window.groups[0].is_decimal or _ends_in_year(window):
        return False
    if cue in ("other", "giro", "card", "account") or not _is_dated(window.digits):
        return False
    if not luhn.is_valid(window.digits[-10:]):
        return _is_written_as_one(window)
    if len(window.digits) == 12:
        return True
    return _is_unmistakable(window, cue)


def _ends_in_year(window: Window) -> bool:
    return window.shape == (4, 2, 2, 4) and window.digits[-4:-2] in ("19", "20")


def _is_dated(digits: str) -> bool:
    """Whether a day of the calendar stands at the beginning, with or without 60 added."""
    if len(digits) == 12 and digits[:2] not in _CENTURIES:
        return False
    year = digits[:4] if len(digits) == 12 else _LEAP_YEAR
    month, day = int(digits[-8:-6]), int(digits[-6:-4])
    try:
        date(int(year), month, day - _DAYS_ADDED if day > _DAYS_ADDED else day)
    except ValueError:
        return False
    return True


def _is_written_as_one(window: Window) -> bool:
    """Whether a dash or plus stands before the last four digits, as in no other number."""
    if window.shape == (8, 4):
        return True
    gap = window.gap_at(len(window.digits) - 4)
    if gap is None or ("-" not in gap and "+" not in gap and "sista" not in gap):
        return "sista" in (gap or "")
    return window.shape in {(6, 4), (2, 6, 4), (4, 2, 2, 4), (2, 2, 2, 4)}


def _only_dash(window: Window) -> bool:
    """Whether a dash stands before the last four digits and nowhere else."""
    dashed = [group.gap for group in window.groups[1:] if "-" in group.gap or "+" in group.gap]
    return len(dashed) == 1 and window.gap_at(len(window.digits) - 4) == dashed[0]


def _is_unmistakable(window: Window, cue: Cue | None) -> bool:
    if window.shape in _DATE_SHAPES or (window.is_spelled and _only_dash(window)):
        return True
    if window.digits[0] == "0" and (cue in ("phone", "swish") or _MOBILE.fullmatch(window.digits)):
        return False  # somebody born in the 2000s has a number that could be dialled
    return len(window.groups) == 1 or window.is_spelled or window.is_in_words
