"""The language of a page: what is offered, how it travels, and what stays Swedish."""

import re
from collections.abc import Callable

import pytest
from flask import Flask, render_template_string
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.languages import LANGUAGES
from surveys.models.account import User
from surveys.models.language import ReviewScope
from surveys.models.municipality import Municipality
from surveys.models.response import Response
from tests.factories.dialogues import make_dialogue
from tests.factories.languages import approve
from tests.factories.municipalities import make_account
from tests.page import Page, PageClient
from webapp.catalogues import coverage_of

SURVEY = "/soderhamn/dialoger/oppen"
READERS = (
    "/soderhamn/",
    "/soderhamn/loften/",
    "/soderhamn/dialoger/",
    "/soderhamn/kontakt",
    SURVEY,
)


@pytest.fixture(autouse=True)
def dialogue(session: Session, municipality: Municipality) -> None:
    make_dialogue(session, municipality)


def switch(page: Page) -> list[str]:
    return page.all_words(".langs li")


def own_addresses(page: Page) -> list[str]:
    """Links and form actions within the municipality, but for those of the switch."""
    for element in page.soup.select(".langs"):
        element.decompose()
    found = [str(e["href"]) for e in page.soup.select("a[href]")]
    found += [str(e["action"]) for e in page.soup.select("form[action]")]
    return [address for address in found if address.startswith("/soderhamn/")]


def test_residents_are_offered_what_is_approved_and_nothing_else(
    client: PageClient, session: Session, municipality: Municipality
) -> None:
    assert switch(client.get(SURVEY)) == []
    approve(session, municipality, "ar")
    approve(session, municipality, "en")
    session.commit()
    assert switch(client.get(SURVEY)) == ["Svenska", "English", "العربية"]


def test_an_approval_of_legal_texts_alone_offers_nothing(
    client: PageClient, session: Session, municipality: Municipality
) -> None:
    approve(session, municipality, "ar", ReviewScope.LEGAL)
    session.commit()
    assert switch(client.get(SURVEY)) == []


def test_another_municipalitys_approval_is_not_ours(
    client: PageClient, session: Session, municipality: Municipality
) -> None:
    approve(session, municipality, "ar")
    session.commit()
    assert client.get("/hagfors/").one("html")["lang"] == "sv"
    assert client.get("/hagfors/?lang=ar").one("html")["lang"] == "sv"


def test_a_municipality_that_shows_drafts_marks_them(
    client: PageClient, session: Session, municipality: Municipality
) -> None:
    municipality.shows_draft_languages = True
    approve(session, municipality, "fi")
    session.commit()
    offered = switch(client.get(SURVEY))
    assert "Suomi" in offered
    assert "العربية (utkast)" in offered
    assert not any(words.startswith("Meänkieli") for words in offered)  # nothing to read yet
    draft = client.get(SURVEY + "?lang=ar")
    assert "هذه الترجمة مسودة" in draft.text
    assert draft.response.headers["X-Robots-Tag"] == "noindex"
    assert "X-Robots-Tag" not in client.get(SURVEY + "?lang=fi").response.headers


@pytest.mark.parametrize("path", READERS)
def test_every_link_and_form_keeps_the_language(
    client: PageClient, session: Session, municipality: Municipality, path: str
) -> None:
    approve(session, municipality, "ar")
    session.commit()
    page = client.get(path + "?lang=ar")
    assert (page.one("html")["lang"], page.one("html")["dir"]) == ("ar", "rtl")
    addresses = own_addresses(page)
    assert addresses
    assert [a for a in addresses if "lang=ar" not in a and not a.endswith(".geojson")] == []
    assert [a for a in own_addresses(client.get(path)) if "lang=" in a] == []


@pytest.mark.parametrize("code", ["ar", "so", "xx", "", "sv-simple", "../../etc"])
def test_a_language_that_is_not_offered_is_answered_in_swedish(
    client: PageClient, code: str
) -> None:
    page = client.get(SURVEY, query_string={"lang": code})
    assert page.one("html")["lang"] == "sv"
    canonical = page.one("link[rel=canonical]")["href"]
    assert canonical == "http://localhost" + SURVEY


def test_search_engines_are_told_of_the_approved_languages(
    client: PageClient, session: Session, municipality: Municipality
) -> None:
    assert not client.get(SURVEY).soup.select("link[rel=alternate], link[rel=canonical]")
    approve(session, municipality, "fi")
    session.commit()
    for address in (SURVEY, SURVEY + "?lang=fi"):
        links = client.get(address).soup.select("link[rel=alternate][hreflang]")
        assert [(link["hreflang"], link["href"]) for link in links] == [
            ("sv", "http://localhost" + SURVEY),
            ("fi", "http://localhost" + SURVEY + "?lang=fi"),
        ]


def test_no_cookie_and_no_browser_setting_decide(
    client: PageClient, session: Session, municipality: Municipality
) -> None:
    approve(session, municipality, "ar")
    session.commit()
    page = client.get(SURVEY, headers={"Accept-Language": "ar"})
    assert page.one("html")["lang"] == "sv"
    assert "Accept-Language" not in page.response.headers.get("Vary", "")
    arabic = client.get(SURVEY + "?lang=ar").response
    assert "Set-Cookie" not in arabic.headers


