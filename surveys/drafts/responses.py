"""What one person wants to send in, before the rules have been asked."""

import enum
import json
from dataclasses import asdict, dataclass
from hashlib import sha256

from surveys.models.place import PlaceKind
from surveys.models.response import (
    AgeBand,
    Feeling,
    Gender,
    PlaceReason,
    Season,
    Suspicion,
    TimeOfDay,
)


class IfOutside(enum.Enum):
    """What to do with a pin that lies too far outside the municipality."""

    ASK = "ask"
    SUGGESTED = "suggested"  # take the nearest place of the register instead
    WORDS = "words"  # drop the pin and keep everything else


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceDraft:
    """A place by name, in words, by a pin, or any of them together.

    ``number`` is the place's number in the form that it came from, for messages about it;
    ``pin`` is a latitude and a longitude in degrees (WGS 84).
    """

    number: int
    name: str | None = None
    words: str | None = None
    pin: tuple[float, float] | None = None
    reasons: frozenset[PlaceReason] = frozenset()
    times: frozenset[TimeOfDay] = frozenset()
    seasons: frozenset[Season] = frozenset()
    kind: PlaceKind | None = None
    feeling: Feeling = Feeling.UNSAFE
    if_outside: IfOutside = IfOutside.ASK


@dataclass(frozen=True, slots=True)
class AnswerDraft:
    """The answer to the question at ``position``: a coded value, a text, or both."""

    position: int
    value: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseDraft:
    """One person's answers and places. ``key`` tells this answer from every other one.

    ``via`` is the word of the short address that led here. It says how the answer came, not what
    it is, so an answer that is sent again without it is the same answer. ``suspicions`` likewise.
    """

    key: str
    answers: tuple[AnswerDraft, ...] = ()
    places: tuple[PlaceDraft, ...] = ()
    age_band: AgeBand | None = None
    gender: Gender | None = None
    area: str | None = None
    language: str = "sv"
    via: str | None = None
    suspicions: frozenset[Suspicion] = frozenset()

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was answered. Background alone says nothing."""
        return not self.answers and not self.places

    def content_hash(self) -> str:
        """The same for the same content, whatever its key."""
        content = asdict(self)
        del content["key"], content["via"], content["suspicions"]
        for place in content["places"]:
            del place["number"]
        text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=_plain)
        return sha256(text.encode()).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, frozenset):
        return sorted(member.value for member in value)
    if isinstance(value, enum.Enum):
        return value.value
    raise TypeError(f"no plain form of {value!r}")
