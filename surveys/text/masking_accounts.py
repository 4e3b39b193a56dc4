"""Accounts: bank accounts with their clearing number, bankgiro, plusgiro, IBAN, payment cards."""

import re
from collections.abc import Iterable, Iterator

from stdnum import iban, luhn

from surveys.text.masking_cues import Cue, cue_before
from surveys.text.masking_digits import Chain, Window
from surveys.text.masking_spans import Span
from surveys.text.masking_view import PlainView

# Two letters, two check digits, then up to 30 more in groups; looked at only where it can begin.
_IBAN = re.compile(
    r"(?<![^\W_])[A-Z]{2}[ -]?\d ?\d(?:[ .-]?[A-Z0-9]){11,30}(?![^\W_])", re.IGNORECASE
)
_SWEDISH_IBAN = re.compile(r"SE\d{22}", re.IGNORECASE)
_NO_SIGN = re.compile(r"[ .-]")
_CLEARING = re.compile(r"(?!19|20)[1-9]\d{3}")  # 19.. and 20.. are years more often
_CARD_START = re.compile(r"3[0-9]|4|5|6|2[2-7]")
_CARD_SHAPES = {(4, 4, 4, 4), (16,), (4, 6, 5), (15,), (4, 4, 4, 4, 3), (8, 8)}
_SWISH_COMPANY = re.compile(r"123\d{7}")
# How many digits each announced number has.
_SIZES: dict[Cue, range] = {"account": range(7, 17), "giro": range(5, 9), "card": range(13, 20)}

_UNANNOUNCED_SIZES = range(10, 20)


def find_accounts(view: PlainView, chains: Iterable[Chain]) -> Iterator[Span]:
    """Account numbers of all sorts."""
    yield from _ibans(view)
    for chain in chains:
        first = 0
        while first < len(chain.groups):
            window = _window_at(view.text, chain, first)
            if window is None:
                first += 1
            else:
                yield view.span(window.start, window.end, "account")
                first = window.last


def _ibans(view: PlainView) -> Iterator[Span]:
    for found in _IBAN.finditer(view.text):
        pieces = found[0]
        while pieces:  # the word after the number may look like more of it
            compact = _NO_SIGN.sub("", pieces)
            if _SWEDISH_IBAN.fullmatch(compact) or iban.is_valid(compact):
                yield view.span(found.start(), found.start() + len(pieces), "account")
                break
            pieces = pieces.rpartition(" ")[0].rstrip()


def _window_at(text: str, chain: Chain, first: int) -> Window | None:
    if len(chain.digits) - chain.offsets[first] < 5:
        return None
    cue = cue_before(text, chain, 0) if first == 0 else None
    sizes = _SIZES.get(cue) if cue else None
    if sizes is not None:
        for window in chain.windows(first, sizes):
            if window.is_unbroken:
                return window
    return _unannounced(chain, first, cue)


def _unannounced(chain: Chain, first: int, cue: Cue | None) -> Window | None:
    size = len(chain.groups[first].digits)
    if size == 4 or _CARD_START.match(chain.digits, chain.offsets[first]) or cue == "swish":
        for window in chain.windows(first, _UNANNOUNCED_SIZES):
            if _is_card(window) or _is_bare_account(window) or _is_swish(window, cue):
                return window
    return None


def _is_card(window: Window) -> bool:
    if len(window.digits) not in _SIZES["card"] or not _CARD_START.match(window.digits):
        return False
    if window.shape not in _CARD_SHAPES and not window.is_spelled:
        return False
    return luhn.is_valid(window.digits)


def _is_bare_account(window: Window) -> bool:
    """A clearing number, a dash or comma, and the account: nothing else is written so."""
    if window.groups[0].is_decimal or len(window.groups) < 2 or not 11 <= len(window.digits) <= 15:
        return False
    head, following = window.groups[0].digits, window.groups[1]
    if _CLEARING.fullmatch(head) is None or following.gap.strip() not in ("-", ","):
        return False
    if "," in following.gap and len(window.groups) > 6:
        return False
    return all(group.gap.strip() in ("", "-", ",", ".") for group in window.groups[2:])


def _is_swish(window: Window, cue: Cue | None) -> bool:
    return cue == "swish" and _SWISH_COMPANY.fullmatch(window.digits) is not None
