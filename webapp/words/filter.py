"""Filters in the address: read from it, written to it, and said in words."""

from collections.abc import Mapping

from surveys.queries.results.filters import Filters
from surveys.queries.results.groups import Group

# What each filter is called in the address. The municipality has a part of the path already.
NAMES = {
    "channel": "kanal",
    "language": "sprak",
    "event": "tillfalle",
    "age": "alder",
    "gender": "kon",
    "area": "omrade",
    "week": "vecka",
    "theme": "tema",
    "reason": "skal",
    "time": "tid",
    "municipality": "kommunval",
}
MEASURE, GROUP = "matt", "uppdelning"

# What can be counted and what it can be split by, as the address says it.
MEASURES = {
    "problem": "problems",
    "onskemal": "wishes",
    "skal": "reasons",
    "tid": "times",
    "arstid": "seasons",
    "platstyp": "place_kinds",
}
GROUPS = {
    "kon": Group.GENDER,
    "alder": Group.AGE_GROUP,
    "aldersband": Group.AGE_BAND,
    "omrade": Group.AREA,
    "kanal": Group.CHANNEL,
    "sprak": Group.LANGUAGE,
    "tillfalle": Group.EVENT,
    "vecka": Group.WEEK,
    "tema": Group.THEME,
    "deso": Group.DESO,
    "regso": Group.REGSO,
    "distrikt": Group.DISTRICT,
    "kommun": Group.MUNICIPALITY,
}
_MEASURE_WORDS = {key: word for word, key in MEASURES.items()}
_GROUP_WORDS = {group: word for word, group in GROUPS.items()}


# What a map can be a part of: whole municipalities and grounds of respondents are for tables.
OF_MAPS = ("event", "theme", "time", "reason", "channel")


def read_map_filters(arguments: Mapping[str, str]) -> Filters:
    """The filters of a map's address; raise InvalidInput for a value that does not exist."""
    return Filters.from_json({field: arguments.get(NAMES[field]) for field in OF_MAPS})


def read_filters(arguments: Mapping[str, str]) -> Filters:
    """The filters of an address; raise InvalidInput for a value that does not exist."""
    return Filters.from_json({field: arguments.get(name) for field, name in NAMES.items()})


def write_filters(filters: Filters) -> dict[str, str]:
    """``filters`` as parameters of an address, for ``url_for``."""
    return {NAMES[field]: value for field, value in filters.as_json().items()}


def read_measure(arguments: Mapping[str, str], default: str = "q1") -> str:
    """The measure that an address asks for; one that does not exist is told by the query."""
    word = arguments.get(MEASURE) or default
    return MEASURES.get(word, word)


def read_group(arguments: Mapping[str, str], default: Group | None = None) -> Group | None:
    """The split that an address asks for: ``default`` where it names none that exists."""
    return GROUPS.get(arguments.get(GROUP, ""), default)


def measure_name(measure: str) -> str:
    """A measure as addresses say it."""
    return _MEASURE_WORDS.get(measure, measure)


def group_name(by: Group) -> str:
    """A split as addresses say it."""
    return _GROUP_WORDS[by]


def write_table(measure: str, by: Group | None, filters: Filters) -> dict[str, str]:
    """A whole table as parameters of an address."""
    split = {} if by is None else {GROUP: group_name(by)}
    return {MEASURE: measure_name(measure), **split, **write_filters(filters)}
