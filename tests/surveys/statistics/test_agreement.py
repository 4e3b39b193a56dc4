"""Agreement between coders, held to published examples and to two libraries."""

import random

import krippendorff
import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score, precision_recall_fscore_support
from sklearn.preprocessing import MultiLabelBinarizer

from surveys.statistics.agreement import (
    Reliability,
    cohen_kappa,
    judge,
    krippendorff_alpha,
    match_labels,
)


def by_unit(*coders: str) -> list[list[str | None]]:
    """Units of the coders' rows, a label a character and a full stop for none."""
    rows = [[None if label == "." else label for label in coder] for coder in coders]
    return [list(unit) for unit in zip(*rows, strict=True)]


# K. Krippendorff, Computing Krippendorff's alpha-reliability (2011), examples A, B and C.
@pytest.mark.parametrize(
    ("coders", "published"),
    [
        (("0100000010", "1110010000"), 0.095),
        (("aabbdcccedda", "babbbccceddd"), 0.692),
        (("123321412...", "1233224125.3", ".3332342251.", "12332441251."), 0.743),
    ],
)
def test_alpha_of_the_published_examples(coders: tuple[str, ...], published: float) -> None:
    assert krippendorff_alpha(by_unit(*coders)) == pytest.approx(published, abs=0.0005)


@pytest.mark.parametrize("seed", range(20))
def test_alpha_is_the_library_s(seed: int) -> None:
    chance = random.Random(seed)
    coders = chance.randint(2, 5)
    labels = list("abcd"[: chance.randint(2, 4)])
    units = [
        [chance.choice(labels) if chance.random() < 0.8 else None for _ in range(coders)]
        for _ in range(chance.randint(4, 60))
    ]
    codes = {label: float(number) for number, label in enumerate(labels)}
    table = np.array([[codes.get(label or "", np.nan) for label in unit] for unit in units]).T
    theirs = krippendorff.alpha(table, level_of_measurement="nominal")
    assert krippendorff_alpha(units) == pytest.approx(theirs)


@pytest.mark.parametrize("seed", range(20))
def test_kappa_is_the_library_s(seed: int) -> None:
    chance = random.Random(seed)
    n = chance.randint(5, 200)
    first = [chance.random() < 0.3 for _ in range(n)]
    first[:2] = [True, False]
    second = [label if chance.random() < 0.8 else not label for label in first]
    assert cohen_kappa(first, second) == pytest.approx(cohen_kappa_score(first, second))


def test_where_all_labels_are_alike_nothing_is_measured() -> None:
    assert cohen_kappa([False] * 9, [False] * 9) is None
    assert krippendorff_alpha([[False, False]] * 9) is None
    assert cohen_kappa([], []) is None
    assert krippendorff_alpha([[True, None]]) is None
    with pytest.raises(ValueError, match="units"):
        cohen_kappa([True], [])


def test_full_agreement_is_one_and_full_disagreement_below_nothing() -> None:
    assert cohen_kappa([True, False], [True, False]) == 1
    assert krippendorff_alpha([[True, True], [False, False]]) == 1
    assert cohen_kappa([True, False], [False, True]) == -1


@pytest.mark.parametrize(
    ("agreement", "judged"),
    [
        (1.0, Reliability.FIRM),
        (0.80, Reliability.FIRM),
        (0.799, Reliability.TENTATIVE),
        (0.667, Reliability.TENTATIVE),
        (0.666, Reliability.RECODE),
        (-0.2, Reliability.RECODE),
        (None, None),
    ],
)
def test_what_an_agreement_allows(agreement: float | None, judged: Reliability | None) -> None:
    assert judge(agreement) is judged


def test_the_machine_s_match_is_the_library_s() -> None:
    chance = random.Random(4)
    codes = list("abcdef")
    pairs = [
        (
            frozenset(chance.sample(codes, chance.randint(1, 3))),
            frozenset(chance.sample(codes, chance.randint(0, 3))),
        )
        for _ in range(80)
    ]
    table = MultiLabelBinarizer(classes=codes).fit(pairs[:1])
    precision, recall, f1, _ = precision_recall_fscore_support(
        table.transform([p for p, _ in pairs]), table.transform([m for _, m in pairs]),
        average="micro",
    )  # fmt: skip
    found = match_labels(pairs)
    assert (found.precision, found.recall, found.f1) == pytest.approx((precision, recall, f1))
    assert found.n == 80
    nothing = match_labels([(frozenset(), frozenset())])
    assert (nothing.precision, nothing.recall, nothing.f1) == (None, None, None)
