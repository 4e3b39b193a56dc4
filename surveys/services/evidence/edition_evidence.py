"""Writers that freeze what a published edition tells, and cite it in the place of live counts."""

from datetime import datetime

from sqlalchemy.orm import Session

from surveys.models.dialogue import Dialogue
from surveys.models.evidence import Evidence
from surveys.models.municipality import Municipality
from surveys.models.picture import Citation, Claim
from surveys.queries.dialogues.dialogues import get_dialogue
from surveys.queries.figures.edition_figures import QUERY_NAME, get_edition_figure, table_key
from surveys.queries.figures.public_figures import Hold, find_hold
from surveys.services.evidence.evidence import (
    FigureAddress,
    FigureWords,
    begin_evidence,
    freeze_found,
)
from surveys.services.pictures.claims import DraftAddress
from surveys.services.pictures.pictures import take_draft


def freeze_published(
    session: Session,
    municipality: Municipality,
    address: FigureAddress,
    words: FigureWords,
    *,
    by: str,
    now: datetime,
) -> Evidence:
    """Freeze the table with this key of what readers see now; raise NotFound if there is none."""
    dialogue = get_dialogue(session, municipality, address.dialogue)
    return _freeze(session, municipality, (dialogue, address.figure), words, by=by, now=now)


def use_published_figures(
    session: Session,
    municipality: Municipality,
    at: DraftAddress,
    words: FigureWords,
    *,
    by: str,
    now: datetime,
) -> int:
    """Cite the published figure wherever the draft cites one that readers may not get as it is.

    Returns how many were changed. Raise NotFound, or Conflict where the draft has changed.
    """
    picture = take_draft(session, municipality, at.slug, at.revision)
    n_changed = 0
    for claim in (claim for area in picture.areas for claim in area.claims):
        for citation in list(claim.citations):
            old, key = citation.evidence, table_key(citation.evidence)
            hold = find_hold(session, municipality, old)
            if hold is not Hold.TOLD_OTHERWISE or key is None or old.dialogue is None:
                continue
            fresh = _freeze(session, municipality, (old.dialogue, key), words, by=by, now=now)
            _replace(claim, citation, fresh)
            n_changed += 1
    session.flush()
    return n_changed


def _freeze(
    session: Session,
    municipality: Municipality,
    which: tuple[Dialogue, str],
    words: FigureWords,
    *,
    by: str,
    now: datetime,
) -> Evidence:
    dialogue, key = which
    found = get_edition_figure(session, municipality, dialogue, key)
    query = {"name": QUERY_NAME, "table": key}
    evidence = begin_evidence(municipality, dialogue, query)
    return freeze_found(session, evidence, found, words, by=by, now=now)


def _replace(claim: Claim, citation: Citation, fresh: Evidence) -> None:
    claim.citations.remove(citation)
    if fresh.id not in {other.evidence_id for other in claim.citations}:
        claim.citations.append(Citation(evidence=fresh, disagrees=citation.disagrees))
