"""Answers as rows for the municipality's own statistician: without what tells whose they are.

Weeks and not days, areas and not positions, masked text and never the original. No id, no receipt
and no key: whoever writes the file gives each row a number drawn for that file alone.
"""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from surveys.models.coding import Coding, CodingTheme
from surveys.models.dialogue import Channel, Dialogue, DialogueEvent
from surveys.models.geography import Area, AreaKind, MarkArea
from surveys.models.municipality import Municipality
from surveys.models.place import NamedPlace
from surveys.models.response import (
    DESTROYED_TEXT,
    AgeBand,
    Answer,
    Gender,
    MarkedPlace,
    Response,
)
from surveys.models.theme import Polarity, Theme
from surveys.queries.ground.public_places import may_be_named
from surveys.queries.results.filters import iso_week


@dataclass(frozen=True, slots=True)
class MarkRow:
    """A marked place: in which areas (kind -> code and name), and what was said of it.

    ``place`` is its name where it is public ground; what is stored of position stays where it is.
    """

    areas: dict[AreaKind, tuple[str, str]]
    place: str
    kind: str
    feeling: str
    reasons: tuple[str, ...]
    times: tuple[str, ...]
    seasons: tuple[str, ...]
    precision: str
    words: str  # masked


@dataclass(slots=True)
class ResponseRow:
    """One person's answer. ``values`` and ``texts`` (masked) are by the question's code."""

    channel: Channel
    language: str
    event: str
    week: str
    age_band: AgeBand | None
    gender: Gender | None
    area: str
    values: dict[str, str] = field(default_factory=dict)
    written: set[str] = field(default_factory=set)  # questions that were answered in words
    texts: dict[str, str] = field(default_factory=dict)
    is_coded: bool = False
    problems: list[str] = field(default_factory=list)
    wishes: list[str] = field(default_factory=list)
    marks: list[MarkRow] = field(default_factory=list)


