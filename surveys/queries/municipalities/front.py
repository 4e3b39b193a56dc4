"""What the installation's own start page needs: its municipalities and where one can answer."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models.dialogue import Dialogue, dialogue_municipality
from surveys.models.municipality import Municipality


@dataclass(frozen=True, slots=True)
class OpenRound:
    """A dialogue that takes answers now."""

    slug: str
    title: str
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class FrontMunicipality:
    """A municipality of the installation; ``open_round`` closes first of those that are open."""

    slug: str
    name: str
    official_name: str
    open_round: OpenRound | None


def list_front(session: Session, now: datetime) -> tuple[FrontMunicipality, ...]:
    """All municipalities by name, each with its open dialogue where it has one."""
    statement = (
        select(dialogue_municipality.c.municipality_id, Dialogue)
        .join(Dialogue, Dialogue.id == dialogue_municipality.c.dialogue_id)
        .where(Dialogue.opens_at <= now, Dialogue.closes_at >= now)
        .order_by(Dialogue.closes_at.desc(), Dialogue.id.desc())
    )
    rounds = {
        municipality_id: OpenRound(dialogue.slug, dialogue.title, dialogue.closes_at)
        for municipality_id, dialogue in session.execute(statement)
    }
    municipalities = session.scalars(select(Municipality).order_by(Municipality.name))
    return tuple(
        FrontMunicipality(m.slug, m.name, m.official_name, rounds.get(m.id)) for m in municipalities
    )
