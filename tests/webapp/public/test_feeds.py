"""Feeds, read as a feed reader reads them."""

from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree

import feedparser
import pytest
from sqlalchemy.orm import Session

from surveys.models.document_edition import DocumentEdition
from surveys.models.judgement import Judgement, Verdict
from surveys.models.municipality import Municipality
from surveys.models.party import Party
from surveys.models.plan import Activity, OccasionState
from surveys.models.progress import ProgressUpdate
from surveys.models.promise import Promise, PromiseMunicipality
from tests.factories.municipalities import make_account, make_municipality
from tests.factories.noise import NOISE_TEXT
from tests.factories.pictures import make_picture
from tests.factories.promises import (
    PUBLISHED_AT,
    SLUG,
    hold,
    make_activity,
    make_plan,
    make_point,
    make_promise,
)
from tests.page import PageClient

MUNICIPALITY = "/soderhamn/loften.atom"
PROMISE = f"/soderhamn/loften/{SLUG}.atom"
REPORTED_AT = datetime(2023, 7, 28, 9, 0, tzinfo=UTC)


@pytest.fixture
def promise(session: Session, municipality: Municipality) -> Promise:
    promise = make_promise(session, municipality)
    session.add(
        ProgressUpdate(
            municipality_id=municipality.id,
            promise=promise,
            dated_on=date(2023, 7, 25),
            text="Tre av fyra insatser är gjorda & <b>en</b> återstår.",
            party=Party.MUNICIPALITY,
            author="Trygghetssamordnare",
            created_at=REPORTED_AT,
        )
    )
    session.commit()
    return promise


@pytest.fixture
def efforts(session: Session, municipality: Municipality, promise: Promise) -> Activity:
    activity = make_activity(session, municipality, make_plan(session, municipality))
    make_point(session, promise, activities=[activity])
    hold(session, activity, date(2023, 5, 11), date(2023, 5, 25))
    hold(session, activity, date(2023, 5, 30), state=OccasionState.MISSED)
    session.commit()
    return activity


def read(client: PageClient, path: str) -> feedparser.FeedParserDict:
    response = client.client.get(path)
    assert response.status_code == 200
    headers = {name.lower(): value for name, value in response.headers}
    feed = feedparser.parse(response.get_data(), response_headers=headers)
    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.version == "atom10"
    return feed


def titles(feed: feedparser.FeedParserDict) -> list[str]:
    return [entry.title for entry in feed.entries]


def test_a_promise_has_a_feed_of_what_happens_to_it(client: PageClient, efforts: Activity) -> None:
    feed = read(client, PROMISE)
    assert feed.feed.title == "Färre unga i kriminalitet, mindre narkotika"
    assert feed.feed.language == "sv"
    assert titles(feed) == [
        "Genomfört: Färre unga i kriminalitet, mindre narkotika",
        "Rapport om Färre unga i kriminalitet, mindre narkotika",
        "Nytt löfte: Färre unga i kriminalitet, mindre narkotika",
    ]
    report = feed.entries[1]
    assert report.summary == "Tre av fyra insatser är gjorda & <b>en</b> återstår."
    raw = client.client.get(PROMISE).get_data(as_text=True)
    assert "&lt;b&gt;en&lt;/b&gt;" in raw
    assert "html" not in raw.split("<entry>", 1)[1].replace("text/html", "")  # never as markup
    assert report.author == "Trygghetssamordnare"
    assert report.updated == "2023-07-28T09:00:00+00:00"
    assert report.link == f"http://localhost/soderhamn/loften/{SLUG}"
    occasions = feed.entries[0].summary.replace("\u00a0", " ")
    assert "2 tillfällen, 1 blev inte av, senast 30 maj 2023" in occasions


def test_a_feed_says_where_it_is_and_when_it_last_changed(
    client: PageClient, promise: Promise
) -> None:
    feed = read(client, PROMISE)
    links = {link.rel: link.href for link in feed.feed.links}
    assert links == {
        "self": f"http://localhost{PROMISE}",
        "alternate": f"http://localhost/soderhamn/loften/{SLUG}",
    }
    assert feed.feed.updated == "2023-07-28T09:00:00+00:00"


def test_what_is_required_of_atom_is_there(client: PageClient, efforts: Activity) -> None:
    root = ElementTree.fromstring(client.client.get(MUNICIPALITY).get_data())  # noqa: S314 - ours
    atom = "{http://www.w3.org/2005/Atom}"
    assert root.tag == f"{atom}feed"
    for name in ("id", "title", "updated", "author"):
        assert root.find(f"{atom}{name}") is not None
    entries = root.findall(f"{atom}entry")
    ids = [entry.findtext(f"{atom}id") for entry in entries]
    assert len(ids) == len(set(ids)) >= 4
    for entry in entries:
        assert str(entry.findtext(f"{atom}id")).startswith("tag:localhost,2026:2182/")
        assert entry.findtext(f"{atom}title")
        assert datetime.fromisoformat(str(entry.findtext(f"{atom}updated"))).tzinfo


def test_names_of_entries_stay_while_their_words_change(
    client: PageClient, session: Session, promise: Promise
) -> None:
    before = {entry.id: entry.title for entry in read(client, PROMISE).entries}
    promise.title = "Ett annat namn"
    session.commit()
    after = {entry.id: entry.title for entry in read(client, PROMISE).entries}
    assert before.keys() == after.keys()
    assert before != after
    whole = {entry.id for entry in read(client, MUNICIPALITY).entries}
    assert after.keys() <= whole  # the same entry in both feeds has one name


