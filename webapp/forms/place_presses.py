"""The buttons inside a survey form that change its places, for browsers without script.

Each sends the whole form, and the page comes back with everything that was typed. Nothing is
stored. The map's picture is one of them: with it come the pixels that were pressed.
"""

import enum
import re
from collections.abc import Mapping
from dataclasses import dataclass

from maps.places import Compass
from webapp.forms.typed_text import cleaned

_NAME = re.compile(r"places-(\d{1,9})-name")
_PIXEL = re.compile(r"places-(\d{1,9})-at\.x")
_NUMBER = re.compile(r"\d{1,9}")


class Press(enum.Enum):
    """What a button does to the places; the value is the button's name."""

    ADD = "add_place"  # value: the way to name it
    REMOVE = "remove_place"  # value: the place's number in the form
    SEARCH = "find_place"
    MAP = "map_place"  # value: the number, a colon, and a step
    POINT = "at"  # the picture itself


WAYS = ("list", "map", "words")
STEPS = frozenset({"open", "in", "out", "here", "remove", *(towards.value for towards in Compass)})


@dataclass(frozen=True, slots=True)
class PlacePress:
    """A pressed button: the numbers of the places that it is about, a way or step, a pixel."""

    kind: Press
    numbers: frozenset[int] = frozenset()
    detail: str = ""
    pixel: tuple[int, int] = (0, 0)


def read_press(typed: Mapping[str, str]) -> PlacePress | None:
    """The button for the places that was pressed; None where the answer was sent."""
    pressed = next((kind for kind in Press if kind.value in typed), None)
    if pressed is Press.ADD:
        way = typed[Press.ADD.value]
        return PlacePress(Press.ADD, detail=way if way in WAYS else "list")
    if pressed is not None and pressed is not Press.POINT:
        number, _, step = typed[pressed.value].partition(":")
        known = {int(number)} if _NUMBER.fullmatch(number) else set[int]()
        return PlacePress(pressed, frozenset(known), step if step in STEPS else "open")
    return _read_point(typed) or _read_enter(typed)


def _read_point(typed: Mapping[str, str]) -> PlacePress | None:
    for key in typed:
        match = _PIXEL.fullmatch(key)
        if match:
            place = frozenset({int(match[1])})
            x, y = typed[key], typed.get(f"places-{match[1]}-at.y", "")
            if (x, y) == ("0", "0"):  # pressed from the keyboard: the cross is what aims
                return PlacePress(Press.MAP, place, "here")
            if _NUMBER.fullmatch(x) and _NUMBER.fullmatch(y):
                return PlacePress(Press.POINT, place, pixel=(int(x), int(y)))
            return PlacePress(Press.MAP, place, "open")
    return None


def _read_enter(typed: Mapping[str, str]) -> PlacePress | None:
    """Enter in a search field searches: only the button that people see sends the answer.

    A browser does not say in which field. It was one whose name has not been searched for as it
    now reads; of several, each is searched for.
    """
    if "entered" not in typed:
        return None
    matches = filter(None, map(_NAME.fullmatch, typed))
    named = [match[1] for match in matches if typed[match[0]].strip()]
    waiting = [number for number in named if not _is_chosen(typed, number)]
    changed = [number for number in waiting if not _is_asked(typed, number)]
    if not waiting:
        return None
    return PlacePress(Press.SEARCH, frozenset(int(number) for number in changed or waiting))


def _is_chosen(typed: Mapping[str, str], place: str) -> bool:
    """Whether a place found for the name, as it now reads, was chosen."""
    is_old = typed.get(f"places-{place}-asked") and not _is_asked(typed, place)
    return bool(typed.get(f"places-{place}-pick")) and not is_old


def _is_asked(typed: Mapping[str, str], place: str) -> bool:
    """Whether the name, as it now reads, has been searched for."""
    return typed.get(f"places-{place}-asked") == cleaned(typed[f"places-{place}-name"])
