"""Readers for promises: always through the link to the municipality whose address was asked for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from surveys.errors import NotFound
from surveys.models.municipality import Municipality
from surveys.models.plan import Activity, Occasion
from surveys.models.promise import Promise, PromiseMunicipality, PromisePoint
from surveys.queries.promises.counters import PointState, point_state
from surveys.queries.promises.edition import as_published, published_by
from surveys.queries.promises.gate import standing_points
from surveys.queries.promises.time import (
    PromiseTime,
    list_last_reports,
    promise_time,
    updated_on,
)
from surveys.schedule.pace import Status, days_stale

# What a reader should know first about a promise with several points.
_WORST_FIRST = (
    Status.BEHIND,
    Status.NOT_REACHED,
    Status.ON_TRACK,
    Status.AHEAD,
    Status.ONGOING,
    Status.NOT_BEGUN,
    Status.DONE,
    Status.NOT_MEASURABLE,
    Status.CANCELLED,
)


@dataclass(frozen=True, slots=True)
class PromiseSummary:
    """A promise in a list. ``stale_days`` is set once nothing has been said for long."""

    title: str
    slug: str
    label: str
    municipalities: tuple[str, ...]
    official_names: tuple[str, ...]  # of the same municipalities: "Söderhamns kommun"
    police_area: str
    time: PromiseTime
    points: tuple[PointState, ...]
    status: Status
    updated_on: date | None
    stale_days: int | None
    is_published: bool


def get_promise(
    session: Session,
    municipality: Municipality,
    slug: str,
    *options: ORMOption,
    for_change: bool = False,
) -> Promise:
    """The promise with this address part that ``municipality`` gives; raise NotFound.

    ``options`` say what is fetched with it, for pages that show all of it. ``for_change`` holds
    the row until the transaction ends, so that two writers come one after the other.
    """
    statement = _given_by(municipality).where(Promise.slug == slug).options(*options)
    if for_change:
        statement = statement.with_for_update(of=Promise).execution_options(populate_existing=True)
    promise = session.scalar(statement)
    if promise is None:
        raise NotFound(slug)
    return promise


def get_promise_by_id(session: Session, municipality: Municipality, promise_id: int) -> Promise:
    """The municipality's promise with this id; raise NotFound."""
    promise = session.scalar(_given_by(municipality).where(Promise.id == promise_id))
    if promise is None:
        raise NotFound(str(promise_id))
    return promise


def list_promises(
    session: Session, municipality: Municipality, today: date
) -> tuple[PromiseSummary, ...]:
    """All promises of the municipality, drafts too: running, then coming, then ended."""
    promises = session.scalars(_given_by(municipality).options(*whole_promise())).all()
    return _in_order(summarise_promises(session, promises, today))


def list_public_promises(
    session: Session, municipality: Municipality, today: date
) -> tuple[PromiseSummary, ...]:
    """The published promises of the municipality, own and joint, in the same order."""
    rows = session.scalars(published_by(municipality).options(*whole_promise())).all()
    promises = [as_published(session, row) for row in rows]
    return _in_order(summarise_promises(session, promises, today))


def list_slugs(session: Session, municipality_ids: Sequence[int]) -> set[str]:
    """Address parts in use for promises of any of these municipalities."""
    statement = (
        select(Promise.slug)
        .join(PromiseMunicipality)
        .where(PromiseMunicipality.municipality_id.in_(municipality_ids))
    )
    return set(session.scalars(statement))


def summarise_promise(session: Session, promise: Promise, today: date) -> PromiseSummary:
    """``promise`` as it stands at ``today``."""
    return summarise_promises(session, [promise], today)[0]


def _summary(promise: Promise, reported_at: datetime | None, today: date) -> PromiseSummary:
    time = promise_time(promise, today)
    points = tuple(point_state(point, today) for point in standing_points(promise))
    last_word = updated_on(promise, reported_at)
    parties = sorted((party.municipality for party in promise.parties), key=lambda m: m.name)
    return PromiseSummary(
        title=promise.title,
        slug=promise.slug,
        label=promise.label,
        municipalities=tuple(m.name for m in parties),
        official_names=tuple(m.official_name for m in parties),
        police_area=promise.police_area.name,
        time=time,
        points=points,
        status=min((p.status for p in points), key=_WORST_FIRST.index, default=Status.ONGOING),
        updated_on=last_word,
        stale_days=days_stale(last_word, today, is_running=time.is_running),
        is_published=promise.published_at is not None,
    )


def summarise_promises(
    session: Session, promises: Sequence[Promise], today: date
) -> list[PromiseSummary]:
    """Each of ``promises`` as it stands at ``today``, in their order."""
    reports = list_last_reports(session, promises)
    return [_summary(promise, reports.get(promise.id), today) for promise in promises]


def _in_order(summaries: Iterable[PromiseSummary]) -> tuple[PromiseSummary, ...]:
    return tuple(sorted(summaries, key=lambda s: (s.time.phase.order, s.time.sort_key, s.slug)))


def _given_by(municipality: Municipality) -> Select[Promise]:
    return (
        select(Promise)
        .join(PromiseMunicipality)
        .where(PromiseMunicipality.municipality_id == municipality.id)
    )


def whole_promise() -> tuple[ORMOption, ...]:
    """What a summary reads, fetched in a few queries however many promises there are."""
    occasions = selectinload(Promise.points).selectinload(PromisePoint.activities)
    return (
        occasions.selectinload(Activity.occasions).joinedload(Occasion.named_place),
        selectinload(Promise.parties).joinedload(PromiseMunicipality.municipality),
        joinedload(Promise.police_area),
    )
