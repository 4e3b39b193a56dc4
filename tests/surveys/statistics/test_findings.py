"""A heading claims only what its interval supports."""

import pytest

from surveys.statistics.findings import Finding, find_majority


@pytest.mark.parametrize(
    ("first", "second", "n", "finding"),
    [
        (73, 171, 346, Finding.HALF_SECOND),  # 49 % (44-55)
        (30, 300, 400, Finding.MOST_SECOND),
        (300, 30, 400, Finding.MOST_FIRST),
        (180, 90, 400, Finding.MORE_FIRST),  # 45 % (40.2-49.9) against 22 %
        (90, 180, 400, Finding.MORE_SECOND),
        (200, 100, 400, Finding.HALF_FIRST),
        (52, 48, 100, None),  # 48 % (38-58) is too wide for "about half"
        (100, 104, 400, None),  # which is larger cannot be told
        (16, 14, 30, None),  # the interval is far wider than ten points
        (29, 0, 29, None),  # every one of them, and yet too few
        (0, 0, 400, None),
        (0, 0, 0, None),
    ],
)
def test_claims(first: int, second: int, n: int, finding: Finding | None) -> None:
    assert find_majority(first, second, n) is finding
