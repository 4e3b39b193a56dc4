"""Documents of published editions: made by the worker, handed out from where they are kept."""

import io
from collections.abc import Callable, Sequence
from hashlib import sha256

import docx
import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.drafts.approvals import CommentDraft, EditionDraft
from surveys.models.account import User
from surveys.models.document_edition import DocumentEdition, EditionFile
from surveys.models.municipality import Municipality
from surveys.models.promise import Promise, PromiseMunicipality
from surveys.queries.editions.edition_files import DOCX, PDF, list_waiting_files
from surveys.queries.pictures.content import picture_content
from surveys.services.editions.approvals import add_comment
from surveys.services.editions.document_editions import freeze_edition
from surveys.services.editions.edition_files import MAKE_DOCUMENTS, drop_promise_files
from tests.conftest import NOW
from tests.factories.documents import plan_content, promise_content
from tests.factories.municipalities import make_account, make_municipality
from tests.factories.pictures import make_grounded_picture
from tests.factories.promises import SLUG, make_plan, make_promise
from tests.page import PageClient
from tests.pdf_reading import read_pdf, squeezed
from webapp.worker import serve_jobs

BEING_MADE = "Dokumentet görs just nu."
PROMISE = f"/soderhamn/loften/{SLUG}"


@pytest.fixture
def promise(session: Session, municipality: Municipality) -> Promise:
    """A published promise with one edition."""
    promise = make_promise(session, municipality)
    freeze(session, municipality, promise, promise_content())
    return promise


def freeze(
    session: Session,
    municipality: Municipality,
    subject: object,
    content: dict[str, object],
    note: str | None = None,
) -> DocumentEdition:
    return freeze_edition(
        session,
        municipality,
        subject,  # type: ignore[arg-type]
        EditionDraft(content, note),
        by="Trygghetssamordnare",
        now=NOW,
    )


def make_all(app: Flask, session: Session, municipality: Municipality) -> None:
    """What the worker does after a publication."""
    session.commit()
    make = serve_jobs(app).functions[MAKE_DOCUMENTS]
    for municipality_id, edition_id in list_waiting_files(session, municipality):
        make(municipality_id, edition_id)
    session.rollback()


def made_files(session: Session, municipality: Municipality) -> Sequence[EditionFile]:
    statement = select(EditionFile).where(EditionFile.municipality_id == municipality.id)
    return session.scalars(statement).all()


def test_the_page_says_so_while_a_document_is_being_made(
    client: PageClient, session: Session, promise: Promise
) -> None:
    session.commit()
    assert BEING_MADE in client.get(PROMISE).text
    assert client.client.get(f"{PROMISE}/utgava-1.pdf").status_code == 404


def test_a_made_document_is_linked_with_its_format_and_size(
    app: Flask,
    client: PageClient,
    session: Session,
    municipality: Municipality,
    promise: Promise,
) -> None:
    make_all(app, session, municipality)
    page = client.get(PROMISE)
    assert BEING_MADE not in page.text
    links = {a.get_text(): str(a["href"]) for a in page.soup.select("a[href*=utgava-1]")}
    assert [words.split(",")[0] for words in links] == ["Utgåva 1 (PDF", "Utgåva 1 (DOCX"]
    assert all(words.endswith("\N{NO-BREAK SPACE}kB)") for words in links)
    answer = client.client.get(next(iter(links.values())))
    edition = session.scalars(
        select(DocumentEdition).where(DocumentEdition.promise_id == promise.id)
    )
    pdf = read_pdf(answer.data)
    assert edition.one().content_hash in squeezed(pdf.text)
    assert pdf.part == "1"


