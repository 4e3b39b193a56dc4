"""One respondent counts once per place: which of somebody's marks counts for the others.

Two pins of one person in the same square of 250 m are one place, so are two marks by the same
name, and a name that somebody also pinned within its extent is told by the pin.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from maps.engine.grid import Ints
from maps.engine.marks import Marks

SAME_PLACE_M = 250.0

Keys = npt.NDArray[np.uint64]
_ODD = tuple(np.uint64(n) for n in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9))
_SHIFT = np.uint64(32)


def stand_ins(marks: Marks) -> Ints:
    """For each mark the index of the mark that counts for it: itself, or another of its person."""
    named = marks.extent_m > 0
    east = np.where(named, marks.east, np.floor(marks.east / SAME_PLACE_M))
    north = np.where(named, marks.north, np.floor(marks.north / SAME_PLACE_M))
    key = mixed(marks.person, east, north, marks.extent_m)
    _, first, which = np.unique(key, return_index=True, return_inverse=True)
    one: Ints = first[which].astype(np.int64)
    pin, name = np.flatnonzero(~named), np.flatnonzero(named)
    pinned = _pins_within(marks, pin, name)
    told = pinned >= 0
    one[name[told]] = one[pinned[told]]
    return one


def mixed(*columns: npt.NDArray[Any]) -> Keys:
    """One number per row, the same for the same row and, but for a chance in billions, no other."""
    key = np.zeros(columns[0].size, dtype=np.uint64)
    for place, column in enumerate(columns):
        key ^= _bits(column) * _ODD[place % len(_ODD)]
        key = (key ^ (key >> _SHIFT)) * _ODD[0]
        key ^= key >> _SHIFT
    return key


def _bits(column: npt.NDArray[Any]) -> Keys:
    if column.dtype.kind == "f":
        return (column + 0.0).astype(np.float64).view(np.uint64)  # -0.0 is 0.0
    return column.astype(np.uint64)


def _pins_within(marks: Marks, pin: Ints, name: Ints) -> Ints:
    """For each mark by name the first pin of the same person within its extent, -1 without one."""
    found = np.full(name.size, -1, dtype=np.int64)
    pin = pin[np.argsort(marks.person[pin], kind="stable")]
    low = np.searchsorted(marks.person[pin], marks.person[name], side="left")
    high = np.searchsorted(marks.person[pin], marks.person[name], side="right")
    owner = np.repeat(np.arange(name.size), high - low)
    if owner.size == 0:
        return found
    before = np.repeat(np.cumsum(high - low) - (high - low), high - low)
    other = pin[low[owner] + np.arange(owner.size) - before]
    mark = name[owner]
    gap = np.hypot(marks.east[other] - marks.east[mark], marks.north[other] - marks.north[mark])
    near = np.flatnonzero(gap <= marks.extent_m[mark])[::-1]  # the first written last
    found[owner[near]] = other[near]
    return found
