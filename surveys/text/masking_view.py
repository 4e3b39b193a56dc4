"""A text as a finder wants to read it, and the way back to where each character stood.

People paste from everywhere: decomposed letters, digits of other scripts, full-width signs, dashes
and spaces of many kinds, invisible marks between digits, letters spaced out one by one.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from surveys.text.masking_spans import Kind, Span

# One character for one: places do not move.
_PLAIN = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012–—―−﹣\uff0d", "-")
    | dict.fromkeys("\xa0\u1680\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " ")
    | dict.fromkeys("\u2000\u2001\u2002\u2003\u2004\u2005\u2006", " ")
    | dict.fromkeys("’\u2018\u00b4`\u02bc", "'")
)
_UNCOMMON = re.compile(
    r"[^\x00-\x7f\u00a0-\u02ff\u2010-\u2015\u2212\u2018\u2019]|[\u00ad\u00b2\u00b3\u00b9]"
)
_SPACED_OUT = re.compile(r"(?<![^\s\"'(:,])(?:\S {1,3}){4,}\S(?![^\W_])")


@dataclass(frozen=True, slots=True)
class PlainView:
    """``text`` to search; character i came from code points ``starts[i]`` to ``ends[i]``.

    ``starts`` and ``ends`` are None where every character stands where it stood.
    """

    text: str
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None

    def span(self, start: int, end: int, kind: Kind) -> Span:
        """The span of the original behind ``text[start:end]``, which is not empty."""
        if self.starts is None or self.ends is None:
            return Span(start, end, kind)
        return Span(self.starts[start], self.ends[end - 1], kind)


def plain_view(original: str) -> PlainView:
    """``original`` in composed letters, ASCII digits, plain dashes and spaces, no hidden marks."""
    if _UNCOMMON.search(original) is None:
        return PlainView(original.translate(_PLAIN))
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for place, character in enumerate(original):
        category = unicodedata.category(character)
        if category in ("Mn", "Me") and characters:
            characters[-1] = _composed(characters[-1], character)
            ends[-1] = place + 1
        elif category not in ("Cf", "Mn", "Me"):
            characters.append(_plain_character(character))
            starts.append(place)
            ends.append(place + 1)
    return PlainView("".join(characters).translate(_PLAIN), tuple(starts), tuple(ends))


def _composed(base: str, mark: str) -> str:
    whole = unicodedata.normalize("NFC", base + mark)
    return whole if len(whole) == 1 else base


def _plain_character(character: str) -> str:
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(int(digit))
    plain = unicodedata.normalize("NFKC", character)
    return plain if len(plain) == 1 else character


def despaced_view(view: PlainView) -> tuple[PlainView, tuple[tuple[int, int], ...]] | None:
    """``view`` with "S t o r g a t a n  1 2" closed up, and where in it the closed pieces lie.

    A wider gap than the others, and a capital after a small letter, begin a new word. None where
    nothing is spaced out.
    """
    runs = list(_SPACED_OUT.finditer(view.text))
    if not runs:
        return None
    kept: list[int] = []
    pieces: list[tuple[int, int]] = []
    done = 0
    for run in runs:
        kept.extend(range(done, run.start()))
        begins = len(kept)
        kept.extend(_closed(view.text, run.start(), run.end()))
        pieces.append((begins, len(kept)))
        done = run.end()
    kept.extend(range(done, len(view.text)))
    return _subset(view, kept), tuple(pieces)


def _closed(text: str, start: int, end: int) -> Iterable[int]:
    for place in range(start, end):
        if text[place] != " ":
            yield place
        elif text[place + 1] == " ":
            continue
        elif text[place - 1] == " " or (text[place - 1].islower() and text[place + 1].isupper()):
            yield place


def _subset(view: PlainView, kept: list[int]) -> PlainView:
    starts = kept if view.starts is None else [view.starts[place] for place in kept]
    ends = [place + 1 for place in kept] if view.ends is None else [view.ends[p] for p in kept]
    return PlainView("".join(view.text[place] for place in kept), tuple(starts), tuple(ends))
