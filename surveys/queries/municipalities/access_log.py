"""Who has looked at what needs a reason, for those who look after it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from surveys.errors import NotFound
from surveys.models.access_record import AccessKind, AccessRecord
from surveys.models.municipality import Municipality

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class AccessLine:
    """One look: the role that looked, at what, when and why."""

    at: datetime
    title: str
    kind: AccessKind
    dialogue_title: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class AccessPage:
    """One page of ``n`` looks, latest first; pages are numbered from 1."""

    lines: tuple[AccessLine, ...]
    n: int
    page: int
    n_pages: int


def list_access(
    session: Session,
    municipality: Municipality,
    *,
    kind: AccessKind | None = None,
    page: int = 1,
) -> AccessPage:
    """The looks at ``municipality``'s data, of one ``kind`` or of all; raise NotFound beyond."""
    asked = [AccessRecord.municipality_id == municipality.id]
    if kind is not None:
        asked.append(AccessRecord.kind == kind)
    n = session.scalar(select(func.count()).where(*asked)) or 0
    n_pages = max(1, -(-n // PAGE_SIZE))
    if not 1 <= page <= n_pages:
        raise NotFound(f"page {page}")
    found = session.scalars(
        select(AccessRecord)
        .where(*asked)
        .options(joinedload(AccessRecord.dialogue))
        .order_by(AccessRecord.at.desc(), AccessRecord.id.desc())
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    lines = tuple(
        AccessLine(
            record.at,
            record.title,
            record.kind,
            record.dialogue.title if record.dialogue else None,
            record.reason,
        )
        for record in found
    )
    return AccessPage(lines, n, page, n_pages)
