"""Mail is stored once for each cause, tried for days, and forgotten once it is sent."""

from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.drafts.mail import MailDraft, MailFault
from surveys.errors import InvalidInput, MailFailed
from surveys.models.mail import OutgoingMail
from surveys.models.municipality import Municipality
from surveys.queries.readers.mail import get_mail_state, list_due_mail
from surveys.services.readers.mail import (
    begin_try,
    drop_old_mail,
    give_up_old,
    note_failure,
    note_sent,
    queue_mail,
)
from tests.conftest import NOW

DRAFT = MailDraft("reminder:12", "ifo@soderhamn.example", "Ni har något att följa upp", "Hej!")


def stored(session: Session, municipality: Municipality) -> OutgoingMail:
    statement = select(OutgoingMail).where(OutgoingMail.municipality_id == municipality.id)
    return session.scalars(statement).one()


def test_one_cause_is_mailed_once(session: Session, municipality: Municipality) -> None:
    assert queue_mail(session, municipality, DRAFT, now=NOW)
    assert not queue_mail(session, municipality, DRAFT, now=NOW + timedelta(days=1))
    assert stored(session, municipality).created_at == NOW


@pytest.mark.parametrize(
    "recipient",
    [
        "",
        "anna",
        "@soderhamn.example",
        "anna@",
        "anna@a.example\nBcc: alla@b.example",
        "anna@a.example, bo@b.example",
        "anna@a.example;bo@b.example",
        "Anna <anna@a.example>",
        "a@" + "b" * 260,
    ],
)
def test_a_recipient_is_one_address_and_nothing_more(
    session: Session, municipality: Municipality, recipient: str
) -> None:
    draft = MailDraft("reminder:1", recipient, "Hej", "Hej")
    with pytest.raises(InvalidInput):
        queue_mail(session, municipality, draft, now=NOW)


def test_a_subject_is_one_line(session: Session, municipality: Municipality) -> None:
    draft = MailDraft(
        "x", "a@b.example", "Löftet\r\nBcc: alla@b.example\x00  om ljus", "Rad\r\nrad"
    )
    queue_mail(session, municipality, draft, now=NOW)
    mail = stored(session, municipality)
    assert mail.subject == "Löftet Bcc: alla@b.example om ljus"
    assert mail.body == "Rad\nrad"


@pytest.mark.parametrize("url", ["https://a.example/>x", "https://a.example/\r\nX: y", "å"])
def test_an_address_to_unsubscribe_at_cannot_break_its_header(
    session: Session, municipality: Municipality, url: str
) -> None:
    draft = MailDraft("x", "a@b.example", "Hej", "Hej", unsubscribe_url=url)
    with pytest.raises(InvalidInput):
        queue_mail(session, municipality, draft, now=NOW)


def test_what_is_sent_is_forgotten(session: Session, municipality: Municipality) -> None:
    queue_mail(session, municipality, DRAFT, now=NOW)
    mail = stored(session, municipality)
    assert begin_try(session, mail.id)
    note_sent(session, mail.id, now=NOW)
    assert (mail.recipient, mail.body, mail.unsubscribe_url) == ("", "", None)
    assert not begin_try(session, mail.id)
    assert mail.id not in {letter.id for letter in list_due_mail(session, NOW, 100)}


def test_a_mail_is_tried_for_three_days_and_less_and_less_often(
    session: Session, municipality: Municipality
) -> None:
    queue_mail(session, municipality, DRAFT, now=NOW)
    mail = stored(session, municipality)
    tried = []
    for minutes in range(0, 5 * 24 * 60, 5):
        due = list_due_mail(session, NOW + timedelta(minutes=minutes), 100)
        if mail.id in {letter.id for letter in due}:
            tried.append(minutes)
            begin_try(session, mail.id)
            note_failure(session, mail.id, MailFailed(MailFault.UNREACHABLE.value))
    assert tried[:3] == [0, 5, 20]
    assert tried[-1] == 3 * 24 * 60
    waits = [later - earlier for earlier, later in pairwise(tried)]
    assert waits == sorted(waits)
    assert (mail.recipient, mail.body) == ("", "")
    state = get_mail_state(session, municipality, NOW + timedelta(days=4))
    assert state.n_waiting == 0
    assert [m.fault for m in state.given_up] == [MailFault.UNREACHABLE]
    assert get_mail_state(session, municipality, NOW + timedelta(days=40)).given_up == ()


def test_a_refused_address_is_not_tried_again(session: Session, municipality: Municipality) -> None:
    queue_mail(session, municipality, DRAFT, now=NOW)
    mail = stored(session, municipality)
    begin_try(session, mail.id)
    note_failure(session, mail.id, MailFailed(MailFault.RECIPIENT.value, is_final=True))
    later = list_due_mail(session, NOW + timedelta(days=1), 100)
    assert mail.id not in {letter.id for letter in later}
    assert mail.recipient == ""


def test_without_a_mail_server_old_mail_is_given_up(
    session: Session, municipality: Municipality
) -> None:
    queue_mail(session, municipality, DRAFT, now=NOW)
    give_up_old(session, now=NOW + timedelta(days=2))
    assert get_mail_state(session, municipality, NOW + timedelta(days=2)).n_waiting == 1
    give_up_old(session, now=NOW + timedelta(days=4))
    state = get_mail_state(session, municipality, NOW + timedelta(days=4))
    assert (state.n_waiting, state.given_up[0].fault) == (0, MailFault.NOT_SET_UP)


def test_nothing_is_left_after_three_months(session: Session, municipality: Municipality) -> None:
    queue_mail(session, municipality, DRAFT, now=NOW)
    drop_old_mail(session, now=NOW + timedelta(days=100))
    statement = select(OutgoingMail).where(OutgoingMail.municipality_id == municipality.id)
    assert session.scalars(statement).all() == []
