"""The safety queue: what comes into it, who reads it, and that nothing about anybody is kept."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.drafts.responses import AnswerDraft, ResponseDraft
from surveys.models.account import User
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.models.response import Response
from surveys.models.safety import SafetyFlag, SafetyKind, SafetyState
from surveys.permissions import StaffRole
from surveys.services.dialogues.destruction import destroy_content
from surveys.services.dialogues.imports import import_answers
from surveys.services.dialogues.responses import submit_response
from surveys.services.dialogues.withdrawals import withdraw_response
from surveys.text.csv_table import read_table
from tests.conftest import NOW
from tests.factories.dialogues import make_dialogue, make_response
from tests.factories.municipalities import make_account
from tests.page import PageClient

STAFF = "/soderhamn/handlaggning"
QUEUE = f"{STAFF}/larm"
WRITTEN = "Min sambo slår mig. Ring 070-174 06 05"
KEY = "5f0c1a52-3d3f-4a44-9d65-3cbb4f4c0a10"
SignIn = Callable[[User], PageClient]


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    return make_dialogue(session, municipality)


def send(session: Session, dialogue: Dialogue, text: str, key: str = KEY) -> str:
    draft = ResponseDraft(key=key, answers=(AnswerDraft(3, text=text),))
    receipt = submit_response(
        session, dialogue.municipality, dialogue, draft, now=NOW, secret="only-for-tests"
    )
    session.commit()
    return receipt.code


def flags(session: Session, dialogue: Dialogue) -> list[SafetyFlag]:
    session.rollback()
    of_it = SafetyFlag.dialogue_id == dialogue.id
    return list(session.scalars(select(SafetyFlag).where(of_it)))


@pytest.fixture
def staff(sign_in: SignIn, session: Session, dialogue: Dialogue) -> PageClient:
    return sign_in(make_account(session, dialogue.municipality))


def test_an_answer_comes_into_the_queue_when_it_is_sent(
    staff: PageClient, session: Session, dialogue: Dialogue
) -> None:
    send(session, dialogue, WRITTEN)
    page = staff.get(QUEUE)
    assert page.words("article h2") == "Våld eller övergrepp"
    assert page.words("blockquote") == "Min sambo slår mig. Ring telefonnummer"
    assert "Ring 112 om det händer nu." in page.words("article ul")
    assert "1 svar väntar" in staff.get(f"{STAFF}/").text
    assert "Larmkö 1 väntar" in staff.get(QUEUE).all_words(".tabs a")


def test_an_ordinary_answer_does_not(session: Session, dialogue: Dialogue) -> None:
    send(session, dialogue, "Fler lampor vid bron")
    assert flags(session, dialogue) == []


def test_whoever_answers_is_not_told_of_it(
    client: PageClient, session: Session, dialogue: Dialogue
) -> None:
    session.commit()
    form = "/soderhamn/dialoger/oppen"
    page = client.send(form, client.get(form), 200, q3=WRITTEN)
    assert len(flags(session, dialogue)) == 1
    assert "larm" not in page.text.lower()


def test_imported_rows_come_into_it(session: Session, dialogue: Dialogue) -> None:
    table = read_table(b"id,q3\n1,Jag orkar inte leva\n2,Fler lampor\n", "id")
    import_answers(session, dialogue.municipality, dialogue, table, today=date(2023, 8, 1))
    session.commit()
    (flag,) = flags(session, dialogue)
    assert (flag.kinds, flag.raised_on) == ({SafetyKind.SELF_HARM}, date(2023, 8, 1))
    assert flag.response.external_id == "1"


def test_it_is_told_on_to_a_function_once(
    staff: PageClient, session: Session, dialogue: Dialogue
) -> None:
    send(session, dialogue, WRITTEN)
    way = str(staff.get(QUEUE).one("article a.btn")["href"])
    token = staff.get(way).fields()["csrf_token"]
    assert "Skriv vilken funktion" in staff.post(way, {"csrf_token": token}, 422).text
    staff.post(way, {"csrf_token": token, "routed_to": "Socialjouren"}, 303)
    staff.post(way, {"csrf_token": token, "routed_to": "Någon annan"}, 303)
    page = staff.get(QUEUE)
    assert "Ringt vidare till: Socialjouren." in page.text
    assert not page.soup.select("blockquote")
    (flag,) = flags(session, dialogue)
    assert (flag.state, flag.closed_on) == (SafetyState.ROUTED, NOW.date())


def test_it_may_need_nothing(staff: PageClient, session: Session, dialogue: Dialogue) -> None:
    send(session, dialogue, WRITTEN)
    page = staff.get(QUEUE)
    form = page.one("article form")
    staff.post(str(form["action"]), {"csrf_token": page.fields("article form")["csrf_token"]}, 303)
    assert [flag.state for flag in flags(session, dialogue)] == [SafetyState.NO_ACTION]
    assert "Inget svar väntar på att läsas." in staff.get(QUEUE).text


def test_a_reader_puts_an_answer_into_it(
    sign_in: SignIn, session: Session, dialogue: Dialogue
) -> None:
    response = make_response(session, dialogue, {3: (None, "Han tittar på mig jämt")})
    analyst = sign_in(make_account(session, dialogue.municipality, StaffRole.ANALYST))
    form = f"{STAFF}/dialoger/oppen/svar/{response.id}/larm"
    token = analyst.get(form).fields()["csrf_token"]
    assert "Kryssa för" in analyst.post(form, {"csrf_token": token}, 422).text
    assert "Kryssa för" in analyst.post(form, {"csrf_token": token, "kinds": ""}, 422).text
    analyst.post(form, {"csrf_token": token, "kinds": "danger_now"}, 303)
    (flag,) = flags(session, dialogue)
    assert flag.kinds == {SafetyKind.DANGER_NOW}
    assert flag.raised_by
    analyst.get(QUEUE, 403)


def test_a_withdrawn_answer_waits_until_it_is_read(
    staff: PageClient, session: Session, dialogue: Dialogue
) -> None:
    code = send(session, dialogue, WRITTEN)
    withdraw_response(session, dialogue.municipality, code, secret="only-for-tests", now=NOW)
    session.commit()
    page = staff.get(QUEUE)
    assert "Svaret är tillbakadraget" in page.text
    assert page.soup.select("blockquote")
    assert "Öppna svaret" not in page.text


def test_the_flag_goes_with_what_is_destroyed(session: Session, dialogue: Dialogue) -> None:
    send(session, dialogue, WRITTEN)
    destroy_content(session, dialogue.municipality, decision="KS 2023:7", before=date(2024, 1, 1))
    session.commit()
    assert flags(session, dialogue) == []


def test_the_municipality_writes_whom_to_tell(
    staff: PageClient, session: Session, dialogue: Dialogue
) -> None:
    send(session, dialogue, WRITTEN)
    form = f"{STAFF}/installningar/larm"
    fields = staff.get(form).fields()
    staff.post(form, fields | {"abuse": "Socialjouren 0270-750 00"}, 303)
    assert "Socialjouren 0270-750 00" in staff.get(QUEUE).words("article ul")
    staff.post(form, fields | {"abuse": ""}, 303)
    assert "Kvinnofridslinjen" in staff.get(QUEUE).words("article ul")


def test_another_municipalitys_queue_is_its_own(
    sign_in: SignIn, session: Session, dialogue: Dialogue, municipality: Municipality
) -> None:
    other = session.scalars(
        select(Response).where(Response.municipality_id != municipality.id)
    ).first()
    assert other is not None
    flag = SafetyFlag(
        municipality_id=other.municipality_id,
        dialogue_id=other.dialogue_id,
        response_id=other.id,
        kinds=frozenset({SafetyKind.CHILD}),
        raised_on=date(2023, 8, 1),
    )
    session.add(flag)
    session.flush()
    staff = sign_in(make_account(session, municipality))
    page = staff.get(QUEUE)
    assert "Inget svar väntar" in page.text
    token = staff.get(f"{QUEUE}/{flag.id}/vidare").fields()["csrf_token"]
    fields = {"csrf_token": token, "routed_to": "x"}
    staff.post(f"{QUEUE}/{flag.id}/vidare", fields, 404)
    staff.post(f"{QUEUE}/{flag.id}/inget", fields, 404)
