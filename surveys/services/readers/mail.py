"""Mail: stored in the same step as what causes it, sent by the worker, emptied once sent."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from surveys.drafts.mail import MailDraft, MailFault
from surveys.errors import InvalidInput, MailFailed
from surveys.models.mail import OutgoingMail
from surveys.models.municipality import Municipality
from surveys.queries.readers.mail import GIVEN_UP_AFTER, GIVES_UP
from surveys.text.typed import clean_text

MAX_ADDRESS = 255
MAX_SUBJECT = 300
MAX_URL = 500
# Long enough that no job which wrote a mail is run again, and that staff have seen what failed.
KEPT_FOR = timedelta(days=90)


def queue_mail(
    session: Session, municipality: Municipality, draft: MailDraft, *, now: datetime
) -> bool:
    """Store a mail for the worker to send. False where this cause has been mailed before.

    Raises InvalidInput for an address that is none, or one with a line break in it.
    """
    stored = session.scalar(select(OutgoingMail.id).where(OutgoingMail.cause == draft.cause))
    if stored is not None:
        return False
    session.add(
        OutgoingMail(
            municipality_id=municipality.id,
            cause=draft.cause,
            recipient=_address(draft.recipient),
            subject=_line(draft.subject)[:MAX_SUBJECT],
            body=clean_text(draft.body),
            unsubscribe_url=_url(draft.unsubscribe_url),
            created_at=now,
        )
    )
    session.flush()
    return True


def begin_try(session: Session, mail_id: int) -> bool:
    """Count a try before it is made. False where the mail is gone: somebody has unsubscribed."""
    mail = session.get(OutgoingMail, mail_id)
    if mail is None or mail.sent_at is not None or mail.tries >= GIVES_UP:
        return False
    mail.tries += 1
    session.flush()
    return True


def note_sent(session: Session, mail_id: int, *, now: datetime) -> None:
    """The mail is out: forget whom it went to and what stood in it."""
    mail = session.get(OutgoingMail, mail_id)
    if mail is not None:
        mail.sent_at, mail.failed_because = now, None
        _empty(mail)
        session.flush()


def note_failure(session: Session, mail_id: int, failure: MailFailed) -> None:
    """Say why, so that staff can read it. A mail that has been given up is emptied too."""
    mail = session.get(OutgoingMail, mail_id)
    if mail is None:
        return
    mail.failed_because = failure.fault
    if failure.is_final:
        mail.tries = GIVES_UP
    if mail.tries >= GIVES_UP:
        _empty(mail)
    session.flush()


def give_up_old(session: Session, *, now: datetime) -> int:
    """Give up what has waited for days in an installation that sends no mail; returns how many."""
    statement = select(OutgoingMail).where(
        OutgoingMail.sent_at.is_(None),
        OutgoingMail.tries < GIVES_UP,
        OutgoingMail.created_at < now - GIVEN_UP_AFTER,
    )
    old = session.scalars(statement).all()
    for mail in old:
        mail.tries, mail.failed_because = GIVES_UP, MailFault.NOT_SET_UP.value
        _empty(mail)
    session.flush()
    return len(old)


def drop_old_mail(session: Session, *, now: datetime) -> None:
    """Take away what is left of mails that were sent or given up long ago."""
    session.execute(delete(OutgoingMail).where(OutgoingMail.created_at < now - KEPT_FOR))


def _empty(mail: OutgoingMail) -> None:
    mail.recipient, mail.body, mail.unsubscribe_url = "", "", None


def _address(text: str) -> str:
    """One address and nothing more: what a header or a list of recipients could be made of goes."""
    address = text.strip()
    name, at, host = address.rpartition("@")
    is_plain = address.isprintable() and not set(address) & set(' ,;:<>()[]\\"')
    if not (is_plain and name and at and host) or len(address) > MAX_ADDRESS:
        raise InvalidInput("not_an_address", "email")
    return address


def _line(text: str) -> str:
    """One line of printable characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _url(url: str | None) -> str | None:
    if url is None:
        return None
    if not url.isascii() or not url.isprintable() or set(url) & set(" <>") or len(url) > MAX_URL:
        raise InvalidInput("not_an_address", "unsubscribe_url")
    return url
