"""Marks as single points, for those who may see them: never anybody's words, nor when they came."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, load_only

from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.models.response import Feeling, MarkedPlace, PlaceReason, TimeOfDay
from surveys.queries.maps.marks import are_chosen
from surveys.queries.results.filters import Filters

MOST_POINTS = 500  # on one page: more would be no list that anybody reads


@dataclass(frozen=True, slots=True)
class ExactPoint:
    """One mark. ``place`` is the name that was chosen from the register, "" for a pin."""

    lat: float
    lon: float
    place: str
    reasons: tuple[PlaceReason, ...]
    times: tuple[TimeOfDay, ...]


@dataclass(frozen=True, slots=True)
class ExactPoints:
    """The points in an order that tells nothing, and how many there are in all."""

    points: tuple[ExactPoint, ...]
    n_all: int


def read_points(
    session: Session, municipality: Municipality, dialogue: Dialogue, filters: Filters
) -> ExactPoints:
    """The counted unsafe marks of ``municipality`` that were set as pins or by a place's name."""
    chosen = (
        MarkedPlace.municipality_id == municipality.id,
        MarkedPlace.dialogue_id == dialogue.id,
        MarkedPlace.is_counted.is_(True),
        MarkedPlace.feeling == Feeling.UNSAFE,
        MarkedPlace.lat.is_not(None) | MarkedPlace.named_place_id.is_not(None),
        *are_chosen(municipality, dialogue, filters),
    )
    marks = session.scalars(
        select(MarkedPlace)
        .where(*chosen)
        .options(
            joinedload(MarkedPlace.named_place),
            load_only(
                MarkedPlace.lat,
                MarkedPlace.lon,
                MarkedPlace.reasons,
                MarkedPlace.times,
                MarkedPlace.named_place_id,
            ),
        )
        # Ids are random: neighbours in the list have nothing to do with each other.
        .order_by(MarkedPlace.id)
        .limit(MOST_POINTS)
    )
    n_all = session.scalar(select(func.count()).select_from(MarkedPlace).where(*chosen)) or 0
    return ExactPoints(tuple(map(_point, marks)), n_all)


def _point(mark: MarkedPlace) -> ExactPoint:
    place = mark.named_place
    lat = place.lat if place is not None and mark.lat is None else mark.lat
    lon = place.lon if place is not None and mark.lon is None else mark.lon
    return ExactPoint(
        lat=lat or 0.0,
        lon=lon or 0.0,
        place=place.name if place is not None else "",
        reasons=tuple(reason for reason in PlaceReason if reason in mark.reasons),
        times=tuple(time for time in TimeOfDay if time in mark.times),
    )
