"""What has changed between two texts, word by word, so that a person can read it."""

import enum
import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORD = re.compile(r"\S+\s*|\s+")
# Two paragraphs that share less than this are another paragraph, not a changed one.
_SAME_PARAGRAPH = 0.4
# Beyond so many paragraphs of a stretch the likeness of each pair is not computed.
_MOST_PAIRED = 60


class Change(enum.Enum):
    """What became of some words."""

    KEPT = "kept"
    ADDED = "added"
    TAKEN_OUT = "taken_out"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words in a row that share one fate."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of either text; ``kind`` says what it is."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class ChangedParagraph:
    """A paragraph with what became of its words."""

    kind: str
    pieces: tuple[Piece, ...]

    @property
    def is_changed(self) -> bool:
        return any(piece.change is not Change.KEPT for piece in self.pieces)


def compare_paragraphs(
    before: Sequence[Paragraph], after: Sequence[Paragraph]
) -> tuple[ChangedParagraph, ...]:
    """All paragraphs of both texts in reading order, with what was added and taken out."""
    found: list[ChangedParagraph] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            found += [_whole(paragraph, Change.KEPT) for paragraph in after[j1:j2]]
        else:
            found += _changed(before[i1:i2], after[j1:j2])
    return tuple(found)


def compare_words(before: str, after: str) -> tuple[Piece, ...]:
    """The words of both texts in reading order."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    pieces: list[Piece] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece(Change.KEPT, "".join(new[j1:j2])))
            continue
        if i2 > i1:
            pieces.append(Piece(Change.TAKEN_OUT, "".join(old[i1:i2])))
        if j2 > j1:
            pieces.append(Piece(Change.ADDED, "".join(new[j1:j2])))
    return tuple(pieces)


def _changed(before: Sequence[Paragraph], after: Sequence[Paragraph]) -> list[ChangedParagraph]:
    """A stretch that differs: each new paragraph held to the old one that is most like it."""
    left = list(before) if len(before) * len(after) <= _MOST_PAIRED**2 else []
    found = [_whole(paragraph, Change.TAKEN_OUT) for paragraph in before] if not left else []
    for paragraph in after:
        like = max(left, key=lambda old: _likeness(old, paragraph), default=None)
        if like is None or _likeness(like, paragraph) < _SAME_PARAGRAPH:
            found.append(_whole(paragraph, Change.ADDED))
            continue
        found += [_whole(gone, Change.TAKEN_OUT) for gone in left[: left.index(like)]]
        left = left[left.index(like) + 1 :]
        found.append(ChangedParagraph(paragraph.kind, compare_words(like.text, paragraph.text)))
    return found + [_whole(gone, Change.TAKEN_OUT) for gone in left]


def _likeness(old: Paragraph, new: Paragraph) -> float:
    if old.kind != new.kind:
        return 0.0
    return SequenceMatcher(None, old.text.split(), new.text.split(), autojunk=False).ratio()


def _whole(paragraph: Paragraph, change: Change) -> ChangedParagraph:
    return ChangedParagraph(paragraph.kind, (Piece(change, paragraph.text),))
