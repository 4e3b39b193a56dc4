"""Answers weighted to who lives in the municipality, and why they are not where they are not."""

from collections.abc import Mapping

import pytest
from sqlalchemy.orm import Session

from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.models.response import AgeBand, Gender
from surveys.queries.results.weighting import GroupName, Refusal, WeightingPlan, get_weighting
from tests.factories.dialogues import make_dialogue, make_response
from tests.factories.population import HEADER, make_population, table_rows

BANDS = (
    AgeBand.FROM_15_TO_24,
    AgeBand.FROM_25_TO_44,
    AgeBand.FROM_45_TO_64,
    AgeBand.FROM_65_TO_79,
    AgeBand.FROM_80,
)
# Söderhamn on 31 December 2019, by the survey's bands: the sums of SCB's five-year groups.
WOMEN, MEN = (1101, 2505, 3393, 2637, 1067), (1333, 2706, 3453, 2610, 741)
CROSSED, APART = WeightingPlan.AGE_BY_GENDER, WeightingPlan.AGE_AND_GENDER


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    return make_dialogue(session, municipality)


def give(
    session: Session,
    dialogue: Dialogue,
    times: int,
    value: str | None,
    who: tuple[AgeBand | None, Gender | None] = (None, None),
    area: str | None = None,
) -> None:
    """So many answers to Q1 from people of an age and a gender."""
    for _ in range(times):
        answers = {1: (value, None)} if value else {}
        make_response(session, dialogue, answers, age_band=who[0], gender=who[1], area=area)


def give_all(
    session: Session, dialogue: Dialogue, unsafe: Mapping[Gender, int], n: int = 10
) -> None:
    """``n`` answers from each age of each gender, so many of them unsafe."""
    for band in BANDS:
        for gender, times in unsafe.items():
            give(session, dialogue, times, "1", (band, gender))
            give(session, dialogue, n - times, "5", (band, gender))


def test_weighted_shares_are_those_of_the_population(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    make_population(session, municipality)
    for band, women, men in zip(BANDS, (12, 10, 10, 10, 8), (10, 10, 10, 10, 6), strict=True):
        give(session, dialogue, women, "1", (band, Gender.WOMAN))
        give(session, dialogue, men, "5", (band, Gender.MAN))
    found = get_weighting(session, municipality, dialogue, CROSSED)
    assert found.refusal is None
    question = found.questions[0]
    assert [row.key for row in question.rows] == ["unsafe", "3", "safe"]
    unsafe = question.rows[0].weighted
    assert unsafe.share == pytest.approx(sum(WOMEN) / (sum(WOMEN) + sum(MEN)))
    assert unsafe.n == 96
    assert unsafe.n_effective < 96
    assert unsafe.low < unsafe.share < unsafe.high
    assert found.questions[1].rows == ()


def test_ages_and_genders_apart_meet_both_margins(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    make_population(session, municipality)
    give_all(session, dialogue, {Gender.WOMAN: 7, Gender.MAN: 3})
    found = get_weighting(session, municipality, dialogue, APART)
    assert found.weights is not None
    assert found.weights.largest_gap < 1e-6
    assert found.questions[0].rows[0].weighted.share == pytest.approx(
        (0.7 * sum(WOMEN) + 0.3 * sum(MEN)) / (sum(WOMEN) + sum(MEN)), abs=1e-6
    )


def test_who_said_no_gender_keeps_the_share_of_the_answers_that_they_have(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    make_population(session, municipality)
    give_all(session, dialogue, {Gender.WOMAN: 0, Gender.MAN: 0})
    give(session, dialogue, 6, "1", (AgeBand.FROM_25_TO_44, Gender.OTHER))
    give(session, dialogue, 4, "1", (AgeBand.UNDER_15, Gender.MAN))
    give(session, dialogue, 10, "1")
    found = get_weighting(session, municipality, dialogue, CROSSED)
    assert (found.n_respondents, found.n_kept) == (120, 20)
    assert found.questions[0].rows[0].weighted.share == pytest.approx(20 / 120)


def test_a_thin_group_is_refused_by_name_and_apart_it_may_do(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    make_population(session, municipality)
    for band in BANDS:
        for gender in (Gender.WOMAN, Gender.MAN):
            few = band is AgeBand.FROM_80 and gender is Gender.MAN
            give(session, dialogue, 4 if few else 8, "5", (band, gender))
    found = get_weighting(session, municipality, dialogue, CROSSED)
    assert found.refusal is Refusal.THIN
    assert found.thin == (GroupName(AgeBand.FROM_80, Gender.MAN),)
    assert (found.weights, found.questions) == (None, ())
    assert get_weighting(session, municipality, dialogue, APART).refusal is None


@pytest.mark.parametrize("n", [0, 1, 4])
def test_a_round_with_hardly_any_answers_is_refused(
    session: Session, municipality: Municipality, dialogue: Dialogue, n: int
) -> None:
    make_population(session, municipality)
    give(session, dialogue, n, "1", (AgeBand.FROM_25_TO_44, Gender.WOMAN))
    for plan in (CROSSED, APART):
        found = get_weighting(session, municipality, dialogue, plan)
        assert (found.refusal, found.n_respondents) == (Refusal.THIN, n)


def test_without_a_population_nothing_is_weighted(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    give_all(session, dialogue, {Gender.WOMAN: 5, Gender.MAN: 5})
    found = get_weighting(session, municipality, dialogue, CROSSED)
    assert found.refusal is Refusal.NO_POPULATION
    make_population(session, municipality)
    found = get_weighting(session, municipality, dialogue, WeightingPlan.AGE_AND_GENDER_AND_AREA)
    assert found.refusal is Refusal.NO_AREAS


def test_areas_are_weighted_by_name(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    rows = [f"{row},{area}" for area in ("Ljusne", "Söderhamn") for row in table_rows()]
    make_population(session, municipality, rows, f"{HEADER},omrade")
    for band in BANDS:
        for gender in (Gender.WOMAN, Gender.MAN):
            give(session, dialogue, 3, "1", (band, gender), "ljusne ")
            give(session, dialogue, 9, "5", (band, gender), "Söderhamn")
    found = get_weighting(session, municipality, dialogue, WeightingPlan.AGE_BY_GENDER_AND_AREA)
    assert found.questions[0].rows[0].weighted.share == pytest.approx(0.5)
    give(session, dialogue, 12, "1", (AgeBand.FROM_80, Gender.MAN), "Annanstans")
    found = get_weighting(session, municipality, dialogue, WeightingPlan.AGE_BY_GENDER_AND_AREA)
    assert found.n_kept == 12


def test_answers_that_do_not_count_are_not_weighted(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    make_population(session, municipality)
    give_all(session, dialogue, {Gender.WOMAN: 0, Gender.MAN: 0})
    for _ in range(20):
        make_response(session, dialogue, {1: ("1", None)}, is_counted=False)
    found = get_weighting(session, municipality, dialogue, CROSSED)
    assert found.n_respondents == 100
    assert found.questions[0].rows[0].weighted.share == 0
