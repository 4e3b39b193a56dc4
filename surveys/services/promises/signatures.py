"""Who signs a promise, and when and where they did. The signing itself happens elsewhere.

The signed document stays in the diary. Here its SHA-256 is kept, so that anybody who has a copy can
be told whether it is the same.
"""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from sqlalchemy.orm import Session

from surveys.drafts.promises import SignatoryDraft, SignatureDraft, SignedDocument
from surveys.errors import InvalidInput, NotFound
from surveys.limits import MAX_TITLE
from surveys.models.municipality import Municipality
from surveys.models.party import Party
from surveys.models.promise import Promise, Signatory
from surveys.queries.promises.drafts import signature_draft
from surveys.queries.promises.promises import get_promise
from surveys.services.editions.edition_files import drop_promise_files
from surveys.services.editions.input_rules import check_day, require
from surveys.services.promises.promises import (
    check_seen,
    count_up,
    set_period_from_signatures,
    take_draft,
)
from surveys.text.typed import clean_text

MAX_SIGNATORIES = 20
_PDF = b"%PDF-"
_PDF_BEGINS_WITHIN = 1024  # readers of PDF look for its mark here


@dataclass(frozen=True, slots=True)
class SignatoryAddress:
    """A role that signs a promise, and the fingerprint of the signature that was shown."""

    slug: str
    signatory_id: int
    seen: str | None = None


def add_signatory(
    session: Session, municipality: Municipality, slug: str, draft: SignatoryDraft
) -> Signatory:
    """Name a role that is to sign for the police or for one of the promise's municipalities.

    The same role of the same party signs once: an acting chief and the chief are one.
    """
    promise = take_draft(session, municipality, slug)
    title = require(draft.title, "title_missing", "title")
    parties = {party.municipality_id for party in promise.parties}
    if draft.municipality_id is not None and draft.municipality_id not in parties:
        raise InvalidInput("not_a_party", "party")
    if any(
        s.municipality_id == draft.municipality_id and s.title.casefold() == title.casefold()
        for s in promise.signatories
    ):
        raise InvalidInput("signatory_twice", "title")
    if len(promise.signatories) >= MAX_SIGNATORIES:
        raise InvalidInput("too_many_signatories", "title")
    signatory = Signatory(
        municipality_id=draft.municipality_id,
        position=max((s.position for s in promise.signatories), default=0) + 1,
        party=Party.POLICE if draft.municipality_id is None else Party.MUNICIPALITY,
        title=title,
        is_acting=draft.is_acting,
    )
    promise.signatories.append(signatory)
    set_period_from_signatures(promise)
    count_up(promise)
    session.flush()
    return signatory


def remove_signatory(
    session: Session, municipality: Municipality, slug: str, signatory_id: int
) -> None:
    """Take off a role that has not signed."""
    promise = take_draft(session, municipality, slug)
    signatory = find_signatory(promise, signatory_id)
    if signatory.signed_on is not None:
        raise InvalidInput("signatory_signed")
    promise.signatories.remove(signatory)
    set_period_from_signatures(promise)
    count_up(promise)
    session.flush()


def sign_promise(
    session: Session,
    municipality: Municipality,
    address: SignatoryAddress,
    draft: SignatureDraft,
    *,
    role: str,
    today: date,
) -> Signatory:
    """Record where and when the role signed, or put it right; ``role`` is who records it.

    A promise may be published before it is signed, so this is open afterwards too, and what the
    parties have approved stands. A period that runs from the signing begins when the last one has
    signed. Raise Conflict ``changed`` where somebody has recorded another signature meanwhile.
    """
    promise = get_promise(session, municipality, address.slug, for_change=True)
    signatory = find_signatory(promise, address.signatory_id)
    check_seen(signature_draft(signatory), address.seen)
    check_day(draft.signed_on, "signed_on")
    if draft.signed_on > today:
        raise InvalidInput("day_to_come", "signed_on")
    signatory.place = require(draft.place, "place_missing", "place")
    signatory.signed_on = draft.signed_on
    signatory.recorded_by = role
    if draft.document is not None:
        signatory.document_name = draft.document.name
        signatory.document_sha256 = draft.document.sha256
    set_period_from_signatures(promise)
    drop_promise_files(session, promise)
    session.flush()
    return signatory


def read_document(name: str, content: bytes) -> SignedDocument:
    """The name and the SHA-256 of a signed PDF; its content is not kept. Raise InvalidInput."""
    if _PDF not in content[:_PDF_BEGINS_WITHIN]:
        raise InvalidInput("not_a_pdf", "document")
    return SignedDocument(clean_text(name)[:MAX_TITLE] or "–", sha256(content).hexdigest())


def list_signed_by(promise: Promise, document: SignedDocument) -> tuple[Signatory, ...]:
    """The signatories whose recorded document is the same, byte for byte."""
    return tuple(s for s in promise.signatories if s.document_sha256 == document.sha256)


def find_signatory(promise: Promise, signatory_id: int) -> Signatory:
    """The promise's signatory with this id; raise NotFound."""
    for signatory in promise.signatories:
        if signatory.id == signatory_id:
            return signatory
    raise NotFound(str(signatory_id))
