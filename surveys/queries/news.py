"""What has happened to what a municipality has published: for feeds, mail and a promise's page.

``told_at`` is when readers could first read it, and ``on`` the day that it tells of: a report of
May that was written in June is told in June.
"""

import enum
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

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
from surveys.queries.promise_edition import as_published, list_as_published, published_by


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

    ``text`` is what was written: a report, what has changed, the activity's name. ``number`` is the
    edition's; ``n`` how many occasions, ``n_missed`` of them did not take place.
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
        *_picture_news(session, municipality),
        *_plan_news(session, municipality),
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
    titles = _titles(promises)
    for report in session.scalars(statement.options(joinedload(ProgressUpdate.point))):
        promise = promises[report.promise_id]
        if not _is_told(report.point, titles):
            continue
        about = _about(report.point, titles)
        yield News(
            key=f"report:{report.id}",
            kind=NewsKind.REPORT,
            subject=NewsSubject.PROMISE,
            title=promise.title,
            slug=promise.slug,
            told_at=_public_from(promise, report.created_at),
            on=report.dated_on,
            text=f"{about}{report.text}",
            who=report.author,
            party=report.party,
        )


def _judgements(session: Session, promises: dict[int, Promise]) -> Iterator[News]:
    statement = select(Judgement).where(Judgement.promise_id.in_(promises))
    titles = _titles(promises)
    for judgement in session.scalars(statement.options(joinedload(Judgement.point))):
        promise = promises[judgement.promise_id]
        if not _is_told(judgement.point, titles):
            continue
        about = _about(judgement.point, titles)
        yield News(
            key=f"judgement:{judgement.id}",
            kind=NewsKind.JUDGEMENT,
            subject=NewsSubject.PROMISE,
            title=promise.title,
            slug=promise.slug,
            told_at=_public_from(promise, judgement.judged_at),
            on=swedish_day(judgement.judged_at),
            text=f"{about}{judgement.reason}",
            who=judgement.role,
            party=judgement.party,
            verdict=judgement.verdict,
        )


def _titles(promises: dict[int, Promise]) -> dict[int, str]:
    """Point id -> its title, of the points that readers have."""
    return {point.id: point.title for promise in promises.values() for point in promise.points}


def _is_told(point: PromisePoint | None, titles: Mapping[int, str]) -> bool:
    """Whether readers may know of the point: one that is being written they do not."""
    return point is None or point.id in titles or point.ended_on is not None


def _about(point: PromisePoint | None, titles: Mapping[int, str]) -> str:
    return f"{titles.get(point.id, point.title)}: " if point else ""


def _occasions(session: Session, promises: dict[int, Promise], told: Told) -> Iterator[News]:
    """One entry for an activity and the month it was held in: weekly meetings would drown all."""
    statement = (
        select(PromisePoint, Activity.name, Occasion)
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
    groups: dict[tuple[int, int, int, int], tuple[str, dict[int, Occasion]]] = {}
    for point, name, occasion in session.execute(statement):
        # A point that is being written is not told of, nor what counts towards it.
        promise = promises[point.promise_id]
        if point.id in points and told.holds(_public_from(promise, occasion.logged_at)):
            day = occasion.held_on
            key = (promise.id, occasion.activity_id, day.year, day.month)
            groups.setdefault(key, (name, {}))[1][occasion.id] = occasion
    for (promise_id, activity_id, year, month), (name, held) in groups.items():
        promise, occasions = promises[promise_id], held.values()
        yield News(
            key=f"occasions:{activity_id}:{year}-{month:02}",
            kind=NewsKind.OCCASIONS,
            subject=NewsSubject.PROMISE,
            title=promise.title,
            slug=promise.slug,
            told_at=max(_public_from(promise, o.logged_at) for o in occasions),
            on=max(o.held_on for o in occasions),
            text=name,
            n=sum(o.state is OccasionState.HELD for o in occasions),
            n_missed=sum(o.state is OccasionState.MISSED for o in occasions),
        )


def _public_from(promise: Promise, moment: datetime) -> datetime:
    """What was written before the promise was published could be read from then on."""
    return max(moment, promise.published_at or moment)


def _picture_news(session: Session, municipality: Municipality) -> Iterator[News]:
    statement = select(ProblemPicture).where(
        ProblemPicture.municipality_id == municipality.id, ProblemPicture.published_at.is_not(None)
    )
    pictures = {picture.id: picture for picture in session.scalars(statement)}
    editions = select(DocumentEdition).where(DocumentEdition.picture_id.in_(pictures))
    yield from _of_documents(session, pictures, editions, NewsSubject.PICTURE)


def _plan_news(session: Session, municipality: Municipality) -> Iterator[News]:
    statement = select(ActionPlan).where(
        ActionPlan.municipality_id == municipality.id, ActionPlan.published_at.is_not(None)
    )
    plans = {plan.id: plan for plan in session.scalars(statement)}
    editions = select(DocumentEdition).where(DocumentEdition.plan_id.in_(plans))
    yield from _of_documents(session, plans, editions, NewsSubject.PLAN)


def _of_documents(
    session: Session,
    documents: Mapping[int, ProblemPicture | ActionPlan],
    editions: Select[DocumentEdition],
    subject: NewsSubject,
) -> Iterator[News]:
    """Each edition; what was published before there were editions is told of once."""
    bare = dict(documents)
    for edition in session.scalars(editions):
        document = documents[edition.picture_id or edition.plan_id or 0]
        bare.pop(document.id, None)
        # In the words of the edition: those of the document may be on their way to the next.
        title = edition.content.get("title", document.title)
        yield _edition(edition, subject, title, document.slug)
    for document in bare.values():
        yield _publication(document, subject)
