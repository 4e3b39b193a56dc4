"""How answers are handled and how accessible the pages are: told truthfully, set or not."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from surveys.drafts.settings import NoticeDraft, StatementDraft
from surveys.models.municipality import Municipality
from surveys.models.notice import Conformance
from surveys.services.municipalities.settings import (
    save_accessibility_statement,
    save_privacy_notice,
)
from tests.factories.municipalities import make_police_area
from tests.page import PageClient

PRIVACY = "/soderhamn/sa-hanterar-vi-svar"
CHILDREN = "/soderhamn/for-barn"
STATEMENT = "/soderhamn/tillganglighet"
NOW = datetime(2023, 8, 1, 10, 0, tzinfo=UTC)
HOSTILE = "<script>alert(1)</script>"
# Digg's list, in Digg's order, as the page words it.
ELEVEN_PARTS = (
    "Vem som står bakom sidorna",
    "Tjänsten",
    "Hur tillgänglig är tjänsten?",
    "Vad som inte fungerar, och varför",
    "Senast bedömd",
    "Redogörelsen uppdaterades senast",
    "Hur vi har testat",
    "Berätta om brister",
    "Tillsyn",
    "Undantag som oskäligt betungande",
    "Innehåll som inte omfattas av lagen",
)


def test_the_privacy_page_names_laws_and_what_is_not_kept(
    session: Session, municipality: Municipality, client: PageClient
) -> None:
    make_police_area(session, municipality)
    session.commit()
    page = client.get(PRIVACY)
    for words in (
        "lokalpolisområde Hälsingland",
        "2023:196",
        "2 kap. 2 § lag (2018:218)",
        "artikel 6.1 e",
        "Det är inte samtycke.",
        "lag (2025:170)",
        "2 kap. tryckfrihetsförordningen",
        "Din IP-adress.",
        "vilken sida du kom från",
        "allmän handling",
        "Integritetsskyddsmyndigheten (IMY)",
    ):
        assert words in page.text, words
    assert page.one('main a[href="/soderhamn/kvitto"]')
    assert page.one(f'main a[href="{CHILDREN}"]')


def test_where_nobody_has_written_a_notice_the_page_says_so_and_whom_to_ask(
    municipality: Municipality, client: PageClient
) -> None:
    page = client.get(PRIVACY)
    assert "Söderhamns kommun är personuppgiftsansvarig" in page.text
    assert "har inte skrivit här om ansvaret är gemensamt" in page.text
    assert "Fråga: Trygghetssamordnaren." in page.text
    assert "Här finns inget sådant beslut, så inget förstörs." in page.text


def test_the_municipality_s_own_notice_takes_the_place_of_what_is_assumed(
    session: Session, municipality: Municipality, client: PageClient
) -> None:
    save_privacy_notice(
        session,
        municipality,
        NoticeDraft(
            controllers=f"Kommunstyrelsen svarar för svaren.\n\nPolisen för sina. {HOSTILE}",
            data_protection_contact="dataskydd@soderhamn.example",
            legal_basis="En egen rättslig grund.",
            retention="Svaren sparas i två år.",
            destruction_decision="KS 2023-05-02, dnr 23-17",
        ),
    )
    session.commit()
    page = client.get(PRIVACY)
    assert page.all_words("#who + div p")[0] == "Kommunstyrelsen svarar för svaren."
    assert "har inte skrivit här" not in page.text
    assert "Den rättsliga grunden är artikel 6.1 e" not in page.text
    assert "En egen rättslig grund." in page.text
    assert "Svaren sparas i två år." in page.text
    assert "Svar gallras bara enligt det här beslutet: KS 2023-05-02, dnr 23-17." in page.text
    assert "Dataskyddsombud: dataskydd@soderhamn.example." in page.text
    assert HOSTILE in page.text
    assert HOSTILE not in page.html


@pytest.mark.parametrize("path", [PRIVACY, CHILDREN])
def test_the_numbers_to_call_stand_first(
    municipality: Municipality, client: PageClient, path: str
) -> None:
    page = client.get(path)
    first = page.one("main a[href]")
    assert first["href"] == "tel:112"
    assert [a["href"] for a in page.soup.select("main a[href]")][:2] == ["tel:112", "tel:11414"]


def test_no_page_promises_that_an_answer_is_anonymous(
    municipality: Municipality, client: PageClient
) -> None:
    for path in (PRIVACY, CHILDREN, STATEMENT, "/soderhamn/"):
        assert "anonym" not in client.get(path).text.lower(), path


def test_children_are_told_in_short_plain_words(
    municipality: Municipality, client: PageClient
) -> None:
    page = client.get(CHILDREN)
    assert page.one('main a[href="tel:116111"]')
    sentences = [s for p in page.all_words("main section p") for s in p.split(". ")]
    assert max(len(sentence.split()) for sentence in sentences) <= 16
    assert len(page.words("main").split()) < 220
    assert page.one(f'main a[href="{PRIVACY}"]')


def test_every_public_page_leads_to_the_notices(
    municipality: Municipality, client: PageClient
) -> None:
    for path in ("/soderhamn/", "/soderhamn/kontakt", CHILDREN):
        page = client.get(path)
        for target in (PRIVACY, CHILDREN, STATEMENT):
            assert page.one(f'footer a[href="{target}"]'), path


def test_the_accessibility_statement_has_digg_s_eleven_parts_in_order(
    session: Session, municipality: Municipality, client: PageClient
) -> None:
    save_accessibility_statement(
        session,
        municipality,
        StatementDraft(
            conformance=Conformance.PARTIAL,
            method=f"Två medarbetare gick igenom sidorna. {HOSTILE}",
            assessed_on=date(2023, 7, 1),
            shortcomings="Äldre lägesbilder har långa meningar.",
            burdens="Filmer från före 2020.",
            outside_law="Karta från en annan tillverkare.",
            contact_email="brister@soderhamn.example",
            contact_phone="0270-750 00",
        ),
        now=NOW,
    )
    session.commit()
    page = client.get(STATEMENT)
    headings = page.all_words("main :is(h2, dt)")
    assert [words for words in headings if words in ELEVEN_PARTS] == list(ELEVEN_PARTS)
    for words in (
        "Söderhamns kommun",
        "Tjänsten är delvis förenlig med lagen (2018:1937)",
        "Äldre lägesbilder har långa meningar.",
        "1 juli 2023",
        "1 augusti 2023",
        "Två medarbetare gick igenom sidorna.",
        "Filmer från före 2020.",
        "Karta från en annan tillverkare.",
        "Ring 0270-750 00",
    ):
        assert words in page.text, words
    assert page.one('a[href="https://www.digg.se/tdosanmalan"]')
    assert page.one('a[href^="mailto:brister@soderhamn.example"]')
    assert HOSTILE not in page.html


@pytest.mark.parametrize(
    ("conformance", "words"),
    [
        (Conformance.FULL, "Tjänsten är helt förenlig"),
        (Conformance.PARTIAL, "Tjänsten är delvis förenlig"),
        (Conformance.NONE, "Tjänsten är inte förenlig"),
    ],
)
def test_the_statement_uses_the_law_s_own_words(
    session: Session,
    municipality: Municipality,
    client: PageClient,
    conformance: Conformance,
    words: str,
) -> None:
    draft = StatementDraft(conformance, "Självskattning.", date(2023, 7, 1))
    save_accessibility_statement(session, municipality, draft, now=NOW)
    session.commit()
    assert words in client.get(STATEMENT).text


def test_a_municipality_that_has_assessed_nothing_claims_nothing(
    municipality: Municipality, client: PageClient
) -> None:
    page = client.get(STATEMENT)
    headings = page.all_words("main :is(h2, dt)")
    assert [words for words in headings if words in ELEVEN_PARTS] == list(ELEVEN_PARTS)
    assert "Söderhamns kommun har ännu inte bedömt tjänsten" in page.text
    assert "förenlig" not in page.text
    assert "inte av kommunen" in page.text
    assert "Ingen utanför projektet har testat tjänsten." in page.text
    assert page.one('main a[href="/soderhamn/kontakt"]')
