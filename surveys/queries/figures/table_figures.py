"""Tables and published maps as figures that can be frozen and asked for again.

Always within the limits, whoever asks: what is frozen may be cited where anybody reads it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from sqlalchemy.orm import Session

from surveys.errors import NotFound
from surveys.models.dialogue import Dialogue
from surveys.models.map_edition import EditionState
from surveys.models.municipality import Municipality
from surveys.queries.figures.figures import DialogueFacts, get_facts
from surveys.queries.maps.map_editions import EditionView, get_public_edition
from surveys.queries.results.crosstabs import Crosstab, make_crosstab
from surveys.queries.results.filters import Filters
from surveys.queries.results.groups import Group
from surveys.queries.results.plain import as_json
from surveys.queries.results.table_records import table_as_json


@dataclass(frozen=True, slots=True)
class TableQuery:
    """Which table: what is counted, by what it is split, of which answers."""

    measure: str
    by: Group | None = None
    filters: Filters = field(default_factory=Filters)
    is_chart: bool = False

    def as_json(self) -> dict[str, Any]:
        """As it is stored, so that the same can be asked again."""
        return {
            "name": "chart" if self.is_chart else "table",
            "measure": self.measure,
            "by": self.by.value if self.by else None,
            "filters": self.filters.as_json(),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """The query that ``as_json`` stored."""
        return cls(
            measure=stored["measure"],
            by=Group(stored["by"]) if stored["by"] else None,
            filters=Filters.from_json(dict(stored["filters"])),
            is_chart=stored["name"] == "chart",
        )


@dataclass(frozen=True, slots=True)
class TableFigure:
    """A crossed table, or the chart that is drawn of it."""

    dialogue: DialogueFacts
    table: Crosstab
    is_chart: bool

    @property
    def n(self) -> int:
        """The base of everybody's shares; 0 where it may not be told."""
        return self.table.columns[0].n or 0

    def as_json(self) -> dict[str, Any]:
        """The numbers as they are stored."""
        return {"dialogue": as_json(self.dialogue), "table": table_as_json(self.table)}


_LIVE_COUNTS = ("n_responses", "channels")


@dataclass(frozen=True, slots=True)
class PublicMapFigure:
    """The published map as readers see it."""

    dialogue: DialogueFacts
    edition: EditionView

    @property
    def n(self) -> int:
        """Persons behind it, rounded down."""
        return self.edition.n_at_least

    def as_json(self) -> dict[str, Any]:
        """What readers get of it, and its own control sum; nothing that is for staff only.

        Without how many have answered that day: no reader is told, and the evidence's control sum,
        which they are, would let them try every number.
        """
        shown = self.edition
        dialogue = as_json(self.dialogue)
        return {
            "dialogue": {
                name: value for name, value in dialogue.items() if name not in _LIVE_COUNTS
            },
            "number": shown.number,
            "cell_m": shown.cell_m,
            "least": shown.least,
            "n_at_least": shown.n_at_least,
            "places": [as_json(place) for place in shown.places],
            "cells": dict(shown.cells),
            "content_hash": shown.content_hash,
        }


def get_table_figure(
    session: Session, municipality: Municipality, dialogue: Dialogue, query: TableQuery
) -> TableFigure:
    """The table within the limits. Raise NotFound, and InvalidInput where it is too fine."""
    table = make_crosstab(
        session,
        municipality,
        dialogue,
        measure=query.measure,
        by=query.by,
        filters=query.filters,
        sees_rows=False,
    )
    return TableFigure(get_facts(session, municipality, dialogue), table, query.is_chart)


def get_public_map_figure(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> PublicMapFigure:
    """The map that readers see now; raise NotFound where there is none."""
    edition = get_public_edition(session, municipality, dialogue)
    if edition is None or edition.state is not EditionState.PUBLISHED:
        raise NotFound("public map")
    return PublicMapFigure(get_facts(session, municipality, dialogue), edition)
