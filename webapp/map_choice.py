"""Which marks a map is to be made of, and who may see it."""

from collections.abc import Mapping

from surveys.errors import InvalidInput
from surveys.queries.results.filters import NO_FILTERS, Filters
from surveys.queries.results.table_choices import Values
from webapp.looks import sees_rows
from webapp.words.filter import read_map_filters

UNKNOWN, TOO_FINE = "unknown", "too_fine"


def read_map_choice(arguments: Mapping[str, str]) -> tuple[Filters, str]:
    """The chosen part, and why it is refused: all marks then, and UNKNOWN or TOO_FINE."""
    try:
        filters = read_map_filters(arguments)
    except InvalidInput:
        return NO_FILTERS, UNKNOWN
    if is_too_fine(filters):
        return NO_FILTERS, TOO_FINE
    return filters, ""


def is_offered(filters: Filters, choices: Mapping[str, Values]) -> bool:
    """Whether the lists have each chosen value: of others no map is made."""
    return all(
        value in [key for key, _words in choices.get(name, ())]
        for name, value in filters.as_json().items()
    )


def is_too_fine(filters: Filters) -> bool:
    """Whether the signed-in account may not see a map by so many filters at once."""
    return len(filters.as_json()) > 1 and not sees_rows()
