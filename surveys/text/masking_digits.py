"""Numbers however they are written: runs of digits with what may stand between their groups.

"070-174 06 05", "0 7 0 1 7 4 0 6 0 5", "O7O.174.0605" and "noll sjuttio, etthundrasjuttiofyra, noll
sex noll fem" are the same ten digits. Finders of personal numbers, telephone numbers and accounts
look at windows of whole groups.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from surveys.text.masking_number_words import digits_of_word
from surveys.text.masking_words import words

_MOST_SINGLE = 1000  # groups
_TOKEN = re.compile(
    r"(?P<glue>\b(?:(?:och|o|med|sen|sedan)\s{1,3})?(?:de\s{1,3}|dom\s{1,3})?"
    r"(?:sista\s{1,3}(?:(?:4|fyra)\b|siffrorna)|(?:4|fyra)\s{1,3}sista)\b"
    r"(?:\s{1,3}siff\w{1,6})?(?:\s{1,3}(?:är|e|ä|blir)\b)?)"
    r"|(?P<word>[^\W_]+)",
    re.IGNORECASE,
)
_GAP = re.compile(r"[\s.,;()/+*_|·•~-]{0,5}")
_BREAK = re.compile(r"[.;]\s|\n")
_LOOKALIKE = re.compile(r"[0-9OoIl]+")
_AS_DIGITS = str.maketrans("OoIl", "0011")
_GLUE_WORDS = words("digit_glue")


@dataclass(frozen=True, slots=True)
class Group:
    """Digits written together, as ``text[start:end]``, and what stands before them."""

    digits: str
    start: int
    end: int
    gap: str

    @property
    def is_decimal(self) -> bool:
        """Whether the group stands behind a decimal sign: ".301" of 61.301."""
        return self.gap in (".", ",") and len(self.digits) > 1


@dataclass(frozen=True)
class Chain:
    """Groups that nothing but separators stands between."""

    groups: tuple[Group, ...]

    @cached_property
    def digits(self) -> str:
        """All digits of the chain."""
        return "".join(group.digits for group in self.groups)

    @cached_property
    def offsets(self) -> tuple[int, ...]:
        """Where in ``digits`` each group begins."""
        offsets, total = [], 0
        for group in self.groups:
            offsets.append(total)
            total += len(group.digits)
        return tuple(offsets)

    def windows(self, first: int, sizes: range) -> Iterator["Window"]:
        """The windows from group ``first`` on that hold ``sizes`` digits, longest first."""
        ends: list[int] = []
        total = 0
        for last in range(first, len(self.groups)):
            total += len(self.groups[last].digits)
            if total >= sizes.stop:
                break
            if total in sizes:
                ends.append(last + 1)
        for end in reversed(ends):
            yield Window(self, first, end)

    @property
    def is_endless(self) -> bool:
        """Whether digits stand one by one far beyond what anybody's number is."""
        return len(self.groups) > _MOST_SINGLE and len(self.digits) < 2 * len(self.groups)


@dataclass(frozen=True)
class Window:
    """Groups ``first`` to ``last`` (exclusive) of a chain."""

    chain: Chain
    first: int
    last: int

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups of the window."""
        return self.chain.groups[self.first : self.last]

    @cached_property
    def digits(self) -> str:
        """All digits of the window."""
        return "".join(group.digits for group in self.groups)

    @property
    def shape(self) -> tuple[int, ...]:
        """How many digits each group has."""
        return tuple(len(group.digits) for group in self.groups)

    @property
    def start(self) -> int:
        """Where the window begins in the text."""
        return self.chain.groups[self.first].start

    @property
    def end(self) -> int:
        """Where the window ends in the text, exclusive."""
        return self.chain.groups[self.last - 1].end

    @property
    def is_spelled(self) -> bool:
        """Whether each digit is written on its own."""
        return self.last - self.first > 1 and all(size == 1 for size in self.shape)

    @property
    def is_unbroken(self) -> bool:
        """Whether no sentence or line ends within the window."""
        return not any(_BREAK.search(group.gap) for group in self.groups[1:])

    @property
    def is_in_words(self) -> bool:
        """Whether no group is written in digits."""
        return all(group.end - group.start > len(group.digits) for group in self.groups)

    def gap_at(self, digits_before: int) -> str | None:
        """What stands after so many digits; None within a group."""
        total = 0
        for group in self.groups:
            if total == digits_before:
                return group.gap
            total += len(group.digits)
        return None


def find_chains(text: str) -> Iterator[Chain]:
    """The runs of digits of ``text``, in order."""
    groups: list[Group] = []
    glued = ""
    reach = 0  # up to where the chain has been followed
    for token in _TOKEN.finditer(text):
        gap = text[reach : token.start()] if groups else ""
        digits = _digits(token, is_inside=bool(groups))
        if groups and _GAP.fullmatch(gap.replace(":", "", 1) if glued else gap) is None:
            yield Chain(tuple(groups))
            groups, glued, gap = [], "", ""
        if digits is not None:
            groups.append(Group(digits, token.start(), token.end(), glued + gap))
            glued = ""
        elif groups and (token["glue"] or _glues(token[0].lower(), groups)):
            glued += gap + token[0].lower()
        elif groups:
            yield Chain(tuple(groups))
            groups, glued = [], ""
        reach = token.end()
    if groups:
        yield Chain(tuple(groups))


def _glues(word: str, groups: list[Group]) -> bool:
    if word.startswith("konto"):  # after a clearing number only: "8327-9, konto 923 456 789-0"
        return sum(len(group.digits) for group in groups[-2:]) in (4, 5)
    return word in _GLUE_WORDS


def _digits(token: re.Match[str], *, is_inside: bool) -> str | None:
    word = token["word"]
    if word is None:
        return None
    if word.isascii() and word.isdigit():
        return word
    if word in ("O", "o", "OO", "oo"):
        return "0" * len(word) if is_inside or word == "O" else None
    if _LOOKALIKE.fullmatch(word) and any(c.isdigit() for c in word):
        return word.translate(_AS_DIGITS)
    return digits_of_word(word.lower())
