"""Does one kind of mark gather more than all marks do?"""

import numpy as np
import pytest

from maps.engine.scan_hotspots import ScanSettings
from maps.engine.scan_subset import scan_subset

SETTINGS = ScanSettings(250.0, simulations=99)


def marks_and_kind(seed, extra=0.0):
    draw = np.random.default_rng(seed)
    marks = draw.poisson(3, (24, 32)).astype(float)
    marks[4:8, 4:8] += 20  # many mark here, of every kind
    share = np.full(marks.shape, 0.1)
    share[15:18, 20:23] += extra
    return marks, draw.binomial(marks.astype(int), share).astype(float)


def test_where_the_kind_is_a_greater_share_is_found_and_where_all_mark_is_not():
    marks, kind = marks_and_kind(1, extra=0.7)
    (found,) = scan_subset(marks, kind, SETTINGS)
    assert found.cells[16, 21]
    assert not found.cells[5, 5]
    assert found.n == kind[found.cells].sum()
    assert found.marks == marks[found.cells].sum()
    assert found.expected == pytest.approx(found.marks * kind.sum() / marks.sum())
    assert found.p == 0.01


def test_a_kind_spread_by_chance_is_seldom_found():
    found = sum(bool(scan_subset(*marks_and_kind(seed), SETTINGS)) for seed in range(30))
    assert found <= 5


def test_too_few_all_or_more_of_the_kind_than_marks():
    marks, _ = marks_and_kind(1)
    assert scan_subset(marks, np.zeros(marks.shape), SETTINGS) == ()
    assert scan_subset(marks, marks, SETTINGS) == ()
    with pytest.raises(ValueError, match="more marks of the kind"):
        scan_subset(marks, marks + 1, SETTINGS)
