"""Words for the tables of public figures: their titles, their answers and their groups."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from surveys.models.dialogue import Channel
from surveys.models.response import NONE_VALUE, TEXT_VALUE, Gender, PlaceReason, TimeOfDay
from surveys.queries.results.filters import AgeGroup
from surveys.services.results.result_tables import CHANNELS, NO_GROUP, REASONS, THEMES, TIMES
from webapp.labels import ANSWER_LABELS, LABELS
from webapp.languages import swedish

_AGES: dict[str, LazyString] = {
    AgeGroup.YOUNG: _l("Young, up to 24 years"),
    AgeGroup.ADULT: _l("Adults, 25 to 64 years"),
    AgeGroup.OLD: _l("Older, from 65 years"),
}
# Groups that are told together with another where they are few.
_REST = frozenset({Gender.OTHER.value, Gender.NOT_SAID.value, NO_GROUP})
_GENDERS: dict[str, LazyString] = {
    Gender.WOMAN.value: _l("Women"),
    Gender.MAN.value: _l("Men"),
    Gender.OTHER.value: _l("Another gender"),
    Gender.NOT_SAID.value: _l("Did not want to say"),
}
_TITLES: dict[str, LazyString] = {
    CHANNELS: _l("How the answers came in"),
    REASONS: _l("Why places feel unsafe"),
    TIMES: _l("When places feel unsafe"),
    THEMES: _l("What the answers are about"),
    f"{THEMES}:problem": _l("What people say is wrong"),
    f"{THEMES}:wish": _l("What people wish for"),
    "_gender": _l("By gender"),
    "_age": _l("By age"),
}


# Answers of the scale that are told together.
_TOGETHER: dict[frozenset[str], LazyString] = {
    frozenset({"5", "4"}): _l("Very or rather safe"),
    frozenset({"2", "1"}): _l("Rather or very unsafe"),
    frozenset({"5", "4", "3"}): _l("Safe or in between"),
    frozenset({"3", "2", "1"}): _l("In between or unsafe"),
}


def table_title(told: Mapping[str, Any], ending: str = "") -> str:
    """The heading of a published table. A question's own wording stands beside it."""
    key = str(told["key"])
    if key + ending in _TITLES:
        return str(_TITLES[key + ending])
    number = int(key.partition("_")[0].removeprefix("q"))
    question = _("Question %(number)s", number=number)
    for suffix in ("_gender", "_age"):
        if key.endswith(suffix):
            by = str(_TITLES[suffix])
            return f"{question}. {by}"
    return question


def class_words(key: str, told: Mapping[str, Any], codes: Iterable[str]) -> str:
    """The words of a class: of one answer, or of all that are told together in it."""
    chosen = list(codes)
    if key.endswith(("_gender", "_age")):
        return _group_words(chosen)
    if key == THEMES:
        name = told.get("name") or {}
        return swedish(name.get("sv", chosen[0].rpartition(":")[0]))
    if frozenset(chosen) in _TOGETHER:
        return str(_TOGETHER[frozenset(chosen)])
    words = [_answer_words(key, told, code) for code in chosen]
    return _(" or ").join([words[0], *(word[:1].lower() + word[1:] for word in words[1:])])


def _group_words(codes: list[str]) -> str:
    names = {**_GENDERS, **_AGES}
    main = [code for code in codes if code not in _REST]
    rest = [code for code in codes if code in _REST]
    if not main:
        return str(names[rest[0]]) if rest[:1] != [NO_GROUP] and len(rest) == 1 else _("Others")
    words = [str(names[main[0]]), *(str(names[code]) for code in main[1:])]
    joined = _(" or ").join([words[0], *(word[:1].lower() + word[1:] for word in words[1:])])
    return _("%(group)s and others", group=joined) if rest else joined


def _answer_words(key: str, told: Mapping[str, Any], code: str) -> str:
    if key == CHANNELS:
        return str(LABELS[Channel(code)])
    if key == REASONS:
        return str(LABELS[PlaceReason(code)])
    if key == TIMES:
        return str(LABELS[TimeOfDay(code)])
    if code == NONE_VALUE:
        return _("No answer")
    if code == TEXT_VALUE:
        is_text = (told.get("question") or {}).get("kind") == "text"
        return _("Wrote something") if is_text else _("Only own words")
    return str(ANSWER_LABELS[code])
