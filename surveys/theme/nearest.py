"""The colour nearest to a refused one that passes."""

import math
from collections.abc import Iterator

from surveys.theme.color_spaces import Oklch, exact_hex, oklch
from surveys.theme.contrast import TEXT_CONTRAST, contrast
from surveys.theme.palette import LIGHT_GROUNDS, shortfalls

STEP = 0.005  # of lightness and of chroma


def nearest_passing(brand: str) -> str:
    """``brand`` itself where it passes, else the passing colour of its hue that looks most like it.

    Searched among all lightnesses and all chromas up to its own, in steps of 0.005 each. The hue
    stays: it is what people know a municipality's colour by. Black passes, so there is always one.
    """
    if not shortfalls(brand):
        return brand
    seen = oklch(brand)
    # On one hue the distance in OKLab is the straight line over lightness and chroma.
    near = sorted(
        candidates(seen),
        key=lambda it: math.hypot(it.lightness - seen.lightness, it.chroma - seen.chroma),
    )
    return next((color for it in near if (color := _passing(it))), "#000000")


def candidates(seen: Oklch) -> Iterator[Oklch]:
    """What is looked at on one hue, in no order, with colours among it that no screen shows."""
    for lightness in _steps(1.0):
        for chroma in _steps(seen.chroma):
            yield Oklch(lightness, chroma, seen.hue)


def _passing(it: Oklch) -> str | None:
    color = exact_hex(it)
    # White paper refuses most of them, and asks less of the machine than all the pairs.
    if color is None or contrast(color, LIGHT_GROUNDS.surface) < TEXT_CONTRAST:
        return None
    return None if shortfalls(color) else color


def _steps(end: float) -> Iterator[float]:
    for n in range(math.floor(end / STEP) + 1):
        yield end - n * STEP