def test_a_file_is_named_typed_and_not_sent_twice(
    app: Flask,
    client: PageClient,
    session: Session,
    municipality: Municipality,
    promise: Promise,
) -> None:
    make_all(app, session, municipality)
    answer = client.client.get(f"{PROMISE}/utgava-1.docx")
    assert answer.mimetype.endswith("wordprocessingml.document")
    assert answer.headers["Content-Disposition"] == (
        f'attachment; filename="soderhamn-{SLUG}-utgava-1.docx"'
    )
    assert answer.headers["ETag"] == f'"{sha256(answer.data).hexdigest()}"'
    assert "Set-Cookie" not in answer.headers
    again = client.client.get(
        f"{PROMISE}/utgava-1.docx", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert (again.status_code, again.data) == (304, b"")
    assert docx.Document(io.BytesIO(answer.data)).core_properties.version == "1"


def test_each_municipality_of_a_joint_promise_has_its_own_number_and_look(
    app: Flask, client: PageClient, session: Session, municipality: Municipality
) -> None:
    other = make_municipality(
        session, "kramfors", code="2282", name="Kramfors", official_name="Kramfors kommun",
        brand_color="#7b2d8e",
    )  # fmt: skip
    promise = make_promise(session, municipality)
    promise.parties.append(PromiseMunicipality(municipality_id=other.id, dnr="KS 24-7"))
    content = promise_content()
    content["municipalities"].append(
        {
            "slug": "kramfors",
            "name": "Kramfors",
            "official_name": "Kramfors kommun",
            "dnr": "KS 24-7",
            "dated_on": None,
        }
    )
    freeze(session, municipality, promise, content)
    make_all(app, session, municipality)
    for slug, own, others in (
        ("soderhamn", "KS 21-100", "KS 24-7"),
        ("kramfors", "KS 24-7", "KS 21-100"),
    ):
        answer = client.client.get(f"/{slug}/loften/{SLUG}/utgava-1.pdf")
        words = squeezed(read_pdf(answer.data).text)
        assert squeezed(own) in words
        assert squeezed(others) not in words
    assert len(made_files(session, municipality)) == 4


def test_earlier_editions_keep_their_documents(
    app: Flask,
    client: PageClient,
    session: Session,
    municipality: Municipality,
    promise: Promise,
) -> None:
    freeze(session, municipality, promise, promise_content(said="Andra ord."), "Orden är ändrade.")
    make_all(app, session, municipality)
    page = client.get(PROMISE)
    assert "Orden är ändrade." in page.text
    first, second = (
        squeezed(read_pdf(client.client.get(f"{PROMISE}/utgava-{n}.pdf").data).text) for n in (1, 2)
    )
    assert squeezed("Andra ord.") not in first
    assert squeezed("Andra ord.") in second


def test_documents_of_what_readers_do_not_have_are_not_handed_out(
    app: Flask,
    client: PageClient,
    session: Session,
    municipality: Municipality,
    promise: Promise,
) -> None:
    make_all(app, session, municipality)
    promise.published_at = None
    session.commit()
    assert client.client.get(f"{PROMISE}/utgava-1.pdf").status_code == 404
    assert client.client.get(f"/soderhamn/loften/{SLUG}/utgava-9.pdf").status_code == 404


def test_the_sweep_asks_for_what_is_missing_and_only_for_that(
    app: Flask, session: Session, municipality: Municipality, promise: Promise
) -> None:
    plan = make_plan(session, municipality)
    freeze(session, municipality, plan, plan_content())
    picture = make_grounded_picture(session, municipality)
    freeze(session, municipality, picture, picture_content(picture))
    assert len(list_waiting_files(session, municipality)) == 3
    make_all(app, session, municipality)
    assert list_waiting_files(session, municipality) == ()
    forms = sorted(file.format for file in made_files(session, municipality))
    assert forms == [DOCX, DOCX, PDF, PDF, PDF]
    drop_promise_files(session, promise)
    assert len(list_waiting_files(session, municipality)) == 1


def test_made_twice_a_document_is_kept_once(
    app: Flask, session: Session, municipality: Municipality, promise: Promise
) -> None:
    make_all(app, session, municipality)
    edition = session.scalars(
        select(DocumentEdition).where(DocumentEdition.promise_id == promise.id)
    ).one()
    made_at = [file.made_at for file in made_files(session, municipality)]
    serve_jobs(app).functions[MAKE_DOCUMENTS](municipality.id, edition.id)
    assert [file.made_at for file in made_files(session, municipality)] == made_at


def test_a_picture_s_document_holds_what_its_page_holds(
    app: Flask, client: PageClient, session: Session, municipality: Municipality
) -> None:
    picture = make_grounded_picture(session, municipality)
    freeze(session, municipality, picture, picture_content(picture))
    make_all(app, session, municipality)
    page = client.get(f"/soderhamn/lagesbild/{picture.slug}")
    (link,) = page.soup.select("a[href*=utgava-1]")
    pdf = read_pdf(client.client.get(str(link["href"])).data)
    words = squeezed(pdf.text)
    for told in (
        picture.summary,
        "1. Narkotika",
        "Yngre tonåringar fångas upp av äldre.",
        "Bedömning av polisens narkotikagrupp",
        "Det här talar emot",
        "41 anmälda narkotikabrott. Polisens statistik över anmälda brott, 2022, n = 41",
    ):
        assert squeezed(told) in words, told
    assert pdf.part == "1"


def test_a_figure_of_a_picture_s_document_comes_with_its_numbers(
    app: Flask, client: PageClient, session: Session, municipality: Municipality
) -> None:
    picture = make_grounded_picture(session, municipality)
    content = picture_content(picture)
    claim = content["areas"][1]["claims"][0]
    series = [
        {"period": "2021", "value": 38.0, "unit": ""},
        {"period": "2022", "value": 41.5, "unit": "%"},
    ]
    claim["supporting"][0]["figures"] = {"series": series}
    freeze(session, municipality, picture, content)
    make_all(app, session, municipality)
    pdf = read_pdf(client.client.get(f"/soderhamn/lagesbild/{picture.slug}/utgava-1.pdf").data)
    assert squeezed("202138202241,5%") in squeezed(pdf.text)
    assert pdf.tags.count("/TH") >= 2


def test_a_recorded_signing_makes_the_documents_anew_and_keeps_the_control_sum(
    app: Flask,
    session: Session,
    client: PageClient,
    municipality: Municipality,
    sign_in: Callable[[User], PageClient],
    promise: Promise,
) -> None:
    content = promise_content()
    for role, signatory in zip(content["signatories"], promise.signatories, strict=True):
        role["id"] = signatory.id
    edition = freeze(session, municipality, promise, content)
    make_all(app, session, municipality)
    staff = sign_in(make_account(session, municipality))
    path = f"/soderhamn/handlaggning/loften/{SLUG}/undertecknare/{promise.signatories[0].id}"
    page = staff.get(path)
    fields = page.fields() | {"place": "Bollnäs", "signed_on": "2022-01-30"}
    assert staff.client.post(path, data=fields).status_code == 303
    session.rollback()  # what the request has written is in a later state of the database
    assert list_waiting_files(session, municipality)
    make_all(app, session, municipality)
    pdf = read_pdf(client.client.get(f"{PROMISE}/utgava-2.pdf").data)
    assert squeezed("Bollnäs, 30 januari 2022") in squeezed(pdf.text)
    assert edition.content_hash in squeezed(pdf.text)


@pytest.mark.parametrize("form", [PDF, DOCX])
def test_staff_fetch_a_draft_that_is_stamped_and_holds_no_comment(
    session: Session,
    municipality: Municipality,
    sign_in: Callable[[User], PageClient],
    form: str,
) -> None:
    account = make_account(session, municipality)
    promise = make_promise(session, municipality, published_at=None)
    draft = CommentDraft(about="", text="Bara för oss.")
    add_comment(session, municipality, promise, account, draft, now=NOW)
    staff = sign_in(account)
    page = staff.get(f"/soderhamn/handlaggning/loften/{SLUG}")
    (link,) = page.soup.select(f"a[href$='utkast.{form}']")
    answer = staff.client.get(str(link["href"]))
    assert answer.headers["Cache-Control"] == "private, no-cache"
    if form == PDF:
        words = squeezed(read_pdf(answer.data).text)
    else:
        file = docx.Document(io.BytesIO(answer.data))
        words = squeezed("".join(p.text for p in file.paragraphs))
    assert "UTKAST" in words
    assert squeezed("Bara för oss.") not in words
    assert made_files(session, municipality) == []


def test_a_draft_s_document_is_for_staff(
    client: PageClient, promise: Promise, session: Session
) -> None:
    session.commit()
    answer = client.client.get(f"/soderhamn/handlaggning/loften/{SLUG}/utkast.pdf")
    assert answer.status_code == 302
    assert "/logga-in" in answer.location
