"""The page of crossed tables: what the address asks for, what is shown to whom, what is logged."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models.access_record import AccessKind, AccessRecord
from surveys.models.account import User
from surveys.models.dialogue import Dialogue
from surveys.models.geography import Area, AreaKind
from surveys.models.municipality import Municipality
from surveys.models.response import AgeBand, Gender, PlaceReason
from surveys.permissions import StaffRole
from surveys.services.ground.mark_areas import place_marks_in_areas
from tests.conftest import NOW, Clock
from tests.factories.answers import give, give_by_gender
from tests.factories.dialogues import make_dialogue, make_response
from tests.factories.hotspots import mark
from tests.factories.municipalities import box, make_account
from tests.factories.noise import NOISE_TEXT
from tests.page import PageClient

PAGE = "/soderhamn/handlaggning/dialoger/oppen/resultat/korstabell"
RESULTS = "/soderhamn/handlaggning/dialoger/oppen/resultat"
SignIn = Callable[[User], PageClient]
WOMEN = {"5": 40, "4": 50, "3": 30, "2": 30, "1": 20, "vet_ej": 12, None: 9}
MEN = {"5": 60, "4": 50, "3": 20, "2": 25, "1": 15, "vet_ej": 8, None: 11}


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    return make_dialogue(session, municipality)


@pytest.fixture
def police(sign_in: SignIn, session: Session, dialogue: Dialogue) -> PageClient:
    return sign_in(make_account(session, dialogue.municipality, StaffRole.POLICE))


def looks(session: Session, municipality: Municipality) -> list[AccessKind]:
    session.rollback()
    statement = select(AccessRecord.kind).where(AccessRecord.municipality_id == municipality.id)
    return sorted(session.scalars(statement), key=lambda kind: kind.value)


def test_gender_is_the_split_and_each_number_has_its_share_and_interval(
    police: PageClient, session: Session, dialogue: Dialogue
) -> None:
    give_by_gender(session, dialogue, {Gender.WOMAN: WOMEN, Gender.MAN: MEN})
    session.commit()
    page = police.get(PAGE)
    rows = page.all_words("table.cross tr")
    assert rows[0] == "Svar Alla Kvinna Man"
    assert "Otrygg (1–2) 90 26 % (22–31) 50 29 % (23–37) 40 24 % (18–30)" in rows
    assert "Bas (n) 340 170 170" in rows
    assert "Vet ej 20 12 8" in rows
    assert len(page.soup.select("svg.bar")) == 2
    assert "Självvalt urval" in page.text or "valde själva" in page.text
    assert NOISE_TEXT not in page.html


def test_three_parts_of_a_bar_have_the_colours_of_their_key(
    police: PageClient, session: Session, dialogue: Dialogue
) -> None:
    for band in (AgeBand.FROM_15_TO_24, AgeBand.FROM_25_TO_44, AgeBand.FROM_65_TO_79):
        for value in ("4", "3", "1"):
            give(session, dialogue, 20, q1=value, age_band=band)
    session.commit()
    page = police.get(f"{PAGE}?matt=q1&uppdelning=alder")
    drawn = [rect["class"] for rect in page.soup.select("svg.bar")[0].select("rect")]
    assert drawn == [rect["class"] for rect in page.soup.select(".key rect")]
    assert drawn == [["d1"], ["d3"], ["d5"]]


def test_a_small_number_is_withheld_from_police_and_logged_for_those_who_see_it(
    police: PageClient, sign_in: SignIn, session: Session, dialogue: Dialogue
) -> None:
    give_by_gender(session, dialogue, {Gender.WOMAN: WOMEN | {"1": 3}, Gender.MAN: MEN})
    session.commit()
    rows = police.get(PAGE).all_words("table.cross tr")
    (row,) = (row for row in rows if row.startswith("Mycket otrygg"))
    assert row == "Mycket otrygg 18 6 % (4–9) visas inte visas inte"
    assert looks(session, dialogue.municipality) == [AccessKind.RUNNING_RESULTS]
    coordinator = sign_in(make_account(session, dialogue.municipality))
    for _ in range(2):  # a second look in the same hour is the same look
        rows = coordinator.get(PAGE).all_words("table.cross tr")
    assert any("3 (under gränsen)" in row for row in rows)
    assert looks(session, dialogue.municipality) == [
        AccessKind.RUNNING_RESULTS,
        AccessKind.RUNNING_RESULTS,
        AccessKind.UNSUPPRESSED,
    ]


def test_looking_at_results_is_logged_while_the_dialogue_is_open_and_not_after(
    police: PageClient, session: Session, dialogue: Dialogue, clock: Clock
) -> None:
    give(session, dialogue, 60, q1="4")
    session.commit()
    police.get(RESULTS)
    assert looks(session, dialogue.municipality) == [AccessKind.RUNNING_RESULTS]
    clock.now = NOW + timedelta(hours=1)
    police.get(RESULTS)
    assert len(looks(session, dialogue.municipality)) == 2
    clock.now = NOW + timedelta(days=90)
    police.get(RESULTS)
    assert len(looks(session, dialogue.municipality)) == 2


def test_filters_travel_in_the_address_and_stand_in_the_form(
    sign_in: SignIn, session: Session, dialogue: Dialogue
) -> None:
    give_by_gender(session, dialogue, {Gender.WOMAN: WOMEN, Gender.MAN: MEN})
    give(session, dialogue, 40, q1="1", gender=Gender.WOMAN, area="Ljusne")
    session.commit()
    coordinator = sign_in(make_account(session, dialogue.municipality))
    page = coordinator.get(f"{PAGE}?matt=q1&uppdelning=kon&omrade=Ljusne")
    assert page.one("select[name=omrade] option[selected]")["value"] == "Ljusne"
    assert page.one("select[name=uppdelning] option[selected]")["value"] == "kon"
    assert "Bas (n) 40 40" in page.all_words("table.cross tr")


def test_one_who_sees_no_rows_may_filter_or_split_but_not_both(
    police: PageClient, session: Session, dialogue: Dialogue
) -> None:
    give_by_gender(session, dialogue, {Gender.WOMAN: WOMEN, Gender.MAN: MEN})
    session.commit()
    assert "Bas (n) 170" in police.get(f"{PAGE}?matt=q1&kon=kvinna").all_words("table.cross tr")
    page = police.get(f"{PAGE}?matt=q1&kon=kvinna&uppdelning=kanal")
    assert "väljer du ett urval eller en uppdelning, inte båda" in page.text
    assert not page.soup.select("table.cross")


def test_numbers_by_area_are_told_as_at_least_so_many_to_who_sees_no_rows(
    police: PageClient, sign_in: SignIn, session: Session, dialogue: Dialogue
) -> None:
    here = dialogue.municipality
    session.add(
        Area(municipality=here, kind=AreaKind.DESO, code="D1", name="Centrum",
             geometry=box(17.0, 61.2, 17.1, 61.4), source="prov")
    )  # fmt: skip
    for reason, n in ((PlaceReason.DARK, 33), (PlaceReason.DRUGS, 14)):
        for _ in range(n):
            place = mark(61.3, 17.05, reasons=frozenset({reason}))
            make_response(session, dialogue, {2: ("ja", None)}, [place])
    for _ in range(7):
        make_response(session, dialogue, {2: ("ja", None)}, [mark(61.3, 17.2)])
    place_marks_in_areas(session, here, AreaKind.DESO)
    session.commit()
    address = f"{PAGE}?matt=skal&uppdelning=deso"
    page = police.get(address)
    rows = page.all_words("table.cross tr")
    assert "Mörkt 33 70 % (56–81) minst 30" in rows
    assert "Alla i gruppen 54 minst 45" in rows
    assert "Antal per område är avrundade nedåt till en multipel av 5" in page.text
    assert "Markeringar som inte ligger i något av områdena: minst 5" in page.text
    assert not page.soup.select("button[value=chart]")  # there is none to save
    file = (
        police.get(f"{PAGE}.csv?matt=skal&uppdelning=deso").response.get_data().decode("utf-8-sig")
    )
    assert [line for line in file.splitlines() if "Centrum" in line and "33" in line] == []
    assert any("Centrum" in line and "30" in line for line in file.splitlines())
    exact = sign_in(make_account(session, here)).get(address).all_words("table.cross tr")
    assert any(row.startswith("Mörkt 33 70 % (56–81) 33 70 %") for row in exact)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("?kon=okand", 400),
        ("?vecka=2023-W60", 400),
        ("?alder=13", 400),
        ("?matt=q9", 404),
        ("?matt=q1&uppdelning=deso", 200),
        ("?matt=skal&uppdelning=finnsinte", 200),
    ],
)
def test_an_address_that_asks_for_nothing_is_answered_with_a_sentence(
    police: PageClient, session: Session, dialogue: Dialogue, address: str, status: int
) -> None:
    page = police.get(PAGE + address, status)
    assert page.words("main")


@pytest.mark.parametrize("n", [0, 1, 4])
def test_a_round_with_hardly_any_answers_is_a_page_without_numbers(
    police: PageClient, session: Session, dialogue: Dialogue, n: int
) -> None:
    dark = frozenset({PlaceReason.DARK})
    give(session, dialogue, n, q1="1", q2="ja", q3="lampor", reasons=dark, gender=Gender.WOMAN)
    session.commit()
    for address in (PAGE, f"{PAGE}?matt=skal&uppdelning=alder", RESULTS):
        page = police.get(address)
        assert not page.soup.select("main svg.bar")
        assert not any(str(n) in cell for cell in page.all_words("td.n") if n)


def test_reasons_are_drawn_as_intervals_per_group(
    police: PageClient, session: Session, dialogue: Dialogue
) -> None:
    for gender, times in ((Gender.WOMAN, 60), (Gender.MAN, 50)):
        dark = frozenset({PlaceReason.DARK})
        give(session, dialogue, times, q2="ja", reasons=dark, gender=gender)
        drugs = frozenset({PlaceReason.DRUGS})
        give(session, dialogue, 40, q2="ja", reasons=drugs, gender=gender)
    session.commit()
    page = police.get(f"{PAGE}?matt=skal&uppdelning=kon")
    assert page.words("main h3") == "Mörkt"
    assert "Kvinna 60 % (50–69)" in page.all_words(".ip")
    assert "mer än 100 %" in page.text


def test_themes_that_nobody_has_coded_are_not_said_to_be_unsaid(
    police: PageClient, session: Session, dialogue: Dialogue
) -> None:
    """Who wrote something has said something, also before anybody has coded it."""
    give(session, dialogue, 40, q1="3", gender=Gender.WOMAN)
    session.commit()
    page = police.get(f"{PAGE}?matt=problem")
    rows = page.all_words("table.cross tr")
    assert rows[1:] == ["Bas (n) 0", "Inte kodade 40", "Alla i gruppen 40"]
    assert "Inga svar har kodats än" in page.text
    assert "Sa inget om det" not in page.text
    reasons = police.get(f"{PAGE}?matt=skal")
    assert "Sa inget om det 40" in reasons.all_words("table.cross tr")


def test_answers_of_yes_and_no_alone_leave_no_empty_bars(
    police: PageClient, session: Session, dialogue: Dialogue
) -> None:
    give(session, dialogue, 60, q1="ja", gender=Gender.WOMAN)
    give(session, dialogue, 50, q1="nej", gender=Gender.MAN)
    session.commit()
    page = police.get(PAGE)
    assert "Ingen här har svarat något av det här." in page.text
    rows = page.all_words("table.cross tr")
    assert "Bas (n) 0 0 0" in rows
    assert "I en annan form 110 60 50" in rows
    assert not page.soup.select("main .grp")
    assert "Samma fråga per kön" not in police.get(RESULTS).text


def test_several_answers_are_explained_without_a_split_too(
    police: PageClient, session: Session, dialogue: Dialogue
) -> None:
    for reason in (PlaceReason.DARK, PlaceReason.DRUGS):
        give(session, dialogue, 40, q2="ja", reasons=frozenset({reason}))
    session.commit()
    page = police.get(f"{PAGE}?matt=skal")
    assert "kan tillsammans bli mer än 100 %" in page.text
    assert "Där de överlappar avgör bilden ingenting." in page.text


def test_a_language_without_pages_of_its_own_has_its_name(
    police: PageClient, session: Session, dialogue: Dialogue
) -> None:
    for language in ("sv", "uk"):
        give(session, dialogue, 40, q1="3", language=language)
    session.commit()
    rows = police.get(f"{PAGE}?uppdelning=sprak").all_words("table.cross tr")
    assert rows[0] == "Svar Alla Svenska Українська"


def test_no_answers_at_all_are_one_sentence_and_no_table_of_zeros(
    police: PageClient, session: Session, dialogue: Dialogue
) -> None:
    session.commit()
    page = police.get(PAGE)
    assert "Det finns inga svar att visa." in page.text
    assert not page.soup.select("table.cross")
