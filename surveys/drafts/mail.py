"""Mail in plain text, before it is stored and while it is sent."""

import enum
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MailDraft:
    """One mail to one address, in plain text.

    ``cause`` names what it is sent for ("reminder:12:2026-10-01", at most 120 characters): one
    cause is mailed once. ``unsubscribe_url`` is set on mail that somebody has asked for, and takes
    a POST without more (RFC 8058).
    """

    cause: str
    recipient: str
    subject: str
    body: str
    unsubscribe_url: str | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """A stored mail on its way out. ``sender_name`` is the municipality's, as readers know it."""

    id: int
    cause: str
    sender_name: str
    reply_to: str | None
    recipient: str
    subject: str
    body: str
    unsubscribe_url: str | None


Deliver = Callable[[Letter], None]  # raises MailFailed
OpenMail = Callable[[], AbstractContextManager[Deliver]]  # one connection for many letters


class MailFault(enum.Enum):
    """Why a mail did not go out. The server's own words are not kept: they hold the address."""

    UNREACHABLE = "unreachable"  # no server there, or it hung up
    SIGN_IN = "sign_in"  # the server does not take our name and password
    SENDER = "sender"  # it does not let us send from this address
    RECIPIENT = "recipient"  # it does not know the address, or takes no mail for it
    REFUSED = "refused"  # it takes no such mail
    NOT_SET_UP = "not_set_up"  # this installation sends no mail
