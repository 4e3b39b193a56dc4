"""What the steering group of the council needs at a meeting: how promises stand, and what waits."""

import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from surveys.models.municipality import Municipality
from surveys.models.progress import ProgressUpdate
from surveys.models.promise import PointMeasure, Promise
from surveys.queries.progress.judgements import list_unjudged
from surveys.queries.promises.edition import published_by
from surveys.queries.promises.promises import PromiseSummary, list_public_promises
from surveys.queries.readers.coming_dates import ComingDate, list_coming_dates

SOON = timedelta(days=120)  # a period that ends within this wants to know what comes after
MAX_DATES = 8


class DecisionKind(enum.Enum):
    """Something that only the parties can decide."""

    JUDGE = "judge"  # the period is over
    CONTINUE = "continue"  # it soon is, and nothing comes after it
    SIGN = "sign"
    OWNER = "owner"  # nobody answers for a point that is counted
    REASON = "reason"  # a point is behind and nobody has said why


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision that is asked for, and of what. ``n`` points where it is of some of them."""

    kind: DecisionKind
    title: str
    on: date | None = None
    n: int = 0


@dataclass(frozen=True, slots=True)
class SteeringReport:
    """The state at ``today``. ``reasons`` is the latest report on a point, by the point's id."""

    today: date
    running: tuple[PromiseSummary, ...]
    reasons: dict[int, str]
    coming: tuple[ComingDate, ...]
    decisions: tuple[Decision, ...]


def get_steering_report(
    session: Session, municipality: Municipality, today: date
) -> SteeringReport:
    """The report of ``municipality``'s published promises, own and joint."""
    public = list_public_promises(session, municipality, today)
    running = tuple(p for p in public if p.time.is_running)
    reasons = _latest_reports(session, [point.id for p in running for point in p.points])
    return SteeringReport(
        today=today,
        running=running,
        reasons=reasons,
        coming=list_coming_dates(session, municipality, today, MAX_DATES),
        decisions=tuple(_decisions(session, municipality, running, reasons, today)),
    )


def _latest_reports(session: Session, point_ids: Sequence[int]) -> dict[int, str]:
    statement = (
        select(ProgressUpdate.point_id, ProgressUpdate.text)
        .where(ProgressUpdate.point_id.in_(point_ids))
        .order_by(ProgressUpdate.dated_on, ProgressUpdate.id)
    )
    return {point_id: text for point_id, text in session.execute(statement) if point_id is not None}


def _decisions(
    session: Session,
    municipality: Municipality,
    running: Sequence[PromiseSummary],
    reasons: dict[int, str],
    today: date,
) -> Iterator[Decision]:
    for over in list_unjudged(session, municipality, today):
        yield Decision(DecisionKind.JUDGE, over.title, over.ended_on)
    rows = _rows(session, municipality)
    followed = {row.carried_from_id for row in rows}
    for row in rows:
        if row.ends_on is None or row.ends_on >= today:
            yield from _of_promise(row, row.id in followed, today)
    for promise in running:
        silent = sum(
            point.status.value == "behind" and not (point.status_reason or point.id in reasons)
            for point in promise.points
        )
        if silent:
            yield Decision(DecisionKind.REASON, promise.title, n=silent)


def _of_promise(row: Promise, is_followed: bool, today: date) -> Iterator[Decision]:
    if row.ends_on is not None and row.ends_on - today <= SOON and not is_followed:
        yield Decision(DecisionKind.CONTINUE, row.title, row.ends_on)
    unsigned = sum(signatory.signed_on is None for signatory in row.signatories)
    if unsigned:
        yield Decision(DecisionKind.SIGN, row.title, n=unsigned)
    ownerless = sum(
        point.measure is PointMeasure.COUNT
        and point.ended_on is None
        and (point.owner is None or point.owner.left_on is not None)
        for point in row.points
    )
    if ownerless:
        yield Decision(DecisionKind.OWNER, row.title, n=ownerless)


def _rows(session: Session, municipality: Municipality) -> Sequence[Promise]:
    statement = published_by(municipality).order_by(Promise.id)
    whole = (selectinload(Promise.points), selectinload(Promise.signatories))
    return session.scalars(statement.options(*whole)).all()
