"""Ready-made analyses for the tests of what is drawn."""

import numpy as np

from maps.crs import to_degrees
from maps.engine.hotspots import Analysis, analyse
from maps.places import Place

TOWN = (600_000.0, 6_797_000.0)


def planted(*groups: tuple[float, float, int], background: int = 120, seed: int = 1) -> Analysis:
    """Even marks over five kilometres and groups of (east offset, north offset, persons)."""
    draw = np.random.default_rng(seed)
    east = [draw.normal(TOWN[0], 2500, background)]
    north = [draw.normal(TOWN[1], 2500, background)]
    for shift_east, shift_north, persons in groups:
        east.append(draw.normal(TOWN[0] + shift_east, 60, persons))
        north.append(draw.normal(TOWN[1] + shift_north, 60, persons))
    lat, lon = to_degrees(np.concatenate(east), np.concatenate(north))
    marks = [
        Place(float(a), float(b), respondent=f"person {i}")
        for i, (a, b) in enumerate(zip(lat, lon, strict=True))
    ]
    return analyse(marks)


def nothing() -> Analysis:
    """An analysis of no marks."""
    return analyse([])
