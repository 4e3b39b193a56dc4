"""Two rounds held against each other on a page, as a coordinator and the police read it."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models.access_record import AccessKind, AccessRecord
from surveys.models.account import User
from surveys.models.dialogue import Channel, Dialogue, SamplingDesign
from surveys.models.municipality import Municipality
from surveys.models.response import PlaceReason
from surveys.permissions import StaffRole
from tests.factories.answers import give
from tests.factories.dialogues import make_dialogue
from tests.factories.municipalities import make_account
from tests.factories.noise import NOISE_TEXT
from tests.page import PageClient

CHOICE = "/soderhamn/handlaggning/dialoger/oppen/jamfor"
PAGE = f"{CHOICE}?med=forra"
SignIn = Callable[[User], PageClient]


@pytest.fixture
def rounds(session: Session, municipality: Municipality) -> tuple[Dialogue, Dialogue]:
    earlier = make_dialogue(
        session,
        municipality,
        "forra",
        title="Sommaren 2021",
        opens_at=datetime(2021, 7, 1, 6, tzinfo=UTC),
        closes_at=datetime(2021, 8, 31, 21, 59, tzinfo=UTC),
    )
    return earlier, make_dialogue(session, municipality)


@pytest.fixture
def staff(sign_in: SignIn, session: Session, municipality: Municipality) -> PageClient:
    return sign_in(make_account(session, municipality))


def fill(session: Session, rounds: tuple[Dialogue, Dialogue]) -> None:
    for dialogue, unsafe, safe in zip(rounds, (120, 64), (80, 96), strict=True):
        give(session, dialogue, unsafe, q1="1", q2="ja", reasons=frozenset({PlaceReason.DARK}))
        give(session, dialogue, safe, q1="5", q2="nej")
    session.commit()


def test_a_difference_is_told_with_interval_p_and_in_words(
    staff: PageClient, session: Session, rounds: tuple[Dialogue, Dialogue]
) -> None:
    fill(session, rounds)
    page = staff.get(PAGE)
    assert page.words("#q1") == "En mindre andel av de som svarade känner sig otrygga"
    block = page.words("section[aria-labelledby=q1]")
    assert "n = 200 och 160." in block
    assert "−20,0 procentenheter (−29,8 till −9,6), p < 0,001." in block
    assert "Slumpen ensam ger sällan en sådan skillnad." in block
    cells = page.all_words("section[aria-labelledby=q1] table tr")[1]
    assert cells == (
        "Ganska eller mycket otrygg 120 av 200, 60 % (53–67) 64 av 160, 40 % (33–48)"
        " −20,0 procentenheter (−29,8 till −9,6) p < 0,001 (två andelar)"
    )
    assert len(page.soup.select("section[aria-labelledby=q1] circle.pt--past")) == 2
    assert "banner" not in page.html
    assert NOISE_TEXT not in page.text


def test_the_rounds_stand_beside_each_other_with_season_design_and_ways(
    staff: PageClient, session: Session, rounds: tuple[Dialogue, Dialogue]
) -> None:
    fill(session, rounds)
    rows = staff.get(PAGE).all_words("section[aria-labelledby=rounds] tr")
    assert rows[0] == "Vad Sommaren 2021 Tre frågor om trygghet"
    assert "Årstid Sommar Sommar" in rows
    assert "Svar 200 160" in rows
    assert "Vägar in På webben 100 % På webben 100 %" in rows


def test_a_difference_that_may_be_chance_is_no_heading(
    staff: PageClient, session: Session, rounds: tuple[Dialogue, Dialogue]
) -> None:
    for dialogue, unsafe in zip(rounds, (40, 38), strict=True):
        give(session, dialogue, unsafe, q1="1")
        give(session, dialogue, 40, q1="5")
    session.commit()
    page = staff.get(PAGE)
    assert page.words("#q1") == "Känner du dig trygg i Söderhamns kommun?"
    assert "Skillnaden kan vara slump." in page.words("section[aria-labelledby=q1]")


def test_other_words_are_shown_side_by_side_and_not_compared(
    staff: PageClient, session: Session, rounds: tuple[Dialogue, Dialogue]
) -> None:
    rounds[0].questions[0].version = 7
    rounds[0].questions[0].wording = {"sv": "Är du trygg?"}
    fill(session, rounds)
    page = staff.get(PAGE)
    block = page.words("section[aria-labelledby=q1]")
    assert "Är du trygg?" in block
    assert "Frågan ställdes med andra ord. Svaren går inte att jämföra." in block
    assert "procentenheter" not in block
    assert "60 % (53–67)" in block
    assert "procentenheter" in page.words("section[aria-labelledby=q2]")


def test_a_random_sample_against_an_open_survey_has_a_banner_and_no_difference(
    staff: PageClient, session: Session, rounds: tuple[Dialogue, Dialogue]
) -> None:
    rounds[0].sampling = SamplingDesign.RANDOM_SAMPLE
    third = make_dialogue(
        session,
        rounds[0].municipality,
        "forst",
        opens_at=datetime(2019, 7, 1, 6, tzinfo=UTC),
        closes_at=datetime(2019, 8, 31, 21, 59, tzinfo=UTC),
        sampling=SamplingDesign.RANDOM_SAMPLE,
    )
    give(session, third, 50, q1="1")
    fill(session, rounds)
    page = staff.get(PAGE)
    assert "Människor tillfrågades på olika sätt." in page.words(".banner")
    assert "procentenheter" not in " ".join(page.all_words("section.panel"))
    # A line from 2019 to 2021, none to the open survey of 2023.
    series = page.one("section[aria-labelledby=s-trygg_kommun]")
    assert len(series.select("line.series__line")) == 1
    assert len(series.select("line.series__break")) == 1


@pytest.mark.parametrize(
    ("n", "words"), [(0, "inga svar"), (1, "färre än 5 svar"), (4, "färre än 5 svar")]
)
def test_a_round_with_hardly_any_answers_says_so(
    staff: PageClient, session: Session, rounds: tuple[Dialogue, Dialogue], n: int, words: str
) -> None:
    give(session, rounds[0], 40, q1="1")
    give(session, rounds[1], n, q1="1")
    session.commit()
    page = staff.get(PAGE)
    assert words in page.words("section[aria-labelledby=q1]")
    assert "procentenheter" not in page.words("section[aria-labelledby=q1]")


def test_the_police_see_no_small_numbers(
    sign_in: SignIn, session: Session, municipality: Municipality, rounds: tuple[Dialogue, Dialogue]
) -> None:
    account = make_account(
        session, municipality, role=StaffRole.POLICE, email="polis@soderhamn.example"
    )
    give(session, rounds[0], 60, q1="1")
    give(session, rounds[0], 57, q1="5")
    give(session, rounds[1], 3, q1="1")
    give(session, rounds[1], 57, q1="5")
    session.commit()
    page = sign_in(account).get(PAGE)
    block = page.words("section[aria-labelledby=q1]")
    assert "visas inte" in block
    assert "3 av 60" not in block
    kinds = set(session.scalars(select(AccessRecord.kind)))
    assert AccessKind.UNSUPPRESSED not in kinds


def test_a_look_at_a_running_round_and_at_small_numbers_is_logged_once(
    staff: PageClient, session: Session, rounds: tuple[Dialogue, Dialogue]
) -> None:
    give(session, rounds[0], 60, q1="1")
    give(session, rounds[1], 3, q1="1")
    give(session, rounds[1], 57, q1="5")
    session.commit()
    staff.get(PAGE)
    staff.get(PAGE)
    session.rollback()
    found = session.execute(
        select(AccessRecord.dialogue_id, AccessRecord.kind).where(
            AccessRecord.municipality_id == rounds[0].municipality_id
        )
    )
    rows = [(dialogue_id, kind) for dialogue_id, kind in found]
    assert sorted(rows, key=repr) == sorted(
        [
            (rounds[1].id, AccessKind.RUNNING_RESULTS),
            (rounds[0].id, AccessKind.UNSUPPRESSED),
            (rounds[1].id, AccessKind.UNSUPPRESSED),
        ],
        key=repr,
    )


def test_the_other_round_is_chosen_from_a_list(
    staff: PageClient, session: Session, rounds: tuple[Dialogue, Dialogue]
) -> None:
    session.commit()
    page = staff.get(CHOICE)
    assert page.all_words("main ul.rows a") == ["Sommaren 2021"]
    staff.get(f"{CHOICE}?med=finns-inte", 404)
    staff.get(f"{CHOICE}?med=oppen")


def test_without_another_round_there_is_nothing_to_choose(
    staff: PageClient, session: Session, municipality: Municipality
) -> None:
    make_dialogue(session, municipality)
    session.commit()
    assert "Det finns ingen annan omgång än." in staff.get(CHOICE).text


def test_ways_that_differ_may_explain_a_difference(
    staff: PageClient, session: Session, rounds: tuple[Dialogue, Dialogue]
) -> None:
    fill(session, rounds)
    assert "Svaren kom in på andra vägar" not in staff.get(PAGE).text
    give(session, rounds[1], 160, q1="3", channel=Channel.PAPER)
    session.commit()
    assert "Svaren kom in på andra vägar" in staff.get(PAGE).text
