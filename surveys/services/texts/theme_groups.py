"""No theme is about who somebody is: ethnicity, religion and nationality of those who are blamed.

The words and the reason for the rule stand in ``theme_groups.toml``. What is done *to* a group may
be told ("hat mot judar", "diskriminering på grund av religion"), and a language may be named.
"""

import re
import tomllib
from functools import cache
from importlib.resources import files

from surveys.errors import InvalidInput

ABOUT_A_GROUP = "theme_about_group"
_WORD = re.compile(r"[\w]+")
_SENTENCE = re.compile(r"[.!?;\n]+")
_AGAINST_REACHES = 3  # words between "mot" and who it is against
_BEFORE_LANGUAGE = frozenset(
    {"på", "till", "lätt", "enkel", "tala", "språken", "språket", "modern"}
)


def check_about_no_group(texts: dict[str, str]) -> None:
    """Refuse texts (by field) that name a group of people by ethnicity, religion or nationality.

    Raises InvalidInput ``theme_about_group`` for the first such field.
    """
    for field, text in texts.items():
        if names_group(text):
            raise InvalidInput(ABOUT_A_GROUP, field)


def names_group(text: str) -> bool:
    """Whether ``text`` is about such a group, other than as those to whom something is done."""
    return any(
        _names_group(_WORD.findall(sentence.casefold())) for sentence in _SENTENCE.split(text)
    )


def _names_group(words: list[str]) -> bool:
    done_to = False  # "på grund av kön, etnicitet eller religion" lasts to the sentence's end
    for index, word in enumerate(words):
        done_to = done_to or words[max(0, index - 2) : index] == ["grund", "av"]
        before = words[max(0, index - _AGAINST_REACHES) : index]
        if done_to or "mot" in before:
            continue
        previous = words[index - 1] if index else ""
        if _is_person(word) or _is_pair(previous, word):
            return True
        if previous == "från" and word in _words("countries"):
            return True
        if _matches("adjectives", word) and not set(before) & _BEFORE_LANGUAGE:
            return True
    return False


def _is_person(word: str) -> bool:
    return _matches("grounds", word) or _matches("persons", word)


def _is_pair(previous: str, word: str) -> bool:
    return f"{previous} {word}" in _pairs()


@cache
def _table() -> dict[str, str]:
    text = files("surveys.services.texts").joinpath("theme_groups.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _pairs() -> frozenset[str]:
    return frozenset(pair.strip() for pair in re.split(r"[|\n]", _table()["pairs"]) if pair.strip())


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(_table()[name].split())


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile("|".join(word.replace("*", r"\w*") for word in sorted(_words(name))))


def _matches(name: str, word: str) -> bool:
    return _pattern(name).fullmatch(word) is not None
