"""What has been said and done about a promise since it was published."""

import enum
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.days import swedish_day
from surveys.errors import NotFound
from surveys.models.municipality import Municipality
from surveys.models.party import Party
from surveys.models.progress import ProgressUpdate
from surveys.models.promise import Promise
from surveys.queries.editions.document_editions import get_edition, list_editions
from surveys.queries.progress.public_activities import names_for_readers
from surveys.queries.promises.changes import Difference, list_differences
from surveys.queries.promises.edition import content_today
from surveys.queries.promises.promises import get_promise


@dataclass(frozen=True, slots=True)
class UpdateView:
    """One report, as it was written."""

    dated_on: date
    text: str
    party: Party
    author: str
    point_title: str | None


@dataclass(frozen=True, slots=True)
class EditionRef:
    """An edition that readers have had: when, and what they were told of the change."""

    number: int
    on: date
    note: str | None


@dataclass(frozen=True, slots=True)
class PublicEdition:
    """One edition at its own address: its words, and what had changed since the one before."""

    number: int
    on: date
    by: str  # the role that published it
    note: str | None
    approvals: tuple[dict[str, Any], ...]
    content: dict[str, Any]
    content_hash: str
    differences: tuple[Difference, ...]
    is_last: bool


class ChangeKind(enum.Enum):
    """What has changed on the page."""

    PUBLISHED = "published"
    CHANGED = "changed"  # a later edition
    REPORTED = "reported"
    OCCASIONS = "occasions"


@dataclass(frozen=True, slots=True)
class Change:
    """One change: a publication by a role, a report, or ``n`` occasions of an activity.

    Of a later edition ``n`` is its number, and ``about`` what its readers were told.
    """

    on: date
    kind: ChangeKind
    about: str
    n: int = 1


def list_edition_refs(session: Session, promise: Promise) -> tuple[EditionRef, ...]:
    """The editions that readers have had, the latest first."""
    return tuple(
        EditionRef(row.number, swedish_day(row.published_at), row.change_note)
        for row in list_editions(session, promise)
    )


def get_public_edition(
    session: Session, municipality: Municipality, slug: str, number: int
) -> PublicEdition:
    """An edition of a promise that readers may read now; raise NotFound."""
    promise = get_promise(session, municipality, slug)
    if promise.published_at is None:
        raise NotFound(slug)
    row = get_edition(session, promise, number)
    words = content_today(session, promise, row.content)
    numbers = {edition.number: edition for edition in list_editions(session, promise)}
    before = numbers.get(number - 1)
    earlier = content_today(session, promise, before.content) if before else None
    return PublicEdition(
        number=number,
        on=swedish_day(row.published_at),
        by=row.published_by,
        note=row.change_note,
        approvals=row.approvals,
        content=words,
        content_hash=row.content_hash,
        differences=list_differences(earlier, words) if earlier else (),
        is_last=number == max(numbers),
    )


def list_updates(session: Session, promise: Promise) -> list[tuple[ProgressUpdate, UpdateView]]:
    """The reports on the promise and its points, each with its row, the latest first."""
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


def list_changes(
    session: Session,
    promise: Promise,
    updates: list[ProgressUpdate],
    editions: tuple[EditionRef, ...],
) -> tuple[Change, ...]:
    """What has happened to the page since it was published, the latest first."""
    if promise.published_at is None:
        return ()
    changes = _logged(session, promise, promise.published_at)
    changes += [
        Change(swedish_day(update.created_at), ChangeKind.REPORTED, update.text)
        for update in updates
        if update.created_at >= promise.published_at
    ]
    changes += [
        Change(edition.on, ChangeKind.CHANGED, edition.note, edition.number)
        for edition in editions
        if edition.note is not None
    ]
    changes.append(
        Change(swedish_day(promise.published_at), ChangeKind.PUBLISHED, promise.published_by or "")
    )
    return tuple(sorted(changes, key=lambda change: change.on, reverse=True))


def _logged(session: Session, promise: Promise, since: datetime) -> list[Change]:
    """One change a month for each activity: weekly meetings would drown everything else."""
    days: dict[tuple[int, int, int], list[date]] = {}
    counted = {a.id: (a, point.title) for point in promise.points for a in point.activities}
    names = names_for_readers(session, [activity for activity, _title in counted.values()])
    for activity, _title in counted.values():
        for occasion in activity.occasions:
            if occasion.logged_at >= since:
                day = swedish_day(occasion.logged_at)
                days.setdefault((activity.id, day.year, day.month), []).append(day)
    return [
        Change(
            max(logged),
            ChangeKind.OCCASIONS,
            names.get(activity_id, counted[activity_id][1]),
            len(logged),
        )
        for (activity_id, _year, _month), logged in days.items()
    ]
