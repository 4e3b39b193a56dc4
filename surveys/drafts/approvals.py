"""What parties say of a text, and what is to be frozen of it."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class CommentDraft:
    """A comment; ``about`` is the sentence or the point that it is about, in its own words."""

    text: str
    about: str | None = None


@dataclass(frozen=True, slots=True)
class EditionDraft:
    """What readers are to be given (plain JSON), and what has changed since the edition before."""

    content: dict[str, Any]
    change_note: str | None = None
