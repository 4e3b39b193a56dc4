"""What has happened to what a municipality has published: for feeds, mail and a promise's page.

``told_at`` is when readers could first read it, and ``on`` the day that it tells of: a report of
May that was written in June is told in June.
"""

import enum
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload, selectinload

from surveys.days import swedish_day
from surveys.models.document_edition import DocumentEdition
from surveys.models.judgement import Judgement, Verdict
from surveys.models.municipality import Municipality
from surveys.models.party import Party
from surveys.models.picture import ProblemPicture
from surveys.models.plan import ActionPlan, Activity, Occasion, OccasionState
from surveys.models.progress import ProgressUpdate
from surveys.models.promise import (
    Promise,
    PromisePoint,
    point_activity,
)
from surveys.queries.progress.public_activities import names_for_readers
from surveys.queries.promises.edition import as_published, list_as_published, published_by


class NewsKind(enum.Enum):
    """What has happened."""

    EDITION = "edition"  # of a promise, a picture or a plan: the first, or a changed one
    REPORT = "report"
    OCCASIONS = "occasions"  # of one activity in one month
    JUDGEMENT = "judgement"


class NewsSubject(enum.Enum):
    """What it has happened to."""

    PROMISE = "promise"
    PICTURE = "picture"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class News:
    """One thing that has happened. ``key`` is its own and never another's.

    ``text`` is what was written: a report, what has changed, the name of what was done. ``number``
    is the edition's; ``n`` how many occasions, ``n_missed`` of them did not take place.
    """

    key: str
    kind: NewsKind
    subject: NewsSubject
    title: str
    slug: str
    told_at: datetime
    on: date
    text: str = ""
    who: str = ""
    number: int = 1
    n: int = 0
    n_missed: int = 0
    party: Party | None = None
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """The span of what is asked for: told after ``since`` and at ``until`` at the latest."""

    since: datetime | None = None
    until: datetime | None = None

    def holds(self, moment: datetime) -> bool:
        """Whether something told at ``moment`` lies in the span."""
        return (self.since is None or moment > self.since) and (
            self.until is None or moment <= self.until
        )


EVER = Told()


def list_news(session: Session, municipality: Municipality, told: Told = EVER) -> list[News]:
    """What has happened to all that the municipality has published, the latest told first."""
    promises = list_as_published(session, municipality, selectinload(Promise.points))
    found = [
        *_promise_news(session, promises, told),
        *_document_news(session, municipality),
    ]
    # Occasions that count towards two promises are one thing that has happened.
    return _sorted({news.key: news for news in reversed(found) if told.holds(news.told_at)})


def list_promise_news(
    session: Session, municipality: Municipality, slug: str, told: Told = EVER
) -> list[News]:
    """The same of one published promise; empty for a draft or an unknown one."""
    rows = session.scalars(published_by(municipality).where(Promise.slug == slug)).all()
    found = _promise_news(session, [as_published(session, row) for row in rows], told)
    return _sorted({news.key: news for news in found if told.holds(news.told_at)})


def _sorted(by_key: dict[str, News]) -> list[News]:
    return sorted(by_key.values(), key=lambda news: (news.told_at, news.key), reverse=True)


def _promise_news(session: Session, promises: Sequence[Promise], told: Told) -> Iterator[News]:
    by_id = {promise.id: promise for promise in promises}
    yield from _editions(session, by_id)
    yield from _reports(session, by_id)
    yield from _judgements(session, by_id)
    yield from _occasions(session, by_id, told)


def _editions(session: Session, promises: dict[int, Promise]) -> Iterator[News]:
    """Each edition; a promise published before there were editions is told of once."""
    statement = select(DocumentEdition).where(DocumentEdition.promise_id.in_(promises))
    bare = dict(promises)
    for edition in session.scalars(statement):
        promise = promises[edition.promise_id or 0]
        bare.pop(promise.id, None)
        yield _edition(edition, NewsSubject.PROMISE, promise.title, promise.slug)
    for promise in bare.values():
        yield _publication(promise, NewsSubject.PROMISE)


def _edition(edition: DocumentEdition, subject: NewsSubject, title: str, slug: str) -> News:
    return News(
        key=f"edition:{edition.id}",
        kind=NewsKind.EDITION,
        subject=subject,
        title=title,
        slug=slug,
        told_at=edition.published_at,
        on=swedish_day(edition.published_at),
        text=edition.change_note or "",
        who=edition.published_by,
        number=edition.number,
    )


def _publication(document: Promise | ProblemPicture | ActionPlan, subject: NewsSubject) -> News:
    published_at = document.published_at
    if published_at is None:
        raise ValueError("a draft is no news")
    return News(
        key=f"{subject.value}:{document.id}",
        kind=NewsKind.EDITION,
        subject=subject,
        title=document.title,
        slug=document.slug,
        told_at=published_at,
        on=swedish_day(published_at),
        who=document.published_by or "",
    )


def _reports(session: Session, promises: dict[int, Promise]) -> Iterator[News]:
    statement = select(ProgressUpdate).where(ProgressUpdate.promise_id.in_(promises))
    for report in session.scalars(statement.options(joinedload(ProgressUpdate.point))):
        words, told_at = (report.text, report.author), report.created_at
        news = _said(promises, report, NewsKind.REPORT, words, told_at)
        if news:
            yield replace(news, on=report.dated_on)


