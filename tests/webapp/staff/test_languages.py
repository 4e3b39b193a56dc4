"""The staff's page about languages: what is translated, who approved it, and the questions."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from surveys.languages import find_language
from surveys.models.account import User
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.permissions import StaffRole
from tests.conftest import NOW, Clock
from tests.factories.dialogues import make_dialogue
from tests.factories.languages import approve
from tests.factories.municipalities import make_account
from tests.page import Page, PageClient
from webapp.catalogues import coverage_of

PAGE = "/soderhamn/handlaggning/sprak"
QUESTIONS = f"{PAGE}/en/fragor/oppen"
SignIn = Callable[[User], PageClient]


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    return make_dialogue(session, municipality, opens_at=NOW + timedelta(days=1))


@pytest.fixture
def staff(
    sign_in: SignIn, session: Session, municipality: Municipality, dialogue: Dialogue
) -> PageClient:
    return sign_in(make_account(session, municipality))


def row(page: Page, name: str) -> str:
    return next(text for text in page.all_words("main .points > li") if text.startswith(name))


def token(page: Page) -> str:
    return str(page.one("main input[name=csrf_token]")["value"])


def test_each_language_tells_how_much_of_it_is_translated(staff: PageClient) -> None:
    page = staff.get(PAGE)
    fit = find_language("fit")
    assert fit is not None
    n_texts = f"{coverage_of(fit).n_texts:,}".replace(",", " ")
    assert (
        row(page, "Meänkieli")
        .replace("\xa0", " ")
        .startswith(
            f"Meänkieli utkast 0 av {n_texts} texter är översatta."
            " Det kan godkännas när alla är det."
        )
    )
    assert "Godkänn" not in row(page, "Meänkieli")
    assert "Frågorna i Tre frågor om trygghet (0 av 3)" in row(page, "Meänkieli")


def test_a_whole_language_is_approved_and_taken_back(staff: PageClient) -> None:
    page = staff.get(PAGE)
    assert "Godkänn sidorna" in row(page, "English")
    staff.post(f"{PAGE}/en/godkann", {"csrf_token": token(page), "scope": "interface"}, 303)
    page = staff.get(PAGE)
    assert "English är godkänt." in page.text
    assert "Sidorna Godkända 1 augusti 2023 av Trygghetssamordnare." in row(page, "English")
    assert "Godkänn de juridiska texterna" in row(page, "English")
    assert staff.get("/soderhamn/?lang=en").one("html")["lang"] == "en"
    staff.post(f"{PAGE}/en/aterkalla", {"csrf_token": token(page), "scope": "interface"}, 303)
    assert staff.get("/soderhamn/?lang=en").one("html")["lang"] == "sv"


def test_what_cannot_be_approved_says_why(staff: PageClient) -> None:
    form = {"csrf_token": token(staff.get(PAGE))}
    staff.post(f"{PAGE}/fit/godkann", form | {"scope": "interface"}, 303)
    assert "Det saknas texter." in staff.get(PAGE).text
    staff.post(f"{PAGE}/en/godkann", form | {"scope": "legal"}, 303)
    assert "Godkänn sidorna först" in staff.get(PAGE).text
    staff.post(f"{PAGE}/en/godkann", form | {"scope": "everything"}, 400)
    staff.post(f"{PAGE}/xx/godkann", form, 404)
    staff.post(f"{PAGE}/sv/godkann", form, 404)


def test_a_draft_is_read_beforehand_by_its_link(staff: PageClient) -> None:
    page = staff.get(PAGE)
    links = [str(a["href"]) for a in page.soup.select("main a") if "Läs sidorna" in a.text]
    arabic = next(link for link in links if "lang=ar" in link)
    draft = staff.get(arabic)
    assert draft.one("html")["lang"] == "ar"
    assert draft.response.headers["X-Robots-Tag"] == "noindex"
    onward = [str(a["href"]) for a in draft.soup.select("main a, footer a")]
    own = [href for href in onward if href.startswith("/soderhamn/")]
    assert own
    assert all("utkast=1" in href and "lang=ar" in href for href in own)
    assert staff.get("/soderhamn/?lang=ar").one("html")["lang"] == "sv"


def test_the_legal_texts_are_read_beforehand_too_and_marked(
    staff: PageClient, session: Session, municipality: Municipality
) -> None:
    approve(session, municipality, "ar")
    session.commit()
    links = [str(a["href"]) for a in staff.get(PAGE).soup.select("main a") if "juridiska" in a.text]
    draft = staff.get(next(link for link in links if "lang=ar" in link))
    assert draft.soup.select("main [lang=sv][dir=ltr] h2") == []
    assert "لم يوافق" in draft.text or "مسودة" in draft.text
    assert draft.response.headers["X-Robots-Tag"] == "noindex"
    read = staff.get("/soderhamn/sa-hanterar-vi-svar?lang=ar")
    assert read.soup.select("main [lang=sv][dir=ltr] h2")
    assert "X-Robots-Tag" not in read.response.headers


def test_the_police_do_not_decide_about_languages(
    sign_in: SignIn, session: Session, municipality: Municipality
) -> None:
    police = sign_in(make_account(session, municipality, StaffRole.POLICE))
    police.get(PAGE, status=403)
    assert PAGE not in police.get("/soderhamn/handlaggning/").html


def test_questions_get_words_in_another_language(
    staff: PageClient, session: Session, municipality: Municipality, clock: Clock
) -> None:
    approve(session, municipality, "en")
    session.commit()
    form = staff.get(QUESTIONS)
    assert "Känner du dig trygg i Söderhamns kommun?" in form.text
    staff.send(QUESTIONS, form, 303, q1="Do you feel safe?")
    clock.now = NOW + timedelta(days=2)
    survey = staff.get("/soderhamn/dialoger/oppen?lang=en")
    assert "Do you feel safe?" in survey.words("[data-question=scale] legend")
    assert survey.words("[data-question=text] label").endswith("(in Swedish)")


def test_arabic_questions_are_written_from_right_to_left(staff: PageClient) -> None:
    field = staff.get(f"{PAGE}/ar/fragor/oppen").one("textarea[name=q1]")
    assert (field["lang"], field["dir"]) == ("ar", "rtl")


def test_after_opening_a_changed_question_is_refused_and_kept_in_the_field(
    staff: PageClient, clock: Clock
) -> None:
    staff.send(QUESTIONS, staff.get(QUESTIONS), 303, q1="Do you feel safe?")
    clock.now = NOW + timedelta(days=2)
    form = staff.get(QUESTIONS)
    page = staff.send(QUESTIONS, form, 422, q1="Do you feel very safe?")
    assert "så de står fast" in page.text
    assert "Do you feel very safe?" in page.text
    staff.send(QUESTIONS, form, 303, q3="What could we do?")


def test_only_own_dialogues_and_our_languages_have_a_form(
    staff: PageClient, session: Session, municipality: Municipality
) -> None:
    for address in (f"{PAGE}/sv/fragor/oppen", f"{PAGE}/en/fragor/finns-inte"):
        staff.get(address, status=404)
