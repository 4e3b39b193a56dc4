"""A promise and a plan as documents: read back as a screen reader and a word processor do."""

import io
from datetime import date
from itertools import pairwise

import docx
import pytest
from flask import Flask

from surveys.queries.editions.edition_files import DOCX, PDF, PLAN, PROMISE, Signed
from tests.factories.documents import (
    HASH,
    draft,
    follow_up,
    plan_content,
    point_content,
    promise_content,
    source,
)
from tests.pdf_reading import ReadPdf, read_pdf, squeezed
from webapp.documents.edition_document import make_document

NASTY = "#strong[x] *fet* $x$ <b>y</b> `kod` @ref // \\ = Rubrik"


def made(app: Flask, content: dict[str, object], kind: str = PROMISE) -> ReadPdf:
    with app.app_context():
        return read_pdf(make_document(source(content, kind), PDF))


def document(
    app: Flask, content: dict[str, object], kind: str = PROMISE
) -> "docx.document.Document":
    with app.app_context():
        return docx.Document(io.BytesIO(make_document(source(content, kind), DOCX)))


@pytest.mark.parametrize("kind", [PROMISE, PLAN])
def test_a_pdf_tells_a_screen_reader_what_it_is(app: Flask, kind: str) -> None:
    content = promise_content() if kind == PROMISE else plan_content()
    pdf = made(app, content, kind)
    assert (pdf.part, pdf.language, pdf.is_marked, pdf.shows_title) == ("1", "sv", True, True)
    assert content["title"] in pdf.title
    assert "utgåva 2" in pdf.title
    assert pdf.headings[0] == 1
    assert pdf.headings.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(pdf.headings))
    assert content["title"] in pdf.bookmarks
    assert "Om dokumentet" in pdf.bookmarks


def test_the_foot_tells_number_edition_and_control_sum(app: Flask) -> None:
    pdf = made(app, promise_content())
    words = squeezed(pdf.text)
    assert HASH in words
    assert squeezed("Dnr KS 21-100") in words
    assert squeezed("Utskriven ur Trygghetsdialog, utgåva 2.") in words
    assert squeezed("1 februari 2022") in words


def test_a_promise_has_lines_to_sign_on_empty_or_filled(app: Flask) -> None:
    words = squeezed(made(app, promise_content()).text)
    assert squeezed("Tf. Lokalpolisområdeschef") in words
    assert squeezed("Lokalpolisområde Hälsingland") in words
    assert squeezed("Söderhamn, 28 januari 2022") in words
    assert words.count(squeezed("Ort och datum")) == 2
    assert words.count(squeezed("Undertecknat i original")) == 1


def test_a_promise_tells_to_whom_it_is_reported_and_when_it_is_summed_up(app: Flask) -> None:
    words = squeezed(made(app, promise_content()).text)
    assert squeezed("Rapporteras till: Lokalpolisområdeschef och Kommunalråd") in words
    assert squeezed("Skriftlig summering, senast: 28 februari 2024") in words


def test_a_period_from_the_signing_begins_when_all_have_signed(app: Flask) -> None:
    content = promise_content(starts_on=None, ends_on=None, months_from_signing=24)
    signed = {n: Signed("Hagfors", date(2022, 1, 27 + n)) for n in (1, 2)}
    with app.app_context():
        pdf = read_pdf(make_document(source(content, signed=signed), PDF))
        waiting = read_pdf(make_document(source(content), PDF))
    assert squeezed("29 januari 2022 till 28 januari 2024") in squeezed(pdf.text)
    assert squeezed("24 månader från den dag då alla har skrivit under") in squeezed(waiting.text)


def test_what_a_promise_does_not_say_is_told(app: Flask) -> None:
    gap = {"kind": "owner", "number": 1, "title": "Insatser", "words": None}
    words = squeezed(made(app, promise_content(gaps=[gap])).text)
    assert squeezed("Saknas i löftet: vem som svarar för punkt 1.") in words


def test_sources_that_disagree_stand_side_by_side(app: Flask) -> None:
    words = squeezed(made(app, promise_content()).text)
    assert squeezed("Det här talar emot") in words
    assert squeezed("Siffran visar polisens arbete.") in words


def test_places_that_are_not_to_be_named_are_counted(app: Flask) -> None:
    words = squeezed(made(app, promise_content()).text)
    assert squeezed("Resecentrum och 1 plats till") in words


def test_an_activity_under_two_areas_stands_once_with_the_follow_up_of_each(app: Flask) -> None:
    pdf = made(app, plan_content(), PLAN)
    words = squeezed(pdf.text)
    assert words.count(squeezed("Avstämning 1")) == 2  # its row, and the pointer back to it
    assert squeezed(
        "Avstämning 1 (se Ungdomskriminalitet). Uppföljning här: Rapport 2022-10-24"
    ) in (words)
    assert words.count(squeezed("Varje måndag kl. 14.00")) == 3
    assert pdf.tags.count("/TH") == 4
    assert squeezed("8 mars 2022, Kommunstyrelsen, § 44") in words


