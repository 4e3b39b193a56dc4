"""What earlier imports have stored, for telling whether a file says the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from maps.places import Precision
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.models.response import Answer, MarkedPlace, PlaceReason, Response, TimeOfDay

_IDS_A_STATEMENT = 1000


@dataclass(frozen=True, slots=True)
class StoredPlace:
    """The first place of a stored response; ``names`` are all the words that mean it.

    Its position is None where the register gave it: no file said it.
    """

    lat: float | None
    lon: float | None
    names: frozenset[str]
    reasons: frozenset[PlaceReason]
    times: frozenset[TimeOfDay]


@dataclass(frozen=True, slots=True)
class StoredRow:
    """What is stored under a row's id. ``answers`` maps a question's position to its words."""

    answers: dict[int, str]
    place: StoredPlace | None
    channel: str
    event: str
    language: str
    answered_on: date | None
    age_band: str
    gender: str
    area: str


def list_imported_hashes(
    session: Session, dialogue: Dialogue, external_ids: Sequence[str]
) -> dict[str, str]:
    """The content hash of each of ``external_ids`` that the dialogue already has."""
    found: dict[str, str] = {}
    for start in range(0, len(external_ids), _IDS_A_STATEMENT):
        statement = select(Response.external_id, Response.content_hash).where(
            Response.dialogue_id == dialogue.id,
            Response.external_id.in_(external_ids[start : start + _IDS_A_STATEMENT]),
        )
        found.update((key, value) for key, value in session.execute(statement) if key)
    return found


def list_imported_rows(
    session: Session, municipality: Municipality, dialogue: Dialogue, external_ids: Sequence[str]
) -> dict[str, StoredRow]:
    """What is stored under each of ``external_ids`` for this municipality's part of the dialogue.

    In a joint dialogue an id may be another municipality's: that row is not handed out.
    """
    rows: dict[str, StoredRow] = {}
    for start in range(0, len(external_ids), _IDS_A_STATEMENT):
        statement = (
            select(Response)
            .where(
                Response.municipality_id == municipality.id,
                Response.dialogue_id == dialogue.id,
                Response.external_id.in_(external_ids[start : start + _IDS_A_STATEMENT]),
            )
            .options(
                selectinload(Response.answers).joinedload(Answer.question),
                selectinload(Response.places).joinedload(MarkedPlace.named_place),
                joinedload(Response.event),
            )
        )
        for response in session.scalars(statement):
            if response.external_id is not None:
                rows[response.external_id] = _stored_row(response)
    return rows


def _stored_row(response: Response) -> StoredRow:
    return StoredRow(
        answers={a.question.position: a.value or a.text or "" for a in response.answers},
        place=_stored_place(response.places[0]) if response.places else None,
        channel=response.channel.value,
        event=response.event.code if response.event else "",
        language=response.language,
        answered_on=response.answered_on,
        age_band=response.age_band.value if response.age_band else "",
        gender=response.gender.value if response.gender else "",
        area=response.area or "",
    )


def _stored_place(place: MarkedPlace) -> StoredPlace:
    names = {place.words} if place.words else set()
    if place.named_place is not None:
        names |= {place.named_place.name, *place.named_place.aliases}
    is_given = place.precision is Precision.EXACT
    lat, lon = (place.lat, place.lon) if is_given else (None, None)
    return StoredPlace(lat, lon, frozenset(names), place.reasons, place.times)
