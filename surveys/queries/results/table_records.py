"""A crossed table as it is stored in evidence and in files, and back again for drawing."""

from collections.abc import Mapping
from dataclasses import asdict
from enum import Enum
from typing import Any

from surveys.models.dialogue import QuestionKind
from surveys.privacy import Limits, Withheld
from surveys.queries.results.filters import Filters
from surveys.queries.results.groups import Group
from surveys.queries.results.table_shapes import Cell, Column, Crosstab, Row
from surveys.statistics.proportions import Proportion


def table_as_json(table: Crosstab) -> dict[str, Any]:
    """The whole table in plain values; what is withheld stays withheld."""
    stored = _plain(asdict(table) | {"filters": table.filters.as_json()})
    return dict(stored)


def table_from_json(stored: Mapping[str, Any]) -> Crosstab:
    """The table that ``table_as_json`` stored."""
    kind = stored["question_kind"]
    return Crosstab(
        **dict(stored)
        | {
            "by": Group(stored["by"]) if stored["by"] else None,
            "filters": Filters.from_json(dict(stored["filters"])),
            "limits": Limits(**stored["limits"]),
            "rows": tuple(Row(**row) for row in stored["rows"]),
            "columns": tuple(_column(column) for column in stored["columns"]),
            "cells": tuple(tuple(_cell(cell) for cell in row) for row in stored["cells"]),
            "question_kind": QuestionKind(kind) if kind else None,
            "left_out": tuple(stored["left_out"]),
        }
    )


def _column(stored: Mapping[str, Any]) -> Column:
    return Column(**dict(stored) | {"withheld": _withheld(stored)})


def _cell(stored: Mapping[str, Any]) -> Cell:
    share = Proportion(**stored["share"]) if stored["share"] else None
    return Cell(**dict(stored) | {"withheld": _withheld(stored), "share": share})


def _withheld(stored: Mapping[str, Any]) -> Withheld | None:
    return Withheld(stored["withheld"]) if stored["withheld"] else None


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value
