"""What the check of a municipality's documents finds: always the places themselves, with words."""

import enum
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from surveys.queries.promises.counters import Counter

DIGEST = 40  # hex digits: an address part holds no more than sixty signs


class Severity(enum.Enum):
    """How much a finding asks for."""

    FAULT = "fault"  # two places that cannot both be right, or something that is broken
    GAP = "gap"  # something is missing, or looks like a slip
    FINE = "fine"  # looks like a contradiction and is none


class PlaceKind(enum.Enum):
    """What kind of thing a place in the documents is."""

    PLAN = "plan"
    ACTIVITY = "activity"
    PROMISE = "promise"
    POINT = "point"
    PICTURE = "picture"
    EVIDENCE = "evidence"
    AGREEMENT = "agreement"
    OWNER = "owner"
    IMPORT = "import"


@dataclass(frozen=True, slots=True)
class Spot:
    """One place: the document's or the row's name, the words that stand there, and its address.

    ``slug`` is the document's, ``id`` the row's. ``counter`` is how a target stands today.
    """

    kind: PlaceKind
    title: str
    words: str = ""
    slug: str = ""
    id: int = 0
    counter: Counter | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule found. ``values`` fill the sentence that the edge has for the rule."""

    rule: str
    severity: Severity
    spots: tuple[Spot, ...]
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """The same for the same rule, places and words: what a note is kept under."""
        places = [[s.kind.value, s.slug, s.id, s.title, s.words] for s in self.spots]
        text = json.dumps([self.rule, sorted(places)], ensure_ascii=False)
        return sha256(text.encode()).hexdigest()[:DIGEST]
