"""Freezing what readers are given. An edition is added, never changed."""

import json
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys.drafts.approvals import EditionDraft
from surveys.models.document_edition import DocumentEdition
from surveys.models.municipality import Municipality
from surveys.queries.editions.approvals import (
    Subject,
    list_party_approvals,
    of_subject,
    subject_key,
)
from surveys.services.editions.input_rules import optional_text


def freeze_edition(
    session: Session,
    municipality: Municipality,
    subject: Subject,
    draft: EditionDraft,
    *,
    by: str,
    now: datetime,
) -> DocumentEdition:
    """Keep the draft as the next edition of ``subject``, with who approved it."""
    number = session.scalar(
        select(func.max(DocumentEdition.number)).where(of_subject(DocumentEdition, subject))
    )
    edition = DocumentEdition(
        municipality_id=subject.municipality_id,
        number=(number or 0) + 1,
        content=draft.content,
        content_hash=hash_content(draft.content),
        approvals=_approvals(session, municipality, subject),
        change_note=optional_text(draft.change_note, "change_note"),
        published_at=now,
        published_by=by,
        **subject_key(subject),
    )
    session.add(edition)
    session.flush()
    return edition


def hash_content(content: dict[str, Any]) -> str:
    """SHA-256 of the canonical form: JSON, UTF-8, sorted keys, no spaces."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def _approvals(
    session: Session, municipality: Municipality, subject: Subject
) -> list[dict[str, Any]]:
    return [
        {
            "party": party.party.value,
            "name": party.name,
            "role": party.role,
            "approved_at": party.approved_at.isoformat(),
        }
        for party in list_party_approvals(session, municipality, subject)
        if party.is_given and party.approved_at is not None
    ]
