"""Subscriptions by mail: asked for, said yes to in the mail itself, and ended in one step.

No caller learns whether an address subscribes: what is answered is the same, and what there is to
say goes to the address.
"""

import secrets
from collections.abc import Callable
from datetime import date, datetime, timedelta

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from surveys.days import swedish_day
from surveys.drafts.mail import MailDraft
from surveys.drafts.subscriptions import SubscriptionDraft, WrittenMail
from surveys.errors import NotFound
from surveys.models.mail import OutgoingMail, Subscription
from surveys.models.municipality import Municipality
from surveys.queries.promises.edition import get_published
from surveys.queries.readers.subscriptions import Digest, SubscriptionView, find_subscription
from surveys.services.readers.mail import queue_mail

TOKEN_BYTES = 24
KEPT_UNCONFIRMED = timedelta(days=7)
MAX_QUESTIONS_A_DAY = 3  # to one address, from all municipalities together
DIGEST = "digest"
QUESTION = "confirm"

# Writes the mail that asks for a yes, or that says that the address subscribes already.
WriteQuestion = Callable[[SubscriptionView], WrittenMail]


def ask_for_mail(
    session: Session,
    municipality: Municipality,
    draft: SubscriptionDraft,
    write: WriteQuestion,
    *,
    now: datetime,
) -> None:
    """Send the address a mail that asks whether it wants more; raise NotFound for a draft.

    At most one such mail a day about one thing, and three a day to an address: nobody can fill
    somebody else's mail box.
    """
    promise = get_published(session, municipality, draft.slug) if draft.slug else None
    promise_id = promise.id if promise else None
    row = _find(session, municipality, draft.email, promise_id)
    today = swedish_day(now)
    is_new = row is None or row.asked_on < today
    if is_new and _n_asked(session, draft.email, today) >= MAX_QUESTIONS_A_DAY:
        return
    if row is None:
        row = Subscription(
            municipality_id=municipality.id,
            promise_id=promise_id,
            email=draft.email,
            language=draft.language,
            token=secrets.token_hex(TOKEN_BYTES),
            first_asked_on=today,
        )
        session.add(row)
    if row.confirmed_on is None:
        row.language = draft.language
    row.asked_on = today
    session.flush()
    about = SubscriptionView(
        row.token, promise.title if promise else None, row.confirmed_on is not None
    )
    mail = write(about)
    cause = f"{QUESTION}:{row.id}:{today.isoformat()}"
    queue_mail(session, municipality, MailDraft(cause, row.email, mail.subject, mail.body), now=now)


def confirm(session: Session, municipality: Municipality, token: str, *, now: datetime) -> None:
    """Begin to mail what happens from now on; raise NotFound. Twice is the same as once."""
    row = find_subscription(session, municipality, token)
    if row is None:
        raise NotFound("subscription")
    if row.confirmed_on is None:
        row.confirmed_on, row.told_until = swedish_day(now), now
        session.flush()


def unsubscribe(session: Session, municipality: Municipality, token: str) -> None:
    """Forget the address, and what waits to be sent to it. Unknown words change nothing."""
    row = find_subscription(session, municipality, token)
    if row is not None:
        _forget(session, row)


def queue_digest(session: Session, digest: Digest, mail: WrittenMail | None, now: datetime) -> None:
    """Store the mail (None: nothing has happened) and that its news is told.

    One that has unsubscribed in the meantime gets none.
    """
    row = session.get(Subscription, digest.subscription_id)
    if row is None or row.told_until is None or row.told_until >= digest.until:
        return
    if mail is not None:
        cause = f"{DIGEST}:{row.id}:{swedish_day(digest.until).isoformat()}"
        draft = MailDraft(cause, row.email, mail.subject, mail.body, mail.unsubscribe_url)
        queue_mail(session, row.municipality, draft, now=now)
    row.told_until = digest.until
    session.flush()


def forget_refused(session: Session, cause: str) -> None:
    """Drop the subscription whose mail, sent for ``cause``, its mail box refuses for good."""
    kind, _, rest = cause.partition(":")
    number = rest.partition(":")[0]
    if kind in (DIGEST, QUESTION) and number.isdecimal():
        row = session.get(Subscription, int(number))
        if row is not None:
            _forget(session, row)


def drop_unconfirmed(session: Session, *, now: datetime) -> None:
    """Forget addresses that have not said yes within a week from when they were first asked."""
    last = swedish_day(now - KEPT_UNCONFIRMED)
    statement = select(Subscription).where(
        Subscription.confirmed_on.is_(None), Subscription.first_asked_on < last
    )
    for row in session.scalars(statement).all():
        _forget(session, row)


def _find(
    session: Session, municipality: Municipality, email: str, promise_id: int | None
) -> Subscription | None:
    return session.scalar(
        select(Subscription).where(
            Subscription.municipality_id == municipality.id,
            Subscription.email == email,
            Subscription.promise_id == promise_id
            if promise_id is not None
            else Subscription.promise_id.is_(None),
        )
    )


def _forget(session: Session, row: Subscription) -> None:
    """The address with every trace of its mails, sent and waiting: its number may be used again."""
    for kind in (DIGEST, QUESTION):
        cause = OutgoingMail.cause.startswith(f"{kind}:{row.id}:")
        session.execute(delete(OutgoingMail).where(cause))
    session.delete(row)
    session.flush()


def _n_asked(session: Session, email: str, today: date) -> int:
    """How many questions of today the address has not said yes to, whoever's they are.

    Across municipalities, since a mail box is one; those that follow already count from the day
    after their yes.
    """
    statement = select(func.count()).where(
        Subscription.email == email,
        Subscription.asked_on == today,
        or_(Subscription.confirmed_on.is_(None), Subscription.confirmed_on < today),
    )
    return session.scalar(statement) or 0
