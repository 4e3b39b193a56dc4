"""Which municipalities give a promise: chosen when it is begun, and changed while it is a draft."""

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from surveys.drafts.promises import PartyDraft
from surveys.errors import InvalidInput
from surveys.models.approval import Approval
from surveys.models.document_edition import DocumentEdition
from surveys.models.municipality import Municipality
from surveys.models.promise import Promise, PromiseMunicipality, PromisePoint
from surveys.queries.editions.approvals import of_subject
from surveys.services.promises.promises import agreement_of, count_up, party_ids_of, take_draft


def has_fixed_parties(session: Session, promise: Promise) -> bool:
    """Whether who gives the promise stands: a party has said yes to it, or readers have had it."""
    found = (
        exists().where(of_subject(Approval, promise)),
        exists().where(of_subject(DocumentEdition, promise)),
    )
    return promise.published_at is not None or any(
        session.scalar(select(condition)) for condition in found
    )


def choose_parties(
    session: Session, municipality: Municipality, slug: str, others: frozenset[int]
) -> Promise:
    """Let ``others`` give the promise together with the municipality that registers it.

    A number that one has recorded stays its own; what one that leaves had chosen goes with it.
    Raise InvalidInput: ``parties_stand``, ``not_registering`` for another than the one that
    registers it, ``party_outside_area``, ``party_signs`` where one that leaves has somebody who
    signs.
    """
    promise = take_draft(session, municipality, slug)
    if promise.municipality_id != municipality.id:
        raise InvalidInput("not_registering")
    if has_fixed_parties(session, promise):
        raise InvalidInput("parties_stand")
    before = [party.municipality_id for party in promise.parties]
    wanted = party_ids_of(municipality, [PartyDraft(id_) for id_ in others], promise.police_area)
    if set(wanted) == set(before):
        return promise
    leaving = set(before) - set(wanted)
    if any(signatory.municipality_id in leaving for signatory in promise.signatories):
        raise InvalidInput("party_signs", "parties")
    kept = {party.municipality_id: party for party in promise.parties}
    promise.parties = [kept.get(id_) or PromiseMunicipality(municipality_id=id_) for id_ in wanted]
    _let_go(promise, leaving)
    promise.agreement = agreement_of(session, promise.police_area, wanted)
    count_up(promise)
    session.flush()
    return promise


def _let_go(promise: Promise, leaving: set[int]) -> None:
    """Nothing of a municipality that no longer gives the promise is shown in it."""
    promise.claims = [c for c in promise.claims if c.area.picture.municipality_id not in leaving]
    for point in promise.points:
        _let_go_of_point(promise, point, leaving)


def _let_go_of_point(promise: Promise, point: PromisePoint, leaving: set[int]) -> None:
    point.claims = [claim for claim in point.claims if claim in promise.claims]
    point.places = [place for place in point.places if place.municipality_id not in leaving]
    point.activities = [a for a in point.activities if a.municipality_id not in leaving]
    if point.owner is not None and point.owner.municipality_id in leaving:
        point.owner = None
