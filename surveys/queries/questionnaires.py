"""A dialogue as its form needs it: the questions, the places to choose from, what is asked."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from surveys.days import swedish_day
from surveys.models.dialogue import Dialogue, QuestionKind
from surveys.models.municipality import Municipality
from surveys.models.place import NamedPlace, PlaceKind
from surveys.queries.municipalities import list_named_places


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """One question in the words of the reader's language."""

    position: int
    kind: QuestionKind
    text: str

    @property
    def field(self) -> str:
        """The name of the question's form field."""
        return f"q{self.position}"


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """A place of the register: its name, and the other names that mean it."""

    name: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """What one dialogue asks. ``areas`` is empty where the area is not asked for."""

    slug: str
    title: str
    opens_on: date
    closes_on: date
    questions: tuple[AskedQuestion, ...]
    places: tuple[PlaceChoice, ...]
    areas: tuple[str, ...]
    asks_age_band: bool
    asks_gender: bool
    has_map: bool

    @property
    def places_question(self) -> AskedQuestion | None:
        """The question that places belong to."""
        return next((q for q in self.questions if q.kind is QuestionKind.PLACES), None)


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
