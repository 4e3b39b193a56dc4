"""The job that sends what has been written."""

import logging

from surveys.drafts.mail import Deliver, Letter, MailFault, OpenMail
from surveys.errors import MailFailed
from surveys.jobs.context import JobContext
from surveys.queries.readers.mail import list_due_mail
from surveys.services.readers.mail import (
    begin_try,
    drop_old_mail,
    give_up_old,
    note_failure,
    note_sent,
)
from surveys.services.readers.subscriptions import forget_refused

SEND_MAIL = "send_mail"
MAILS_A_ROUND = 100  # other jobs have their turn between two rounds

log = logging.getLogger("trygghetsdialog.jobs")


def send_mail(context: JobContext) -> None:
    """Send what is due, over one connection. What fails is tried again later, for some days."""
    now = context.clock()
    with context.writing() as session:
        drop_old_mail(session, now=now)
        if context.open_mail is None:
            give_up_old(session, now=now)
    with context.reading() as session:
        letters = list_due_mail(session, now, MAILS_A_ROUND)
    if context.open_mail is None or not letters:
        return
    if _send_all(context, context.open_mail, letters) and len(letters) == MAILS_A_ROUND:
        context.enqueue(SEND_MAIL)


def _send_all(context: JobContext, open_mail: OpenMail, letters: tuple[Letter, ...]) -> bool:
    """Send each; False where the server is away, so that the rest wait too."""
    with open_mail() as deliver:
        for n, letter in enumerate(letters):
            failure = _send(context, deliver, letter)
            if failure is not None and failure.ends_round:
                log.warning("mail: the server cannot be used (%s)", failure.fault)
                _put_off(context, letters[n + 1 :], failure)
                return False
    return True


def _send(context: JobContext, deliver: Deliver, letter: Letter) -> MailFailed | None:
    """Count the try first: a mail whose sending is cut off is tried later, not at once."""
    with context.writing() as session:
        if not begin_try(session, letter.id):
            return None
    try:
        deliver(letter)
    except MailFailed as failure:
        with context.writing() as session:
            note_failure(session, letter.id, failure)
            if failure.is_final and failure.fault == MailFault.RECIPIENT.value:
                forget_refused(session, letter.cause)
        return failure
    with context.writing() as session:
        note_sent(session, letter.id, now=context.clock())
    return None


def _put_off(context: JobContext, letters: tuple[Letter, ...], failure: MailFailed) -> None:
    with context.writing() as session:
        for letter in letters:
            if begin_try(session, letter.id):
                note_failure(session, letter.id, failure)
