"""Readers for frozen evidence."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys.models.evidence import Evidence, EvidenceKind
from surveys.models.municipality import Municipality
from surveys.models.picture import Citation

PAGE_LENGTH = 200


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """A frozen figure or source with all that a reader needs to judge it."""

    id: int
    kind: EvidenceKind
    title: str
    statement: str
    source: str
    period: str | None
    method: str | None
    caveat: str | None
    n: int | None  # None: the source does not tell its base
    dated_on: date | None
    frozen_at: datetime
    frozen_by: str
    content_hash: str
    is_self_selected: bool  # made of answers by people who chose to answer
    blanked_on: date | None  # a quote whose writer has withdrawn the answer: no statement


@dataclass(frozen=True, slots=True)
class EvidenceUse:
    """Evidence and how many claims cite it."""

    evidence: EvidenceView
    claims: int


def list_evidence(session: Session, municipality: Municipality) -> tuple[EvidenceUse, ...]:
    """The municipality's evidence, the latest first, at most ``PAGE_LENGTH``."""
    citations = (
        select(func.count())
        .where(Citation.evidence_id == Evidence.id)
        .correlate(Evidence)
        .scalar_subquery()
    )
    statement = (
        select(Evidence, citations)
        .where(Evidence.municipality_id == municipality.id)
        .order_by(Evidence.frozen_at.desc(), Evidence.id.desc())
        .limit(PAGE_LENGTH)
    )
    rows = session.execute(statement)
    return tuple(EvidenceUse(view_evidence(evidence), claims) for evidence, claims in rows)


def view_evidence(evidence: Evidence) -> EvidenceView:
    """The row as readers see it."""
    return EvidenceView(
        id=evidence.id,
        kind=evidence.kind,
        title=evidence.title,
        statement=evidence.statement,
        source=evidence.source,
        period=evidence.period,
        method=evidence.method,
        caveat=evidence.caveat,
        n=evidence.n,
        dated_on=evidence.dated_on,
        frozen_at=evidence.frozen_at,
        frozen_by=evidence.frozen_by,
        content_hash=evidence.content_hash,
        blanked_on=evidence.blanked_on,
        is_self_selected=evidence.kind is not EvidenceKind.EXTERNAL_SOURCE,
    )
