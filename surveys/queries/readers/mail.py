"""Which mails are to be sent now, and which could not be."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from surveys.days import swedish_day
from surveys.drafts.mail import Letter, MailFault
from surveys.models.mail import OutgoingMail
from surveys.models.municipality import Municipality

# From when a mail was written to each try: a server that is away for a weekend loses nothing.
TRIES_AFTER = (
    timedelta(0),
    timedelta(minutes=5),
    timedelta(minutes=20),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
    timedelta(days=1),
    timedelta(days=2),
    timedelta(days=3),
)
GIVES_UP = len(TRIES_AFTER)
GIVEN_UP_AFTER = TRIES_AFTER[-1]
TOLD_FOR = timedelta(days=30)  # how long staff are told of a mail that was given up


@dataclass(frozen=True, slots=True)
class GivenUpMail:
    """A mail that was never sent: what it was about, not to whom."""

    subject: str
    written_on: date
    fault: MailFault


@dataclass(frozen=True, slots=True)
class MailState:
    """How a municipality's mail goes out."""

    n_waiting: int
    given_up: tuple[GivenUpMail, ...]  # of the last month, the latest first


def list_due_mail(session: Session, now: datetime, limit: int) -> tuple[Letter, ...]:
    """What is to be tried at ``now``, of all municipalities, the oldest first."""
    is_due = or_(
        *(
            and_(OutgoingMail.tries == n, OutgoingMail.created_at <= now - wait)
            for n, wait in enumerate(TRIES_AFTER)
        )
    )
    statement = (
        select(OutgoingMail)
        .where(OutgoingMail.sent_at.is_(None), is_due)
        .options(joinedload(OutgoingMail.municipality))
        .order_by(OutgoingMail.created_at, OutgoingMail.id)
        .limit(limit)
    )
    return tuple(_letter(mail) for mail in session.scalars(statement))


def get_mail_state(session: Session, municipality: Municipality, now: datetime) -> MailState:
    """How many mails wait, and which were given up."""
    mine = OutgoingMail.municipality_id == municipality.id
    waiting = select(func.count()).where(
        mine, OutgoingMail.sent_at.is_(None), OutgoingMail.tries < GIVES_UP
    )
    given_up = (
        select(OutgoingMail)
        .where(
            mine,
            OutgoingMail.sent_at.is_(None),
            OutgoingMail.tries >= GIVES_UP,
            OutgoingMail.created_at >= now - TOLD_FOR,
        )
        .order_by(OutgoingMail.created_at.desc(), OutgoingMail.id.desc())
    )
    return MailState(
        n_waiting=session.scalar(waiting) or 0,
        given_up=tuple(
            GivenUpMail(
                subject=mail.subject,
                written_on=swedish_day(mail.created_at),
                fault=MailFault(mail.failed_because or MailFault.UNREACHABLE.value),
            )
            for mail in session.scalars(given_up)
        ),
    )


def _letter(mail: OutgoingMail) -> Letter:
    return Letter(
        id=mail.id,
        cause=mail.cause,
        sender_name=mail.municipality.official_name,
        reply_to=mail.municipality.contact_email,
        recipient=mail.recipient,
        subject=mail.subject,
        body=mail.body,
        unsubscribe_url=mail.unsubscribe_url,
    )
