"""Reads a dialogue as its form needs it."""

from sqlalchemy.orm import Session

from surveys.days import swedish_day
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.models.place import NamedPlace, PlaceKind
from surveys.queries.ground.streets import list_streets
from surveys.queries.municipalities.municipalities import list_named_places
from surveys.questionnaire import AskedQuestion, PlaceChoice, Questionnaire

HOMES = frozenset({PlaceKind.HOME, PlaceKind.HOUSING})


def get_questionnaire(
    session: Session, municipality: Municipality, dialogue: Dialogue, language: str = "sv"
) -> Questionnaire:
    """The form of ``dialogue`` under ``municipality``'s address, for a reader of ``language``."""
    register = list_named_places(session, municipality)
    shown = [place for place in register if not place.is_sensitive]
    return Questionnaire(
        language=language,
        slug=dialogue.slug,
        title=dialogue.title,
        opens_on=swedish_day(dialogue.opens_at),
        closes_on=swedish_day(dialogue.closes_at),
        questions=tuple(
            AskedQuestion(q.position, q.kind, q.text(language), q.language_of_text(language))
            for q in dialogue.questions
        ),
        places=tuple(_choice(place) for place in shown),
        homes=tuple(_choice(p).point for p in register if p.is_sensitive and p.kind in HOMES),
        streets=lambda typed: list_streets(session, municipality, typed).streets,
        areas=_areas(shown) if dialogue.asks_area else (),
        asks_age_band=dialogue.asks_age_band,
        asks_gender=dialogue.asks_gender,
        has_map=municipality.outline is not None or municipality.schematic is not None,
        asks_safe_places=dialogue.asks_safe_places,
        pin_cell_m=dialogue.pin_cell_m,
        center=_center(municipality),
    )


def _choice(place: NamedPlace) -> PlaceChoice:
    return PlaceChoice(
        name=place.name,
        aliases=tuple(place.aliases),
        lat=place.lat,
        lon=place.lon,
        radius_m=place.radius_m,
        is_housing=place.kind is PlaceKind.HOUSING,
    )


def _center(municipality: Municipality) -> tuple[float, float] | None:
    lat, lon = municipality.center_lat, municipality.center_lon
    return None if lat is None or lon is None else (lat, lon)


def _areas(register: list[NamedPlace]) -> tuple[str, ...]:
    return tuple(place.name for place in register if place.kind is PlaceKind.LOCALITY)