def test_the_switch_comes_first_and_keeps_the_rest_of_the_address(
    client: PageClient, session: Session, municipality: Municipality
) -> None:
    approve(session, municipality, "ar")
    session.commit()
    page = client.get(SURVEY + "?x=1&lang=ar")
    first = page.soup.select("a[href], button, summary, input:not([type=hidden])")[0]
    assert first.name == "summary"
    assert [a["href"] for a in page.soup.select(".langs li a")] == ["?x=1", "?x=1&lang=ar"]
    assert page.one(".langs a[aria-current]")["lang"] == "ar"


def test_an_answer_keeps_the_language_it_was_given_in(
    client: PageClient, session: Session, municipality: Municipality
) -> None:
    approve(session, municipality, "ar")
    session.commit()
    thanks = client.send(
        SURVEY + "?lang=ar", client.get(SURVEY + "?lang=ar"), status=200, q1="2", q3="مزيد من الضوء"
    )
    assert thanks.one("html")["lang"] == "ar"
    assert switch(thanks) == []  # its address would lead away from the code
    own = select(Response.language).where(Response.municipality_id == municipality.id)
    assert session.scalars(own).all() == ["ar"]


def test_an_error_page_keeps_the_language(
    client: PageClient, session: Session, municipality: Municipality
) -> None:
    approve(session, municipality, "ar")
    session.commit()
    for path in ("/soderhamn/loften/finns-inte", "/soderhamn/finns/inte"):
        assert client.get(path + "?lang=ar", status=404).one("html")["lang"] == "ar"
    assert client.get("/finns-inte/?lang=ar", status=404).one("html")["lang"] == "sv"


def test_a_missing_slash_keeps_the_language(client: PageClient) -> None:
    assert client.client.get("/soderhamn?lang=ar").location == "/soderhamn/?lang=ar"


def test_staff_pages_are_swedish(
    sign_in: Callable[[User], PageClient], session: Session, municipality: Municipality
) -> None:
    approve(session, municipality, "ar")
    staff = sign_in(make_account(session, municipality))
    page = staff.get("/soderhamn/handlaggning/?lang=ar")
    assert page.one("html")["lang"] == "sv"
    assert not re.search(r"lang=ar", page.html)


def test_days_are_written_as_the_language_writes_them(
    client: PageClient, session: Session, municipality: Municipality
) -> None:
    expected = {
        "sv": "31 augusti 2023",
        "sv-simple": "31 augusti 2023",
        "en": "31 August 2023",
        "fi": "31. elokuuta 2023",
        "ar": "31 أغسطس 2023",
        "so": "31 Agosto 2023",
    }
    for code in expected:
        approve(session, municipality, code)
    session.commit()
    for code, day in expected.items():
        assert day in client.get(f"{SURVEY}?lang={code}").text, code


def test_a_text_that_is_not_translated_is_swedish_and_never_english(
    client: PageClient, session: Session, municipality: Municipality
) -> None:
    approve(session, municipality, "fit")
    session.commit()
    page = client.get(SURVEY + "?lang=fit")
    assert page.one("html")["lang"] == "fit"
    assert page.words("[data-send]") == "Skicka svaret"


def test_legal_texts_are_swedish_until_they_are_approved(
    app: Flask, session: Session, municipality: Municipality
) -> None:
    approve(session, municipality, "en")
    session.commit()
    template = (
        "{% call legal('p') %}{{ _('Start') }} {{ _('Promises') }}"
        "<a href=\"{{ url_for('public.privacy') }}\"></a>{% endcall %}{{ _('Promises') }}"
    )

    def written() -> str:
        with app.test_request_context("/soderhamn/?lang=en"):
            app.preprocess_request()
            return render_template_string(template)

    link = '<a href="/soderhamn/sa-hanterar-vi-svar?lang=en"></a>'
    assert written() == f'<p lang="sv" dir="ltr">Start Löften{link}</p>Promises'
    approve(session, municipality, "en", ReviewScope.LEGAL)
    session.commit()
    assert written() == f"Start Promises{link}Promises"


def test_a_question_without_wording_in_the_language_says_so(
    client: PageClient, session: Session, municipality: Municipality
) -> None:
    approve(session, municipality, "ar")
    session.commit()
    legend = client.get(SURVEY + "?lang=ar").one("[data-question=scale] legend")
    swedish = legend.select_one("bdi")
    assert swedish is not None
    assert (swedish["lang"], swedish["dir"]) == ("sv", "ltr")
    assert legend.get_text().strip().endswith("(بالسويدية)")


def test_a_rounds_title_is_spoken_as_swedish_wherever_it_stands(
    client: PageClient, session: Session, municipality: Municipality
) -> None:
    approve(session, municipality, "ar")
    session.commit()
    form = client.get(SURVEY + "?lang=ar")
    code = client.send(SURVEY + "?lang=ar", form, 200, q1="2").words("[data-code]")
    for step in ("show", "withdraw"):
        page = client.post("/soderhamn/kvitto?lang=ar", {"code": code, "step": step})
        title = page.one("h1 ~ p.small bdi")
        assert (title["lang"], title["dir"]) == ("sv", "ltr")
        assert title.get_text() == form.heading
    assert form.one("h1 bdi")["lang"] == "sv"


def test_the_catalogues_are_there_and_measured() -> None:
    measured = {language.code: coverage_of(language) for language in LANGUAGES}
    assert measured["sv"].n_missing == 0
    assert measured["en"].n_missing == 0
    assert measured["fit"].n_translated == 0
    assert len({c.n_texts for code, c in measured.items() if code != "sv"}) == 1
    assert 200 < measured["fit"].n_texts < measured["sv"].n_texts
