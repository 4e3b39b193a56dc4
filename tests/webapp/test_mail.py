"""What a mail looks like on its way, and the settings it needs."""

import smtplib
import socket
import threading
from collections.abc import Callable, Iterator
from email import message_from_bytes, message_from_string
from email.header import decode_header, make_header
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from surveys.drafts.mail import Letter, MailDraft, MailFault
from surveys.errors import MailFailed
from surveys.models.account import User
from surveys.models.municipality import Municipality
from surveys.services.readers.mail import give_up_old, queue_mail
from tests.conftest import NOW
from tests.factories.municipalities import make_account
from tests.page import PageClient
from webapp import create_app
from webapp.config import Config, read_config
from webapp.mail.sending import mail_is_on, open_mail
from webapp.mail.settings import MailSecurity, MailSettings

LETTER = Letter(
    id=1,
    cause="digest:1:2023-08-01",
    sender_name="Söderhamns kommun",
    reply_to="trygghet@soderhamn.example",
    recipient="anna@hem.example",
    subject="Nytt om löftena i Söderhamn",
    body="Tre av fyra insatser är gjorda.\n\nEn lång rad: " + "å" * 1200,
    unsubscribe_url="https://trygghet.example.se/soderhamn/folj/x/sluta",
)


def app_with(folder: Path, mail: MailSettings | None, *, testing: bool = False) -> Flask:
    return create_app(
        Config(
            instance_path=folder,
            secret_key="only-for-tests",
            database_url=f"sqlite:///{folder / 'x.sqlite3'}",
            jobs_url=f"sqlite:///{folder / 'jobs.sqlite3'}",
            public_url="https://trygghet.example.se",
            mail=mail,
            testing=testing,
        )
    )


def test_a_mail_is_plain_text_from_the_municipality_and_easy_to_stop(tmp_path: Path) -> None:
    folder = tmp_path / "mail"
    app = app_with(tmp_path, MailSettings(sender="trygghet@exempel.se", folder=folder))
    for _ in range(2):  # tried twice: the same mail, to any mail box
        with open_mail(app) as deliver:
            deliver(LETTER)
    (file,) = folder.iterdir()
    mail = message_from_bytes(file.read_bytes())
    assert mail.get_content_type() == "text/plain"
    assert (
        str(make_header(decode_header(mail["From"]))) == "Söderhamns kommun <trygghet@exempel.se>"
    )
    assert str(make_header(decode_header(mail["Subject"]))) == LETTER.subject
    assert mail["To"] == LETTER.recipient
    assert mail["Reply-To"] == LETTER.reply_to
    assert mail["List-Unsubscribe"] == f"<{LETTER.unsubscribe_url}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Message-ID"].endswith("@trygghet.example.se>")
    body = mail.get_payload(decode=True)
    assert isinstance(body, bytes)
    assert body.decode().replace("\r\n", "\n").rstrip() == LETTER.body
    assert max(len(line) for line in file.read_bytes().splitlines()) < 999


class TinyServer:
    """A mail server with one answer to each recipient."""

    def __init__(self, answer: str) -> None:
        self.answer = answer
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.socket.getsockname()[1]
        self.got = b""
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        connection, _ = self.socket.accept()
        with connection, connection.makefile("rwb", buffering=0) as stream:
            stream.write(b"220 hej\r\n")
            for line in stream:
                word = line[:4].upper()
                if word == b"QUIT":
                    stream.write(b"221 hej\r\n")
                    return
                if word == b"DATA":
                    stream.write(b"354 skriv\r\n")
                    while (part := stream.readline()) != b".\r\n":
                        self.got += part
                said = self.answer if word == b"RCPT" else "250 ok"
                stream.write(f"{said}\r\n".encode())

    def close(self) -> None:
        self.socket.close()


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[[str], tuple[TinyServer, Flask]]]:
    servers = []

    def start(answer: str) -> tuple[TinyServer, Flask]:
        server = TinyServer(answer)
        servers.append(server)
        settings = MailSettings(
            sender="a@b.example", server="127.0.0.1", port=server.port, security=MailSecurity.NONE
        )
        return server, app_with(tmp_path, settings)

    yield start
    for server in servers:
        server.close()


