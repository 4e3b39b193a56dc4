"""Raw and weighted side by side, and who answered against who lives there."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from surveys.models.account import User
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.models.response import AgeBand, Gender
from surveys.permissions import StaffRole
from tests.factories.answers import give
from tests.factories.dialogues import make_dialogue
from tests.factories.municipalities import make_account
from tests.factories.population import make_population
from tests.page import PageClient

PAGE = "/soderhamn/handlaggning/dialoger/oppen/resultat/vagning"
BANDS = tuple(band for band in AgeBand if band is not AgeBand.UNDER_15)
SignIn = Callable[[User], PageClient]


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    return make_dialogue(session, municipality)


@pytest.fixture
def staff(sign_in: SignIn, session: Session, dialogue: Dialogue) -> PageClient:
    return sign_in(make_account(session, dialogue.municipality))


def answer(session: Session, dialogue: Dialogue, women: int = 12, men: int = 6) -> None:
    """Women all feel unsafe and men all safe, the same number of each age."""
    for band in BANDS:
        give(session, dialogue, women, q1="1", age_band=band, gender=Gender.WOMAN)
        give(session, dialogue, men, q1="5", age_band=band, gender=Gender.MAN)
    session.commit()


def test_raw_and_weighted_stand_side_by_side_with_what_the_weights_cost(
    staff: PageClient, session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    make_population(session, municipality)
    answer(session, dialogue)
    page = staff.get(PAGE)
    assert "Vikter botar inte ett självvalt urval." in page.text
    facts = dict(zip(page.all_words("main dl dt"), page.all_words("main dl dd"), strict=True))
    assert facts["Svar"] == "90"
    assert int(facts["Effektivt antal svar (Kish)"]) < 90
    assert facts["Svar vars vikt har trimmats"] == "ingen"
    row = page.all_words("section[aria-labelledby=q1] table tr")[1]
    assert row.startswith("Ganska eller mycket otrygg 67 % (56–76) 50 % (")
    assert "−17,0" in row


def test_each_group_stands_against_its_share_of_the_population(
    staff: PageClient, session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    make_population(session, municipality)
    answer(session, dialogue)
    page = staff.get(PAGE)
    rows = page.all_words("section[aria-labelledby=who] table tr")
    women = next(row for row in rows if row.startswith("Kvinna"))
    assert women == "Kvinna 60 av 90 67 % (56–76) 49,7 % 1,34 (1,14–1,52)"
    young = next(row for row in rows if row.startswith("15–24 år"))
    assert young == "15–24 år 18 av 90 20 % (13–29) 11,3 % 1,77 (1,15–2,60)"
    assert "poäng" not in page.text


def test_a_thin_group_is_refused_by_name_and_another_way_is_offered(
    staff: PageClient, session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    make_population(session, municipality)
    answer(session, dialogue, women=8, men=4)
    page = staff.get(PAGE)
    banner = page.words(".banner")
    assert "Inte viktat." in banner
    assert "Man, 80 år eller äldre" in banner
    assert "Kvinna" not in banner
    apart = next(str(a["href"]) for a in page.soup.select(".choices a") if "var för" in a.text)
    page = staff.get(apart)
    assert not page.soup.select(".banner")
    assert page.soup.select("section[aria-labelledby=q1] circle.pt--past")


@pytest.mark.parametrize("n", [0, 1, 4])
def test_hardly_any_answers_are_not_weighted(
    staff: PageClient, session: Session, municipality: Municipality, dialogue: Dialogue, n: int
) -> None:
    make_population(session, municipality)
    give(session, dialogue, n, q1="1", age_band=BANDS[0], gender=Gender.MAN)
    session.commit()
    assert "färre än 5 svar" in staff.get(PAGE).words(".banner")


def test_without_a_population_the_page_says_where_to_bring_one_in(
    staff: PageClient, session: Session, dialogue: Dialogue
) -> None:
    answer(session, dialogue)
    page = staff.get(PAGE)
    assert "Det finns ingen folkmängd att vikta svaren mot." in page.text
    assert page.soup.select("a[href='/soderhamn/handlaggning/installningar/folkmangd']")


def test_the_police_see_no_small_group(
    sign_in: SignIn, session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    make_population(session, municipality)
    answer(session, dialogue, women=20, men=20)
    give(session, dialogue, 3, q1="1", age_band=BANDS[0], gender=Gender.OTHER)
    session.commit()
    account = make_account(
        session, municipality, role=StaffRole.POLICE, email="polis@soderhamn.example"
    )
    page = sign_in(account).get(PAGE)
    assert "egen grupp" not in page.words("main dl")


def test_an_unknown_way_to_weigh_is_not_found(staff: PageClient, dialogue: Dialogue) -> None:
    staff.get(f"{PAGE}?mot=allt", 404)


def test_a_base_that_is_not_told_is_not_told_by_its_effective_number_either(
    sign_in: SignIn, session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    make_population(session, municipality)
    answer(session, dialogue, women=20, men=20)
    give(session, dialogue, 3, q2="ja", age_band=BANDS[0], gender=Gender.WOMAN)
    session.commit()
    page = sign_in(make_account(session, municipality, StaffRole.POLICE)).get(PAGE)
    assert "n = visas inte, effektivt visas inte." in page.words("section[aria-labelledby=q2]")
    assert "n = 200, effektivt" in page.words("section[aria-labelledby=q1]")
