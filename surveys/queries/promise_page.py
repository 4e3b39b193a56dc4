"""Everything that a promise's own page shows, as it stands on one day."""

import enum
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from surveys.days import swedish_day
from surveys.errors import NotFound
from surveys.models.municipality import Municipality
from surveys.models.party import Party
from surveys.models.picture import Citation, Claim, ProblemPicture
from surveys.models.plan import Activity
from surveys.models.progress import ProgressUpdate
from surveys.models.promise import Promise, PromisePoint, Signatory
from surveys.queries.counters import OtherTarget, PointState, list_other_targets
from surveys.queries.evidence import view_for_readers
from surveys.queries.promises import (
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
    """A role that signs. ``place`` and ``signed_on`` are None until it has."""

    id: int
    title: str
    body: str  # the municipality or the police area that it signs for
    is_police: bool
    is_acting: bool
    place: str | None
    signed_on: date | None


@dataclass(frozen=True, slots=True)
class UpdateView:
    """One report, as it was written."""

    dated_on: date
    text: str
    party: Party
    author: str
    point_title: str | None


class ChangeKind(enum.Enum):
    """What has changed on the page."""

    PUBLISHED = "published"
    REPORTED = "reported"
    OCCASIONS = "occasions"


@dataclass(frozen=True, slots=True)
class Change:
    """One change: a publication by a role, a report, or ``n`` occasions of an activity."""

    on: date
    kind: ChangeKind
    about: str
    n: int = 1


@dataclass(frozen=True, slots=True)
class PointPage:
    """A point with the reports on it and the other targets that its occasions count towards."""

    state: PointState
    others: tuple[OtherTarget, ...]
    updates: tuple[UpdateView, ...]


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


def get_public_promise(
    session: Session, municipality: Municipality, slug: str, today: date
) -> PromisePage:
    """The published promise at this address; raise NotFound, for a draft too."""
    promise = get_promise(session, municipality, slug, *_all_of_it())
    if promise.published_at is None:
        raise NotFound(slug)
    return _page(session, municipality, promise, today)


def get_promise_page(
    session: Session, municipality: Municipality, slug: str, today: date
) -> PromisePage:
    """The same for staff: drafts too."""
    promise = get_promise(session, municipality, slug, *_all_of_it())
    return _page(session, municipality, promise, today)


def _all_of_it() -> tuple[ORMOption, ...]:
    """What the page reads, fetched in a few queries however many points and claims there are."""
    activities = selectinload(Promise.points).selectinload(PromisePoint.activities)
    claims = selectinload(Promise.claims)
    return (
        *whole_promise(),
        activities.joinedload(Activity.plan),
        claims.joinedload(Claim.area),
        claims.selectinload(Claim.citations).joinedload(Citation.evidence),
        selectinload(Promise.signatories).joinedload(Signatory.municipality),
    )


def _page(
    session: Session, municipality: Municipality, promise: Promise, today: date
) -> PromisePage:
    summary = summarise_promise(session, promise, today)
    updates = _updates(session, promise)
    own = next(party for party in promise.parties if party.municipality_id == municipality.id)
    pictures = _pictures(session, promise)
    others = list_other_targets(session, municipality, promise.points, today)
    return PromisePage(
        summary=summary,
        points=tuple(
            PointPage(
                state=state,
                others=tuple(other for other in others[point.id] if other.is_published),
                updates=tuple(view for update, view in updates if update.point_id == point.id),
            )
            for point, state in zip(promise.points, summary.points, strict=True)
        ),
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
        changes=_changes(promise, [update for update, _ in updates]),
        published_on=swedish_day(promise.published_at) if promise.published_at else None,
        published_by=promise.published_by,
    )


def _pictures(session: Session, promise: Promise) -> dict[int, ProblemPicture]:
    """The published pictures of the promise's claims: a draft's sentences are not public."""
    ids = {claim.area.picture_id for claim in promise.claims}
    statement = (
        select(ProblemPicture)
        .where(ProblemPicture.id.in_(ids), ProblemPicture.published_at.is_not(None))
        .options(joinedload(ProblemPicture.municipality))
        .order_by(ProblemPicture.id)
    )
    return {picture.id: picture for picture in session.scalars(statement)} if ids else {}


def _claim(claim: Claim) -> SeenClaim:
    cited = [(view_for_readers(c.evidence), c.disagrees) for c in claim.citations]
    grounds = tuple(
        Ground(evidence.source, evidence.period, evidence.caveat, disagrees)
        for evidence, disagrees in cited
    )
    return SeenClaim(claim.text, claim.judged_by if claim.is_judgement else None, grounds)


def _signatory(signatory: Signatory, promise: Promise) -> SignatoryView:
    municipality = signatory.municipality
    return SignatoryView(
        id=signatory.id,
        title=signatory.title,
        body=municipality.official_name if municipality else promise.police_area.name,
        is_police=municipality is None,
        is_acting=signatory.is_acting,
        place=signatory.place,
        signed_on=signatory.signed_on,
    )


def _updates(session: Session, promise: Promise) -> list[tuple[ProgressUpdate, UpdateView]]:
    statement = (
        select(ProgressUpdate)
        .where(ProgressUpdate.promise_id == promise.id)
        .order_by(ProgressUpdate.dated_on.desc(), ProgressUpdate.id.desc())
    )
    return [
        (
            update,
            UpdateView(
                dated_on=update.dated_on,
                text=update.text,
                party=update.party,
                author=update.author,
                point_title=update.point.title if update.point else None,
            ),
        )
        for update in session.scalars(statement)
    ]


def _changes(promise: Promise, updates: list[ProgressUpdate]) -> tuple[Change, ...]:
    """What has happened to the page since it was published, the latest first."""
    if promise.published_at is None:
        return ()
    changes = _logged(promise, promise.published_at)
    changes += [
        Change(swedish_day(update.created_at), ChangeKind.REPORTED, update.text)
        for update in updates
        if update.created_at >= promise.published_at
    ]
    changes.append(
        Change(swedish_day(promise.published_at), ChangeKind.PUBLISHED, promise.published_by or "")
    )
    return tuple(sorted(changes, key=lambda change: change.on, reverse=True))


def _logged(promise: Promise, since: datetime) -> list[Change]:
    """One change a month for each activity: weekly meetings would drown everything else."""
    days: dict[tuple[int, int, int], list[date]] = {}
    activities = {a.id: a for point in promise.points for a in point.activities}
    for activity in activities.values():
        for occasion in activity.occasions:
            if occasion.logged_at >= since:
                day = swedish_day(occasion.logged_at)
                days.setdefault((activity.id, day.year, day.month), []).append(day)
    return [
        Change(max(logged), ChangeKind.OCCASIONS, activities[activity_id].name, len(logged))
        for (activity_id, _year, _month), logged in days.items()
    ]
