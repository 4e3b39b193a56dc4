"""Writing promises: who gives them, what they say and for how long.

Each change of what is promised counts the promise's revision up: a party's yes to the words before
it is void. A form that shows what others have changed since is refused, see ``seen``.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from surveys.drafts.promises import PartyDraft, PointDraft, PromiseDraft, SignatureDraft
from surveys.errors import Conflict, InvalidInput, NotFound
from surveys.limits import MAX_PERIOD_MONTHS
from surveys.models.municipality import Agreement, LocalPoliceArea, Municipality
from surveys.models.picture import Claim, ProblemArea, ProblemPicture
from surveys.models.promise import Promise, PromiseMunicipality
from surveys.queries.promises.choices import list_agreements
from surveys.queries.promises.drafts import fingerprint, promise_draft
from surveys.queries.promises.edition import period_from_signatures
from surveys.queries.promises.promises import get_promise, get_promise_by_id, list_slugs
from surveys.queries.promises.targets import read_words
from surveys.queries.promises.time import window_of
from surveys.schedule.readback import to_json
from surveys.services.editions.edition_files import drop_promise_files
from surveys.services.editions.input_rules import check_day, check_period, require
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
    party_ids = party_ids_of(municipality, parties, police_area)
    slug = make_slug(draft.title, list_slugs(session, party_ids) | RESERVED_SLUGS)
    promise = Promise(
        municipality_id=municipality.id,
        agreement=agreement_of(session, police_area, party_ids),
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
    promise.carried_from_id = _carried_from(session, municipality, promise, draft)
    session.add(promise)
    try:
        session.flush()
    except IntegrityError as error:  # another promise took the address a moment ago
        raise Conflict(slug) from error
    return promise


def edit_promise(
    session: Session,
    municipality: Municipality,
    slug: str,
    draft: PromiseDraft,
    *,
    seen: str | None = None,
) -> Promise:
    """Change a promise that is a draft or open for change; refuse one whose words stand.

    ``seen`` is the fingerprint of what the writer was shown: raise Conflict ``changed`` where
    somebody has changed it since.
    """
    promise = take_draft(session, municipality, slug)
    before = promise_draft(promise)
    check_seen(before, seen)
    if draft == before:
        return promise
    promise.agreement = _chosen_agreement(session, municipality, promise, draft.agreement_id)
    _fill(promise, draft)
    promise.carried_from_id = _carried_from(session, municipality, promise, draft)
    set_period_from_signatures(promise)
    count_up(promise)
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
    drop_promise_files(session, promise)
    session.flush()
    return promise


def choose_claims(
    session: Session, municipality: Municipality, slug: str, claim_ids: frozenset[int]
) -> Promise:
    """Let the promise build on these claims of the municipality's pictures."""
    promise = take_draft(session, municipality, slug)
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
    chosen = sorted(others + own, key=lambda claim: claim.id)
    if chosen == promise.claims:
        return promise
    promise.claims = chosen
    for point in promise.points:
        point.claims = [claim for claim in point.claims if claim in chosen]
    count_up(promise)
    session.flush()
    return promise


def take_draft(session: Session, municipality: Municipality, slug: str) -> Promise:
    """The promise, held for a change; InvalidInput where its words are published and stand."""
    promise = get_promise(session, municipality, slug, for_change=True)
    if promise.published_at is not None and promise.changing_since is None:
        raise InvalidInput("promise_published")
    return promise


def count_up(promise: Promise) -> None:
    """Say that what is promised has changed: what a party said yes to is another text."""
    promise.revision += 1


def check_seen(stored: PromiseDraft | PointDraft | SignatureDraft | None, seen: str | None) -> None:
    """Raise Conflict ``changed`` where the writer was shown something else than what is stored."""
    if seen is not None and seen != fingerprint(stored):
        raise Conflict("changed")


def set_period_from_signatures(promise: Promise) -> None:
    """Let a promise "two years from signing" begin on the day of the last signature."""
    months = promise.months_from_signing
    if months is not None:
        promise.starts_on, promise.ends_on = period_from_signatures(promise.signatories, months)


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
    promise.follow_up_schedule = _follow_up_schedule(promise)
    promise.report_to = [role.strip() for role in draft.report_to if role.strip()]
    check_day(draft.summary_due_on, "summary_due_on")
    if draft.summary_due_on and promise.ends_on and draft.summary_due_on < promise.ends_on:
        raise InvalidInput("summary_before_end", "summary_due_on")
    promise.summary_due_on = draft.summary_due_on


def _follow_up_schedule(promise: Promise) -> dict[str, Any] | None:
    """How often the promise is said to be followed up: "årsvis"."""
    schedule = read_words(promise.follow_up_text, window_of(promise))
    return to_json(schedule) if schedule else None


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


def party_ids_of(
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


def agreement_of(
    session: Session, police_area: LocalPoliceArea, party_ids: Sequence[int]
) -> Agreement | None:
    """The agreement of exactly these municipalities with the police of the area, if any."""
    statement = select(Agreement).where(Agreement.police_area_id == police_area.id)
    for agreement in session.scalars(statement.order_by(Agreement.id)):
        if {part.municipality_id for part in agreement.municipalities} == set(party_ids):
            return agreement
    return None


def _chosen_agreement(
    session: Session, municipality: Municipality, promise: Promise, agreement_id: int | None
) -> Agreement | None:
    """The agreement that the promise is part of: one of this municipality with the same police."""
    if agreement_id is None:
        return None
    for agreement in list_agreements(session, municipality, promise.police_area_id):
        if agreement.id == agreement_id:
            return agreement
    raise NotFound(f"agreement {agreement_id}")


def _carried_from(
    session: Session, municipality: Municipality, promise: Promise, draft: PromiseDraft
) -> int | None:
    """The promise before this one. None of its counts, reports or judgements comes along."""
    if draft.carried_from_id is None:
        return None
    with session.no_autoflush:
        before = get_promise_by_id(session, municipality, draft.carried_from_id)
    if before is promise:
        raise InvalidInput("carried_from_itself", "carried_from")
    if promise.starts_on and before.starts_on and before.starts_on >= promise.starts_on:
        raise InvalidInput("carried_from_later", "carried_from")
    return before.id
