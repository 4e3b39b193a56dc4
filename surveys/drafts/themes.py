"""What staff write of a theme."""

import uuid
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ThemeDraft:
    """One code of a codebook in words; ``parent_code`` names the broader theme over it.

    ``revision`` is the latest change that the writer had seen, where the theme is there already.
    """

    name: str
    definition: str = ""
    counts: str = ""  # what belongs under it
    does_not_count: str = ""
    parent_code: str | None = None
    revision: int = 0

    def as_json(self) -> dict[str, str | None]:
        """The words as the history keeps them."""
        return {
            "name": self.name,
            "definition": self.definition,
            "counts": self.counts,
            "does_not_count": self.does_not_count,
            "parent": self.parent_code,
        }


@dataclass(frozen=True, slots=True)
class SplitDraft:
    """A new theme, and the answers whose codings go over to it."""

    theme: ThemeDraft
    response_ids: frozenset[uuid.UUID]
