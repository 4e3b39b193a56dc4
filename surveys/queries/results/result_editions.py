"""Published figures: what readers see of them, what staff see before, and what they rest on."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from surveys.errors import NotFound
from surveys.models.coding import Coding, CodingTheme
from surveys.models.dialogue import Channel, Dialogue
from surveys.models.map_edition import EditionState
from surveys.models.municipality import Municipality
from surveys.models.response import (
    AgeBand,
    Answer,
    Feeling,
    Gender,
    MarkedPlace,
    PlaceReason,
    Response,
    TimeOfDay,
)
from surveys.models.result_edition import ResultEdition
from surveys.models.theme import Polarity, Theme
from surveys.queries.maps.map_editions import EVER_PUBLIC, NOT_YET_PUBLIC

# What a reader may open by its number: an edition that was taken down is gone.
STILL_READABLE = (EditionState.PUBLISHED, EditionState.REPLACED)


@dataclass(frozen=True, slots=True)
class ResultEditionView:
    """One edition. ``left_out`` is for those who publish, and never on a reader's page."""

    id: int
    number: int
    state: EditionState
    failure: str | None
    requested_at: datetime
    published_at: datetime | None
    published_by: str | None
    ended_at: datetime | None
    ended_because: str | None
    least: int
    crossed: int
    n: int
    method: str
    left_out: Mapping[str, Any]
    tables: Sequence[Mapping[str, Any]]
    content_hash: str


@dataclass(frozen=True, slots=True)
class CountedResponse:
    """A counted response: its random id and what groups it."""

    id: uuid.UUID
    channel: Channel
    gender: Gender | None
    age_band: AgeBand | None


@dataclass(frozen=True, slots=True)
class PublicResults:
    """A dialogue that has figures for readers."""

    slug: str
    title: str


