"""What residents wrote, for those who may read it: a page at a time, with the place it is about.

Only the masked form is read, and only in it is anything searched for: a search in the original
would answer whether somebody's name stands in it. Whoever shows it escapes it.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, selectinload

from maps.places import NamedPoint, Precision, nearest
from surveys.errors import NotFound
from surveys.models.dialogue import Channel, Dialogue
from surveys.models.municipality import Municipality
from surveys.models.place import NamedPlace, PlaceKind
from surveys.models.response import (
    Answer,
    Feeling,
    MarkedPlace,
    PlaceReason,
    Response,
    Season,
    TimeOfDay,
)
from surveys.queries.municipalities.municipalities import list_named_places
from surveys.queries.texts.masked import MaskedWords, masked_answer, masked_mark

PAGE_SIZE = 50
NEAR_STEP_M = 100


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place of one response. ``near`` names the closest known place of a mark on the map."""

    name: str | None  # from the register
    words: MaskedWords | None
    near: str | None
    near_m: int | None  # about so many metres from the mark to that place, 0 inside its extent
    on_map: bool
    reasons: tuple[PlaceReason, ...]
    times: tuple[TimeOfDay, ...]
    seasons: tuple[Season, ...]
    kind: PlaceKind | None
    is_safe: bool


@dataclass(frozen=True, slots=True)
class QuestionText:
    """What was written to the question asked as number ``position``."""

    position: int
    words: MaskedWords


@dataclass(frozen=True, slots=True)
class TextEntry:
    """One person's words: the texts, and the places that they belong to."""

    response_id: uuid.UUID
    channel: Channel
    answered_on: date | None
    event: str | None
    texts: tuple[QuestionText, ...]
    places: tuple[PlaceMention, ...]


@dataclass(frozen=True, slots=True)
class TextPage:
    """One page of ``n`` entries; pages are numbered from 1."""

    entries: tuple[TextEntry, ...]
    n: int
    page: int
    n_pages: int


def list_free_text(
    session: Session,
    municipality: Municipality,
    dialogue: Dialogue,
    *,
    search: str = "",
    page: int = 1,
) -> TextPage:
    """The responses with words in them, latest day first; raise NotFound for a page beyond.

    ``search`` keeps those with that text in an answer or in a place's words.
    """
    statement = _with_words(municipality, dialogue, search.strip())
    n = session.scalar(select(func.count()).select_from(statement.subquery())) or 0
    n_pages = max(1, -(-n // PAGE_SIZE))
    if not 1 <= page <= n_pages:
        raise NotFound(f"page {page}")
    found = session.scalars(
        statement.options(
            selectinload(Response.answers).joinedload(Answer.question),
            selectinload(Response.places).joinedload(MarkedPlace.named_place),
            selectinload(Response.event),
        )
        .order_by(Response.answered_on.is_(None), Response.answered_on.desc(), Response.id)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    ).all()
    register = [_named_point(place) for place in list_named_places(session, municipality)]
    entries = tuple(_entry(response, register) for response in found)
    return TextPage(entries=entries, n=n, page=page, n_pages=n_pages)


def get_text_entry(
    session: Session, municipality: Municipality, dialogue: Dialogue, response_id: uuid.UUID
) -> TextEntry:
    """The same of one answer, in figures or not; raise NotFound, also where it is withdrawn."""
    response = session.scalar(
        select(Response).where(
            Response.municipality_id == municipality.id,
            Response.dialogue_id == dialogue.id,
            Response.id == response_id,
            Response.withdrawn_on.is_(None),
        )
    )
    if response is None:
        raise NotFound("answer")
    register = [_named_point(place) for place in list_named_places(session, municipality)]
    return _entry(response, register)


def _with_words(municipality: Municipality, dialogue: Dialogue, search: str) -> Select[Response]:
    # Of each response in turn: the texts of every tenant must not be gone through first.
    texts: ColumnElement[bool] = and_(Answer.has_text)
    words: ColumnElement[bool] = and_(MarkedPlace.has_words)
    if search:
        texts, words = (
            _contains(Answer.masked_text, search),
            _contains(MarkedPlace.masked_words, search),
        )
    in_answers = exists().where(Answer.response_id == Response.id, texts)
    in_places = exists().where(MarkedPlace.response_id == Response.id, words)
    return select(Response).where(
        Response.municipality_id == municipality.id,
        Response.dialogue_id == dialogue.id,
        Response.is_counted.is_(True),
        or_(in_answers, in_places),
    )


def _contains(column: InstrumentedAttribute[str | None], search: str) -> ColumnElement[bool]:
    # SQLite folds the case of a-z only, so that "älg" would not find "Älgar": try both cases.
    spellings = {search, search.lower(), search.upper(), search.capitalize()}
    return or_(*(column.icontains(text, autoescape=True) for text in sorted(spellings)))


def _entry(response: Response, register: Sequence[NamedPoint]) -> TextEntry:
    texts = [
        QuestionText(answer.question.position, words)
        for answer in response.answers
        if (words := masked_answer(answer)) is not None
    ]
    return TextEntry(
        response_id=response.id,
        channel=response.channel,
        answered_on=response.answered_on,
        event=response.event.title if response.event else None,
        texts=tuple(sorted(texts, key=lambda text: text.position)),
        places=tuple(mention(place, register) for place in response.places),
    )


def mention(place: MarkedPlace, register: Sequence[NamedPoint]) -> PlaceMention:
    """``place`` as staff read it; ``register`` are the known places of the municipality."""
    named = place.named_place
    closest = None
    is_point = place.precision is not Precision.DISTRICT
    if named is None and is_point and place.lat is not None and place.lon is not None:
        closest = nearest(place.lat, place.lon, register)
    return PlaceMention(
        name=named.name if named else None,
        words=masked_mark(place),
        near=closest.named.name if closest else None,
        near_m=(0 if closest.within else _about(closest.distance_m)) if closest else None,
        on_map=place.lat is not None and is_point,
        reasons=tuple(member for member in PlaceReason if member in place.reasons),
        times=tuple(member for member in TimeOfDay if member in place.times),
        seasons=tuple(member for member in Season if member in place.seasons),
        kind=place.kind,
        is_safe=place.feeling is Feeling.SAFE,
    )


def _about(metres: float) -> int:
    """To the nearest hundred: finer, and marks could be told apart by a ring around a place."""
    return max(NEAR_STEP_M, round(metres / NEAR_STEP_M) * NEAR_STEP_M)


def _named_point(place: NamedPlace) -> NamedPoint:
    return NamedPoint(name=place.name, lat=place.lat, lon=place.lon, radius_m=place.radius_m)
