"""Who signs a promise, and when and where they did. The signing itself happens elsewhere."""

from datetime import date

from sqlalchemy.orm import Session

from surveys.drafts.promises import SignatoryDraft
from surveys.errors import InvalidInput, NotFound
from surveys.models.municipality import Municipality
from surveys.models.party import Party
from surveys.models.promise import Promise, Signatory
from surveys.queries.promises import get_promise
from surveys.services.input_rules import check_day, require
from surveys.services.promises import get_draft, set_period_from_signatures

MAX_SIGNATORIES = 20


def add_signatory(
    session: Session, municipality: Municipality, slug: str, draft: SignatoryDraft
) -> Signatory:
    """Name a role that is to sign for the police or for one of the promise's municipalities.

    The same role of the same party signs once: an acting chief and the chief are one.
    """
    promise = get_draft(session, municipality, slug)
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
    session.flush()
    return signatory


def remove_signatory(
    session: Session, municipality: Municipality, slug: str, signatory_id: int
) -> None:
    """Take a role off an unpublished promise."""
    promise = get_draft(session, municipality, slug)
    promise.signatories.remove(find_signatory(promise, signatory_id))
    set_period_from_signatures(promise)
    session.flush()


def sign_promise(
    session: Session,
    municipality: Municipality,
    slug: str,
    signatory_id: int,
    signature: tuple[str, date],
    *,
    today: date,
) -> Signatory:
    """Record the place and day (``signature``) at which the role signed, or put them right.

    A promise may be published before it is signed, so this is open afterwards too. A period that
    runs from the signing begins when the last one has signed.
    """
    promise = get_promise(session, municipality, slug)
    signatory = find_signatory(promise, signatory_id)
    place, signed_on = signature
    check_day(signed_on, "signed_on")
    if signed_on > today:
        raise InvalidInput("day_to_come", "signed_on")
    signatory.place = require(place, "place_missing", "place")
    signatory.signed_on = signed_on
    set_period_from_signatures(promise)
    session.flush()
    return signatory


def find_signatory(promise: Promise, signatory_id: int) -> Signatory:
    """The promise's signatory with this id; raise NotFound."""
    for signatory in promise.signatories:
        if signatory.id == signatory_id:
            return signatory
    raise NotFound(str(signatory_id))
