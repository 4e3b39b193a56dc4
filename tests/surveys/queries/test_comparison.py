"""Rounds held against each other, and kept apart where they asked in different ways."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportions_ztest

from surveys.models.dialogue import Channel, Dialogue, Question, QuestionKind, SamplingDesign
from surveys.models.municipality import Municipality
from surveys.models.response import PlaceReason, Season
from surveys.queries.results.comparison import Comparison, NotCompared, compare_rounds
from surveys.queries.results.rounds import Break, list_series
from surveys.statistics.comparison import DifferenceTest
from tests.factories.answers import give
from tests.factories.dialogues import WORDINGS, make_dialogue


def make_round(
    session: Session, municipality: Municipality, year: int, slug: str = "", **values: object
) -> Dialogue:
    """A round in July and August of a year, with the three usual questions."""
    return make_dialogue(
        session,
        municipality,
        slug or f"sommar-{year}",
        title=f"Sommaren {year}",
        opens_at=datetime(year, 7, 1, 6, tzinfo=UTC),
        closes_at=datetime(year, 8, 31, 21, 59, tzinfo=UTC),
        **values,
    )


@pytest.fixture
def rounds(session: Session, municipality: Municipality) -> tuple[Dialogue, Dialogue]:
    return make_round(session, municipality, 2021), make_round(session, municipality, 2023)


def compare(
    session: Session, rounds: tuple[Dialogue, Dialogue], *, sees_rows: bool = False
) -> Comparison:
    session.flush()
    return compare_rounds(session, rounds[0].municipality, *rounds, sees_rows=sees_rows)


def test_the_same_question_is_compared_as_statsmodels_does(
    session: Session, rounds: tuple[Dialogue, Dialogue]
) -> None:
    for dialogue, unsafe, safe in zip(rounds, (80, 50), (120, 110), strict=True):
        give(session, dialogue, unsafe, q1="1")
        give(session, dialogue, safe, q1="5", q2="ja")
    found = compare(session, rounds)
    question = found.questions[0]
    assert (question.n_earlier, question.n_later, question.breaks) == (200, 160, ())
    row = question.rows[0]
    assert (row.key, row.why_not) == ("unsafe", None)
    assert row.difference is not None
    assert row.difference.difference == pytest.approx(50 / 160 - 80 / 200)
    interval = confint_proportions_2indep(50, 160, 80, 200, compare="diff", method="newcomb")
    assert (row.difference.low, row.difference.high) == pytest.approx(interval)
    assert row.difference.p_value == pytest.approx(proportions_ztest([50, 80], [160, 200])[1])
    assert not row.holds


def test_the_round_that_opened_first_is_the_earlier_whichever_is_asked_for(
    session: Session, rounds: tuple[Dialogue, Dialogue]
) -> None:
    found = compare(session, (rounds[1], rounds[0]))
    assert (found.earlier.slug, found.later.slug) == ("sommar-2021", "sommar-2023")
    assert found.earlier.season is Season.SUMMER


def test_each_round_says_how_its_answers_came_in(
    session: Session, rounds: tuple[Dialogue, Dialogue]
) -> None:
    give(session, rounds[0], 30, q1="1", channel=Channel.WEB)
    give(session, rounds[0], 10, q1="1", channel=Channel.PAPER)
    found = compare(session, rounds)
    ways = {way.channel.value: (way.n, way.share) for way in found.earlier.channels}
    assert ways == {"web": (30, 0.75), "paper": (10, 0.25)}
    assert found.later.channels == ()


def test_few_expected_answers_are_tested_exactly(
    session: Session, rounds: tuple[Dialogue, Dialogue]
) -> None:
    give(session, rounds[0], 40, q1="5")
    give(session, rounds[1], 6, q1="1")
    give(session, rounds[1], 34, q1="5")
    row = compare(session, rounds, sees_rows=True).questions[0].rows[0]
    assert row.difference is not None
    assert row.difference.test is DifferenceTest.FISHER


def test_another_wording_stands_beside_but_is_not_compared(
    session: Session, rounds: tuple[Dialogue, Dialogue]
) -> None:
    rounds[1].questions[0].version = 2
    rounds[1].questions[0].wording = {"sv": "Känner du dig trygg?"}
    for dialogue in rounds:
        give(session, dialogue, 40, q1="1", q2="ja")
        give(session, dialogue, 40, q1="5", q2="nej")
    found = compare(session, rounds)
    assert (found.breaks, found.questions[0].breaks) == ((), (Break.WORDING,))
    row = found.questions[0].rows[0]
    assert row.difference is None
    assert row.earlier.share is not None
    assert found.questions[0].wordings[1] == "Känner du dig trygg?"
    assert found.questions[1].rows[0].difference is not None


@pytest.mark.parametrize(
    ("design", "reason"),
    [
        (SamplingDesign.RANDOM_SAMPLE, Break.SAMPLING),
        (SamplingDesign.UNKNOWN, Break.SAMPLING_UNKNOWN),
    ],
)
def test_another_way_to_ask_people_keeps_everything_apart(
    session: Session,
    rounds: tuple[Dialogue, Dialogue],
    design: SamplingDesign,
    reason: Break,
) -> None:
    rounds[1].sampling = design
    for dialogue in rounds:
        give(session, dialogue, 40, q1="1", reasons=frozenset({PlaceReason.DARK}))
    found = compare(session, rounds)
    assert found.breaks == (reason,)
    measures = (*found.questions, *found.families)
    assert all(measure.breaks[0] is reason for measure in measures)
    assert all(row.difference is None for measure in measures for row in measure.rows)


def test_a_scale_is_not_held_against_yes_and_no(
    session: Session, rounds: tuple[Dialogue, Dialogue]
) -> None:
    give(session, rounds[0], 40, q1="nej")
    give(session, rounds[1], 40, q1="1")
    question = compare(session, rounds).questions[0]
    assert question.breaks == (Break.YES_NO,)
    assert all(row.difference is None for row in question.rows)


def test_reasons_are_one_family_by_holm(
    session: Session, rounds: tuple[Dialogue, Dialogue]
) -> None:
    counts = {
        PlaceReason.DARK: (60, 35),
        PlaceReason.DRUGS: (20, 45),
        PlaceReason.TRAFFIC: (40, 41),
    }
    for reason, pair in counts.items():
        for dialogue, times in zip(rounds, pair, strict=True):
            give(session, dialogue, times, q2="ja", reasons=frozenset({reason}))
    reasons = compare(session, rounds).families[2]
    assert (reasons.measure, reasons.n_earlier, reasons.n_later) == ("reasons", 120, 121)
    rows = reasons.rows
    assert {row.key for row in rows} == {"dark", "drugs", "traffic"}
    raw = [row.difference.p_value for row in rows if row.difference]
    assert [row.adjusted_p for row in rows] == pytest.approx(
        list(multipletests(raw, method="holm")[1])
    )
    assert {row.key for row in rows if row.holds} == {"dark", "drugs"}


@pytest.mark.parametrize(("n", "why"), [(0, "no_answers"), (1, "too_few"), (4, "too_few")])
@pytest.mark.parametrize("sees_rows", [True, False])
def test_a_round_with_hardly_any_answers_is_not_compared(
    session: Session, rounds: tuple[Dialogue, Dialogue], n: int, why: str, sees_rows: bool
) -> None:
    give(session, rounds[0], 40, q1="1", q2="ja")
    give(session, rounds[1], n, q1="1", q2="ja")
    found = compare(session, rounds, sees_rows=sees_rows)
    for question in found.questions:
        row = question.rows[0]
        assert row.difference is None
        expected = NotCompared(why)
        assert row.why_not in {expected, NotCompared.WITHHELD if n else expected}
        if sees_rows:
            assert row.why_not is expected


def test_a_question_that_one_round_asked_is_named(
    session: Session, municipality: Municipality, rounds: tuple[Dialogue, Dialogue]
) -> None:
    extra = Question(
        position=4, code="ny", version=1, kind=QuestionKind.TEXT, wording={"sv": "Något mer?"}
    )
    rounds[1].questions.append(extra)
    assert compare(session, rounds).only_once == ("Något mer?",)


def test_three_rounds_make_a_series_that_breaks_where_the_wording_does(
    session: Session, municipality: Municipality
) -> None:
    dialogues = [make_round(session, municipality, year) for year in (2019, 2020, 2021, 2022, 2023)]
    dialogues[2].questions[0].version = dialogues[3].questions[0].version = 2
    dialogues[4].questions[0].version = 2
    dialogues[4].sampling = SamplingDesign.RANDOM_SAMPLE
    for number, dialogue in enumerate(dialogues[:4] + dialogues[4:]):
        give(session, dialogue, 20 + number, q1="1")
        give(session, dialogue, 40, q1="5")
    empty = make_round(session, municipality, 2024)
    empty.sampling = SamplingDesign.RANDOM_SAMPLE
    empty.questions[0].version = 2
    session.flush()
    (series,) = list_series(session, municipality, [*dialogues, empty], sees_rows=False)
    assert (series.code, series.key) == (WORDINGS[0][0], "unsafe")
    assert [point.slug for point in series.points] == [d.slug for d in dialogues]
    assert [point.breaks for point in series.points] == [
        (),
        (),
        (Break.WORDING,),
        (),
        (Break.SAMPLING,),
    ]


def test_two_rounds_make_no_series(
    session: Session, municipality: Municipality, rounds: tuple[Dialogue, Dialogue]
) -> None:
    for dialogue in rounds:
        give(session, dialogue, 40, q1="1")
    assert list_series(session, municipality, list(rounds), sees_rows=False) == ()


def test_rounds_that_came_in_by_other_ways_are_told_apart(
    session: Session, rounds: tuple[Dialogue, Dialogue]
) -> None:
    """Whom a round reaches moves its shares as much as what people feel does."""
    earlier, later = rounds
    give(session, earlier, 80, q1="3", channel=Channel.WEB)
    give(session, earlier, 20, q1="3", channel=Channel.PAPER)
    give(session, later, 70, q1="3", channel=Channel.WEB)
    give(session, later, 30, q1="3", channel=Channel.PAPER)
    assert not compare(session, rounds).is_by_other_ways
    give(session, later, 60, q1="3", channel=Channel.FACEBOOK)
    assert compare(session, rounds).is_by_other_ways


def test_test_and_interval_must_both_say_that_there_is_a_difference(
    session: Session, rounds: tuple[Dialogue, Dialogue]
) -> None:
    """3 of 20 against 16 of 40: p is 0.0497 while Newcombe's interval begins at -0.1 points."""
    for dialogue, unsafe, neither in zip(rounds, (3, 16), (17, 24), strict=True):
        give(session, dialogue, unsafe, q1="1")
        give(session, dialogue, neither, q1="3")
    row = compare(session, rounds, sees_rows=True).questions[0].rows[0]
    assert row.difference is not None
    assert row.difference.p_value < 0.05
    assert row.difference.low < 0 < row.difference.high
    assert not row.holds
