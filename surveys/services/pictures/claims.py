"""Writers for what stands in a draft of the problem picture: its areas, its claims, their ground.

Every function takes the revision that the writer had seen and raises Conflict where the draft has
changed since or is published, and NotFound where the area or the claim is not in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from surveys.drafts.pictures import AreaDraft, ClaimDraft
from surveys.errors import InvalidInput, NotFound
from surveys.limits import MAX_CLAIM, MAX_SHORT, MAX_TITLE
from surveys.models.evidence import Evidence
from surveys.models.municipality import Municipality
from surveys.models.picture import Citation, Claim, ProblemArea, ProblemPicture
from surveys.models.promise import promise_claim
from surveys.services.editions.input_rules import optional_text, required_text
from surveys.services.pictures.pictures import take_draft


@dataclass(frozen=True, slots=True)
class DraftAddress:
    """Which draft is written in, and at which revision its writer read it."""

    slug: str
    revision: int


def add_area(
    session: Session, municipality: Municipality, at: DraftAddress, draft: AreaDraft
) -> ProblemArea:
    """Add an area after the others."""
    picture = take_draft(session, municipality, at.slug, at.revision)
    area = ProblemArea(rank=len(picture.areas) + 1, **_area_columns(draft))
    picture.areas.append(area)
    session.flush()
    return area


def edit_area(
    session: Session, municipality: Municipality, at: DraftAddress, area_id: int, draft: AreaDraft
) -> ProblemArea:
    """Change an area's title and text."""
    area = _area_of(take_draft(session, municipality, at.slug, at.revision), area_id)
    for column, value in _area_columns(draft).items():
        setattr(area, column, value)
    session.flush()
    return area


def move_area(
    session: Session, municipality: Municipality, at: DraftAddress, area_id: int, *, up: bool
) -> None:
    """Rank an area one step higher or lower; at the end it stays."""
    picture = take_draft(session, municipality, at.slug, at.revision)
    areas = _moved(picture.areas, _area_of(picture, area_id), up=up)
    _renumber(session, areas, "rank")
    session.expire(picture, ["areas"])


def remove_area(
    session: Session, municipality: Municipality, at: DraftAddress, area_id: int
) -> None:
    """Take an area out with its claims; raise InvalidInput where a promise rests on one."""
    picture = take_draft(session, municipality, at.slug, at.revision)
    area = _area_of(picture, area_id)
    _refuse_cited(session, area.claims)
    picture.areas.remove(area)
    session.flush()
    _renumber(session, picture.areas, "rank")


def add_claim(
    session: Session, municipality: Municipality, at: DraftAddress, area_id: int, draft: ClaimDraft
) -> Claim:
    """Add a claim last in an area."""
    area = _area_of(take_draft(session, municipality, at.slug, at.revision), area_id)
    claim = Claim(position=len(area.claims) + 1)
    _fill(session, municipality, claim, draft)
    area.claims.append(claim)
    session.flush()
    return claim


def edit_claim(
    session: Session, municipality: Municipality, at: DraftAddress, claim_id: int, draft: ClaimDraft
) -> Claim:
    """Change a claim's text and ground."""
    claim = _claim_of(take_draft(session, municipality, at.slug, at.revision), claim_id)
    _fill(session, municipality, claim, draft)
    session.flush()
    return claim


def move_claim(
    session: Session, municipality: Municipality, at: DraftAddress, claim_id: int, *, up: bool
) -> None:
    """Move a claim one step inside its area; at the end it stays."""
    claim = _claim_of(take_draft(session, municipality, at.slug, at.revision), claim_id)
    area = claim.area
    _renumber(session, _moved(area.claims, claim, up=up), "position")
    session.expire(area, ["claims"])


def remove_claim(
    session: Session, municipality: Municipality, at: DraftAddress, claim_id: int
) -> None:
    """Take a claim out; raise InvalidInput where a promise rests on it."""
    claim = _claim_of(take_draft(session, municipality, at.slug, at.revision), claim_id)
    _refuse_cited(session, [claim])
    area = claim.area
    area.claims.remove(claim)
    session.flush()
    _renumber(session, area.claims, "position")


def _area_columns(draft: AreaDraft) -> dict[str, Any]:
    because = optional_text(draft.not_chosen_because, "not_chosen_because")
    if not draft.is_chosen and because is None:
        raise InvalidInput("not_chosen_why", "not_chosen_because")
    return {
        "title": required_text(draft.title, "title", MAX_TITLE),
        "text": optional_text(draft.text, "text") or "",
        "is_chosen": draft.is_chosen,
        "not_chosen_because": None if draft.is_chosen else because,
        "season": optional_text(draft.season, "season", MAX_SHORT),
        "part": draft.part,
    }


def _area_of(picture: ProblemPicture, area_id: int) -> ProblemArea:
    area = next((area for area in picture.areas if area.id == area_id), None)
    if area is None:
        raise NotFound(str(area_id))
    return area


def _claim_of(picture: ProblemPicture, claim_id: int) -> Claim:
    claims = (claim for area in picture.areas for claim in area.claims)
    claim = next((claim for claim in claims if claim.id == claim_id), None)
    if claim is None:
        raise NotFound(str(claim_id))
    return claim


def _fill(session: Session, municipality: Municipality, claim: Claim, draft: ClaimDraft) -> None:
    if draft.supporting & draft.disagreeing:
        raise InvalidInput("both_sides", "disagreeing")
    claim.text = required_text(draft.text, "text", MAX_CLAIM)
    claim.judged_by = optional_text(draft.judged_by, "judged_by", MAX_SHORT)
    claim.is_judgement = claim.judged_by is not None
    claim.dated_on, claim.party = draft.dated_on, draft.party
    wanted = draft.supporting | draft.disagreeing
    _refuse_foreign(session, municipality, wanted)
    present = {c.evidence_id: c for c in claim.citations}
    claim.citations = [present.get(i) or Citation(evidence_id=i) for i in sorted(wanted)]
    for citation in claim.citations:
        citation.disagrees = citation.evidence_id in draft.disagreeing


def _refuse_foreign(session: Session, municipality: Municipality, wanted: frozenset[int]) -> None:
    statement = select(Evidence.id).where(
        Evidence.municipality_id == municipality.id, Evidence.id.in_(wanted)
    )
    if wanted - set(session.scalars(statement)):
        raise InvalidInput("unknown_evidence", "supporting")


def _refuse_cited(session: Session, claims: Sequence[Claim]) -> None:
    ids = [claim.id for claim in claims]
    if session.scalar(select(exists().where(promise_claim.c.claim_id.in_(ids)))):
        raise InvalidInput("claim_in_promise")


def _moved(rows: Sequence[Any], row: Any, *, up: bool) -> list[Any]:
    ordered = list(rows)
    old = ordered.index(row)
    new = min(max(old - 1 if up else old + 1, 0), len(ordered) - 1)
    ordered.insert(new, ordered.pop(old))
    return ordered


def _renumber(session: Session, rows: Sequence[ProblemArea | Claim], column: str) -> None:
    # Two steps: the database checks that no number stands twice after every single row.
    for sign in (-1, 1):
        for number, row in enumerate(rows, start=1):
            setattr(row, column, sign * number)
        session.flush()
