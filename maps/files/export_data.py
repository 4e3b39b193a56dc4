"""What an export of a map holds: the same figures as the page, suppressed as the page is."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from shapely.geometry.base import BaseGeometry

AREAS = "areas_"  # begins the name of a division's layer
Value = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class ExportRow:
    """One feature in WGS 84 with its columns."""

    geometry: BaseGeometry
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class ExportLayer:
    """A layer: every row has the columns of the first, in its order.

    `limits` are the lowest numbers of persons of the classes that its rows' `level` counts from 1.
    """

    name: str
    title: str
    rows: tuple[ExportRow, ...]
    limits: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class MapExportData:
    """All that goes into the files. `facts` say source, n, method, date and suppression.

    `about` says the same in sentences, for people.
    """

    title: str
    facts: Mapping[str, Value]
    layers: tuple[ExportLayer, ...]
    class_limits: tuple[int, ...] = field(default=())
    about: tuple[str, ...] = field(default=())

    def layer(self, name: str) -> ExportLayer | None:
        """The layer of that name; None where there is none."""
        return next((layer for layer in self.layers if layer.name == name), None)
