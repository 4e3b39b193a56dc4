"""Dela: addresses and what they brought, codes that a phone reads, posters that can be printed."""

import io
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pikepdf
import pytest
import typst
import zxingcpp
from flask import Flask
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models.account import User
from surveys.models.dialogue import Channel, Dialogue
from surveys.models.link import ShortLink
from surveys.models.municipality import Municipality
from surveys.permissions import StaffRole
from surveys.services.dialogues.counts import count_response
from surveys.services.dialogues.links import count_visit, create_link
from tests.demo_site import DemoSite
from tests.factories.dialogues import make_dialogue, make_response
from tests.factories.municipalities import make_account
from tests.page import PageClient
from webapp.cards import font_folder
from webapp.documents.poster import Paper, poster_words
from webapp.documents.qr import qr_svg
from webapp.documents.typeset import typeset

PAGE = "/soderhamn/handlaggning/dialoger/oppen/dela"
ADDRESS = "http://localhost/s/soderhamn-affisch"
MM_PER_POINT = 25.4 / 72
SignIn = Callable[[User], PageClient]


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    made = make_dialogue(session, municipality)
    session.commit()
    return made


@pytest.fixture
def link(session: Session, municipality: Municipality, dialogue: Dialogue) -> ShortLink:
    made = create_link(session, municipality, dialogue, Channel.POSTER)
    session.commit()
    return made


@pytest.fixture
def coordinator(session: Session, municipality: Municipality, sign_in: SignIn) -> PageClient:
    return sign_in(make_account(session, municipality))


def scanned(picture: Image.Image) -> str:
    [code] = zxingcpp.read_barcodes(picture)
    return str(code.text)


