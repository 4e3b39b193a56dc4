"""Writing promises: who gives them, what they say and for how long, and publishing them."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from surveys.drafts.promises import PartyDraft, PromiseDraft
from surveys.errors import Conflict, InvalidInput, NotFound
from surveys.limits import MAX_PERIOD_MONTHS
from surveys.models.municipality import Agreement, LocalPoliceArea, Municipality
from surveys.models.picture import Claim, ProblemArea, ProblemPicture
from surveys.models.promise import Promise, PromiseMunicipality
from surveys.queries.promise_gate import list_missing
from surveys.queries.promises import get_promise, list_slugs
from surveys.schedule.periods import window_of_months
from surveys.services.input_rules import check_day, check_period, require
from surveys.text.slugs import make_slug

# Addresses beside a promise's own that staff pages use.
RESERVED_SLUGS = frozenset({"nytt"})


def create_promise(
    session: Session,
    municipality: Municipality,
    draft: PromiseDraft,
    parties: Sequence[PartyDraft],
    police_area: LocalPoliceArea,
    *,
    now: datetime,
) -> Promise:
    """Begin a promise of ``municipality``, the other ``parties`` and the police in ``police_area``.

    Every party lies in the police area, or InvalidInput is raised. The address is made from the
    title and is free under each party's own address.
    """
    party_ids = _party_ids(municipality, parties, police_area)
    slug = make_slug(draft.title, list_slugs(session, party_ids) | RESERVED_SLUGS)
    promise = Promise(
        municipality_id=municipality.id,
        agreement=_agreement(session, police_area, party_ids),
        police_area=police_area,
        slug=slug,
        created_at=now,
    )
    _fill(promise, draft)
    by_id = {party.municipality_id: party for party in parties}
    promise.parties = [
        _party(by_id.get(municipality_id, PartyDraft(municipality_id)))
        for municipality_id in party_ids
    ]
    session.add(promise)
    try:
        session.flush()
    except IntegrityError as error:  # another promise took the address a moment ago
        raise Conflict(slug) from error
    return promise


def edit_promise(
    session: Session, municipality: Municipality, slug: str, draft: PromiseDraft
) -> Promise:
    """Change a promise that is not published; refuse one that is."""
    promise = get_draft(session, municipality, slug)
    _fill(promise, draft)
    set_period_from_signatures(promise)
    session.flush()
    return promise


def register_promise(
    session: Session, municipality: Municipality, slug: str, party: PartyDraft
) -> Promise:
    """Record ``municipality``'s own diary number and document date, and no other's."""
    if party.municipality_id != municipality.id:
        raise InvalidInput("not_your_number", "dnr")
    promise = get_promise(session, municipality, slug)
    check_day(party.dated_on, "dated_on")
    own = next(p for p in promise.parties if p.municipality_id == municipality.id)
    own.dnr, own.dated_on = party.dnr, party.dated_on
    session.flush()
    return promise


def choose_claims(
    session: Session, municipality: Municipality, slug: str, claim_ids: frozenset[int]
) -> Promise:
    """Let the promise build on these claims of the municipality's pictures."""
    promise = get_draft(session, municipality, slug)
    statement = (
        select(Claim)
        .join(ProblemArea)
        .join(ProblemPicture)
        .where(Claim.id.in_(claim_ids), ProblemPicture.municipality_id == municipality.id)
    )
    own = list(session.scalars(statement))
    if len(own) != len(claim_ids):
        raise NotFound("claim")
    others = [c for c in promise.claims if c.area.picture.municipality_id != municipality.id]
    promise.claims = sorted(others + own, key=lambda claim: claim.id)
    session.flush()
    return promise


