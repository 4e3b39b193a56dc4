"""What a coder says of one answer."""

import uuid
from dataclasses import dataclass

from surveys.models.theme import Polarity

Codes = frozenset[tuple[int, Polarity]]  # (theme id, axis)


@dataclass(frozen=True, slots=True)
class CodingDraft:
    """The themes of one response, each on an axis, and what the coder had before their eyes.

    ``base`` is the fingerprint of the coding that was shown (see ``surveys.queries.texts.coding``).
    """

    response_id: uuid.UUID
    codes: Codes
    base: str
    saw_suggestions: bool
