"""What an analysis of marked places is made from, and what comes of it, between its three steps."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from maps.areas import Outline
from maps.drawing.labels import Label
from maps.drawing.map_parts import MapDocument
from maps.engine.hotspots import Analysis
from maps.engine.scan_hotspots import SIMULATIONS
from maps.ground.basemap import Basemap
from maps.places import NamedPoint
from maps.streets import StreetNames
from surveys.models.hotspot import Hotspot
from surveys.queries.ground.divisions import Division
from surveys.queries.ground.people import KnownPeople, PeopleSource
from surveys.queries.maps.mark_columns import Everybody, MarkColumns
from surveys.queries.results.filters import NO_FILTERS, Filters


@dataclass(frozen=True, slots=True)
class RunInput:
    """Everything that the analysis of one run needs, read from the database."""

    marks: MarkColumns
    people: tuple[PeopleSource, ...]  # what the marks can be held to, the best first
    fingerprint: str
    outline: Outline | None
    ground: Basemap
    labels: tuple[Label, ...]
    register: tuple[NamedPoint, ...]
    narrow: tuple[NamedPoint, ...]  # the register without localities and districts
    streets: StreetNames
    min_respondents: int  # fewer than so many persons are not told of any area or cell
    min_crossed: int  # nor of an imported area, on a map of a part of the marks
    known: KnownPeople | None = None  # what an imported population is held to
    divisions: tuple[Division, ...] = ()
    filters: Filters = NO_FILTERS
    everybody: Everybody | None = None  # of whom the marks are a part; None: they are all
    simulations: int = SIMULATIONS  # of the scan
    is_held: bool = False  # too few have come since the last drawing: nothing is computed

    @property
    def data_hash(self) -> str:
        """The sum of what it is made from.

        Of a part it is of the choice and of all marks too. Else two parts with the same sum would
        tell that the same persons are in both, and one whose sum stays that an answer which has
        come in is not of it.
        """
        if not self.filters.key:
            return self.marks.data_hash
        whole = f"{self.marks.data_hash}/{self.filters.key}/{self.fingerprint}"
        return sha256(whole.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class RunOutput:
    """What is stored of a run: either the analysis with its map, or why there is none."""

    data: RunInput
    analysis: Analysis | None
    names: dict[int, str]  # rank -> the name of the area
    drawing: MapDocument | None
    failure: str | None
    layers: Mapping[str, Any] = field(default_factory=dict)  # their figures
    n_held_back: int = 0  # areas that a map of a part of the marks may not tell
    rows: tuple[Hotspot, ...] = ()  # of the areas that are told
