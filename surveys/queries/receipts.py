"""What is stored of one answer, for the person who holds its code."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from maps.places import Precision
from surveys.errors import NotFound
from surveys.limits import HOME_CELL_M
from surveys.models.dialogue import QuestionKind
from surveys.models.municipality import Municipality
from surveys.models.place import PlaceKind
from surveys.models.response import (
    AgeBand,
    Answer,
    Feeling,
    Gender,
    MarkedPlace,
    PlaceReason,
    Response,
    Season,
    TimeOfDay,
)
from surveys.receipt_codes import hash_code


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """A question as it was asked, with what was answered."""

    question: str
    kind: QuestionKind
    value: str | None
    text: str | None


@dataclass(frozen=True, slots=True)
class StoredPlace:
    """A marked place as it is kept.

    A position is the middle of a square of ``cell_m`` metres; of a home it is never a point.
    """

    name: str | None
    words: str | None
    has_pin: bool
    outside_m: int
    reasons: tuple[PlaceReason, ...]
    times: tuple[TimeOfDay, ...]
    seasons: tuple[Season, ...] = ()
    kind: PlaceKind | None = None
    feeling: Feeling = Feeling.UNSAFE
    cell_m: int | None = None  # None where no position was given

    @property
    def is_home(self) -> bool:
        """Whether it is somebody's own home, which is kept as an area only."""
        return self.kind is PlaceKind.HOME


@dataclass(frozen=True, slots=True)
class StoredResponse:
    """Everything that one person sent in, as it is stored."""

    dialogue_title: str
    dialogue_slug: str
    answered_on: date | None
    answers: tuple[StoredAnswer, ...]
    places: tuple[StoredPlace, ...]
    age_band: AgeBand | None
    gender: Gender | None
    area: str | None


def get_response_by_code(
    session: Session, municipality: Municipality, code: str, *, secret: str
) -> StoredResponse:
    """The answer with this receipt code in ``municipality``; raise NotFound."""
    receipt_hash = hash_code(secret, code)
    if receipt_hash is None:
        raise NotFound("receipt")
    statement = (
        select(Response)
        .where(
            Response.municipality_id == municipality.id,
            Response.receipt_hash == receipt_hash,
        )
        .options(
            joinedload(Response.dialogue),
            selectinload(Response.answers).joinedload(Answer.question),
            selectinload(Response.places).joinedload(MarkedPlace.named_place),
        )
    )
    response = session.scalar(statement)
    if response is None:
        raise NotFound("receipt")
    return _stored_response(response)


def _stored_response(response: Response) -> StoredResponse:
    answers = sorted(response.answers, key=lambda answer: answer.question.position)
    return StoredResponse(
        dialogue_title=response.dialogue.title,
        dialogue_slug=response.dialogue.slug,
        answered_on=response.answered_on,
        answers=tuple(
            StoredAnswer(a.question.text(response.language), a.question.kind, a.value, a.text)
            for a in answers
        ),
        places=tuple(
            _stored_place(place, response.dialogue.pin_cell_m) for place in response.places
        ),
        age_band=response.age_band,
        gender=response.gender,
        area=response.area,
    )


def _stored_place(place: MarkedPlace, pin_cell_m: int) -> StoredPlace:
    is_home = place.kind is PlaceKind.HOME
    has_position = place.lat is not None and place.precision is not Precision.PLACE
    cell_m = max(HOME_CELL_M, pin_cell_m) if is_home else pin_cell_m
    return StoredPlace(
        name=place.named_place.name if place.named_place else None,
        words=place.words,
        has_pin=place.precision is Precision.EXACT and place.lat is not None,
        outside_m=place.outside_m,
        reasons=tuple(reason for reason in PlaceReason if reason in place.reasons),
        times=tuple(time for time in TimeOfDay if time in place.times),
        seasons=tuple(season for season in Season if season in place.seasons),
        kind=place.kind,
        feeling=place.feeling,
        cell_m=cell_m if has_position else None,
    )
