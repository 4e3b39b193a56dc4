"""Masking with what a person has decided besides: words to hide, and words to give back.

Both are kept beside the text, so that they go on holding when the rules get better.
"""

import re
from collections.abc import Iterable, Sequence

from surveys.text.masking import TOKENS, MaskedText, find_personal_data
from surveys.text.masking_spans import Span

HIDDEN_TOKEN = "[dolt]"  # noqa: S105 (what stands in the text, in the language of its readers)


def mask_as_decided(text: str, hidden: Sequence[str] = (), told: Sequence[str] = ()) -> MaskedText:
    """``text`` masked, without what is ``told`` and with what is ``hidden`` hidden as well.

    Words are known in whatever case they stand, as whole words. Where one is in both lists it is
    hidden. The spans are those of personal data: hidden words have no kind.
    """
    given_back = {_folded(words) for words in told}
    spans = tuple(
        span for span in find_personal_data(text) if _folded(_inside(text, span)) not in given_back
    )
    pieces = [(span.start, span.end, TOKENS[span.kind]) for span in spans]
    pieces += [(start, end, HIDDEN_TOKEN) for start, end in _occurrences(text, hidden)]
    return MaskedText(_replaced(text, pieces), spans)


def has_words(text: str, words: str) -> bool:
    """Whether ``words`` stand in ``text`` as whole words, in whatever case."""
    return next(iter(_occurrences(text, (words,))), None) is not None


def _occurrences(text: str, hidden: Iterable[str]) -> Iterable[tuple[int, int]]:
    for words in hidden:
        parts = [re.escape(part) for part in words.split()]
        if parts:
            pattern = r"(?<!\w)" + r"\s+".join(parts) + r"(?!\w)"
            yield from (found.span() for found in re.finditer(pattern, text, re.IGNORECASE))


def _replaced(text: str, pieces: list[tuple[int, int, str]]) -> str:
    """The text with each piece's token; pieces that overlap become one, with the first's token."""
    shown: list[str] = []
    done = 0
    for start, end, token in sorted(pieces):
        if start >= done:
            shown += [text[done:start], token]
        done = max(done, end)
    return "".join([*shown, text[done:]])


def _inside(text: str, span: Span) -> str:
    return text[span.start : span.end]


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())
