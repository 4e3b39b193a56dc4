"""Personal data in free text: where it stands, and the text without it.

Finds personal numbers, telephone numbers, e-mail addresses, registration plates, home addresses,
accounts, handles in social media and likely names of persons, also spaced out and misspelt. It
never replaces a person's look before something is published: a nickname or a told event can point
somebody out without any of these.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from surveys.text.masking_accounts import find_accounts
from surveys.text.masking_addresses import find_addresses
from surveys.text.masking_digits import find_chains
from surveys.text.masking_email import find_emails
from surveys.text.masking_handles import find_handles
from surveys.text.masking_names import find_names
from surveys.text.masking_phones import find_phones
from surveys.text.masking_plates import find_plates
from surveys.text.masking_pnr import find_personal_numbers
from surveys.text.masking_spans import KINDS, Kind, Span, resolve
from surveys.text.masking_view import PlainView, despaced_view, plain_view

__all__ = [
    "KINDS",
    "MASK_VERSION",
    "TOKENS",
    "Kind",
    "MaskedText",
    "Span",
    "find_personal_data",
    "mask",
]

# One more for each change of the rules: stored texts are then masked anew by the worker.
MASK_VERSION = 1
# What stands in the text instead, in the language of those who read the answers.
TOKENS: dict[Kind, str] = {
    "pnr": "[personnummer]",
    "phone": "[telefonnummer]",
    "email": "[e-postadress]",
    "plate": "[registreringsnummer]",
    "address": "[adress]",
    "account": "[kontonummer]",
    "handle": "[användarnamn]",
    "name": "[namn]",
}
_SPACED_FINDERS = (find_emails, find_handles, find_plates, find_addresses, find_names)


@dataclass(frozen=True, slots=True)
class MaskedText:
    """A text with tokens for its personal data; ``spans`` lie in the original."""

    text: str
    spans: tuple[Span, ...]


def find_personal_data(text: str) -> tuple[Span, ...]:
    """The personal data of ``text``, in order and without overlaps, in Unicode code points."""
    return resolve(_candidates(text))


def mask(text: str) -> MaskedText:
    """``text`` with a token in the place of each piece of personal data."""
    spans = find_personal_data(text)
    pieces: list[str] = []
    done = 0
    for span in spans:
        pieces += [text[done : span.start], TOKENS[span.kind]]
        done = span.end
    return MaskedText("".join([*pieces, text[done:]]), spans)


def _candidates(text: str) -> Iterator[Span]:
    view = plain_view(text)
    chains = tuple(chain for chain in find_chains(view.text) if not chain.is_endless)
    for find_numbers in (find_personal_numbers, find_phones, find_accounts):
        yield from find_numbers(view, chains)
    for find in _SPACED_FINDERS:
        yield from find(view)
    closed = despaced_view(view)
    if closed is not None:
        yield from _spaced_out(*closed)


def _spaced_out(view: PlainView, pieces: tuple[tuple[int, int], ...]) -> Iterator[Span]:
    """What shows only when letters written one by one are closed up."""
    closed = [view.span(start, end, "name") for start, end in pieces]
    ends = [piece.end for piece in closed]
    for find in _SPACED_FINDERS:
        for span in find(view):
            nearest = bisect_right(ends, span.start)  # the first piece that ends after it begins
            if nearest < len(closed) and closed[nearest].start < span.end:
                yield span