def list_response_ids(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> list[uuid.UUID]:
    """Ids of the municipality's answers that count, to be shuffled and read in batches."""
    return list(session.scalars(select(Response.id).where(*_mine(municipality, dialogue))))


def read_rows(
    session: Session, municipality: Municipality, dialogue: Dialogue, ids: Sequence[uuid.UUID]
) -> list[ResponseRow]:
    """The answers with these ids, in their order. One that has left meanwhile is left out."""
    rows = _responses(session, municipality, dialogue, ids)
    _add_answers(session, dialogue, rows, ids)
    _add_themes(session, municipality, rows, ids)
    _add_marks(session, municipality, rows, ids)
    return [rows[id_] for id_ in ids if id_ in rows]


def _mine(municipality: Municipality, dialogue: Dialogue) -> tuple[ColumnElement[bool], ...]:
    return (
        Response.municipality_id == municipality.id,
        Response.dialogue_id == dialogue.id,
        Response.is_counted.is_(True),
    )


def _responses(
    session: Session, municipality: Municipality, dialogue: Dialogue, ids: Sequence[uuid.UUID]
) -> dict[uuid.UUID, ResponseRow]:
    statement = (
        select(
            Response.id,
            Response.channel,
            Response.language,
            DialogueEvent.code,
            Response.answered_on,
            Response.age_band,
            Response.gender,
            Response.area,
        )
        .outerjoin(DialogueEvent, DialogueEvent.id == Response.event_id)
        .where(*_mine(municipality, dialogue), Response.id.in_(ids))
    )
    return {
        id_: ResponseRow(
            channel, language, event or "", iso_week(day) if day else "", age, gender, area or ""
        )
        for id_, channel, language, event, day, age, gender, area in session.execute(statement)
    }


def _add_answers(
    session: Session,
    dialogue: Dialogue,
    rows: dict[uuid.UUID, ResponseRow],
    ids: Sequence[uuid.UUID],
) -> None:
    codes = {question.id: question.code for question in dialogue.questions}
    statement = select(
        Answer.response_id,
        Answer.question_id,
        Answer.value,
        Answer.text.is_not(None) & (Answer.text != ""),
        Answer.masked_text,
        Answer.mask_version,
    ).where(Answer.response_id.in_(ids))
    for id_, question_id, value, has_text, masked, version in session.execute(statement):
        row, code = rows.get(id_), codes.get(question_id)
        if row is None or code is None:
            continue
        if value is not None:
            row.values[code] = value
        if has_text:
            row.written.add(code)
        if version and masked and masked != DESTROYED_TEXT:
            row.texts[code] = masked


def _add_themes(
    session: Session,
    municipality: Municipality,
    rows: dict[uuid.UUID, ResponseRow],
    ids: Sequence[uuid.UUID],
) -> None:
    statement = (
        select(Coding.response_id, Theme.code, CodingTheme.polarity)
        .outerjoin(CodingTheme, CodingTheme.coding_id == Coding.id)
        .outerjoin(Theme, Theme.id == CodingTheme.theme_id)
        .where(
            Coding.municipality_id == municipality.id,
            Coding.is_current.is_(True),
            Coding.response_id.in_(ids),
        )
        .order_by(Theme.position, Theme.id)
    )
    for id_, code, polarity in session.execute(statement):
        row = rows.get(id_)
        if row is None:
            continue
        row.is_coded = True
        if code is not None:
            (row.wishes if polarity is Polarity.WISH else row.problems).append(code)


def _add_marks(
    session: Session,
    municipality: Municipality,
    rows: dict[uuid.UUID, ResponseRow],
    ids: Sequence[uuid.UUID],
) -> None:
    statement = (
        select(
            MarkedPlace.id,
            MarkedPlace.response_id,
            MarkedPlace.kind,
            MarkedPlace.feeling,
            MarkedPlace.reasons,
            MarkedPlace.times,
            MarkedPlace.seasons,
            MarkedPlace.precision,
            MarkedPlace.masked_words,
            MarkedPlace.mask_version,
            NamedPlace.name,
            NamedPlace.kind.label("named_kind"),
            NamedPlace.is_sensitive,
        )
        .outerjoin(NamedPlace, NamedPlace.id == MarkedPlace.named_place_id)
        .where(
            MarkedPlace.municipality_id == municipality.id,
            MarkedPlace.is_counted.is_(True),
            MarkedPlace.response_id.in_(ids),
        )
        .order_by(MarkedPlace.response_id, MarkedPlace.position)
    )
    found = session.execute(statement).all()
    areas = _areas_of(session, municipality, [mark.id for mark in found])
    for mark in found:
        row = rows.get(mark.response_id)
        if row is not None:
            row.marks.append(_mark_row(mark, areas[mark.id]))


def _mark_row(mark: Any, areas: dict[AreaKind, tuple[str, str]]) -> MarkRow:
    return MarkRow(
        areas=areas,
        place=mark.name
        if may_be_named(mark.named_kind, is_sensitive=bool(mark.is_sensitive))
        else "",
        kind=mark.kind.value if mark.kind else "",
        feeling=mark.feeling.value,
        reasons=_values(mark.reasons),
        times=_values(mark.times),
        seasons=_values(mark.seasons),
        precision=mark.precision.value,
        words=(mark.masked_words or "") if mark.mask_version else "",
    )


def _values(members: frozenset[Any]) -> tuple[str, ...]:
    return tuple(sorted(member.value for member in members))


def _areas_of(
    session: Session, municipality: Municipality, mark_ids: Sequence[uuid.UUID]
) -> defaultdict[uuid.UUID, dict[AreaKind, tuple[str, str]]]:
    statement = (
        select(MarkArea.mark_id, Area.kind, Area.code, Area.name)
        .join(Area, Area.id == MarkArea.area_id)
        .where(Area.municipality_id == municipality.id, MarkArea.mark_id.in_(mark_ids))
    )
    found: defaultdict[uuid.UUID, dict[AreaKind, tuple[str, str]]] = defaultdict(dict)
    for mark_id, kind, code, name in session.execute(statement):
        found[mark_id][kind] = (code, name)
    return found
