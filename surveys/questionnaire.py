"""A dialogue as its form needs it: the questions, the places to choose from, what is asked."""

from dataclasses import dataclass
from datetime import date

from surveys.models.dialogue import QuestionKind


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
