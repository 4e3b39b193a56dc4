"""What an import of geography brings, read from a file and not yet stored."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from surveys.models.place import PlaceKind


@dataclass(frozen=True, slots=True)
class Origin:
    """Where imported figures come from, and of which day they are."""

    source: str
    dated_on: date | None = None


@dataclass(frozen=True, slots=True)
class AreaDraft:
    """One area: GeoJSON in WGS 84, and its inhabitants where they are known."""

    code: str
    name: str
    geometry: dict[str, Any]
    population: int | None = None


@dataclass(frozen=True, slots=True)
class PlaceDraft:
    """One named place. What the file says nothing of is None or empty."""

    name: str
    lat: float
    lon: float
    kind: PlaceKind | None = None
    radius_m: int | None = None
    population: int | None = None
    aliases: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class StreetDraft:
    """One street: its run as a GeoJSON MultiLineString in WGS 84, and a disc that holds it."""

    name: str
    line: dict[str, Any]
    lat: float
    lon: float
    radius_m: int
