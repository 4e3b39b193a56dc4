"""The page of what the law asks for, and the pages of bodies and agreements that show it."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from surveys.models.account import User
from surveys.models.municipality import Municipality
from surveys.permissions import StaffRole
from tests.factories.municipalities import make_account, make_police_area
from tests.factories.noise import NOISE_TEXT
from tests.page import Page, PageClient

STAFF = "/soderhamn/handlaggning/"
LAW, BODIES = STAFF + "lagens-krav/", STAFF + "organ/"


@pytest.fixture
def coordinator(
    session: Session, municipality: Municipality, sign_in: Callable[[User], PageClient]
) -> PageClient:
    make_police_area(session, municipality)
    return sign_in(make_account(session, municipality))


def fill(client: PageClient, address: str, expect: int = 303, **changes: str) -> Page:
    return client.post(address, client.get(address).fields() | changes, status=expect)


def test_each_duty_has_its_paragraph_state_and_what_shows_it(coordinator: PageClient) -> None:
    page = coordinator.get(LAW)
    assert page.all_words("h2")[:3] == [
        "4 § En lägesbild: brottsligheten, dess omfattning och följder",
        "5 § En beslutad åtgärdsplan som bygger på lägesbilden",
        "6 § Lägesbilden uppdateras minst vartannat år",
    ]
    assert "Saknas" in page.words("ul.rows li:nth-of-type(6)")
    fill(coordinator, BODIES + "nytt", name="Trygghetsrådet", kind="council", members="LPO-chef")
    told = coordinator.get(LAW).words("ul.rows > li:nth-of-type(6)")
    assert "Det står inte vem som leder det. Trygghetsrådet" in told
    fill(coordinator, LAW + "rapport", reported_on="2023-06-19", reported_dnr="KF 23-40")
    assert "KF 23-40 , 19 juni 2023" in coordinator.get(LAW).text
    fill(coordinator, LAW + "tider", months="12")
    assert "minst var 12:e månad" in coordinator.get(LAW).text
    page = fill(coordinator, LAW + "tider", 422, months="30")
    assert "Skriv ett antal månader mellan 1 och 24." in page.text
    assert NOISE_TEXT not in coordinator.get(BODIES).text


def test_a_body_s_days_are_written_a_line_each_and_a_slip_loses_nothing(
    coordinator: PageClient,
) -> None:
    fill(coordinator, BODIES + "nytt", name="BRÅ", kind="council", meets_text="5 ggr/år")
    body = coordinator.get(BODIES).one(".rows a")["href"]
    page = fill(coordinator, f"{body}/moten/nya", 422, days="2023-09-04\n4 oktober")
    assert "Se på ”4 oktober”" in page.text
    assert page.fields()["days"].split() == ["2023-09-04", "4", "oktober"]
    fill(coordinator, f"{body}/moten/nya", days="2023-09-04\n2023-10-23", is_public="y")
    page = coordinator.get(str(body))
    assert "2 av 5 möten under 2023 finns i listan." in page.text
    assert "4 september 2023" in coordinator.get("/soderhamn/").text
    fill(coordinator, f"{body}/upphort", ended_on="2023-07-01")
    assert "Organet upphörde 1 juli 2023." in coordinator.get(str(body)).text


def test_an_agreement_says_what_it_lacks(coordinator: PageClient) -> None:
    fill(coordinator, STAFF + "overenskommelser/ny", title="Överenskommelse", dnr="KS 23-1")
    page = coordinator.get(BODIES)
    assert "Syftet saknas. Områdena saknas." in page.text
    address = str(page.one("section[aria-labelledby=agreements] a")["href"])
    fill(coordinator, address, purpose="Färre brott", areas="Trafik", signed_on="2023-01-09")
    told = coordinator.get(BODIES).words("section[aria-labelledby=agreements]")
    assert "gäller" in told
    assert "Undertecknad 9 januari 2023." in told
    page = fill(coordinator, address, 422, ends_on="2022-01-01")
    assert page.fields()["purpose"] == "Färre brott"


def test_the_police_read_what_the_law_asks_for_and_change_no_settings(
    session: Session, municipality: Municipality, sign_in: Callable[[User], PageClient]
) -> None:
    client = sign_in(make_account(session, municipality, StaffRole.POLICE))
    client.get(LAW)
    client.get(LAW + "tider", status=403)
