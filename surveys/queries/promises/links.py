"""Which published promises rest on which claims: the trail from what was seen to what is done."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from surveys.models.dialogue import Dialogue
from surveys.models.evidence import Evidence
from surveys.models.municipality import Municipality
from surveys.models.picture import Citation
from surveys.models.promise import Promise, promise_claim
from surveys.queries.promises.edition import as_published, published_by


@dataclass(frozen=True, slots=True)
class PromiseLink:
    """A published promise, as a link shows it."""

    slug: str
    title: str
    label: str


def list_promises_by_claim(
    session: Session, municipality: Municipality, claim_ids: Iterable[int]
) -> dict[int, tuple[PromiseLink, ...]]:
    """Claim id -> the municipality's published promises that rest on it. Others are left out."""
    statement = (
        _published(municipality)
        .add_columns(promise_claim.c.claim_id)
        .join(promise_claim, promise_claim.c.promise_id == Promise.id)
        .where(promise_claim.c.claim_id.in_(set(claim_ids)), Promise.changing_since.is_(None))
    )
    pairs = [(promise, claim_id) for promise, claim_id in session.execute(statement)]
    pairs += _pairs_of_changing(session, municipality, set(claim_ids))
    found: dict[int, tuple[PromiseLink, ...]] = {}
    for promise, claim_id in pairs:
        found[claim_id] = (*found.get(claim_id, ()), _link(promise))
    return found


def _pairs_of_changing(
    session: Session, municipality: Municipality, claim_ids: set[int]
) -> list[tuple[Promise, int]]:
    """Of promises whose words are being changed: what their last edition rests on."""
    changing = _published(municipality).where(Promise.changing_since.is_not(None))
    seen = [as_published(session, promise) for promise in session.scalars(changing)]
    return [(p, claim.id) for p in seen for claim in p.claims if claim.id in claim_ids]


def list_promises_from_dialogue(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> tuple[PromiseLink, ...]:
    """Published promises resting on a claim that cites a figure frozen from ``dialogue``."""
    from_dialogue = (
        select(promise_claim.c.promise_id)
        .join(Citation, Citation.claim_id == promise_claim.c.claim_id)
        .join(Evidence, Evidence.id == Citation.evidence_id)
        .where(Evidence.dialogue_id == dialogue.id)
    )
    statement = _published(municipality).where(Promise.id.in_(from_dialogue))
    return tuple(_link(as_published(session, promise)) for promise in session.scalars(statement))


def _published(municipality: Municipality) -> Select[Promise]:
    return published_by(municipality).order_by(Promise.published_at.desc(), Promise.id.desc())


def _link(promise: Promise) -> PromiseLink:
    return PromiseLink(promise.slug, promise.title, promise.label)
