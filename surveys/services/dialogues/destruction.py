"""Gallring: destroying what answers say, only under a decision, and saying how much.

Of a withdrawn answer all content goes. Of an old one the words that somebody wrote go, while coded
choices and places stay: they are what the figures are made of, and the counts go on being right.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from surveys.errors import InvalidInput
from surveys.models.geography import MarkArea
from surveys.models.municipality import Municipality
from surveys.models.notice import PrivacyNotice
from surveys.models.response import DESTROYED_TEXT, Answer, MarkedPlace, Response
from surveys.models.safety import SafetyFlag, SafetyState
from surveys.services.results.result_editions import forget_persons
from surveys.services.texts.coding_traces import drop_codings, drop_suggestions
from surveys.text.masking import MASK_VERSION

_IDS_A_STATEMENT = 1000
# The masked form goes with the words, and so does what a person has hidden or given back of them.
_NOTHING_HIDDEN: dict[str, object] = {"hidden_words": [], "told_words": []}
_NOTHING_MASKED = _NOTHING_HIDDEN | {"masked_kinds": frozenset(), "mask_version": MASK_VERSION}


@dataclass(frozen=True, slots=True)
class Destruction:
    """What a decision reaches; ``decision`` is the number that it stands under."""

    decision: str
    before: date
    n_withdrawn: int  # answers whose whole content goes
    n_old: int  # other answers in which words go


def plan_destruction(
    session: Session, municipality: Municipality, *, decision: str, before: date
) -> Destruction:
    """What would be destroyed: answers of days before ``before``, those of no known day not.

    Without ``decision`` the municipality's own standing one is used; raise InvalidInput
    ``no_decision`` where there is none.
    """
    number = decision.strip() or _standing_decision(session, municipality)
    if not number:
        raise InvalidInput("no_decision", "decision")
    withdrawn, old = _reached(session, municipality, before)
    return Destruction(number, before, len(withdrawn), len(old))


def destroy_content(
    session: Session, municipality: Municipality, *, decision: str, before: date
) -> Destruction:
    """Destroy it; return what was destroyed. Raise InvalidInput as ``plan_destruction`` does."""
    plan = plan_destruction(session, municipality, decision=decision, before=before)
    withdrawn, old = _reached(session, municipality, before)
    drop_suggestions(session, [*withdrawn, *old])
    drop_codings(session, withdrawn)
    for ids in _batches(withdrawn):
        session.execute(delete(Answer).where(Answer.response_id.in_(ids)))
        marks = select(MarkedPlace.id).where(MarkedPlace.response_id.in_(ids))
        session.execute(delete(MarkArea).where(MarkArea.mark_id.in_(marks)))
        session.execute(delete(MarkedPlace).where(MarkedPlace.response_id.in_(ids)))
        session.execute(delete(SafetyFlag).where(SafetyFlag.response_id.in_(ids)))
        _forget(session, ids, age_band=None, gender=None, area=None, event_id=None)
    forget_persons(session, municipality, withdrawn)
    for ids in _batches(old):
        session.execute(
            update(Answer)
            .where(Answer.response_id.in_(ids), *_has(Answer.text))
            .values(text=DESTROYED_TEXT, fingerprint=None, **_NOTHING_MASKED, masked_text=None)
        )
        session.execute(
            update(MarkedPlace)
            .where(MarkedPlace.response_id.in_(ids))
            .values(words=None, **_NOTHING_HIDDEN, masked_words=None)
        )
        # Nobody can read it any more. What was decided about the others is staff's own log.
        session.execute(
            delete(SafetyFlag).where(
                SafetyFlag.response_id.in_(ids), SafetyFlag.state == SafetyState.OPEN
            )
        )
        _forget(session, ids)
    session.expire_all()
    return plan


def _standing_decision(session: Session, municipality: Municipality) -> str:
    statement = select(PrivacyNotice.destruction_decision).where(
        PrivacyNotice.municipality_id == municipality.id
    )
    return (session.scalar(statement) or "").strip()


def _reached(
    session: Session, municipality: Municipality, before: date
) -> tuple[list[uuid.UUID], list[uuid.UUID]]:
    """Ids of the withdrawn answers that still hold something, and of the others with words."""
    mine = (Response.municipality_id == municipality.id, Response.answered_on < before)
    is_withdrawn = Response.withdrawn_on.is_not(None)
    has_words = or_(
        select(Answer.id).where(Answer.response_id == Response.id, *_has(Answer.text)).exists(),
        select(MarkedPlace.id)
        .where(MarkedPlace.response_id == Response.id, *_has(MarkedPlace.words))
        .exists(),
    )
    withdrawn = select(Response.id).where(*mine, is_withdrawn, Response.content_hash != "")
    old = select(Response.id).where(*mine, ~is_withdrawn, has_words)
    return list(session.scalars(withdrawn)), list(session.scalars(old))


def _has(column: InstrumentedAttribute[str | None]) -> tuple[ColumnElement[bool], ...]:
    return (column.is_not(None), column != "", column != DESTROYED_TEXT)


def _forget(session: Session, ids: Sequence[uuid.UUID], **values: object) -> None:
    """Drop the sums too: with one of them a guess of the words could be tried."""
    session.execute(
        update(Response)
        .where(Response.id.in_(ids))
        .values(content_hash="", key_hash=None, **values)
    )


def _batches(ids: Sequence[uuid.UUID]) -> Iterable[Sequence[uuid.UUID]]:
    for start in range(0, len(ids), _IDS_A_STATEMENT):
        yield ids[start : start + _IDS_A_STATEMENT]
