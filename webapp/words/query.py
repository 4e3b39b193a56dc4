"""How a table was asked for, in words."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from surveys.models.response import PlaceReason, TimeOfDay
from surveys.queries.results.filters import AGE_GROUPS, POOLED, Filters
from surveys.queries.results.groups import Group
from webapp.labels import label
from webapp.words.table import key_words

_TERMS: dict[str, tuple[LazyString, Group | None]] = {
    "municipality": (_l("Municipality"), None),
    "gender": (_l("Gender"), Group.GENDER),
    "age": (_l("Age"), None),
    "area": (_l("Where they live"), Group.AREA),
    "channel": (_l("Way in"), Group.CHANNEL),
    "language": (_l("Language"), Group.LANGUAGE),
    "event": (_l("Occasion"), Group.EVENT),
    "week": (_l("Week"), Group.WEEK),
    "theme": (_l("Theme"), Group.THEME),
    "reason": (_l("Reason for a place"), None),
    "time": (_l("Time of day"), None),
}


def filter_words(filters: Filters) -> list[tuple[str, str]]:
    """Each filter that is set: its name and its value."""
    return [
        (str(_TERMS[name][0]), _value(name, value)) for name, value in filters.as_json().items()
    ]


def _value(name: str, value: str) -> str:
    if name == "reason":
        return label(PlaceReason(value))
    if name == "time":
        return label(TimeOfDay(value))
    if name == "age":
        return key_words(Group.AGE_GROUP if value in AGE_GROUPS else Group.AGE_BAND, value)
    if name == "municipality":
        return str(_l("All together")) if value == POOLED else value
    return key_words(_TERMS[name][1], value)
