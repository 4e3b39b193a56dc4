"""The results page, as a coordinator reads it."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from maps.places import Precision
from surveys.models.account import User
from surveys.models.dialogue import Channel, Dialogue, HeadCountKind
from surveys.models.municipality import Municipality
from surveys.models.response import MarkedPlace, PlaceReason
from surveys.permissions import StaffRole
from surveys.services.dialogues.counts import count_response
from tests.factories.dialogues import make_dialogue, make_response
from tests.factories.municipalities import make_account, make_named_place
from tests.factories.noise import NOISE_TEXT
from tests.page import PageClient, normal

PAGE = "/soderhamn/handlaggning/dialoger/oppen/resultat"
SignIn = Callable[[User], PageClient]


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    return make_dialogue(session, municipality)


@pytest.fixture
def staff(sign_in: SignIn, session: Session, dialogue: Dialogue) -> PageClient:
    return sign_in(make_account(session, dialogue.municipality))


def answers(session: Session, dialogue: Dialogue, **times: int) -> None:
    """``answers(s5=3, ja=2)``: so many answers to Q1."""
    for value, number in times.items():
        for _ in range(number):
            response = make_response(session, dialogue, {1: (value.removeprefix("s"), None)})
            count_response(session, response)
    session.commit()


def test_a_finding_is_the_heading_where_it_holds(
    staff: PageClient, session: Session, dialogue: Dialogue
) -> None:
    answers(session, dialogue, s5=24, s4=49, s3=102, s2=116, s1=55, ja=23, nej=31)
    page = staff.get(PAGE)
    assert page.words("#q1") == "Ungefär hälften av de som svarade känner sig otrygga"
    block = page.words("section[aria-labelledby=q1]")
    assert "Känner du dig trygg i Söderhamns kommun? n = 346." in block
    assert "Ganska eller mycket otrygg: 49 % (44–55)" in block
    assert "54 svarade bara ja eller nej (23 ja, 31 nej). Nej: 57 % (44–70)" in block
    assert "Ingen svarade vet ej." in block
    table = page.all_words("section[aria-labelledby=q1] table tr")
    assert "Ganska otrygg 116 33,5 % 28,8–38,7" in table
    assert normal(str(page.one("svg.bar")["aria-label"])) == (
        "Stapel i fem delar: mycket trygg 7 %, ganska trygg 14 %, varken trygg eller otrygg 29 %,"
        " ganska otrygg 34 %, mycket otrygg 16 %"
    )


def test_the_question_is_the_heading_where_no_finding_holds(
    staff: PageClient, session: Session, dialogue: Dialogue
) -> None:
    answers(session, dialogue, s5=20, s4=14, s3=9, s2=16, s1=12)
    assert staff.get(PAGE).words("#q1") == "Känner du dig trygg i Söderhamns kommun?"


def test_few_answers_are_told_as_numbers(
    staff: PageClient, session: Session, dialogue: Dialogue
) -> None:
    answers(session, dialogue, s5=15, s1=9, vet_ej=1)
    page = staff.get(PAGE)
    block = page.words("section[aria-labelledby=q1]")
    assert "9 av 24" in block
    assert "1 svarade vet ej." in block
    assert "%" not in block
    assert not page.soup.select("svg.bar")


def test_who_answered_stands_beside_every_number(
    staff: PageClient, session: Session, dialogue: Dialogue
) -> None:
    answers(session, dialogue, s2=40)
    page = staff.get(PAGE)
    assert "Siffrorna gäller de som svarade, inte alla invånare." in page.text
    assert "40 svar" in page.text
    assert "Dialogen är öppen till och med 31 augusti 2023." in page.text
    assert page.all_words("nav a[aria-current=page]") == ["Resultat"]


def test_those_who_took_part_are_a_number_beside_the_answers_and_never_added(
    staff: PageClient, session: Session, dialogue: Dialogue
) -> None:
    dialogue.head_count, dialogue.head_count_kind = 1500, HeadCountKind.LOWER_BOUND
    dialogue.head_count_note = "Vår uppskattning."
    answers(session, dialogue, s5=6)
    main = normal(staff.get(PAGE).words("main"))
    assert "Deltagare: 1 500 (minst, uppskattat). Vår uppskattning." in main
    assert "6 svar" in main
    assert "1 506" not in main


def test_places_under_five_persons_are_told_only_to_those_who_may_see_rows(
    sign_in: SignIn, session: Session, dialogue: Dialogue
) -> None:
    station = make_named_place(session, dialogue.municipality)
    park = make_named_place(session, dialogue.municipality, "Kyrkparken")
    for number in range(6):
        chosen = [station.id] if number else [station.id, park.id]
        marks = [
            MarkedPlace(
                named_place_id=place,
                precision=Precision.PLACE,
                reasons=frozenset({PlaceReason.DARK}),
            )
            for place in chosen
        ]
        count_response(session, make_response(session, dialogue, {2: ("ja", None)}, marks))
    police = sign_in(make_account(session, dialogue.municipality, StaffRole.POLICE))
    rows = police.get(PAGE).all_words("section[aria-labelledby=places] tr")
    assert "Resecentrum 5–9" in rows
    assert "Kyrkparken visas inte" in rows
    session.rollback()  # the look was logged meanwhile
    coordinator = sign_in(make_account(session, dialogue.municipality))
    assert "Kyrkparken 1" in coordinator.get(PAGE).all_words("section[aria-labelledby=places] tr")


def test_another_municipality_is_never_seen(
    staff: PageClient, session: Session, dialogue: Dialogue
) -> None:
    answers(session, dialogue, s2=1)
    page = staff.get(PAGE)
    assert NOISE_TEXT not in page.html
    assert "Hagfors" not in page.html
    staff.get("/hagfors/handlaggning/dialoger/oppen/resultat", 403)
    staff.get("/soderhamn/handlaggning/dialoger/finns-inte/resultat", 404)


def test_an_open_dialogue_without_answers_says_what_to_do(staff: PageClient) -> None:
    page = staff.get(PAGE)
    assert "Inga svar än. Dialogen öppnade 1 juli 2023." in page.text
    assert "n = 0" not in page.text


def test_the_channels_are_told(staff: PageClient, session: Session, dialogue: Dialogue) -> None:
    answers(session, dialogue, s3=36)
    for _ in range(4):
        paper = make_response(session, dialogue, {1: ("3", None)}, channel=Channel.PAPER)
        count_response(session, paper)
    session.commit()
    section = 'section:has(> h2:-soup-contains("Så kom svaren in"))'
    rows = staff.get(PAGE).all_words(f"{section} tr")
    assert rows[1:] == ["På webben 36 90,0 %", "På papper 4 10,0 %", "Alla svar 40 100 %"]


def test_a_role_without_results_gets_no_results(
    sign_in: SignIn, session: Session, dialogue: Dialogue
) -> None:
    account = make_account(session, dialogue.municipality, StaffRole.ADMINISTRATOR)
    sign_in(account).get(PAGE, 403)