def get_public_results(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> ResultEditionView | None:
    """The edition that readers see now; None where there is none."""
    edition = _last(session, municipality, dialogue, (EditionState.PUBLISHED,))
    return None if edition is None else view_edition(edition)


def get_last_public_results(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> ResultEdition | None:
    """The last edition that readers have seen, also where it has been taken down since."""
    return _last(session, municipality, dialogue, EVER_PUBLIC)


def get_readable_edition(
    session: Session, municipality: Municipality, dialogue: Dialogue, number: int
) -> ResultEditionView:
    """The edition with this number, where readers may see it; raise NotFound."""
    edition = session.scalar(
        select(ResultEdition).where(
            ResultEdition.municipality_id == municipality.id,
            ResultEdition.dialogue_id == dialogue.id,
            ResultEdition.number == number,
            ResultEdition.state.in_(STILL_READABLE),
        )
    )
    if edition is None:
        raise NotFound(f"result edition {number}")
    return view_edition(edition)


def list_public_results(session: Session, municipality: Municipality) -> list[PublicResults]:
    """The dialogues whose figures readers can see now, the latest first."""
    statement = (
        select(Dialogue.slug, Dialogue.title)
        .join(ResultEdition, ResultEdition.dialogue_id == Dialogue.id)
        .where(
            ResultEdition.municipality_id == municipality.id,
            ResultEdition.state == EditionState.PUBLISHED,
        )
        .order_by(Dialogue.opens_at.desc(), Dialogue.id)
    )
    return [PublicResults(slug, title) for slug, title in session.execute(statement)]


def list_result_editions(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> list[ResultEditionView]:
    """All editions of the dialogue, the latest first."""
    statement = (
        select(ResultEdition)
        .where(
            ResultEdition.municipality_id == municipality.id,
            ResultEdition.dialogue_id == dialogue.id,
        )
        .order_by(ResultEdition.number.desc())
    )
    return [view_edition(edition) for edition in session.scalars(statement)]


def list_told_editions(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> list[ResultEditionView]:
    """Those that readers have seen, the latest first."""
    editions = list_result_editions(session, municipality, dialogue)
    return [edition for edition in editions if edition.state not in NOT_YET_PUBLIC]


def get_result_edition(
    session: Session, municipality: Municipality, dialogue: Dialogue, edition_id: int
) -> ResultEdition:
    """One edition of the dialogue; raise NotFound."""
    edition = session.scalar(
        select(ResultEdition).where(
            ResultEdition.municipality_id == municipality.id,
            ResultEdition.dialogue_id == dialogue.id,
            ResultEdition.id == edition_id,
        )
    )
    if edition is None:
        raise NotFound(f"result edition {edition_id}")
    return edition


def list_counted_responses(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> Iterator[CountedResponse]:
    """The counted responses, in no order that tells anything."""
    statement = select(Response.id, Response.channel, Response.gender, Response.age_band).where(
        *_counted(municipality, dialogue)
    )
    for row in session.execute(statement):
        yield CountedResponse(*row)


def list_answer_codes(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> Iterator[tuple[uuid.UUID, int, str | None, bool]]:
    """(response id, question id, coded value, whether something is written) of counted ones."""
    has_text = and_(Answer.text.is_not(None), Answer.text != "")
    statement = (
        select(Answer.response_id, Answer.question_id, Answer.value, has_text)
        .join(Response, Response.id == Answer.response_id)
        .where(*_counted(municipality, dialogue))
    )
    for response_id, question_id, value, is_written in session.execute(statement):
        yield response_id, question_id, value, bool(is_written)


def list_mark_codes(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> Iterator[tuple[uuid.UUID, frozenset[PlaceReason], frozenset[TimeOfDay]]]:
    """(response id, reasons, times) of each counted mark of a place that feels unsafe."""
    statement = select(MarkedPlace.response_id, MarkedPlace.reasons, MarkedPlace.times).where(
        MarkedPlace.municipality_id == municipality.id,
        MarkedPlace.dialogue_id == dialogue.id,
        MarkedPlace.is_counted.is_(True),
        MarkedPlace.feeling == Feeling.UNSAFE,
    )
    yield from session.execute(statement)


def list_theme_codes(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> Iterator[tuple[uuid.UUID, str, Polarity]]:
    """(response id, theme's code, polarity) of the readings that count in figures."""
    statement = (
        select(Coding.response_id, Theme.code, CodingTheme.polarity)
        .join(CodingTheme, CodingTheme.coding_id == Coding.id)
        .join(Theme, Theme.id == CodingTheme.theme_id)
        .join(Response, Response.id == Coding.response_id)
        .where(*_counted(municipality, dialogue), Coding.is_current.is_(True))
    )
    yield from session.execute(statement)


def get_theme_names(session: Session, municipality: Municipality) -> dict[str, dict[str, str]]:
    """What the themes are called, by code, in their order."""
    statement = (
        select(Theme.code, Theme.name)
        .where(Theme.municipality_id == municipality.id)
        .order_by(Theme.position, Theme.code)
    )
    return dict(iter(session.execute(statement)))


def _counted(municipality: Municipality, dialogue: Dialogue) -> tuple[Any, ...]:
    return (
        Response.municipality_id == municipality.id,
        Response.dialogue_id == dialogue.id,
        Response.is_counted.is_(True),
    )


def _last(
    session: Session,
    municipality: Municipality,
    dialogue: Dialogue,
    states: Sequence[EditionState],
) -> ResultEdition | None:
    return session.scalar(
        select(ResultEdition)
        .where(
            ResultEdition.municipality_id == municipality.id,
            ResultEdition.dialogue_id == dialogue.id,
            ResultEdition.state.in_(states),
        )
        .order_by(ResultEdition.number.desc())
        .limit(1)
    )


def view_edition(edition: ResultEdition) -> ResultEditionView:
    """The row without what it rests on."""
    return ResultEditionView(
        id=edition.id,
        number=edition.number,
        state=edition.state,
        failure=edition.failure,
        requested_at=edition.requested_at,
        published_at=edition.published_at,
        published_by=edition.published_by,
        ended_at=edition.ended_at,
        ended_because=edition.ended_because,
        least=edition.min_respondents,
        crossed=edition.min_crossed,
        n=edition.n_respondents,
        method=edition.method,
        left_out=edition.left_out,
        tables=edition.tables,
        content_hash=edition.content_hash,
    )
