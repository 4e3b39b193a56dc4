"""A short mark of all that a dialogue's figures are made of: another mark, other figures."""

import hashlib
import json

from sqlalchemy import Executable, func, select
from sqlalchemy.orm import Session

from surveys.models.answer_count import AnswerCount
from surveys.models.coding import Coding, CodingTheme
from surveys.models.dialogue import Dialogue
from surveys.models.hotspot import HotspotRun, RunState
from surveys.models.map_edition import MapEdition
from surveys.models.response import Response
from surveys.models.result_edition import ResultEdition
from surveys.models.round_map import RoundMap
from surveys.models.theme import ThemeChange


def get_data_mark(session: Session, dialogue: Dialogue) -> str:
    """SHA-256 over counts of answers, codings, runs and editions of ``dialogue``.

    Over all municipalities that hold it, since a figure may be pooled. It is no figure: it only
    tells that something has changed, and is shown to nobody.
    """
    asked = (
        _answers(dialogue),
        _responses(dialogue),
        _codings(dialogue),
        _codebook(dialogue),
        _runs(dialogue),
        _round_maps(dialogue),
        _editions(dialogue, MapEdition),
        _editions(dialogue, ResultEdition),
    )
    parts = [sorted(map(str, session.execute(statement))) for statement in asked]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _answers(dialogue: Dialogue) -> Executable:
    kept = AnswerCount
    return (
        select(kept.municipality_id, kept.question_id, kept.value, kept.channel, func.sum(kept.n))
        .where(kept.dialogue_id == dialogue.id)
        .group_by(kept.municipality_id, kept.question_id, kept.value, kept.channel)
    )


def _responses(dialogue: Dialogue) -> Executable:
    """How many have come in all and how many count: one that comes as another leaves shows too."""
    return (
        select(Response.municipality_id, Response.is_counted, func.count())
        .where(Response.dialogue_id == dialogue.id)
        .group_by(Response.municipality_id, Response.is_counted)
    )


def _codings(dialogue: Dialogue) -> Executable:
    return (
        select(CodingTheme.theme_id, CodingTheme.polarity, func.count())
        .join(Coding, Coding.id == CodingTheme.coding_id)
        .where(Coding.dialogue_id == dialogue.id, Coding.is_current.is_(True))
        .group_by(CodingTheme.theme_id, CodingTheme.polarity)
    )


def _codebook(dialogue: Dialogue) -> Executable:
    ids = [municipality.id for municipality in dialogue.municipalities]
    return select(func.max(ThemeChange.id)).where(ThemeChange.municipality_id.in_(ids))


def _runs(dialogue: Dialogue) -> Executable:
    return select(func.max(HotspotRun.id)).where(
        HotspotRun.dialogue_id == dialogue.id,
        HotspotRun.state == RunState.DONE,
        HotspotRun.filter_key == "",
    )


def _round_maps(dialogue: Dialogue) -> Executable:
    """The drawings beside other rounds that stand: a new one may tell other numbers."""
    return select(func.max(RoundMap.id), func.count()).where(
        (RoundMap.earlier_id == dialogue.id) | (RoundMap.later_id == dialogue.id),
        RoundMap.state == RunState.DONE,
    )


def _editions(dialogue: Dialogue, kind: type[MapEdition] | type[ResultEdition]) -> Executable:
    return select(kind.municipality_id, kind.number, kind.state).where(
        kind.dialogue_id == dialogue.id
    )