@pytest.mark.parametrize("kind", [PROMISE, PLAN])
def test_what_people_write_is_never_markup(app: Flask, kind: str) -> None:
    content = promise_content(said=NASTY, points=[point_content(text=NASTY, title=NASTY)])
    if kind == PLAN:
        content = plan_content(introduction=NASTY, title=NASTY)
    assert squeezed(NASTY) in squeezed(made(app, content, kind).text)
    told = "\n".join(p.text for p in document(app, content, kind).paragraphs)
    assert NASTY in told


def test_signs_that_the_typeface_lacks_become_squares_and_it_is_said(app: Flask) -> None:
    pdf = made(app, promise_content(said="Vi är glada 😀 och 漢字 och مرحبا och Ω.\x00\x07"))
    assert pdf.part == "1"
    words = squeezed(pdf.text)
    assert squeezed("En ruta (□) står i stället för ett tecken") in words
    assert "Ω" in words
    told = "\n".join(p.text for p in document(app, promise_content(said="😀\x00 \x0bx")).paragraphs)
    assert "😀 x" in told  # a word processor has typefaces of its own


def test_long_texts_long_words_and_many_rows_are_borne(app: Flask) -> None:
    content = plan_content(300)
    content["activities"][0]["who"] = "socialsekreterare " * 600
    content["activities"][1]["name"] = "x" * 2000
    content["activities"][2]["when"] = "\u202e".join("mot höger")
    pdf = made(app, content, PLAN)
    assert pdf.part == "1"
    assert squeezed("Avstämning 300") in squeezed(pdf.text)
    table = document(app, content, PLAN).tables[0]
    assert len(table.rows) == 301


def test_what_is_missing_is_said_or_left_out(app: Flask) -> None:
    bare = point_content(
        owner=None, target=None, unit=None, condition=None, measure="none", places=[],
        n_places_not_named=0, methods=[], text="",
    )  # fmt: skip
    content = promise_content(
        starts_on=None, ends_on=None, months_from_signing=24, said="", said_ground="", claims=[],
        signatories=[], follow_up_text=None, report_to=[], summary_due_on=None, points=[bare],
    )  # fmt: skip
    words = squeezed(made(app, content).text)
    assert squeezed("24 månader från den dag då alla har skrivit under") in words
    assert squeezed("Det är inte bestämt vem som skriver under.") in words
    assert squeezed("går inte att räkna som det är skrivet") in words
    assert squeezed("Planen anger ingen uppföljning") in squeezed(
        made(app, plan_content() | {"areas": [_area(None)], "decision": None}, PLAN).text
    )


def _area(told: dict[str, object] | None) -> dict[str, object]:
    links = [{"activity": n, "follow_up": told} for n in (1, 2, 3)]
    return {"id": 1, "name": "Narkotika", "goals": [], "activities": links}


def test_a_draft_is_stamped_and_has_no_control_sum(app: Flask) -> None:
    with app.app_context():
        pdf = read_pdf(make_document(draft(promise_content()), PDF))
        file = docx.Document(io.BytesIO(make_document(draft(promise_content()), DOCX)))
    words = squeezed(pdf.text)
    assert "UTKAST" in words
    assert "UTKAST" in pdf.title
    assert "SHA256" not in words
    assert file.sections[0].header.paragraphs[0].text == "UTKAST"


def test_a_docx_has_real_headings_a_repeated_head_and_its_language(app: Flask) -> None:
    file = document(app, plan_content(), PLAN)
    headings = [p.style.name for p in file.paragraphs if p.style.name.startswith(("Head", "Tit"))]
    assert headings[0] == "Title"
    assert {"Heading 1", "Heading 2"} <= set(headings)
    table = file.tables[0]
    assert [cell.text for cell in table.rows[0].cells] == ["Aktivitet", "När", "Vem", "Uppföljning"]
    assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
    assert file.styles.element.xpath("//w:docDefaults//w:lang/@w:val") == ["sv-SE"]
    core = file.core_properties
    assert (core.identifier, core.version, core.language) == (HASH, "2", "sv-SE")
    assert "KS 22-17" in core.subject
    assert HASH in file.sections[0].footer.paragraphs[0].text


def test_the_same_edition_gives_the_same_file(app: Flask) -> None:
    with app.app_context():
        for form in (PDF, DOCX):
            one = make_document(source(promise_content()), form)
            assert one == make_document(source(promise_content()), form)


def test_follow_ups_name_their_body_once(app: Flask) -> None:
    told = follow_up("Rapport till Lokalt BRÅ") | {"body": "Lokalt BRÅ", "due_on": "2023-02-06"}
    words = squeezed(made(app, plan_content() | {"areas": [_area(told)]}, PLAN).text)
    assert words.count(squeezed("Lokalt BRÅ")) == 3
    assert squeezed("6 februari 2023") in words