def publish_promise(
    session: Session, municipality: Municipality, slug: str, *, role: str, now: datetime
) -> Promise:
    """Make the promise public, with the ``role`` that did it; once is enough.

    Raise InvalidInput with the first thing that is missing: a point, a period, or a signatory of
    the police or of a municipality that gives it.
    """
    promise = get_promise(session, municipality, slug)
    if promise.published_at is not None:
        return promise
    missing = list_missing(promise)
    if missing:
        raise InvalidInput(missing[0].code)
    promise.published_at, promise.published_by = now, role
    session.flush()
    return promise


def withdraw_promise(session: Session, municipality: Municipality, slug: str) -> Promise:
    """Make a published promise a draft again, so that its words can be put right."""
    promise = get_promise(session, municipality, slug)
    promise.published_at = promise.published_by = None
    session.flush()
    return promise


def get_draft(session: Session, municipality: Municipality, slug: str) -> Promise:
    """The promise, if its words may still be changed; InvalidInput once it is published."""
    promise = get_promise(session, municipality, slug)
    if promise.published_at is not None:
        raise InvalidInput("promise_published")
    return promise


def set_period_from_signatures(promise: Promise) -> None:
    """Let a promise "two years from signing" begin on the day of the last signature."""
    if promise.months_from_signing is None:
        return
    days = [signatory.signed_on for signatory in promise.signatories]
    signed = [day for day in days if day is not None]
    if not days or len(signed) < len(days):
        promise.starts_on = promise.ends_on = None
        return
    window = window_of_months(max(signed), promise.months_from_signing)
    promise.starts_on, promise.ends_on = window.starts_on, window.ends_on


def _fill(promise: Promise, draft: PromiseDraft) -> None:
    promise.title = require(draft.title, "title_missing", "title")
    promise.label = require(draft.label, "label_missing", "label")
    promise.starts_on, promise.ends_on = _period(draft)
    promise.months_from_signing = draft.months_from_signing
    promise.said = draft.said
    promise.said_ground = draft.said_ground
    promise.pledge = draft.pledge
    promise.is_verbatim = draft.is_verbatim
    promise.vision = draft.vision
    promise.follow_up_text = draft.follow_up_text


def _period(draft: PromiseDraft) -> tuple[date | None, date | None]:
    months = draft.months_from_signing
    if months is not None:
        if draft.starts_on or draft.ends_on:
            raise InvalidInput("period_twice", "months_from_signing")
        if not 1 <= months <= MAX_PERIOD_MONTHS:
            raise InvalidInput("months_out_of_range", "months_from_signing")
        return None, None
    if draft.starts_on is None and draft.ends_on is None:
        return None, None
    if draft.starts_on is None:
        raise InvalidInput("start_missing", "starts_on")
    if draft.ends_on is None:
        raise InvalidInput("end_missing", "ends_on")
    check_period(draft.starts_on, draft.ends_on)
    return draft.starts_on, draft.ends_on


def _party_ids(
    municipality: Municipality, parties: Sequence[PartyDraft], police_area: LocalPoliceArea
) -> list[int]:
    """The registering municipality first, then the others in the order of the area's list."""
    wanted = {party.municipality_id for party in parties} | {municipality.id}
    in_area = [m.id for m in police_area.municipalities]
    if not wanted <= set(in_area):
        raise InvalidInput("party_outside_area", "parties")
    return [municipality.id] + [i for i in in_area if i in wanted and i != municipality.id]


def _party(draft: PartyDraft) -> PromiseMunicipality:
    check_day(draft.dated_on, "dated_on")
    return PromiseMunicipality(
        municipality_id=draft.municipality_id, dnr=draft.dnr, dated_on=draft.dated_on
    )


def _agreement(
    session: Session, police_area: LocalPoliceArea, party_ids: Sequence[int]
) -> Agreement | None:
    """The agreement of exactly these municipalities with the police of the area, if any."""
    statement = (
        select(Agreement).where(Agreement.police_area_id == police_area.id).order_by(Agreement.id)
    )
    for agreement in session.scalars(statement):
        if {part.municipality_id for part in agreement.municipalities} == set(party_ids):
            return agreement
    return None
