"""What a single word may be: a given name, a family name, or a word that is neither."""

from dataclasses import dataclass
from functools import lru_cache

from surveys.text import masking_name_lists as lists
from surveys.text.masking_name_words import NO_NAMES, PLACE_END, ROLE, ROLE_END

NO, PERHAPS, SURELY = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Reading:
    """How likely a word is a given or a family name: NO, PERHAPS or SURELY.

    ``is_blocked``: a known place, shop, month or everyday word. ``is_place_like``: ends as places
    and nouns do. ``is_role``: says what somebody is to somebody. ``is_genitive``: only without its
    last s is it a name. ``is_common_given``: a given name that is an everyday word
    too, but no place.
    """

    given: int
    family: int
    is_blocked: bool
    is_place_like: bool
    is_role: bool
    is_genitive: bool
    is_common_given: bool

    @property
    def may_be_unlisted(self) -> bool:
        """Whether the word, capitalised, may be a name that no list has."""
        return not self.is_blocked and not self.is_place_like and not self.is_role


_LONGEST = 60  # letters of a name; patterns that look at a word's end take their time over more
_NO_NAME = Reading(
    NO,
    NO,
    is_blocked=True,
    is_place_like=False,
    is_role=False,
    is_genitive=False,
    is_common_given=False,
)


@lru_cache(maxsize=65_536)
def read_word(word: str) -> Reading:
    """The reading of ``word`` as written; capitals matter for names that are also words."""
    if len(word) > _LONGEST:
        return _NO_NAME
    lowered = word.lower()
    given, family = _given(word), _family(lowered)
    is_genitive = False
    if given < SURELY and family < SURELY and _is_cut(lowered):
        shorter_given, shorter_family = _given(word[:-1]), _family(lowered[:-1])
        if max(shorter_given, shorter_family) > max(given, family):
            given, family, is_genitive = shorter_given, shorter_family, True
    is_blocked = lowered in NO_NAMES
    given = min(given, PERHAPS) if is_blocked else given
    is_role = ROLE.fullmatch(lowered) is not None or ROLE_END.fullmatch(lowered) is not None
    is_place_like = PLACE_END.search(lowered) is not None
    return Reading(
        given,
        family,
        is_blocked,
        is_place_like,
        is_role,
        is_genitive,
        lists.is_common_given(lowered),
    )


def _is_cut(lowered: str) -> bool:
    return len(lowered) > 4 and lowered.endswith("s") and not lowered.endswith("ss")


def _given(word: str) -> int:
    parts = [part for part in word.split("-") if part]
    lowered = [part.lower() for part in parts]
    if len(parts) > 1:
        if word[0].isupper() and not parts[-1][0].isupper():
            return NO  # "Karl-Erik-korsningen"
        known = [p in lists.given_names() or p in lists.rarer_given_names() for p in lowered]
        return SURELY if all(known) else NO
    if not lowered:
        return NO
    if lowered[0] in lists.given_names():
        is_sure = not lists.is_ambiguous(word) and lowered[0] not in NO_NAMES
        return SURELY if is_sure else PERHAPS
    return PERHAPS if lowered[0] in lists.rarer_given_names() else NO


def _family(lowered: str) -> int:
    parts = [part for part in lowered.split("-") if part]
    if lowered in NO_NAMES:
        return NO
    if any(part in lists.family_names() or lists.ends_like_family(part) for part in parts):
        return SURELY
    return PERHAPS if any(lists.may_end_family(part) for part in parts) else NO
