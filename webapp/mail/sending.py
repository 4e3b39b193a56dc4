"""Sending stored mail: plain text, from the municipality, with one-click unsubscription.

The worker is the only one that sends. Nothing in a mail is fetched from anywhere, and nothing in
it tells whether it was read.
"""

import hashlib
import os
import smtplib
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from email.utils import formataddr
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, current_app, request
from flask_mailman import EmailMessage
from flask_mailman.backends.base import BaseEmailBackend
from flask_mailman.backends.smtp import EmailBackend

from surveys.drafts.mail import Deliver, Letter, MailFault
from surveys.errors import MailFailed
from webapp.config import Config
from webapp.extensions import mail
from webapp.mail.settings import MailSecurity, MailSettings

TIMEOUT_S = 30
_REFUSED_FOR_GOOD = 500  # SMTP: answers from here on will be the same next time


def init_mail(app: Flask, settings: Config) -> None:
    """Bind the mail settings. Tests keep what is sent in ``app.extensions["mailman"].outbox``."""
    sending = settings.mail
    app.extensions["public_url"] = settings.public_url
    app.extensions["mail_settings"] = sending
    app.config["MAIL_BACKEND"] = _backend(settings)
    if sending is not None:
        app.config |= {
            "MAIL_SERVER": sending.server,
            "MAIL_PORT": sending.port,
            "MAIL_USERNAME": sending.username or None,
            "MAIL_PASSWORD": sending.password or None,
            "MAIL_USE_TLS": sending.security is MailSecurity.STARTTLS,
            "MAIL_USE_SSL": sending.security is MailSecurity.TLS,
            "MAIL_DEFAULT_SENDER": sending.sender,
            "MAIL_TIMEOUT": TIMEOUT_S,
            "MAIL_FILE_PATH": sending.folder,
        }
    mail.init_app(app)
    app.add_template_global(whole_address)


def mail_is_on(app: Flask | None = None) -> bool:
    """Whether this installation sends mail; without it pages offer none."""
    return (app or current_app).extensions["mail_settings"] is not None


def whole_address(path: str) -> str:
    """The whole address of ``path``, to be read and copied; by the settings where they tell it."""
    base: str = current_app.extensions["public_url"] or request.host_url.rstrip("/")
    return base + "/" + path.lstrip("/")


def public_url(path: str) -> str:
    """The whole address of ``path`` for a mail: by the settings, never by what a request claims."""
    return f"{current_app.extensions['public_url']}{path}"


@contextmanager
def open_mail(app: Flask) -> Iterator[Deliver]:
    """One connection to the mail server, opened with the first letter."""
    with app.app_context():
        connection = mail.get_connection()
        try:
            yield lambda letter: _deliver(connection, letter)
        finally:
            with suppress(OSError):  # what was sent is sent
                connection.close()


class CheckedSmtp(smtplib.SMTP):
    """STARTTLS with a look at the server's certificate, which the standard library leaves out."""

    def starttls(self, *_files: Any, context: ssl.SSLContext | None = None) -> Any:
        """Turn the connection to TLS."""
        return super().starttls(context=context or ssl.create_default_context())


class ServerBackend(EmailBackend):
    """Through a mail server."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """What the connection is made with."""
        return smtplib.SMTP_SSL if self.use_ssl else CheckedSmtp


class FolderBackend(BaseEmailBackend):
    """Into a folder, a file for each mail, as any mail program opens it: for demos."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write each message; the same message writes the same file."""
        folder = Path(self.mailman.file_path)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in email_messages:
            name = message.extra_headers["Message-ID"].strip("<>").partition("@")[0]
            file = folder / f"{name}.eml"
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "wb") as opened:
                opened.write(message.message().as_bytes(linesep="\r\n"))
        return len(email_messages)


def _backend(settings: Config) -> type[BaseEmailBackend] | str:
    if settings.testing:
        return "locmem"
    if settings.mail is not None and settings.mail.folder is not None:
        return FolderBackend
    return ServerBackend


def _deliver(connection: BaseEmailBackend, letter: Letter) -> None:
    try:
        connection.open()
        connection.send_messages([_message(letter)])
    except (ValueError, OSError) as error:  # smtplib's errors and those of files are OSErrors
        raise _failure(error) from error


def _message(letter: Letter) -> EmailMessage:
    settings: MailSettings = current_app.extensions["mail_settings"]
    headers = {
        # The same each time it is tried, so that a mail box that got it twice can tell.
        "Message-ID": f"<{hashlib.sha256(letter.cause.encode()).hexdigest()[:32]}@{_host()}>",
        "Auto-Submitted": "auto-generated",
    }
    if letter.unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{letter.unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return EmailMessage(
        subject=letter.subject,
        body=letter.body,
        from_email=formataddr((letter.sender_name, settings.sender)),
        to=[letter.recipient],
        reply_to=[letter.reply_to] if letter.reply_to else None,
        headers=headers,
    )


def _host() -> str:
    return urlsplit(current_app.extensions["public_url"]).hostname or "localhost"


def _failure(error: Exception) -> MailFailed:
    """What the server said, as one of few words: its own may hold the address."""
    match error:
        case smtplib.SMTPAuthenticationError() | smtplib.SMTPNotSupportedError():
            return MailFailed(MailFault.SIGN_IN.value, ends_round=True)
        case smtplib.SMTPSenderRefused():
            return MailFailed(MailFault.SENDER.value, ends_round=True)
        case smtplib.SMTPRecipientsRefused():
            codes = [code for code, _said in error.recipients.values()]
            is_final = bool(codes) and min(codes) >= _REFUSED_FOR_GOOD
            return MailFailed(MailFault.RECIPIENT.value, is_final=is_final)
        case smtplib.SMTPDataError():
            is_final = error.smtp_code >= _REFUSED_FOR_GOOD
            return MailFailed(MailFault.REFUSED.value, is_final=is_final)
        case ValueError():
            return MailFailed(MailFault.REFUSED.value, is_final=True)
    return MailFailed(MailFault.UNREACHABLE.value, ends_round=True)
