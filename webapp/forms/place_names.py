"""What a place of the survey is filled in with: the register, the map's start, what is asked."""

import re
from dataclasses import dataclass

from maps.drawing.still import PIN_ZOOM, START_ZOOM, StillView, look_at
from maps.places import NamedPoint, nearest
from surveys.questionnaire import PlaceChoice, Questionnaire, StreetsOf
from surveys.text.place_search import Searched, find_places, meant_place

SWEDEN = StillView(62.0, 15.0, 9)  # where nothing at all is known about where to look
_AT_HOME = re.compile(
    r"\b(hemma hos|min lägenhet|mitt hus|min bostad|min port|min trappuppgång|min gård"
    r"|where i live|my home|my flat|my house)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PlaceNames:
    """The register's places, found again though they are misspelt or called by another name."""

    places: tuple[PlaceChoice, ...]
    has_map: bool
    asks_safe_places: bool
    pin_cell_m: int
    center: tuple[float, float] | None
    homes: tuple[NamedPoint, ...]
    streets: StreetsOf

    @classmethod
    def of(cls, asked: Questionnaire) -> "PlaceNames":
        """The places of one dialogue."""
        return cls(
            places=asked.places,
            has_map=asked.has_map,
            asks_safe_places=asked.asks_safe_places,
            pin_cell_m=asked.pin_cell_m,
            center=asked.center,
            homes=asked.homes,
            streets=asked.streets,
        )

    @property
    def points(self) -> list[NamedPoint]:
        """The register as geography knows it."""
        return [place.point for place in self.places]

    def find(self, typed: str) -> str | None:
        """The own name of the one place or street that ``typed`` must mean."""
        return meant_place(typed, self._searched(typed))

    def suggest(self, typed: str) -> list[str]:
        """The names that ``typed`` may mean, best first; all where nothing is typed."""
        return find_places(typed, self._searched(typed))

    def has(self, name: str) -> bool:
        """Whether a place or a street has exactly this name."""
        return self.point(name) is not None

    def point(self, name: str) -> NamedPoint | None:
        """The place or street with exactly this name."""
        known = next((place.point for place in self.places if place.name == name), None)
        if known is not None or not name:
            return known
        return next((it.point for it in self.streets(name) if it.name == name), None)

    def view(self, pin: tuple[float, float] | None) -> StillView:
        """Where a map looks first: at the pin, else at the middle of the municipality."""
        if pin:
            return look_at(*pin, PIN_ZOOM)
        if self.center:
            return StillView(*self.center, START_ZOOM)
        first = next(iter(self.places), None)
        return StillView(first.lat, first.lon, START_ZOOM) if first else SWEDEN

    def may_be_home(self, words: str, pin: tuple[float, float] | None, name: str) -> bool:
        """Whether a place may be somebody's home, by what is said of it or by where it lies."""
        if _AT_HOME.search(words):
            return True
        housing = {place.name for place in self.places if place.is_housing}
        housing |= {home.name for home in self.homes}
        near = nearest(*pin, [*self.points, *self.homes]) if pin else None
        return name in housing or bool(near and near.within and near.named.name in housing)

    def _searched(self, typed: str) -> list[Searched]:
        streets = self.streets(typed) if typed.strip() else ()
        return [Searched(place.name, place.aliases) for place in (*self.places, *streets)]
