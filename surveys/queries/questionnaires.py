"""Reads a dialogue as its form needs it."""

from sqlalchemy.orm import Session

from surveys.days import swedish_day
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.models.place import NamedPlace, PlaceKind
from surveys.queries.municipalities import list_named_places
from surveys.questionnaire import AskedQuestion, PlaceChoice, Questionnaire


def get_questionnaire(
    session: Session, municipality: Municipality, dialogue: Dialogue, language: str = "sv"
) -> Questionnaire:
    """The form of ``dialogue`` under ``municipality``'s address."""
    register = list_named_places(session, municipality)
    return Questionnaire(
        slug=dialogue.slug,
        title=dialogue.title,
        opens_on=swedish_day(dialogue.opens_at),
        closes_on=swedish_day(dialogue.closes_at),
        questions=tuple(
            AskedQuestion(q.position, q.kind, q.text(language)) for q in dialogue.questions
        ),
        places=tuple(PlaceChoice(place.name, tuple(place.aliases)) for place in register),
        areas=_areas(register) if dialogue.asks_area else (),
        asks_age_band=dialogue.asks_age_band,
        asks_gender=dialogue.asks_gender,
        has_map=municipality.outline is not None or municipality.schematic is not None,
    )


def _areas(register: list[NamedPlace]) -> tuple[str, ...]:
    return tuple(place.name for place in register if place.kind is PlaceKind.LOCALITY)