def test_what_is_not_new_is_not_sent_again(
    client: PageClient, session: Session, municipality: Municipality, promise: Promise
) -> None:
    first = client.client.get(PROMISE)
    etag = {"If-None-Match": first.headers["ETag"]}
    again = client.client.get(PROMISE, headers=etag)
    assert (again.status_code, again.get_data()) == (304, b"")
    since = {"If-Modified-Since": first.headers["Last-Modified"]}
    assert client.client.get(PROMISE, headers=since).status_code == 304
    session.add(
        ProgressUpdate(
            municipality_id=municipality.id,
            promise=promise,
            dated_on=date(2023, 7, 31),
            text="Alla fyra är gjorda.",
            party=Party.POLICE,
            author="Kommunpolis",
            created_at=REPORTED_AT + timedelta(days=3),
        )
    )
    session.commit()
    assert client.client.get(PROMISE, headers=etag).status_code == 200
    assert client.client.get(PROMISE, headers=since).status_code == 200


def test_editions_and_judgements_are_told(
    client: PageClient, session: Session, municipality: Municipality, promise: Promise
) -> None:
    for number in (1, 2):
        session.add(
            DocumentEdition(
                municipality_id=municipality.id,
                promise_id=promise.id,
                number=number,
                content={"title": promise.title},
                content_hash="0" * 64,
                approvals=[],
                change_note=None if number == 1 else "Punkt 2 gäller hela kommunen.",
                published_at=PUBLISHED_AT + timedelta(days=number),
                published_by="Kommunpolis",
            )
        )
    session.add(
        Judgement(
            municipality_id=municipality.id,
            promise_id=promise.id,
            party=Party.POLICE,
            verdict=Verdict.PARTLY_KEPT,
            rubric_version=1,
            reason="Tre av fyra.",
            role="Kommunpolis",
            user_id=make_account(session, municipality).id,
            judged_at=REPORTED_AT + timedelta(days=1),
        )
    )
    session.commit()
    feed = read(client, PROMISE)
    assert titles(feed)[0].startswith("Omdöme om")
    assert feed.entries[0].summary == "Polisen: löftet hölls delvis. Tre av fyra."
    assert titles(feed)[-2:] == [
        f"Ändrat löfte: {promise.title}",
        f"Nytt löfte: {promise.title}",
    ]
    assert feed.entries[-2].summary == "Punkt 2 gäller hela kommunen."


def test_a_changed_picture_is_told_of_beside_the_first(
    session: Session, municipality: Municipality, client: PageClient
) -> None:
    picture = make_picture(session, municipality)
    for number in (1, 2):
        session.add(
            DocumentEdition(
                municipality_id=municipality.id,
                picture_id=picture.id,
                number=number,
                content={},
                content_hash="0" * 64,
                approvals=[],
                published_at=PUBLISHED_AT + timedelta(days=number),
                published_by="Kommunpolis",
            )
        )
    session.commit()
    feed = read(client, MUNICIPALITY)
    assert titles(feed) == [f"{kind} lägesbild: {picture.title}" for kind in ("Ändrad", "Ny")]
    assert {entry.link for entry in feed.entries} == {
        f"http://localhost/soderhamn/lagesbild/{picture.slug}"
    }


def test_occasions_of_two_promises_are_told_once(
    client: PageClient, session: Session, municipality: Municipality, efforts: Activity
) -> None:
    other = make_promise(session, municipality, "ett-annat", title="Ett annat")
    make_point(session, other, activities=[efforts])
    session.commit()
    told = [title for title in titles(read(client, MUNICIPALITY)) if "Genomfört" in title]
    assert len(told) == 1


def test_a_joint_promise_stands_in_each_feed_and_nothing_of_others_does(
    client: PageClient, session: Session, municipality: Municipality, promise: Promise
) -> None:
    neighbour = make_municipality(session, "hudiksvall", code="2184", name="Hudiksvall")
    session.add(PromiseMunicipality(promise_id=promise.id, municipality_id=neighbour.id))
    session.commit()
    theirs = read(client, "/hudiksvall/loften.atom")
    assert f"Nytt löfte: {promise.title}" in titles(theirs)
    assert theirs.entries[0].link.startswith("http://localhost/hudiksvall/loften/")
    assert NOISE_TEXT not in client.client.get(MUNICIPALITY).get_data(as_text=True)


def test_a_draft_has_no_feed(client: PageClient, session: Session, promise: Promise) -> None:
    promise.published_at = None
    session.commit()
    assert client.client.get(PROMISE).status_code == 404
    assert titles(read(client, MUNICIPALITY)) == []


def test_a_feed_without_anything_in_it_is_a_feed(
    municipality: Municipality, client: PageClient
) -> None:
    feed = read(client, MUNICIPALITY)
    assert (feed.feed.title, feed.entries) == ("Löften i Söderhamn", [])


def test_texts_that_xml_cannot_carry_do_not_break_a_feed(
    client: PageClient, session: Session, promise: Promise
) -> None:
    promise.title = "Ljus\x0b och \x1f mod ]]> <![CDATA["
    session.commit()
    assert read(client, PROMISE).feed.title == "Ljus och  mod ]]> <![CDATA["
