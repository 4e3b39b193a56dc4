"""A dialogue as its form needs it: the questions, the places to choose from, what is asked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from maps.places import NamedPoint
from surveys.models.dialogue import QuestionKind


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """One question in the words of the reader's language, or in Swedish where it has none.

    ``language`` is the code of the language that ``text`` is in.
    """

    position: int
    kind: QuestionKind
    text: str
    language: str

    @property
    def field(self) -> str:
        """The name of the question's form field."""
        return f"q{self.position}"


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """A place of the register: its name, and the other names that mean it.

    ``lat`` and ``lon`` are its middle in degrees, ``radius_m`` the extent that the name covers.
    """

    name: str
    aliases: tuple[str, ...]
    lat: float
    lon: float
    radius_m: float
    is_housing: bool = False

    @property
    def point(self) -> NamedPoint:
        """The place as geography knows it."""
        return NamedPoint(self.name, self.lat, self.lon, self.radius_m)


StreetsOf = Callable[[str], Sequence[PlaceChoice]]  # those whose name may begin as typed


def no_streets(_typed: str) -> Sequence[PlaceChoice]:
    """Where no network of streets has been imported."""
    return ()


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """What one dialogue asks, for a reader of ``language`` (a code).

    ``areas`` is empty where the area is not asked for. ``homes`` are known but never shown: a pin
    within one may be somebody's home. ``streets`` looks streets up, which are too many to list.
    """

    language: str
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
    asks_safe_places: bool = False
    homes: tuple[NamedPoint, ...] = ()
    streets: StreetsOf = field(default=no_streets, compare=False)
    pin_cell_m: int = 50  # pins are stored to the nearest so many metres
    center: tuple[float, float] | None = None  # of the municipality, in degrees

    @property
    def places_question(self) -> AskedQuestion | None:
        """The question that places belong to."""
        return next((q for q in self.questions if q.kind is QuestionKind.PLACES), None)
