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
    DESTROYED_TEXT,
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
    """A question as it was asked, in the language of that code, with what was answered."""

    question: str
    kind: QuestionKind
    value: str | None
    has_text: bool
    text: str | None  # None where it was not asked for
    is_destroyed: bool  # there was a text, and it was destroyed under a decision
    language: str  # the code of the language that the question was asked in


@dataclass(frozen=True, slots=True)
class StoredPlace:
    """A marked place as it is kept.

    A position is the middle of a square of ``cell_m`` metres; of a home it is never a point.
    """

    name: str | None
    has_words: bool
    words: str | None  # None where they were not asked for
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
    """Everything that one person sent in, as it is stored.

    Of a withdrawn answer nothing but the day of withdrawal is told.
    """

    dialogue_title: str
    dialogue_slug: str
    answered_on: date | None
    answers: tuple[StoredAnswer, ...]
    places: tuple[StoredPlace, ...]
    age_band: AgeBand | None
    gender: Gender | None
    area: str | None
    withdrawn_on: date | None

    @property
    def has_texts(self) -> bool:
        """Whether anything was written in own words."""
        return any(a.has_text for a in self.answers) or any(p.has_words for p in self.places)


def get_response_by_code(
    session: Session,
    municipality: Municipality,
    code: str,
    *,
    secret: str,
    with_texts: bool = False,
) -> StoredResponse:
    """The answer with this receipt code in ``municipality``; raise NotFound.

    What was written in own words is read only ``with_texts``, for a screen that others may see.
    """
    return _stored_response(find_by_code(session, municipality, code, secret=secret), with_texts)


def find_by_code(
    session: Session, municipality: Municipality, code: str, *, secret: str
) -> Response:
    """The row with this receipt code in ``municipality``; raise NotFound."""
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
    return response


def _stored_response(response: Response, with_texts: bool) -> StoredResponse:
    is_withdrawn = response.withdrawn_on is not None
    told = [] if is_withdrawn else response.answers
    places = [] if is_withdrawn else response.places
    answers = sorted(told, key=lambda answer: answer.question.position)
    return StoredResponse(
        dialogue_title=response.dialogue.title,
        dialogue_slug=response.dialogue.slug,
        answered_on=response.answered_on,
        answers=tuple(
            StoredAnswer(
                question=a.question.text(response.language),
                kind=a.question.kind,
                value=a.value,
                has_text=bool(a.text) and not _is_destroyed(a),
                text=a.text if with_texts and not _is_destroyed(a) else None,
                is_destroyed=_is_destroyed(a),
                language=a.question.language_of_text(response.language),
            )
            for a in answers
        ),
        places=tuple(
            _stored_place(place, response.dialogue.pin_cell_m, with_texts) for place in places
        ),
        age_band=None if is_withdrawn else response.age_band,
        gender=None if is_withdrawn else response.gender,
        area=None if is_withdrawn else response.area,
        withdrawn_on=response.withdrawn_on,
    )


def _is_destroyed(answer: Answer) -> bool:
    return answer.text == DESTROYED_TEXT


def _stored_place(place: MarkedPlace, pin_cell_m: int, with_texts: bool) -> StoredPlace:
    is_home = place.kind is PlaceKind.HOME
    has_position = place.lat is not None and place.precision is not Precision.PLACE
    cell_m = max(HOME_CELL_M, pin_cell_m) if is_home else pin_cell_m
    return StoredPlace(
        name=place.named_place.name if place.named_place else None,
        has_words=bool(place.words),
        words=place.words if with_texts else None,
        has_pin=place.precision is Precision.EXACT and place.lat is not None,
        outside_m=place.outside_m,
        reasons=tuple(reason for reason in PlaceReason if reason in place.reasons),
        times=tuple(time for time in TimeOfDay if time in place.times),
        seasons=tuple(season for season in Season if season in place.seasons),
        kind=place.kind,
        feeling=place.feeling,
        cell_m=cell_m if has_position else None,
    )
