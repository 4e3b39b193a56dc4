"""A place before and after, as a figure that can be frozen and asked for again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from surveys.errors import InvalidInput, NotFound
from surveys.models.dialogue import Dialogue
from surveys.models.evidence import Evidence
from surveys.models.municipality import Municipality
from surveys.queries.figures.comparison_figures import difference_from_json
from surveys.queries.figures.figures import DialogueFacts, get_facts
from surveys.queries.maps.round_areas import ComparedPlace
from surveys.queries.maps.round_counts import Pair, Untold
from surveys.queries.maps.round_maps import get_round_maps
from surveys.queries.results.plain import as_json
from surveys.statistics.before_after import Quotient, Relative
from surveys.statistics.proportions import Proportion

PLACE_QUERY = "place_before_and_after"


@dataclass(frozen=True, slots=True)
class DoneThere:
    """What was done at the place between the rounds: how many times, and from when to when."""

    title: str
    times: int
    first_on: date
    last_on: date


@dataclass(frozen=True, slots=True)
class PlaceFigure:
    """A named place, the ring around it and the rest of the map in two rounds.

    Persons, as the page of two rounds told them; lengths in metres. ``dialogue`` is the later
    round. ``stood_out``: whether the place touched an area that stood out in the earlier one.
    """

    dialogue: DialogueFacts
    earlier: DialogueFacts
    drawing: int
    computed_at: datetime
    name: str
    is_street: bool
    radius_m: float
    ring_m: float
    stood_out: bool
    works: tuple[DoneThere, ...]
    place: Pair
    ring: Pair
    rest: Pair
    relative: Relative | None
    quotient: Quotient | None

    @property
    def n(self) -> int:
        """Persons behind the smaller round; 0 where either may not be told."""
        told = (self.place.earlier, self.place.later)
        return min(each.n if each else 0 for each in told)

    def as_json(self) -> dict[str, Any]:
        """The numbers as they are stored."""
        return as_json(self)


def get_place_figure(
    session: Session, municipality: Municipality, rounds: tuple[Dialogue, Dialogue], place_id: int
) -> PlaceFigure:
    """The place as the latest drawing of both rounds tells it.

    Raise NotFound where it is not in a drawing or nothing was done there between the rounds, and
    InvalidInput ``too_few`` where it may not be told in both.
    """
    state = get_round_maps(session, municipality, *rounds)
    places = state.found.places if state.found else ()
    place = next((each for each in places if each.place_id == place_id), None)
    if state.found is None or place is None or not place.is_between:
        raise NotFound(f"place {place_id}")
    if place.place.untold is Untold.TOO_FEW:
        raise InvalidInput("too_few", "place")
    if place.place.untold is not None:
        raise NotFound(f"place {place_id}")
    return PlaceFigure(
        dialogue=get_facts(session, municipality, state.later),
        earlier=get_facts(session, municipality, state.earlier),
        drawing=state.found.id,
        computed_at=state.found.computed_at,
        name=place.name,
        is_street=place.is_street,
        radius_m=place.radius_m,
        ring_m=place.ring_m,
        stood_out=bool(place.in_areas[0]),
        works=_done(place),
        place=place.place,
        ring=place.ring,
        rest=place.rest,
        relative=place.relative,
        quotient=place.quotient,
    )


def is_of_place(evidence: Evidence) -> bool:
    """Whether the evidence is of a place before and after."""
    return evidence.query.get("name") == PLACE_QUERY


def change_of(figures: Mapping[str, Any]) -> str:
    """``less``, ``more`` or ``unclear``: how a frozen place changed beside what is outside it."""
    found = figures["relative"]
    if found is None or found["low"] <= 1 <= found["high"]:
        return "unclear"
    return "less" if found["value"] < 1 else "more"


def pairs_from_json(figures: Mapping[str, Any]) -> tuple[Pair, Pair, Pair]:
    """The place, the ring and the rest as they were frozen."""
    place, ring, rest = (_pair(figures[name]) for name in ("place", "ring", "rest"))
    return place, ring, rest


def _pair(stored: Mapping[str, Any]) -> Pair:
    return Pair(
        earlier=Proportion(**stored["earlier"]) if stored["earlier"] else None,
        later=Proportion(**stored["later"]) if stored["later"] else None,
        difference=difference_from_json(stored["difference"]) if stored["difference"] else None,
        untold=Untold(stored["untold"]) if stored["untold"] else None,
    )


def _done(place: ComparedPlace) -> tuple[DoneThere, ...]:
    return tuple(
        DoneThere(each.work.title, len(each.days), each.days[0], each.days[-1])
        for each in place.works
        if each.days
    )
