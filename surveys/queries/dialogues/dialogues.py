"""Readers for dialogues, always through the municipality whose address was asked for."""

from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from surveys.errors import NotFound
from surveys.models.dialogue import Dialogue, dialogue_municipality
from surveys.models.municipality import Municipality


def get_dialogue(session: Session, municipality: Municipality, slug: str) -> Dialogue:
    """The dialogue with this address part that is linked to ``municipality``; raise NotFound.

    Where a joint dialogue and one of the municipality's own share a slug, its own is meant.
    """
    own_first = (Dialogue.municipality_id == municipality.id).desc()
    statement = _linked_to(municipality).where(Dialogue.slug == slug).order_by(own_first).limit(1)
    dialogue = session.scalar(statement)
    if dialogue is None:
        raise NotFound(slug)
    return dialogue


def get_own_dialogue(session: Session, municipality: Municipality, slug: str) -> Dialogue:
    """The dialogue that ``municipality`` owns, not one that is shared with it; raise NotFound."""
    dialogue = get_dialogue(session, municipality, slug)
    if dialogue.municipality_id != municipality.id:
        raise NotFound(slug)
    return dialogue


def list_dialogues(session: Session, municipality: Municipality) -> list[Dialogue]:
    """All dialogues of the municipality, own and joint, the latest first."""
    statement = _linked_to(municipality).order_by(Dialogue.opens_at.desc(), Dialogue.id.desc())
    return list(session.scalars(statement))


def get_open_dialogue(
    session: Session, municipality: Municipality, now: datetime
) -> Dialogue | None:
    """The dialogue that takes answers at ``now``; of several the one that closes first."""
    statement = (
        _linked_to(municipality)
        .where(Dialogue.opens_at <= now, Dialogue.closes_at >= now)
        .order_by(Dialogue.closes_at, Dialogue.id)
        .limit(1)
    )
    return session.scalar(statement)


def _linked_to(municipality: Municipality) -> Select[Dialogue]:
    return (
        select(Dialogue)
        .join(dialogue_municipality)
        .where(dialogue_municipality.c.municipality_id == municipality.id)
    )