def test_a_mail_goes_through_a_server(serve: Callable[[str], tuple[TinyServer, Flask]]) -> None:
    server, app = serve("250 ok")
    with open_mail(app) as deliver:
        deliver(LETTER)
    assert message_from_string(server.got.decode())["To"] == "anna@hem.example"


@pytest.mark.parametrize(("answer", "is_final"), [("550 no such user", True), ("450 full", False)])
def test_a_refused_address_is_told_without_the_address(
    serve: Callable[[str], tuple[TinyServer, Flask]], answer: str, is_final: bool
) -> None:
    _server, app = serve(answer)
    with open_mail(app) as deliver, pytest.raises(MailFailed) as failed:
        deliver(LETTER)
    assert (failed.value.fault, failed.value.is_final) == (MailFault.RECIPIENT.value, is_final)
    assert not failed.value.ends_round


def test_a_server_that_is_not_there_ends_the_round(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    settings = MailSettings(
        sender="a@b.example", server="127.0.0.1", port=port, security=MailSecurity.NONE
    )
    with open_mail(app_with(tmp_path, settings)) as deliver, pytest.raises(MailFailed) as failed:
        deliver(LETTER)
    assert (failed.value.fault, failed.value.ends_round) == (MailFault.UNREACHABLE.value, True)


def test_a_server_that_cannot_keep_a_secret_gets_no_mail(
    serve: Callable[[str], tuple[TinyServer, Flask]], tmp_path: Path
) -> None:
    server, _app = serve("250 ok")
    settings = MailSettings(sender="a@b.example", server="127.0.0.1", port=server.port)
    with open_mail(app_with(tmp_path, settings)) as deliver, pytest.raises(MailFailed) as failed:
        deliver(LETTER)
    assert isinstance(failed.value.__cause__, smtplib.SMTPException)
    assert server.got == b""


def test_mail_is_off_until_it_is_set_up(tmp_path: Path) -> None:
    assert read_config({"INSTANCE_PATH": str(tmp_path)}).mail is None
    assert not mail_is_on(app_with(tmp_path, None))


FULL = {
    "MAIL_SERVER": "smtp.example.se",
    "MAIL_FROM": "Söderhamn <trygghet@exempel.se>",
    "PUBLIC_URL": "https://trygghet.example.se/",
    "MAIL_USERNAME": "namn",
    "MAIL_PASSWORD": "hemligt",
}


def test_a_mail_server_is_read_from_the_environment(tmp_path: Path) -> None:
    config = read_config({"INSTANCE_PATH": str(tmp_path)} | FULL)
    assert config.public_url == "https://trygghet.example.se"
    assert config.mail == MailSettings(
        sender="trygghet@exempel.se",
        server="smtp.example.se",
        username="namn",
        password="hemligt",
    )


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("MAIL_FROM", ""),
        ("MAIL_FROM", "Söderhamn"),
        ("PUBLIC_URL", ""),
        ("PUBLIC_URL", "trygghet.example.se"),
        ("PUBLIC_URL", "https://example.se/trygghet"),
        ("MAIL_SECURITY", "ssl"),
        ("MAIL_SECURITY", "none"),
        ("MAIL_PORT", "smtp"),
    ],
)
def test_half_a_set_up_stops_the_start(name: str, typed: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=name):
        read_config({"INSTANCE_PATH": str(tmp_path)} | FULL | {name: typed})


def test_staff_are_told_of_a_mail_that_was_given_up(
    session: Session, municipality: Municipality, sign_in: Callable[[User], PageClient]
) -> None:
    draft = MailDraft("reminder:1", "ifo@soderhamn.example", "Följ upp punkt 2", "Hej")
    queue_mail(session, municipality, draft, now=NOW.replace(month=7, day=20))
    give_up_old(session, now=NOW)
    page = sign_in(make_account(session, municipality)).get("/soderhamn/handlaggning/")
    assert "Följ upp punkt 2" in page.text
    assert "ifo@soderhamn.example" not in page.text
