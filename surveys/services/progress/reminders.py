"""Reminders: one mail a day for each who is to be told, each thing once before and once after."""

import hashlib
from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from surveys.days import swedish_day
from surveys.drafts.mail import MailDraft
from surveys.drafts.settings import ReminderDraft
from surveys.errors import InvalidInput
from surveys.limits import REMIND_DAYS, STALE_DAYS
from surveys.models.mail import Reminder
from surveys.models.municipality import Municipality
from surveys.queries.progress.reminders import Item, ReminderLetter, list_reminders
from surveys.services.municipalities.settings import held
from surveys.services.readers.mail import queue_mail

# Words a letter: its subject and its text.
WriteReminder = Callable[[ReminderLetter], tuple[str, str]]


def queue_reminders(
    session: Session, municipality: Municipality, write: WriteReminder, *, now: datetime
) -> int:
    """Store today's reminders for the worker to send; returns how many mails that is.

    Safe to run as often as one likes: what somebody has been told of once is not told again.
    """
    letters = list_reminders(session, municipality, swedish_day(now))
    told: dict[tuple[str, str, str], Item] = {}
    n = 0
    for letter in letters:
        subject, body = write(letter)
        draft = MailDraft(_cause(letter), letter.address, subject, body)
        try:
            n += queue_mail(session, municipality, draft, now=now)
        except InvalidInput:  # an address that takes no mail: the coordinator hears after N days
            continue
        for item in letter.items:
            told[item.thing.about, item.thing.due_on.isoformat(), item.kind.value] = item
    session.add_all(_reminder(municipality, item, now) for item in told.values())
    session.flush()
    return n


def save_reminder_settings(
    session: Session, municipality: Municipality, draft: ReminderDraft
) -> None:
    """Say how long before and after owners are reminded, and when silence is told of.

    Raise InvalidInput ``days_outside`` for a number that is none of these, ``escalates_first``
    where the coordinator would hear before the owner, ``silent_before_quiet`` likewise.
    """
    bounds = (
        ("before", draft.before, (0, REMIND_DAYS[1])),
        ("after", draft.after, REMIND_DAYS),
        ("escalate", draft.escalate, REMIND_DAYS),
        ("quiet", draft.quiet, STALE_DAYS),
        ("silent", draft.silent, STALE_DAYS),
    )
    for field, value, (low, high) in bounds:
        if not low <= value <= high:
            raise InvalidInput("days_outside", field)
    if draft.escalate < draft.after:
        raise InvalidInput("escalates_first", "escalate")
    if draft.silent <= draft.quiet:
        raise InvalidInput("silent_before_quiet", "silent")
    kept = held(session, municipality)
    kept.remind_days_before, kept.remind_days_after = draft.before, draft.after
    kept.escalate_days_after = draft.escalate
    kept.quiet_after_days, kept.silent_after_days = draft.quiet, draft.silent
    session.flush()


def _reminder(municipality: Municipality, item: Item, now: datetime) -> Reminder:
    return Reminder(
        municipality_id=municipality.id,
        about=item.thing.about,
        due_on=item.thing.due_on,
        kind=item.kind,
        owner_id=item.thing.owner.id if item.thing.owner else None,
        sent_at=now,
    )


def _cause(letter: ReminderLetter) -> str:
    """The same list of things to the same recipient is one mail, however often it is written."""
    things = sorted(f"{i.thing.about}/{i.thing.due_on}/{i.kind.value}" for i in letter.items)
    digest = hashlib.sha256("\n".join(things).encode()).hexdigest()[:24]
    return f"reminder:{letter.municipality.id}:{letter.key}:{digest}"
