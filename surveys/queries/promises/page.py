"""Everything that a promise's own page shows, as it stands on one day."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from surveys.days import swedish_day
from surveys.errors import NotFound
from surveys.models.municipality import Municipality
from surveys.models.picture import Citation, Claim
from surveys.models.plan import Activity
from surveys.models.progress import ProgressUpdate
from surveys.models.promise import (
    Promise,
    PromisePoint,
    Signatory,
)
from surveys.queries.evidence.evidence import view_for_readers
from surveys.queries.promises.content import list_shown_pictures, signing_body
from surveys.queries.promises.counters import PointState, point_state
from surveys.queries.promises.edition import as_published
from surveys.queries.promises.gate import Gap, list_gaps
from surveys.queries.promises.history import (
    Change,
    EditionRef,
    UpdateView,
    list_changes,
    list_edition_refs,
    list_updates,
)
from surveys.queries.promises.other_targets import OtherTarget, list_other_targets
from surveys.queries.promises.point_words import (
    PointWords,
    PromiseRef,
    list_carried_on,
    point_words,
    promise_ref,
)
from surveys.queries.promises.promises import (
    PromiseSummary,
    get_promise,
    summarise_promise,
    whole_promise,
)


@dataclass(frozen=True, slots=True)
class Ground:
    """What a claim rests on: a source with its caveat."""

    source: str
    period: str | None
    caveat: str | None
    disagrees: bool


@dataclass(frozen=True, slots=True)
class SeenClaim:
    """A sentence of the published picture that led to the promise."""

    text: str
    judged_by: str | None
    grounds: tuple[Ground, ...]


@dataclass(frozen=True, slots=True)
class SeenPicture:
    """The published picture that the claims stand in."""

    title: str
    slug: str
    kommun: str  # the address part of the municipality whose picture it is


@dataclass(frozen=True, slots=True)
class SignatoryView:
    """A role that signs. ``place`` and ``signed_on`` are None until it has.

    ``document_sha256`` tells the signed document from every other, where it has been recorded.
    """

    id: int
    title: str
    body: str  # the municipality or the police area that it signs for
    is_police: bool
    is_acting: bool
    place: str | None
    signed_on: date | None
    document_name: str | None
    document_sha256: str | None
    recorded_by: str | None


@dataclass(frozen=True, slots=True)
class PointPage:
    """A point with the reports on it and the other targets that its occasions count towards.

    A point that a later edition has taken out, on ``ended_on``, stays with what was done on it.
    """

    state: PointState
    words: PointWords
    ended_on: date | None
    others: tuple[OtherTarget, ...]
    updates: tuple[UpdateView, ...]

    @property
    def is_ended(self) -> bool:
        return self.ended_on is not None


@dataclass(frozen=True, slots=True)
class PromisePage:
    """The whole page. ``dnr`` and ``dated_on`` are this municipality's own, never another's."""

    summary: PromiseSummary
    points: tuple[PointPage, ...]
    said: str
    said_ground: str
    claims: tuple[SeenClaim, ...]
    pictures: tuple[SeenPicture, ...]
    pledge: str
    is_verbatim: bool
    vision: str | None
    follow_up_text: str | None
    dnr: str | None
    dated_on: date | None
    signatories: tuple[SignatoryView, ...]
    updates: tuple[UpdateView, ...]  # about the promise as a whole, the latest first
    changes: tuple[Change, ...]
    published_on: date | None
    published_by: str | None
    gaps: tuple[Gap, ...]
    editions: tuple[EditionRef, ...]  # the latest first
    agreement: str | None
    report_to: tuple[str, ...]
    summary_due_on: date | None
    carried_from: PromiseRef | None
    carried_on: tuple[PromiseRef, ...]  # promises that go on from this one
    is_changing: bool


class TakenDown(NotFound):
    """The promise has been taken from its readers, who are told when and why."""

    def __init__(self, promise: Promise) -> None:
        super().__init__(promise.slug)
        self.title, self.label = promise.title, promise.label
        self.on = swedish_day(promise.taken_down_at) if promise.taken_down_at else None
        self.by, self.because = promise.taken_down_by, promise.taken_down_because


def get_public_promise(
    session: Session, municipality: Municipality, slug: str, today: date
) -> PromisePage:
    """The published promise at this address, in the words that its parties have approved.

    Raise NotFound, for a draft too, and TakenDown.
    """
    promise = get_promise(session, municipality, slug, *_all_of_it())
    if promise.published_at is None and promise.taken_down_at is not None:
        raise TakenDown(promise)
    if promise.published_at is None:
        raise NotFound(slug)
    return _page(session, municipality, as_published(session, promise), today)


def get_promise_page(
    session: Session, municipality: Municipality, slug: str, today: date
) -> PromisePage:
    """The same for staff: drafts too, and the words as they are being changed."""
    promise = get_promise(session, municipality, slug, *_all_of_it())
    return _page(session, municipality, promise, today)


def _all_of_it() -> tuple[ORMOption, ...]:
    """What the page reads, fetched in a few queries however many points and claims there are."""
    points = selectinload(Promise.points)
    activities = points.selectinload(PromisePoint.activities)
    claims = selectinload(Promise.claims)
    return (
        *whole_promise(),
        points.joinedload(PromisePoint.owner),
        points.selectinload(PromisePoint.places),
        points.selectinload(PromisePoint.claims),
        activities.joinedload(Activity.plan),
        claims.joinedload(Claim.area),
        claims.selectinload(Claim.citations).joinedload(Citation.evidence),
        selectinload(Promise.signatories).joinedload(Signatory.municipality),
    )


def _page(
    session: Session, municipality: Municipality, promise: Promise, today: date
) -> PromisePage:
    summary = summarise_promise(session, promise, today)
    updates = list_updates(session, promise)
    editions = list_edition_refs(session, promise)
    own = next(party for party in promise.parties if party.municipality_id == municipality.id)
    pictures = list_shown_pictures(session, promise)
    return PromisePage(
        summary=summary,
        points=_points(session, municipality, promise, updates, today),
        said=promise.said,
        said_ground=promise.said_ground,
        claims=tuple(_claim(c) for c in promise.claims if c.area.picture_id in pictures),
        pictures=tuple(
            SeenPicture(p.title, p.slug, p.municipality.slug) for p in pictures.values()
        ),
        pledge=promise.pledge,
        is_verbatim=promise.is_verbatim,
        vision=promise.vision,
        follow_up_text=promise.follow_up_text,
        dnr=own.dnr,
        dated_on=own.dated_on,
        signatories=tuple(_signatory(s, promise) for s in promise.signatories),
        updates=tuple(view for update, view in updates if update.point_id is None),
        changes=list_changes(session, promise, [update for update, _ in updates], editions),
        published_on=swedish_day(promise.published_at) if promise.published_at else None,
        published_by=promise.published_by,
        gaps=list_gaps(promise, today),
        editions=editions,
        agreement=promise.agreement.title if promise.agreement else None,
        report_to=tuple(promise.report_to),
        summary_due_on=promise.summary_due_on,
        carried_from=promise_ref(promise.carried_from),
        carried_on=list_carried_on(session, municipality, promise),
        is_changing=promise.changing_since is not None,
    )


def _points(
    session: Session,
    municipality: Municipality,
    promise: Promise,
    updates: list[tuple[ProgressUpdate, UpdateView]],
    today: date,
) -> tuple[PointPage, ...]:
    others = list_other_targets(session, municipality, promise.points, today)
    return tuple(
        PointPage(
            state=point_state(point, today),
            words=point_words(point),
            ended_on=point.ended_on,
            others=others[point.id],
            updates=tuple(view for update, view in updates if update.point_id == point.id),
        )
        for point in promise.points
    )


def _claim(claim: Claim) -> SeenClaim:
    cited = [(view_for_readers(c.evidence), c.disagrees) for c in claim.citations]
    grounds = tuple(
        Ground(evidence.source, evidence.period, evidence.caveat, disagrees)
        for evidence, disagrees in cited
    )
    return SeenClaim(claim.text, claim.judged_by if claim.is_judgement else None, grounds)


def _signatory(signatory: Signatory, promise: Promise) -> SignatoryView:
    return SignatoryView(
        id=signatory.id,
        title=signatory.title,
        body=signing_body(signatory, promise),
        is_police=signatory.municipality is None,
        is_acting=signatory.is_acting,
        place=signatory.place,
        signed_on=signatory.signed_on,
        document_name=signatory.document_name,
        document_sha256=signatory.document_sha256,
        recorded_by=signatory.recorded_by,
    )
