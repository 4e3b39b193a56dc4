"""What the open data is made of: resources, their fields, and the rows that fill them.

One description serves the JSON, the CSV, the OpenAPI document, the catalogue and the page that
explains it, so that none of them can say something else than the others.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from flask_babel.speaklater import LazyString
from sqlalchemy.orm import Session

from surveys.models.municipality import Municipality

Row = dict[str, Any]
"""One row: field name -> plain JSON value. ``geometry`` holds a GeoJSON geometry or None."""

Words: TypeAlias = "str | LazyString"


@dataclass(frozen=True, slots=True)
class Field:
    """One field. ``kind`` is a JSON type, or date, date-time, uri, or strings (a list of them)."""

    name: str
    kind: str
    about: Words
    is_nullable: bool = False
    values: tuple[str, ...] = ()  # the only values it has, where they are few


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks for: one municipality, perhaps one thing of it, on one day."""

    session: Session
    municipality: Municipality | None
    slug: str | None


@dataclass(frozen=True, slots=True)
class Resource:
    """A list under one address.

    ``path`` follows /api/v1; ``rows`` gives all rows in their order and raises NotFound.
    """

    key: str
    path: str
    title: Words
    about: Words
    fields: tuple[Field, ...]
    rows: Callable[[Asked], Sequence[Row]]
    has_place: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The fields' names, in the order of the CSV file's columns."""
        return tuple(field.name for field in self.fields)

    @property
    def is_of_municipality(self) -> bool:
        """Whether its address names a municipality."""
        return "<slug:kommun>" in self.path

    @property
    def is_of_one(self) -> bool:
        """Whether its address names one dialogue, promise or picture too."""
        return "<slug:slug>" in self.path


def of_municipality(asked: Asked) -> Municipality:
    """The municipality that the address names."""
    if asked.municipality is None:
        raise LookupError("this resource belongs to no municipality")
    return asked.municipality


def point_geometry(lon: float | None, lat: float | None) -> dict[str, Any] | None:
    """A GeoJSON point (WGS 84), or None where there is no place."""
    if lon is None or lat is None:
        return None
    return {"type": "Point", "coordinates": [lon, lat]}
