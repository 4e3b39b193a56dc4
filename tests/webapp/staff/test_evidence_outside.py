"""A source from outside by its form, and what readers see of it beside the claim."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from surveys.models.account import User
from surveys.models.evidence import Direction
from surveys.models.municipality import Municipality
from surveys.permissions import StaffRole
from tests.factories.municipalities import make_account
from tests.factories.pictures import make_area, make_claim, make_evidence, make_picture
from tests.page import PageClient

SignIn = Callable[[User], PageClient]
NEW = "/soderhamn/handlaggning/underlag/ny-kalla"
TYPED = {
    "title": "Otrygga utomhus sent en kväll",
    "statement": "31 procent är otrygga.",
    "source": "Brå, NTU",
    "indicator": "Egen trygghet utomhus",
    "geography": "Lokalpolisområde Hälsingland",
    "comparison": "Riket: 27 procent",
    "direction": "up",
    "wanted": "down",
    "recurs": "Varje kvartal",
    "series": "2021; 28; procent\n2022;29,5;procent",
    "rate_count": "5",
    "rate_population": "25 000",
    "other_name": "Gävle",
    "other_count": "13",
    "other_population": "100 000",
}


@pytest.fixture
def officer(session: Session, municipality: Municipality, sign_in: SignIn) -> PageClient:
    return sign_in(make_account(session, municipality, StaffRole.POLICE))


def test_a_source_shows_readers_all_that_it_says_of_itself(officer: PageClient) -> None:
    made = officer.send(NEW, officer.get(NEW), status=303, **TYPED)
    number = str(made.response.headers["Location"]).rpartition("-")[2]  # …#underlag-7
    page = officer.get(f"/soderhamn/handlaggning/underlag/{number}")
    facts = page.words("section[aria-labelledby=allt]")
    for words in (
        "Vad som mäts Egen trygghet utomhus",
        "Var Lokalpolisområde Hälsingland",
        "Jämfört med Riket: 27 procent",
        "Riktning Uppåt (önskat: nedåt)",
        "Hur ofta Varje kvartal",
        "20,0 (",
        "I Gävle: 13,0 (",
        "För få för att dra en slutsats",
    ):
        assert words in facts
    assert page.all_words("section[aria-labelledby=allt] tbody tr") == [
        "2021 28 procent",
        "2022 29,5 procent",
    ]


def test_a_table_that_cannot_be_read_is_said_with_its_line(officer: PageClient) -> None:
    again = officer.send(NEW, officer.get(NEW), status=422, **TYPED | {"series": "2021; många"})
    assert "Den här är annorlunda: 2021; många" in again.words(".govuk-error-summary")
    assert again.fields()["comparison"].strip() == "Riket: 27 procent"
    half = officer.send(NEW, again, status=422, series="", rate_population="")
    assert "Skriv både antalet och antalet invånare." in half.words(".govuk-error-summary")


def test_more_reports_may_be_what_is_wanted(
    session: Session, municipality: Municipality, officer: PageClient
) -> None:
    more = make_evidence(
        session, municipality, "Anmälda brott i nära relation", wanted=Direction.UP
    )
    areas = [make_area("Våld", make_claim("Fler vågar anmäla.", supported_by=(more,)))]
    make_picture(session, municipality, "bild", areas)
    session.commit()
    facts = officer.get("/soderhamn/lagesbild/bild").words("main details dl")
    assert "Riktning Önskat: uppåt" in facts


def test_a_closed_source_is_cleared_by_a_role_with_its_decision(
    session: Session, municipality: Municipality, officer: PageClient
) -> None:
    closed = make_evidence(session, municipality, "Underrättelser", needs_clearance=True)
    areas = [make_area("Narkotika", make_claim("Så är det.", supported_by=(closed,)))]
    make_picture(session, municipality, "utkast", areas, published_at=None)
    session.commit()
    draft = officer.get("/soderhamn/handlaggning/problembilder/utkast")
    lack = draft.one("#saknas ~ ul li a")
    assert "ingen har godkänt den för publicering" in draft.words("#saknas ~ ul li")
    page = officer.get(str(lack["href"]))
    address = str(page.one('a[href$="/frislapp"]')["href"])
    form = officer.get(address)
    officer.send(address, form, status=422, decision=" ")
    officer.send(address, form, status=303, decision="Lokalpolisområdeschefen, dnr A123")
    page = officer.get(str(lack["href"]))
    assert "Antecknat 1 augusti 2023 av Police." in page.words("section[aria-labelledby=frislapp]")
    again = officer.send(address, form, status=422, decision="Igen")
    assert "Den är redan godkänd för publicering." in again.words(".govuk-error-summary")
