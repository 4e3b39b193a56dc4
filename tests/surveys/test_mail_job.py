"""The job that sends: one connection, each mail once, and a server that is away."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from surveys.db import WRITE_OPTION
from surveys.drafts.mail import Deliver, Letter, MailDraft, MailFault
from surveys.errors import MailFailed
from surveys.jobs.context import JobContext
from surveys.jobs.mail import send_mail
from surveys.models.mail import OutgoingMail
from surveys.models.municipality import Municipality
from surveys.services.readers.mail import queue_mail
from tests.conftest import NOW


class Server:
    """Remembers what reached it; addresses in ``refuses`` take no mail."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self.refuses: set[str] = set()
        self.is_away = False
        self.connections = 0

    @contextmanager
    def open(self) -> Iterator[Deliver]:
        self.connections += 1
        yield self._take

    def _take(self, letter: Letter) -> None:
        if self.is_away:
            raise MailFailed(MailFault.UNREACHABLE.value, ends_round=True)
        if letter.recipient in self.refuses:
            raise MailFailed(MailFault.RECIPIENT.value, is_final=True)
        self.letters.append(letter)


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def context(engine: Engine, server: Server) -> JobContext:
    @contextmanager
    def reading() -> Iterator[Session]:
        with Session(engine) as session:
            yield session

    @contextmanager
    def writing() -> Iterator[Session]:
        with Session(engine) as session:
            session.connection(execution_options={WRITE_OPTION: True})
            yield session
            session.commit()

    return JobContext(reading, writing, lambda: NOW, lambda *_: None, open_mail=server.open)


@pytest.fixture
def three(session: Session, municipality: Municipality) -> list[OutgoingMail]:
    for n in range(3):
        draft = MailDraft(f"reminder:{n}", f"roll{n}@soderhamn.example", "Hej", "Text")
        queue_mail(session, municipality, draft, now=NOW)
    session.commit()
    mine = OutgoingMail.municipality_id == municipality.id
    return list(session.scalars(select(OutgoingMail).where(mine).order_by(OutgoingMail.id)))


def recipients(server: Server) -> list[str]:
    return [letter.recipient for letter in server.letters if letter.recipient.startswith("roll")]


def test_each_mail_is_sent_once_over_one_connection(
    context: JobContext, server: Server, session: Session, three: list[OutgoingMail]
) -> None:
    send_mail(context)
    send_mail(context)
    assert recipients(server) == [f"roll{n}@soderhamn.example" for n in range(3)]
    assert server.connections == 1
    session.rollback()
    assert all(mail.sent_at == NOW and mail.recipient == "" for mail in three)


def test_one_refused_address_holds_nobody_up(
    context: JobContext, server: Server, session: Session, three: list[OutgoingMail]
) -> None:
    server.refuses = {"roll0@soderhamn.example"}
    send_mail(context)
    assert recipients(server) == ["roll1@soderhamn.example", "roll2@soderhamn.example"]
    session.rollback()
    assert [mail.failed_because for mail in three] == ["recipient", None, None]


def test_a_server_that_is_away_is_asked_once_a_round(
    context: JobContext, server: Server, session: Session, three: list[OutgoingMail]
) -> None:
    server.is_away = True
    send_mail(context)
    session.rollback()
    assert [(mail.tries, mail.failed_because) for mail in three] == [(1, "unreachable")] * 3
    server.is_away = False
    send_mail(context)  # not yet: the next try is in five minutes
    assert recipients(server) == []


def test_without_a_server_mail_waits(
    context: JobContext, session: Session, three: list[OutgoingMail]
) -> None:
    send_mail(replace(context, open_mail=None))
    session.rollback()
    assert all(mail.sent_at is None and mail.tries == 0 and mail.recipient for mail in three)
