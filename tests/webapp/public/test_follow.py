"""Following by mail: asked for, said yes to, sent in the morning, ended with one press."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.errors import MailFailed
from surveys.jobs.context import JobContext
from surveys.jobs.digests import last_morning, write_digests
from surveys.jobs.mail import send_mail
from surveys.models.mail import OutgoingMail, Subscription
from surveys.models.municipality import Municipality
from surveys.models.party import Party
from surveys.models.progress import ProgressUpdate
from surveys.models.promise import Promise
from tests.conftest import Clock
from tests.factories.promises import SLUG, make_promise
from tests.page import PageClient
from webapp.worker import job_context

ADDRESS = "Anna@Hem.example"
PAGE = "/soderhamn/folj"
PROMISE_PAGE = f"/soderhamn/loften/{SLUG}/folj"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
DAY = timedelta(days=1)


@pytest.fixture
def promise(session: Session, municipality: Municipality) -> Promise:
    promise = make_promise(session, municipality)
    session.commit()
    return promise


@pytest.fixture
def outbox(app: Flask) -> list[object]:
    """What has reached the mail server."""
    app.extensions["mailman"].outbox = []
    found: list[object] = app.extensions["mailman"].outbox
    return found


@pytest.fixture
def work(app: Flask, outbox: list[object]) -> Callable[[], list[object]]:
    """Let the worker write and send what is due; returns what was sent to ``ADDRESS`` now."""
    context: JobContext = job_context(app)

    def run() -> list[object]:
        before = len(outbox)
        write_digests(context)
        send_mail(context)
        return [mail for mail in outbox[before:] if mail.to == [ADDRESS.lower()]]

    return run


def subscribe(client: PageClient, page: str = PAGE, **options: object) -> None:
    sent = client.post(page, {"email": ADDRESS}, status=303, **options)
    assert sent.response.location.split("?")[0] == "/soderhamn/folj/mejl"


def link_in(mail: object) -> str:
    """The address in a mail, as its path and query."""
    parts = urlsplit(re.findall(r"^http://localhost\S+$", mail.body, re.M)[-1])
    return parts.path + (f"?{parts.query}" if parts.query else "")


def rows(session: Session, municipality: Municipality) -> list[Subscription]:
    session.rollback()
    mine = Subscription.municipality_id == municipality.id
    return list(session.scalars(select(Subscription).where(mine)))


def report(session: Session, promise: Promise, at: datetime, text: str = "Tre av fyra.") -> None:
    session.add(
        ProgressUpdate(
            municipality_id=promise.municipality_id,
            promise_id=promise.id,
            dated_on=at.date(),
            text=text,
            party=Party.POLICE,
            author="Kommunpolis",
            created_at=at,
        )
    )
    session.commit()


def test_from_an_address_to_a_mail_and_out_again(
    promise: Promise,
    client: PageClient,
    session: Session,
    municipality: Municipality,
    clock: Clock,
    work: Callable[[], list],
) -> None:
    subscribe(client, PROMISE_PAGE)
    (question,) = work()
    assert question.subject == "Vill du få mejl om löften i Söderhamn?"
    assert promise.title in question.body
    page = client.get(link_in(question))  # a program that opens links says yes to nothing
    assert page.heading == "Vill du få mejl?"
    report(session, promise, clock.now + timedelta(hours=1))
    clock.now += DAY
    assert work() == []
    confirmed = client.post(str(page.one("form")["action"]), status=303)
    assert client.get(confirmed.response.location).heading == "Du följer det här"
    report(session, promise, clock.now + timedelta(hours=2), "Alla fyra är gjorda.")
    assert work() == []  # tomorrow morning
    clock.now += DAY
    (digest,) = work()
    assert digest.subject == promise.title
    assert "Alla fyra är gjorda." in digest.body
    assert "Tre av fyra." not in digest.body  # told before they said yes
    assert f"http://localhost/soderhamn/loften/{SLUG}" in digest.body
    assert work() == []  # once
    stop = urlsplit(digest.extra_headers["List-Unsubscribe"].strip("<>")).path
    assert digest.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert client.get(stop).heading == "Vill du slippa fler mejl?"
    assert len(rows(session, municipality)) == 1
    ended = client.client.post(stop, data=ONE_CLICK)  # no cookie, no token, no page before it
    assert ended.status_code == 200
    assert "Set-Cookie" not in ended.headers
    assert rows(session, municipality) == []
    assert client.client.post(stop, data=ONE_CLICK).status_code == 200
    report(session, promise, clock.now + timedelta(hours=1), "Mer.")
    clock.now += DAY
    assert work() == []


def test_nothing_of_an_address_is_left_once_it_has_unsubscribed(
    promise: Promise,
    client: PageClient,
    session: Session,
    municipality: Municipality,
    work: Callable[[], list],
) -> None:
    subscribe(client)
    (question,) = work()
    client.post(f"{link_in(question)}/sluta")
    session.rollback()
    mine = OutgoingMail.municipality_id == municipality.id
    assert session.scalars(select(OutgoingMail).where(mine)).all() == []
    subscribe(client)  # and may ask again at once
    assert len(work()) == 1


def test_nobody_learns_from_the_page_who_subscribes(
    promise: Promise, client: PageClient, work: Callable[[], list]
) -> None:
    first = client.post(PAGE, {"email": ADDRESS}, status=303)
    client.post(link_in(work()[0]), status=303)
    again = client.post(PAGE, {"email": ADDRESS}, status=303)
    assert first.response.location == again.response.location
    assert first.html == again.html


def test_one_who_subscribes_already_is_told_so_in_their_mail(
    promise: Promise, client: PageClient, clock: Clock, work: Callable[[], list]
) -> None:
    subscribe(client)
    client.post(link_in(work()[0]), status=303)
    clock.now += DAY
    subscribe(client)
    (mail,) = work()
    assert mail.subject == "Du följer det här redan"


def test_nobody_can_fill_another_ones_mail_box(
    session: Session, municipality: Municipality, client: PageClient, work: Callable[[], list]
) -> None:
    for number in range(6):
        make_promise(session, municipality, f"lofte-{number}")
    session.commit()
    for number in range(6):
        for _ in range(2):
            subscribe(client, f"/soderhamn/loften/lofte-{number}/folj")
    assert len(work()) == 3


def test_a_mail_box_is_not_filled_day_by_day_or_from_several_municipalities(
    session: Session,
    municipality: Municipality,
    client: PageClient,
    clock: Clock,
    work: Callable[[], list],
) -> None:
    for number in range(6):
        make_promise(session, municipality, f"lofte-{number}")
    noise = session.scalar(select(Municipality).where(Municipality.slug != "soderhamn"))
    session.commit()
    for number in (0, 1, 2):
        subscribe(client, f"/soderhamn/loften/lofte-{number}/folj")
    client.post(f"/{noise.slug}/folj", {"email": ADDRESS}, status=303)
    assert len(work()) == 3
    clock.now += DAY
    for number in range(6):
        subscribe(client, f"/soderhamn/loften/lofte-{number}/folj")
    assert len(work()) == 3


def test_nobody_is_mailed_again_and_again_about_what_they_follow(
    session: Session,
    municipality: Municipality,
    client: PageClient,
    clock: Clock,
    work: Callable[[], list],
) -> None:
    pages = [f"/soderhamn/loften/lofte-{number}/folj" for number in range(5)]
    for number, page in enumerate(pages):
        make_promise(session, municipality, f"lofte-{number}")
        session.commit()
        subscribe(client, page)
        client.post(link_in(work()[0]), status=303)
    clock.now += DAY
    for page in pages:
        subscribe(client, page)
    told = [mail for mail in work() if mail.subject == "Du följer det här redan"]
    assert len(told) == 3


def test_an_address_with_an_apostrophe_is_one(
    promise: Promise, client: PageClient, work: Callable[[], list], outbox: list
) -> None:
    client.post(PAGE, {"email": "o'brien@hem.example"}, status=303)
    work()
    assert ["o'brien@hem.example"] in [mail.to for mail in outbox]


def test_many_questions_from_one_visitor_are_put_off(
    promise: Promise, limited_client: PageClient
) -> None:
    statuses = [
        limited_client.client.post(PAGE, data={"email": f"a{n}@b.example"}).status_code
        for n in range(8)
    ]
    assert statuses[:5] == [303] * 5
    assert statuses[-1] == 429


def test_an_address_that_never_says_yes_is_forgotten_after_a_week(
    promise: Promise,
    client: PageClient,
    session: Session,
    municipality: Municipality,
    clock: Clock,
    work: Callable[[], list],
) -> None:
    subscribe(client)
    (question,) = work()
    clock.now += timedelta(days=6)
    work()
    assert len(rows(session, municipality)) == 1
    clock.now += timedelta(days=3)
    work()
    assert rows(session, municipality) == []
    client.get(link_in(question))
    client.post(link_in(question), status=404)


def test_asking_again_keeps_no_address_longer_than_a_week_from_the_first_time(
    promise: Promise,
    client: PageClient,
    session: Session,
    municipality: Municipality,
    clock: Clock,
    work: Callable[[], list],
) -> None:
    subscribe(client)
    for _day in range(4):
        clock.now += timedelta(days=2)
        if len(rows(session, municipality)) == 1 and _day < 3:
            subscribe(client)
        work()
    assert rows(session, municipality) == []


@pytest.mark.parametrize(
    "typed", ["", "anna", "anna@", "anna@hem", "a@b.example\nBcc: c@d.example", "a@" + "b" * 300]
)
def test_what_is_no_address_is_asked_for_again(
    promise: Promise, client: PageClient, typed: str
) -> None:
    page = client.post(PAGE, {"email": typed}, status=422)
    assert page.all_words(".govuk-error-message")
    assert page.fields()["email"] == typed  # nothing typed is lost


def test_another_site_cannot_send_the_form(promise: Promise, client: PageClient) -> None:
    client.post(PAGE, {"email": ADDRESS}, status=422, headers={"Sec-Fetch-Site": "cross-site"})


def test_mail_comes_in_the_readers_language(
    promise: Promise,
    municipality: Municipality,
    session: Session,
    client: PageClient,
    clock: Clock,
    work: Callable[[], list],
) -> None:
    municipality.shows_draft_languages = True
    session.commit()
    subscribe(client, f"{PAGE}?lang=en")
    (question,) = work()
    assert link_in(question).endswith("?lang=en")
    client.post(link_in(question), status=303)
    clock.now += timedelta(hours=1)
    report(session, promise, clock.now)
    clock.now += DAY
    (digest,) = work()
    assert f"/soderhamn/loften/{SLUG}?lang=en" in digest.body


def test_a_mail_box_that_refuses_for_good_is_forgotten(
    promise: Promise,
    app: Flask,
    client: PageClient,
    session: Session,
    municipality: Municipality,
    monkeypatch: pytest.MonkeyPatch,
    work: Callable[[], list],
) -> None:
    def refuse(*_: object) -> None:
        raise MailFailed("recipient", is_final=True)

    subscribe(client)
    with monkeypatch.context() as patched:
        patched.setattr("webapp.mail.sending._deliver", refuse)
        work()
    assert rows(session, municipality) == []


def test_where_no_mail_is_sent_none_is_offered(
    promise: Promise, client: PageClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.extensions, "mail_settings", None)
    page = client.get(PAGE)
    assert "Med mejl" not in page.text
    assert "I din kalender" in page.text
    client.post(PAGE, {"email": ADDRESS}, status=422)


def test_a_draft_cannot_be_followed(promise: Promise, session: Session, client: PageClient) -> None:
    promise.published_at = None
    session.commit()
    client.get(PROMISE_PAGE, status=404)
    client.post(PROMISE_PAGE, {"email": ADDRESS}, status=404)


def test_a_word_of_one_municipality_opens_nothing_in_another(
    promise: Promise, session: Session, client: PageClient, work: Callable[[], list]
) -> None:
    subscribe(client)
    path = link_in(work()[0])
    noise = session.scalar(select(Municipality).where(Municipality.slug != "soderhamn"))
    assert noise is not None
    foreign = path.replace("/soderhamn/", f"/{noise.slug}/")
    assert client.get(foreign).heading == "Du får inga mejl om det här"
    client.post(foreign, status=404)
    client.post(f"{foreign}/sluta")
    assert client.get(path).heading == "Vill du få mejl?"


def test_the_ways_to_follow_stand_on_the_pages_and_in_their_heads(
    promise: Promise, client: PageClient
) -> None:
    page = client.get(f"/soderhamn/loften/{SLUG}")
    heads = {str(link["href"]) for link in page.soup.select("head link[rel=alternate][type]")}
    assert heads == {
        f"/soderhamn/loften/{SLUG}.atom",
        "/soderhamn/loften.atom",
        "/soderhamn/kalender.ics",
    }
    assert page.one(f"main a[href='{PROMISE_PAGE}']").get_text().startswith("Följ löftet")
    assert client.get("/soderhamn/loften/").one(f"main a[href='{PAGE}']")


def test_the_clock_of_the_mail_is_swedish() -> None:
    assert last_morning(datetime(2023, 8, 1, 4, 59, tzinfo=UTC)).date() == date(2023, 7, 31)
    assert last_morning(datetime(2023, 8, 1, 5, 1, tzinfo=UTC)).date() == date(2023, 8, 1)
