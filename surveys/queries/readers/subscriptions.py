"""Who has asked to be mailed, found by the word that only their mail holds."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from surveys.errors import NotFound
from surveys.models.mail import Subscription
from surveys.models.municipality import Municipality
from surveys.models.promise import Promise
from surveys.queries.promises.edition import as_published
from surveys.queries.readers.news import News, Told, list_news, list_promise_news


@dataclass(frozen=True, slots=True)
class SubscriptionView:
    """What a subscription is of, without its address. ``promise`` is None for everything."""

    token: str
    promise: str | None
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class Digest:
    """What is to be mailed to one subscriber: what was told between two mornings."""

    subscription_id: int
    municipality: Municipality
    promise: str | None  # its title
    email: str
    language: str
    token: str
    until: datetime
    news: tuple[News, ...]


def get_subscription(session: Session, municipality: Municipality, token: str) -> SubscriptionView:
    """The subscription with this word in ``municipality``; raise NotFound."""
    row = find_subscription(session, municipality, token)
    if row is None:
        raise NotFound("subscription")
    return SubscriptionView(row.token, _title(session, row), row.confirmed_on is not None)


def find_subscription(
    session: Session, municipality: Municipality, token: str
) -> Subscription | None:
    """The row with this word in ``municipality``, or None."""
    return session.scalar(
        select(Subscription)
        .where(Subscription.municipality_id == municipality.id, Subscription.token == token)
        .options(joinedload(Subscription.promise))
    )


def list_digests(session: Session, until: datetime, limit: int) -> tuple[Digest, ...]:
    """The next ``limit`` subscriptions that have not been told of everything up to ``until``.

    Of all municipalities. Those about which nothing has happened are among them, with no news.
    """
    statement = (
        select(Subscription)
        .where(Subscription.confirmed_on.is_not(None), Subscription.told_until < until)
        .options(joinedload(Subscription.municipality), joinedload(Subscription.promise))
        .order_by(Subscription.id)
        .limit(limit)
    )
    told: dict[tuple[int, str | None, datetime | None], tuple[News, ...]] = {}
    digests = []
    for row in session.scalars(statement):
        slug = row.promise.slug if row.promise else None
        key = (row.municipality_id, slug, row.told_until)
        if key not in told:
            told[key] = _news(session, row.municipality, row.promise, Told(row.told_until, until))
        digests.append(_digest(session, row, until, told[key]))
    return tuple(digests)


def _news(
    session: Session, municipality: Municipality, promise: Promise | None, told: Told
) -> tuple[News, ...]:
    if promise is None:
        return tuple(list_news(session, municipality, told))
    return tuple(list_promise_news(session, municipality, promise.slug, told))


def _title(session: Session, row: Subscription) -> str | None:
    """The promise's, as readers have it."""
    return as_published(session, row.promise).title if row.promise else None


def _digest(session: Session, row: Subscription, until: datetime, news: tuple[News, ...]) -> Digest:
    return Digest(
        subscription_id=row.id,
        municipality=row.municipality,
        promise=_title(session, row),
        email=row.email,
        language=row.language,
        token=row.token,
        until=until,
        news=news,
    )
