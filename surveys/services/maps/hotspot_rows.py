"""What is stored of each area that an analysis tells. For the job process and commands only."""

import math
from collections.abc import Iterable

import numpy as np

from maps.engine.clusters import Concentration
from maps.engine.distinct import rising
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
        person = marks.located.person[members]
        order = rising(person)
        person, members = person[order], members[order]
        stored.reasons = _count_members(person, marks.reasons[members], PlaceReason)
        stored.times = _count_members(person, marks.times[members], TimeOfDay)
    if isinstance(area, ScanArea):
        stored.expected, stored.p_value = area.expected, area.p
        # Infinite where every mark lies inside: no number to tell.
        stored.relative_risk = area.relative_risk if math.isfinite(area.relative_risk) else None
    else:
        stored.z, stored.p_value = area.z_max, area.p_min
    return stored


def _count_members(
    person: Ints, masks: Ints, members: Iterable[PlaceReason | TimeOfDay]
) -> dict[str, int]:
    """Distinct respondents per reason or time, of marks in the order of their persons."""
    if person.size == 0:
        return {}
    said = np.bitwise_or.reduceat(masks, np.flatnonzero(np.diff(person, prepend=-1)))
    counts = {
        member.value: int(np.count_nonzero(said >> place & 1))
        for place, member in enumerate(members)
    }
    return {value: number for value, number in counts.items() if number}
