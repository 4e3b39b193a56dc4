"""Samples to code twice, and the agreement that comes of them."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from surveys.errors import InvalidInput
from surveys.models.coding import CodingSample
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.models.response import Response
from surveys.queries.texts.agreement import get_agreement
from surveys.services.texts.coding_samples import draw_sample
from surveys.statistics.agreement import cohen_kappa, krippendorff_alpha
from tests.factories.coding import make_codebook, make_coding
from tests.factories.dialogues import make_dialogue, make_response
from tests.factories.municipalities import make_account

NOW = datetime(2023, 8, 1, 10, 0, tzinfo=UTC)


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    make_codebook(session, municipality)
    return make_dialogue(session, municipality)


def answers(session: Session, dialogue: Dialogue, n: int) -> list[Response]:
    return [make_response(session, dialogue, {2: ("ja", f"Text {i}")}) for i in range(n)]


def draw(session: Session, dialogue: Dialogue, seed: int = 5) -> CodingSample:
    owner = dialogue.municipalities[0]
    return draw_sample(session, owner, dialogue, seed=seed, by="Samordnare", now=NOW)


@pytest.mark.parametrize(("n", "size"), [(1, 1), (40, 40), (60, 50), (620, 62)])
def test_a_tenth_at_least_fifty_or_all(
    session: Session, dialogue: Dialogue, n: int, size: int
) -> None:
    answers(session, dialogue, n)
    make_response(session, dialogue, {1: ("4", None)})  # without a word
    sample = draw(session, dialogue)
    assert sample.size == size == len({member.response_id for member in sample.members})


def test_the_same_seed_draws_the_same_and_nothing_is_drawn_twice(
    session: Session, dialogue: Dialogue
) -> None:
    answers(session, dialogue, 110)
    with session.begin_nested() as before:
        first = {member.response_id for member in draw(session, dialogue, 7).members}
        before.rollback()
    again = {member.response_id for member in draw(session, dialogue, 7).members}
    assert again == first
    more = {member.response_id for member in draw(session, dialogue, 7).members}
    assert not more & again
    draw(session, dialogue)
    with pytest.raises(InvalidInput, match="sample_empty"):
        draw(session, dialogue)


def test_answers_coded_with_the_machine_s_help_are_drawn_last(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    themes = make_codebook(session, municipality)
    coder = make_account(session, municipality)
    rows = answers(session, dialogue, 70)
    for response in rows[:20]:
        make_coding(session, response, themes["other"], coder=coder, saw_suggestions=True)
    drawn = {member.response_id for member in draw(session, dialogue).members}
    assert drawn == {response.id for response in rows[20:]}


def test_agreement_is_told_theme_by_theme_and_of_blind_pairs_only(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    themes = make_codebook(session, municipality)
    anna = make_account(session, municipality)
    bo = make_account(session, municipality, email="bo@soderhamn.example")
    # Krippendorff's example A: two coders, ten units, one label given or not.
    given = list(zip("0100000010", "1110010000", strict=True))
    rows = answers(session, dialogue, len(given) + 1)
    draw(session, dialogue)
    for response, (first, second) in zip(rows[1:], given, strict=True):
        for coder, mark in ((anna, first), (bo, second)):
            theme = themes["traffic" if mark == "1" else "other"]
            make_coding(session, response, theme, coder=coder, is_current=coder is anna)
    for coder in (anna, bo):
        make_coding(
            session, rows[0], themes["drugs"], coder=coder, saw_suggestions=coder is bo,
            is_current=coder is anna,
        )  # fmt: skip
    view = get_agreement(session, municipality, dialogue)
    assert (view.n_drawn, view.n_pairs, view.n_anchored) == (11, 11, 1)
    traffic = next(theme for theme in view.themes if theme.name == "Trafik")
    assert traffic.alpha == pytest.approx(0.095, abs=0.0005)
    assert traffic.alpha == krippendorff_alpha(given)
    assert traffic.kappa == cohen_kappa(*map(list, zip(*given, strict=True)))
    assert (traffic.n, traffic.n_both, traffic.n_either) == (10, 1, 5)
    assert traffic.judged is not None
    assert traffic.judged.value == "recode"
    assert next(theme for theme in view.themes if theme.name == "Narkotika").n_either == 0
    assert len(view.differences) == sum(a != b for a, b in given)
