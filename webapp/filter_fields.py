"""The form of a table: plain lists whose choice stands in the address."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from surveys.models.response import PlaceReason, TimeOfDay
from surveys.queries.results.filters import AGE_GROUPS, POOLED, Filters
from surveys.queries.results.groups import Group
from surveys.queries.results.table_choices import TableChoices, Values
from webapp.labels import label
from webapp.words.filter import GROUP, MEASURE, NAMES, group_name, measure_name
from webapp.words.table import MEASURE_LABELS, group_words, key_words

_LABELS: dict[str, LazyString] = {
    "municipality": _l("Municipality"),
    "gender": _l("Gender"),
    "age": _l("Age"),
    "area": _l("Where they live"),
    "channel": _l("Way in"),
    "language": _l("Language"),
    "event": _l("Occasion"),
    "week": _l("Week"),
    "theme": _l("Theme"),
    "reason": _l("Reason for a place"),
    "time": _l("Time of day"),
}
_GROUPS = {
    "gender": Group.GENDER,
    "area": Group.AREA,
    "channel": Group.CHANNEL,
    "language": Group.LANGUAGE,
    "event": Group.EVENT,
    "week": Group.WEEK,
    "theme": Group.THEME,
    "municipality": Group.MUNICIPALITY,
}


@dataclass(frozen=True, slots=True)
class ListField:
    """One list: the parameter's name, its label and (value, words, chosen)."""

    name: str
    label: str
    options: tuple[tuple[str, str, bool], ...]


def table_fields(choices: TableChoices, measure: str, by: Group | None) -> tuple[ListField, ...]:
    """What to count, and by what to split it."""
    measures = [(key, wording) for key, wording in choices.questions]
    measures += [(key, str(MEASURE_LABELS[key])) for key in choices.measures]
    groups = [(group_name(group), group_words(group)) for group in choices.groups]
    return (
        _field(
            MEASURE, _("What"), [(measure_name(k), w) for k, w in measures], measure_name(measure)
        ),
        _field(GROUP, _("By"), [("", _("Not split")), *groups], group_name(by) if by else ""),
    )


def filter_fields(values: Mapping[str, Values], filters: Filters) -> tuple[ListField, ...]:
    """Which answers; the first of each list is all of them."""
    chosen = filters.as_json()
    fields = []
    for field, words in _LABELS.items():
        if field in values:
            options = [(key, _value_words(field)(key, title)) for key, title in values[field]]
            first = _("Own") if field == "municipality" else _("All")
            fields.append(
                _field(NAMES[field], str(words), [("", first), *options], chosen.get(field, ""))
            )
    return tuple(fields)


def _value_words(field: str) -> Callable[[str, str | None], str]:
    if field == "reason":
        return lambda key, _title: label(PlaceReason(key))
    if field == "time":
        return lambda key, _title: label(TimeOfDay(key))
    if field == "age":
        return lambda key, _title: key_words(
            Group.AGE_GROUP if key in AGE_GROUPS else Group.AGE_BAND, key
        )
    if field == "municipality":
        return lambda key, title: _("All together") if key == POOLED else title or key
    return lambda key, title: key_words(_GROUPS[field], key, title)


def _field(name: str, words: str, options: list[tuple[str, str]], chosen: str) -> ListField:
    return ListField(name, words, tuple((key, text, key == chosen) for key, text in options))


def chosen_words(fields: Iterable[ListField]) -> list[tuple[str, str]]:
    """What is chosen in the lists, as (list, value); nothing for lists where all are."""
    return [
        (field.label, words)
        for field in fields
        for key, words, is_chosen in field.options
        if is_chosen and key
    ]