def _judgements(session: Session, promises: dict[int, Promise]) -> Iterator[News]:
    statement = select(Judgement).where(Judgement.promise_id.in_(promises))
    for judgement in session.scalars(statement.options(joinedload(Judgement.point))):
        words, told_at = (judgement.reason, judgement.role), judgement.judged_at
        news = _said(promises, judgement, NewsKind.JUDGEMENT, words, told_at)
        if news:
            yield replace(news, verdict=judgement.verdict)


def _said(
    promises: dict[int, Promise],
    row: ProgressUpdate | Judgement,
    kind: NewsKind,
    words: tuple[str, str],
    told_at: datetime,
) -> News | None:
    """What a party has said (its words, and the role that wrote them) of a promise or of a point.

    None where it is about a point that readers do not have.
    """
    promise = promises[row.promise_id]
    titles = {point.id: point.title for point in promise.points}
    if not _is_told(row.point, titles):
        return None
    about = f"{titles.get(row.point.id, row.point.title)}: " if row.point else ""
    return News(
        key=f"{kind.value}:{row.id}",
        kind=kind,
        subject=NewsSubject.PROMISE,
        title=promise.title,
        slug=promise.slug,
        told_at=_public_from(promise, told_at),
        on=swedish_day(told_at),
        text=f"{about}{words[0]}",
        who=words[1],
        party=row.party,
    )


def _titles(promises: dict[int, Promise]) -> dict[int, str]:
    """Point id -> its title, of the points that readers have."""
    return {point.id: point.title for promise in promises.values() for point in promise.points}


def _is_told(point: PromisePoint | None, titles: Mapping[int, str]) -> bool:
    """Whether readers may know of the point: one that is being written they do not."""
    return point is None or point.id in titles or point.ended_on is not None


def _occasions(session: Session, promises: dict[int, Promise], told: Told) -> Iterator[News]:
    """One entry for an activity and the month it was held in: weekly meetings would drown all."""
    statement = (
        select(PromisePoint, Activity, Occasion)
        .join(point_activity, point_activity.c.point_id == PromisePoint.id)
        .join(Activity, Activity.id == point_activity.c.activity_id)
        .join(Occasion, Occasion.activity_id == Activity.id)
        .where(PromisePoint.promise_id.in_(promises), Occasion.state != OccasionState.EXCUSED)
    )
    if told.since is not None:
        since = Promise.published_at > told.since
        fresh = PromisePoint.promise.has(since)
        statement = statement.where(or_(Occasion.logged_at > told.since, fresh))
    points = _titles(promises)
    activities: dict[int, Activity] = {}
    groups: dict[tuple[int, int, int, int], tuple[str, dict[int, Occasion]]] = {}
    for point, activity, occasion in session.execute(statement.options(joinedload(Activity.plan))):
        # A point that is being written is not told of, nor what counts towards it.
        promise = promises[point.promise_id]
        if point.id in points and told.holds(_public_from(promise, occasion.logged_at)):
            day = occasion.held_on
            key = (promise.id, occasion.activity_id, day.year, day.month)
            groups.setdefault(key, (points[point.id], {}))[1][occasion.id] = occasion
            activities[activity.id] = activity
    names = names_for_readers(session, activities.values())
    for (promise_id, activity_id, year, month), (title, held) in groups.items():
        promise, occasions = promises[promise_id], held.values()
        yield News(
            key=f"occasions:{activity_id}:{year}-{month:02}",
            kind=NewsKind.OCCASIONS,
            subject=NewsSubject.PROMISE,
            title=promise.title,
            slug=promise.slug,
            told_at=max(_public_from(promise, o.logged_at) for o in occasions),
            on=max(o.held_on for o in occasions),
            text=names.get(activity_id, title),
            n=sum(o.state is OccasionState.HELD for o in occasions),
            n_missed=sum(o.state is OccasionState.MISSED for o in occasions),
        )


def _public_from(promise: Promise, moment: datetime) -> datetime:
    """What was written before the promise was published could be read from then on."""
    return max(moment, promise.published_at or moment)


def _document_news(session: Session, municipality: Municipality) -> Iterator[News]:
    """Each edition of the pictures and the plans."""
    here = municipality.id
    pictures = select(ProblemPicture).where(
        ProblemPicture.municipality_id == here, ProblemPicture.published_at.is_not(None)
    )
    plans = select(ActionPlan).where(
        ActionPlan.municipality_id == here, ActionPlan.published_at.is_not(None)
    )
    shown = {row.id: row for row in session.scalars(pictures)}
    yield from _of_documents(session, shown, DocumentEdition.picture_id, NewsSubject.PICTURE)
    agreed = {row.id: row for row in session.scalars(plans)}
    yield from _of_documents(session, agreed, DocumentEdition.plan_id, NewsSubject.PLAN)


def _of_documents(
    session: Session,
    documents: Mapping[int, ProblemPicture | ActionPlan],
    key: InstrumentedAttribute[int | None],
    subject: NewsSubject,
) -> Iterator[News]:
    """Each edition; what was published before there were editions is told of once."""
    bare = dict(documents)
    for edition in session.scalars(select(DocumentEdition).where(key.in_(documents))):
        document = documents[edition.picture_id or edition.plan_id or 0]
        bare.pop(document.id, None)
        # In the words of the edition: those of the document may be on their way to the next.
        title = edition.content.get("title", document.title)
        yield _edition(edition, subject, title, document.slug)
    for document in bare.values():
        yield _publication(document, subject)
