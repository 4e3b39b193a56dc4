"""What is learned about themes, and the whole measured on answers that nobody read."""

import subprocess
import sys
from pathlib import Path

import pytest

from surveys.text.themes import Suggestion, suggest, suggest_all
from surveys.text.themes_examples import (
    CODES,
    Example,
    invented_examples,
    labelled_answers,
    split_codes,
)
from surveys.text.themes_measure import compare, is_held_out, set_aside
from surveys.text.themes_model import ThemeModel, train

ROOT = Path(__file__).resolve().parents[3]


def test_what_is_learned_speaks_where_the_rules_are_silent() -> None:
    taught = [
        example
        for number in range(12)
        for example in (
            _example(f"K{number}", f"kråksången vid Rävbacken {number}", "public_transport"),
            _example(f"N{number}", "nej", "none"),
        )
    ]
    answer = ("kråksången vid Rävbacken", "")
    assert suggest(*answer)[0].code != "public_transport"
    first = suggest(*answer, train(taught))[0]
    assert first.code == "public_transport"
    assert "kråksången" in first.why


def _example(answer_id: str, q2: str, code: str) -> Example:
    return Example(answer_id, q2, "", frozenset([code]), coder="file")


def test_one_by_one_and_in_bulk_are_the_same(model: ThemeModel) -> None:
    answers = [("Mörkt vid hållplatsen", ""), ("", "fler poliser"), ("nej", "nej")]
    one_by_one: list[list[Suggestion]] = [suggest(*answer, model) for answer in answers]
    bulk = list(suggest_all(answers, model))
    assert [[s.code for s in x] for x in one_by_one] == [[s.code for s in x] for x in bulk]


def test_the_labels_of_the_package_are_whole() -> None:
    labelled = labelled_answers()
    assert len({example.id for example in labelled}) == len(labelled)
    assert all(example.codes for example in (*labelled, *invented_examples()))
    for example in (*labelled, *invented_examples()):
        assert "none" not in example.codes or len(example.codes) == 1
    codes = {code for example in invented_examples() for code in example.codes}
    assert codes == set(CODES)
    with pytest.raises(ValueError, match="crime"):
        split_codes("drugs|crime")


def test_agreement_is_counted_over_all_codes() -> None:
    given = [frozenset({"drugs", "alcohol"}), frozenset({"none"})]
    result = compare(given, [["drugs", "traffic"], ["other"]])
    assert (result.precision, result.recall) == (1 / 3, 1 / 3)
    assert result.f1 == pytest.approx(1 / 3)
    assert result.among_first == pytest.approx(1 / 3)
    with pytest.raises(ValueError, match="nothing"):
        compare([], [])


def test_unread_answers_reach_the_target(model: ThemeModel) -> None:
    """A third of the author's labels, chosen by a hash of the id and never learned from."""
    learned_from, held = set_aside()
    assert len(held) > 60
    assert not {e.id for e in held} & {e.id for e in learned_from}
    assert all(is_held_out(e.id) for e in held)
    texts = [(e.q2, e.q3) for e in held]
    result = compare(
        (e.codes for e in held), [[s.code for s in found] for found in suggest_all(texts, model)]
    )
    assert result.f1 >= 0.60
    three = [[s.code for s in found] for found in suggest_all(texts, model, at_least=3)]
    assert compare((e.codes for e in held), three).among_first >= 0.75


def test_the_web_process_does_not_load_the_learner() -> None:
    program = "import sys, surveys.text.themes; sys.exit('sklearn' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT).returncode == 0
