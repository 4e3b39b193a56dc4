"""Writers for evidence: a figure, a map finding or a source is frozen as it stands now.

The numbers are read and frozen in one transaction. Their words belong to the edge, which hands in
a function that turns the numbers into a statement (``FigureWords``); number and statement can thus
never come from two different readings. A frozen row is never changed: what has changed since is
frozen again beside it, and the same content twice is one row.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from surveys.days import swedish_day, whole_hour
from surveys.drafts.evidence import SourceDraft, Wording
from surveys.errors import InvalidInput
from surveys.limits import MAX_COUNT, MAX_SHORT, MAX_SOURCE, MAX_TITLE
from surveys.models.dialogue import Dialogue
from surveys.models.evidence import Evidence, EvidenceKind
from surveys.models.municipality import Municipality
from surveys.privacy import MIN_RESPONDENTS
from surveys.queries.dialogues import get_dialogue
from surveys.queries.figures import MapFinding, SurveyFigure, get_figure
from surveys.services.input_rules import optional_text, required_text


@dataclass(frozen=True, slots=True)
class FigureAddress:
    """Which figure: the dialogue's address part, and ``q1``-``q3`` or ``hotspot-<rank>``."""

    dialogue: str
    figure: str


class FigureWords(Protocol):
    """How the edge puts a figure into words."""

    def __call__(self, figure: SurveyFigure | MapFinding, /) -> Wording: ...


def freeze_figure(
    session: Session,
    municipality: Municipality,
    address: FigureAddress,
    words: FigureWords,
    *,
    by: str,
    now: datetime,
) -> Evidence:
    """Freeze one figure as it stands now, in the name of the role ``by``.

    Raise NotFound for a dialogue or a figure that is not there, and InvalidInput ``too_few`` where
    it rests on fewer respondents than may be told.
    """
    dialogue = get_dialogue(session, municipality, address.dialogue)
    found = get_figure(session, municipality, dialogue, address.figure)
    if found.n < MIN_RESPONDENTS:
        raise InvalidInput("too_few", "figure")
    evidence = _own_evidence(municipality, dialogue, found, words(found))
    return freeze_evidence(session, evidence, by=by, now=now)


def freeze_source(
    session: Session, municipality: Municipality, draft: SourceDraft, *, by: str, now: datetime
) -> Evidence:
    """Freeze an external source as it was reported. Raise InvalidInput."""
    if draft.n is not None and not 0 <= draft.n <= MAX_COUNT:
        raise InvalidInput("out_of_range", "n")
    if draft.dated_on is not None and draft.dated_on > swedish_day(now):
        raise InvalidInput("in_future", "dated_on")
    evidence = Evidence(
        municipality_id=municipality.id,
        kind=EvidenceKind.EXTERNAL_SOURCE,
        title=required_text(draft.title, "title", MAX_TITLE),
        statement=required_text(draft.statement, "statement"),
        source=required_text(draft.source, "source", MAX_SOURCE),
        period=optional_text(draft.period, "period", MAX_SHORT),
        method=optional_text(draft.method, "method"),
        caveat=optional_text(draft.caveat, "caveat"),
        n=draft.n,
        dated_on=draft.dated_on,
        figures={},
    )
    return freeze_evidence(session, evidence, by=by, now=now)


def content_hash(evidence: Evidence) -> str:
    """SHA-256 over everything that the evidence says, in one fixed form."""
    parts = {
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
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def freeze_evidence(session: Session, evidence: Evidence, *, by: str, now: datetime) -> Evidence:
    """Freeze ``evidence`` in the name of the role ``by``; the same content twice is one row."""
    evidence.content_hash = content_hash(evidence)
    evidence.frozen_at, evidence.frozen_by = whole_hour(now), by
    try:
        with session.begin_nested():
            session.add(evidence)
    except IntegrityError:  # the same content has been frozen before, perhaps a moment ago
        kept = session.scalar(
            select(Evidence).where(
                Evidence.municipality_id == evidence.municipality_id,
                Evidence.content_hash == evidence.content_hash,
            )
        )
        if kept is None:
            raise
        return kept
    return evidence


def _own_evidence(
    municipality: Municipality,
    dialogue: Dialogue,
    found: SurveyFigure | MapFinding,
    wording: Wording,
) -> Evidence:
    is_map = isinstance(found, MapFinding)
    return Evidence(
        municipality_id=municipality.id,
        dialogue_id=dialogue.id,
        kind=EvidenceKind.MAP_FINDING if is_map else EvidenceKind.SURVEY_FIGURE,
        title=wording.title[:MAX_TITLE],
        statement=wording.statement,
        source=wording.source[:MAX_SOURCE],
        period=wording.period[:MAX_SHORT],
        method=wording.method,
        caveat=wording.caveat,
        n=found.n,
        dated_on=found.dialogue.last_on,
        figures=found.as_json(),
    )
