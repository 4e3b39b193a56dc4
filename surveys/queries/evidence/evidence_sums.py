"""The control sum of a piece of evidence: over everything that it says, in one fixed form."""

import enum
import hashlib
import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models.evidence import Evidence
from surveys.models.municipality import Municipality


class Soundness(enum.Enum):
    """Whether a row still says what it said when it was frozen."""

    INTACT = "intact"
    ALTERED = "altered"  # by somebody with the database's own rights: no code of ours can
    EMPTIED = "emptied"  # a quote that was taken back: its sum went with its words


@dataclass(frozen=True, slots=True)
class SumCheck:
    """One row and what became of its sum."""

    id: int
    title: str
    found: Soundness


def content_hash(evidence: Evidence) -> str:
    """SHA-256 over everything that the evidence says. Who froze it, and when, is beside it."""
    parts: dict[str, Any] = {
        "kind": evidence.kind.value,
        "dialogue": evidence.dialogue_id,
        "title": evidence.title,
        "statement": evidence.statement,
        "source": evidence.source,
        "period": evidence.period,
        "method": evidence.method,
        "caveat": evidence.caveat,
        "n": evidence.n,
        "dated_on": evidence.dated_on.isoformat() if evidence.dated_on else None,
        "figures": evidence.figures,
    }
    # Rows from before these were kept have sums without them.
    if evidence.query:
        parts["query"] = evidence.query
    if evidence.versions:
        parts["versions"] = evidence.versions
    parts |= outside_values(evidence)
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def outside_values(evidence: Evidence) -> dict[str, Any]:
    """What a source from outside says of itself, only where it says it: as above."""
    texts = {
        "indicator": evidence.indicator,
        "geography": evidence.geography,
        "comparison": evidence.comparison,
        "direction": evidence.direction.value if evidence.direction else None,
        "wanted": evidence.wanted.value if evidence.wanted else None,
        "recurs": evidence.recurs,
        "series": evidence.series,
        "needs_clearance": evidence.needs_clearance,
    }
    return {name: value for name, value in texts.items() if value}


def check_sum(evidence: Evidence) -> Soundness:
    """Compute the sum again and hold it to the stored one."""
    if evidence.blanked_on is not None:
        return Soundness.EMPTIED
    is_same = content_hash(evidence) == evidence.content_hash
    return Soundness.INTACT if is_same else Soundness.ALTERED


def check_sums(session: Session, municipality: Municipality) -> list[SumCheck]:
    """Every piece of the municipality's evidence with what its sum says, the oldest first."""
    rows = session.scalars(
        select(Evidence).where(Evidence.municipality_id == municipality.id).order_by(Evidence.id)
    )
    return [SumCheck(row.id, row.title, check_sum(row)) for row in rows]
