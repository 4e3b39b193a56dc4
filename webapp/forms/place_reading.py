"""The places of a sent form, gathered from its fields and changed by a pressed button."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from surveys.limits import MAX_PLACES
from webapp.forms.place_names import PlaceNames
from webapp.forms.place_presses import PlacePress, Press
from webapp.forms.survey_places import STATE_FIELDS, PlaceForm
from webapp.forms.typed_text import cleaned

_FIELD = re.compile(
    r"places-(\d{1,9})-"
    r"(name|pick|asked|words|lat|lon|reasons|times|seasons|kind|feeling|way|view|choice)"
)


@dataclass(frozen=True, slots=True)
class TypedPlaces:
    """What was typed about places: the places that fit, and the words of those that do not."""

    forms: list[PlaceForm]
    rest: list[str]


def read_places(
    typed: MultiDict[str, str], names: PlaceNames, pressed: PlacePress | None = None
) -> TypedPlaces:
    """The places of a form, numbered anew from 0, and changed as a pressed button says.

    Where the answer is sent, places that say nothing are left out.
    """
    gathered = sorted(_gather(typed).items())
    if pressed is None:
        gathered = [(index, fields) for index, fields in gathered if _says_something(fields)]
    elif pressed.kind is Press.REMOVE:
        gathered = [(index, fields) for index, fields in gathered if index not in pressed.numbers]
    elif pressed.kind is Press.ADD and len(gathered) < MAX_PLACES:
        gathered.append((max((index for index, _ in gathered), default=-1) + 1, {}))
        gathered[-1][1]["way"] = [pressed.detail]
    forms = [
        place_form(number_in_form, fields, names)
        for number_in_form, (_index, fields) in enumerate(gathered[:MAX_PLACES])
    ]
    if pressed is not None:
        _press(pressed, {index: form for (index, _), form in zip(gathered, forms, strict=False)})
        if pressed.kind is Press.ADD and forms:
            forms[-1].is_pressed = True
    rest = [
        # What was searched for stands in the name already.
        ", ".join(
            text for name, values in fields.items() if name != "asked" for text in values if text
        )
        for _index, fields in gathered[MAX_PLACES:]
    ]
    return TypedPlaces(forms, rest)


def _press(pressed: PlacePress, forms: Mapping[int, PlaceForm]) -> None:
    meant = [form for index, form in forms.items() if index in pressed.numbers]
    for form in meant:
        form.press(pressed)
    for form in meant[:-1]:
        # A page opens at one field, the one farthest down, and says once what going back does.
        form.opens_page = form.is_pressed = False


def place_form(
    number_in_form: int | str, fields: dict[str, list[str]], names: PlaceNames
) -> PlaceForm:
    """One place with ``fields`` (name -> values) filled in."""
    prefix = f"places-{number_in_form}-"
    own = MultiDict[str, str]()
    for field, values in fields.items():
        own.setlist(prefix + field, values)
    return PlaceForm(own, prefix, names)


def _gather(typed: MultiDict[str, str]) -> dict[int, dict[str, list[str]]]:
    places: dict[int, dict[str, list[str]]] = {}
    for key, values in typed.lists():
        match = _FIELD.fullmatch(key)
        if match:
            places.setdefault(int(match[1]), {}).setdefault(match[2], []).extend(values)
    return places


def _says_something(fields: Mapping[str, Sequence[str]]) -> bool:
    return any(
        cleaned(text)
        for name, values in fields.items()
        if name not in STATE_FIELDS
        for text in values
    )
