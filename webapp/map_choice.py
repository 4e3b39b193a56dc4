"""Which marks a map is to be made of, who may see it, and which layer of it is looked at."""

import re
from collections.abc import Mapping

from surveys.errors import InvalidInput
from surveys.queries.results.filters import NO_FILTERS, Filters
from surveys.queries.results.table_choices import Values
from webapp.looks import sees_rows
from webapp.words.filter import read_map_filters

UNKNOWN, TOO_FINE = "unknown", "too_fine"
LAYER = "lager"  # which layer an address asks for
_A_LAYER = re.compile(r"[a-z0-9_-]{1,40}")


def read_map_choice(arguments: Mapping[str, str]) -> tuple[Filters, str]:
    """The chosen part, and why it is refused: all marks then, and UNKNOWN or TOO_FINE."""
    try:
        filters = read_map_filters(arguments)
    except InvalidInput:
        return NO_FILTERS, UNKNOWN
    if is_too_fine(filters):
        return NO_FILTERS, TOO_FINE
    return filters, ""


def kept_layer(arguments: Mapping[str, str]) -> dict[str, str]:
    """The layer that is asked for, as a parameter of an address; empty where none is.

    While a part of the marks is not computed its map has no layers: what is asked for is kept until
    it has.
    """
    asked = arguments.get(LAYER, "")
    return {LAYER: asked} if _A_LAYER.fullmatch(asked) else {}


def is_offered(filters: Filters, choices: Mapping[str, Values]) -> bool:
    """Whether the lists have each chosen value: of others no map is made."""
    return all(
        value in [key for key, _words in choices.get(name, ())]
        for name, value in filters.as_json().items()
    )


def is_too_fine(filters: Filters) -> bool:
    """Whether the signed-in account may not see a map by so many filters at once."""
    return len(filters.as_json()) > 1 and not sees_rows()
