"""What is stored of each area that an analysis tells. For the job process and commands only."""

import math
from collections.abc import Iterable

import numpy as np

from maps.engine.clusters import Concentration
from maps.engine.distinct import count_distinct
from maps.engine.grid import Ints
from maps.engine.mark_scan import ScanArea
from maps.geojson import rounded
from surveys.models.hotspot import Hotspot
from surveys.models.response import PlaceReason, TimeOfDay
from surveys.queries.maps.mark_columns import MarkColumns


def hotspot_row(
    marks: MarkColumns, area: Concentration | ScanArea, name: str, *, has_members: bool = True
) -> Hotspot:
    """The row of one area, with how many respondents gave each reason and time.

    Without them where a map of a part of the marks would tell in three directions.
    """
    members = np.array(area.members, dtype=np.int64)
    stored = Hotspot(
        rank=area.rank,
        name=name,
        geometry=rounded(area.polygon),
        n_marks=area.n_marks,
        n_respondents=area.n_respondents,
    )
    if has_members:
        stored.reasons = _count_members(marks, marks.reasons, members, PlaceReason)
        stored.times = _count_members(marks, marks.times, members, TimeOfDay)
    if isinstance(area, ScanArea):
        stored.expected, stored.p_value = area.expected, area.p
        # Infinite where every mark lies inside: no number to tell.
        stored.relative_risk = area.relative_risk if math.isfinite(area.relative_risk) else None
    else:
        stored.z, stored.p_value = area.z_max, area.p_min
    return stored


def _count_members(
    marks: MarkColumns,
    masks: Ints,
    chosen: Ints,
    members: Iterable[PlaceReason | TimeOfDay],
) -> dict[str, int]:
    """Distinct respondents per reason or time among the ``chosen`` marks."""
    person, mask = marks.located.person[chosen], masks[chosen]
    counts = {
        member.value: count_distinct(person[(mask >> place) & 1 == 1])
        for place, member in enumerate(members)
    }
    return {value: number for value, number in counts.items() if number}
