"""What is told of why people marked the hotspots of a map, beside how many said so at all."""

from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
import shapely

from maps.engine.marks import Located
from surveys.models.response import PlaceReason
from surveys.queries.maps.mark_columns import MarkColumns, Unplaced
from surveys.services.maps.hotspot_rows import hotspot_rows, said_anywhere

# Twenty persons in the first hotspot; ten others, and one who marked both, in the second.
FIRST, SECOND = range(20), (0, *range(20, 30))


def reasons_told(n_elsewhere: int, n_in_words: int = 0) -> list[dict[str, int | None] | None]:
    person = np.array([*FIRST, *SECOND, *range(30, 30 + n_elsewhere)], dtype=np.int64)
    nowhere, dark = np.zeros(person.size), np.ones(person.size, dtype=np.int64)
    start = 30 + n_elsewhere
    unplaced = np.arange(start, start + n_in_words, dtype=np.int64)
    marks = MarkColumns(
        Located(nowhere, nowhere, person, nowhere, np.zeros(person.size, dtype=bool)),
        reasons=dark,
        times=0 * dark,
        unplaced=Unplaced(unplaced, np.ones_like(unplaced), 0 * unplaced),
        data_hash="",
        fingerprint="",
    )
    ends = (0, len(FIRST)), (len(FIRST), len(FIRST) + len(SECOND))
    areas = [
        SimpleNamespace(
            rank=rank,
            polygon=shapely.box(17, 61, 17.1, 61.1),
            n_marks=last - first,
            n_respondents=last - first,
            is_at_least=False,
            z_max=3.0,
            p_min=0.01,
            members=tuple(range(first, last)),
        )
        for rank, (first, last) in enumerate(ends, start=1)
    ]
    analysis = SimpleNamespace(areas=areas, settings=SimpleNamespace(min_respondents=5))
    rows = hotspot_rows(marks, cast(Any, analysis), said_anywhere(marks))
    return [row.reasons for row in rows]


DARK = next(iter(PlaceReason)).value


@pytest.mark.parametrize(("n_elsewhere", "n_in_words"), [(0, 0), (5, 0), (2, 3)])
def test_hotspots_tell_a_reason_where_nobody_or_enough_gave_it_elsewhere(
    n_elsewhere: int, n_in_words: int
) -> None:
    assert reasons_told(n_elsewhere, n_in_words) == [{DARK: 20}, {DARK: 11}]


@pytest.mark.parametrize(("n_elsewhere", "n_in_words"), [(1, 0), (4, 0), (1, 3), (0, 4)])
def test_two_hotspots_together_leave_no_few_who_gave_the_reason(
    n_elsewhere: int, n_in_words: int
) -> None:
    """Each alone leaves many; the smaller of them gives way."""
    assert reasons_told(n_elsewhere, n_in_words) == [{DARK: 20}, {DARK: None}]
