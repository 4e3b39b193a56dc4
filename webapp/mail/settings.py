"""How an installation sends mail: through a server, into files, or not at all."""

import enum
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path


class MailSecurity(enum.Enum):
    """How the connection to the mail server is kept from being read."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"  # only for a server on the same machine


@dataclass(frozen=True, slots=True)
class MailSettings:
    """A server, or a folder that mails are written to instead. ``sender`` is an address alone."""

    sender: str
    server: str = ""
    port: int = 587
    security: MailSecurity = MailSecurity.STARTTLS
    username: str = ""
    password: str = ""
    folder: Path | None = None


def sender_address(text: str) -> str:
    """The address in ``text``; raise ValueError where there is none."""
    _name, address = parseaddr(text.strip())
    if "@" not in address:
        raise ValueError(f"MAIL_FROM must be an e-mail address, not {text!r}")
    return address


def mail_security(text: str) -> MailSecurity:
    """The named kind of connection; raise ValueError for another word."""
    try:
        return MailSecurity(text.strip().lower() or MailSecurity.STARTTLS.value)
    except ValueError:
        raise ValueError(f"MAIL_SECURITY must be starttls, tls or none, not {text!r}") from None