def drawn(svg: str) -> Image.Image:
    """An SVG document as typst draws it."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "code.svg").write_text(svg, encoding="utf-8")
        page = Path(folder) / "page.typ"
        page.write_text('#set page(width: 300pt, height: 300pt)\n#image("code.svg")')
        return Image.open(io.BytesIO(typst.compile(str(page), format="png", ppi=144)))


def test_a_new_address_gets_a_word_of_its_own(
    coordinator: PageClient, dialogue: Dialogue, session: Session
) -> None:
    page = coordinator.get(PAGE)
    assert "Ingen adress än" in page.text
    coordinator.send(PAGE, page, 303, channel="facebook")
    page = coordinator.get(PAGE)
    assert page.one("input[readonly]")["value"] == "http://localhost/s/soderhamn-fb"
    assert not page.soup.select("[name=channel][value=facebook]")
    coordinator.send(PAGE, page, 303, channel="poster", word="Trygg i Söderhamn")
    session.rollback()
    words = set(session.scalars(select(ShortLink.word)))
    assert {"soderhamn-fb", "trygg-i-soderhamn"} <= words


def test_a_second_dialogue_gets_the_next_word(
    session: Session, municipality: Municipality, link: ShortLink
) -> None:
    other = make_dialogue(session, municipality, slug="nasta")
    assert create_link(session, municipality, other, Channel.POSTER).word == "soderhamn-affisch-2"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"channel": ""}, "Välj var adressen ska spridas."),
        ({"channel": "paper"}, "Välj något av det som visas här."),
        ({"channel": "poster"}, "Välj något av det som visas här."),
        ({"channel": "school", "word": "å!"}, "Skriv ett ord på 3 till 40 bokstäver"),
        ({"channel": "school", "word": "Soderhamn affisch"}, "Det ordet är upptaget."),
    ],
)
def test_a_refused_address_says_why(
    coordinator: PageClient, link: ShortLink, fields: dict[str, str], words: str
) -> None:
    page = coordinator.send(PAGE, coordinator.get(PAGE), 422, **fields)
    assert words in page.words(".govuk-error-summary")
    assert page.fields("main form[method=post]")["word"] == fields.get("word", "")


def test_openings_and_answers_stand_beside_each_other(
    coordinator: PageClient, session: Session, dialogue: Dialogue, link: ShortLink
) -> None:
    count_visit(session, link.id, date(2023, 7, 30), times=3)
    count_visit(session, link.id, date(2023, 7, 31))
    count_visit(session, link.id, date(2023, 7, 31))
    for channel in (Channel.POSTER, Channel.POSTER, Channel.WEB):
        count_response(
            session, make_response(session, dialogue, {3: (None, "Ljus")}, channel=channel)
        )
    session.commit()
    rows = coordinator.get(PAGE).all_words("main table tr")
    assert "Affisch 5 2" in rows
    assert "På webben – 1" in rows
    assert "31 juli 2023 2" in rows


def test_the_code_leads_a_phone_to_the_address(coordinator: PageClient, link: ShortLink) -> None:
    answer = coordinator.client.get(f"{PAGE}/{link.word}/qr.svg")
    assert answer.mimetype == "image/svg+xml"
    assert scanned(drawn(answer.get_data(as_text=True))) == ADDRESS


@pytest.mark.parametrize(("paper", "size"), [("a4", (210, 297)), ("a6", (105, 148))])
def test_a_poster_is_a_tagged_page_in_its_language(
    coordinator: PageClient, link: ShortLink, paper: str, size: tuple[int, int]
) -> None:
    answer = coordinator.client.get(f"{PAGE}/{link.word}/affisch-{paper}.pdf")
    assert answer.mimetype == "application/pdf"
    with pikepdf.open(io.BytesIO(answer.data)) as file:
        assert str(file.Root.Lang) == "sv"
        assert bool(file.Root.MarkInfo.Marked)
        assert "Känner du dig trygg i Söderhamns kommun?" in str(file.docinfo.Title)
        [page] = file.pages
        assert [round(float(side) * MM_PER_POINT) for side in page.mediabox[2:]] == list(size)
        with file.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
        assert "/StructTreeRoot" in file.Root


@pytest.mark.parametrize("paper", ["a4", "a6"])
@pytest.mark.parametrize("lang", ["sv", "ar"])
def test_the_code_on_a_poster_can_be_read_and_is_large_enough(
    app: Flask, session: Session, dialogue: Dialogue, paper: Paper, lang: str
) -> None:
    with app.test_request_context():
        words = poster_words(dialogue.municipality, dialogue, ADDRESS, paper)
        words |= {"lang": lang, "dir": "rtl" if lang == "ar" else "ltr"}
        made = typeset("poster.typ", words, font_folder(), "png", per_point=2.0)
    picture = Image.open(io.BytesIO(made))
    [code] = zxingcpp.read_barcodes(picture)
    assert code.text == ADDRESS
    side = code.position.top_right.x - code.position.top_left.x
    assert side / 2.0 * MM_PER_POINT >= 30


def test_a_poster_is_printed_in_one_ink(app: Flask, session: Session, dialogue: Dialogue) -> None:
    with app.test_request_context():
        words = poster_words(dialogue.municipality, dialogue, ADDRESS, "a6")
        made = typeset("poster.typ", words, font_folder(), "png")
    pixels = Image.open(io.BytesIO(made)).convert("RGB").getcolors(1 << 20) or []
    # Between paper and #17535A lie only mixtures of the two: the three parts stay in proportion.
    ink = [255 - part for part in (0x17, 0x53, 0x5A)]
    for _n, colour in pixels:
        share = [(255 - part) / whole for part, whole in zip(colour, ink, strict=True)]
        assert max(share) - min(share) < 0.03, colour


@pytest.mark.parametrize(
    "question", ['#panic("x") *hej* $x$', "Lång fråga " * 40, "<b> & \\ ]", "Trygg? 😀 漢"]
)
def test_what_a_municipality_writes_is_text_on_the_poster(
    app: Flask, session: Session, dialogue: Dialogue, question: str
) -> None:
    dialogue.questions[0].wording = {"sv": question}
    with app.test_request_context():
        words = poster_words(dialogue.municipality, dialogue, ADDRESS, "a6")
        pdf = typeset("poster.typ", words, font_folder(), "pdf")
    with pikepdf.open(io.BytesIO(pdf)) as file:
        assert len(file.pages) == 1


def test_another_dialogue_s_word_prints_nothing(
    coordinator: PageClient, session: Session, municipality: Municipality, link: ShortLink
) -> None:
    make_dialogue(session, municipality, slug="annan")
    session.commit()
    coordinator.get(f"{PAGE.replace('oppen', 'annan')}/{link.word}/qr.svg", 404)
    coordinator.get(f"{PAGE}/{link.word}/affisch-a4.pdf?lang=../x", 200)


def test_a_poster_speaks_the_languages_that_residents_are_offered(
    coordinator: PageClient, session: Session, dialogue: Dialogue, link: ShortLink
) -> None:
    question = dialogue.questions[0]
    question.wording = question.wording | {"ar": "هل تشعر بالأمان؟"}
    session.commit()
    poster = f"{PAGE}/{link.word}/affisch-a6.pdf?lang=ar"
    assert "lang=ar" not in coordinator.get(PAGE).html
    assert language_of(coordinator, poster) == "sv"
    dialogue.municipality.shows_draft_languages = True
    session.commit()
    assert "lang=ar" in coordinator.get(PAGE).html
    assert language_of(coordinator, poster) == "ar"


def language_of(client: PageClient, path: str) -> str:
    with pikepdf.open(io.BytesIO(client.client.get(path).data)) as file:
        return str(file.Root.Lang)


def test_only_those_who_run_dialogues_make_addresses(
    session: Session, municipality: Municipality, dialogue: Dialogue, sign_in: SignIn
) -> None:
    sign_in(make_account(session, municipality, StaffRole.POLICE)).get(PAGE, 403)


def test_the_demo_shows_four_addresses_with_openings_and_answers(demo_site: DemoSite) -> None:
    page = demo_site.staff("coordinator").get(PAGE)
    rows = {row.split(" ")[0]: row.split(" ")[1:] for row in page.all_words("main table tr")}
    for channel in ("Facebook", "Affisch", "Skola", "Nyhetsbrev"):
        opened, answers = (int(n) for n in rows[channel])
        assert opened > answers > 0, channel


def test_a_word_of_any_length_fits_in_a_code() -> None:
    long = f"https://trygghetsdialog.exempelkommunen.se/s/{'x' * 40}?lang=sv-simple"
    assert scanned(drawn(qr_svg(long))) == long
