"""Which numbers of two rounds' regions are told, beside all that each round's own map tells.

For the job process and commands only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from maps.engine.grid import Bools, Ints
from maps.engine.hotspots import Analysis
from maps.engine.marks import Marks
from maps.region_counts import Region
from surveys.privacy import is_either_sensitive
from surveys.queries.maps.round_counts import PLACE, REST, RING
from surveys.services.maps.hotspot_input import RunInput
from surveys.services.maps.hotspot_zones import tell_beside
from surveys.services.maps.zone_differences import Zones


@dataclass(frozen=True, slots=True)
class Ground:
    """One round, and what other ground is counted in it, by the keys that the counts have.

    ``areas`` are those that stand out in the other round; of ``places`` each has its three zones.
    """

    data: RunInput
    analysis: Analysis  # with exact numbers, as the round's own map is made from
    marks: Marks
    areas: Mapping[str, Region]
    places: Sequence[Mapping[str, Region]]


def tell_regions(ground: Ground) -> frozenset[str]:
    """The keys of the regions that tell a number of the round.

    The round's own map and the results come first: their numbers are told whatever stands here
    (docs/decisions/0031). Then the other round's areas, places, and what lies around those.
    """
    at_places = [_only(zones, PLACE) for zones in ground.places]
    around = [_only(zones, RING, REST) for zones in ground.places]
    kinds = [kind for kind in [ground.areas, *at_places, *around] if kind]
    told = tell_beside(ground.data, ground.analysis, [_zones(ground, kind) for kind in kinds])
    return frozenset(
        key
        for kind, flags in zip(kinds, told, strict=True)
        for key, is_told in zip(kind, flags.tolist(), strict=True)
        if is_told
    )


def _only(zones: Mapping[str, Region], *first: str) -> dict[str, Region]:
    return {key: region for key, region in zones.items() if key[0] in first}


def _zones(ground: Ground, regions: Mapping[str, Region]) -> Zones:
    marks: list[Ints] = [ground.marks.source[region.marks] for region in regions.values()]
    n = np.array([region.n_persons for region in regions.values()], dtype=np.int64)
    base, least = ground.data.marks.n_persons, ground.data.min_respondents
    may: Bools = np.array([not is_either_sensitive(int(each), base, least) for each in n])
    zone = np.repeat(np.arange(len(marks)), [each.size for each in marks])
    return Zones(np.concatenate(marks), zone, n, may)
