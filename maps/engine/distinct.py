"""Different values by sorting: many times faster for a million than numpy's table of hashes."""

from typing import Any

import numpy as np
import numpy.typing as npt

from maps.engine.grid import Ints

_DENSE = 8  # values of which at least one in so many numbers is one


def distinct(values: Ints) -> Ints:
    """The values of an array, each once, rising."""
    ordered = np.sort(values)
    return ordered[_first_of_each(ordered)]


def rising(values: Ints) -> Ints:
    """The order in which whole numbers from 0 rise, equals as they stand."""
    bits = int(values.size).bit_length()
    if values.size == 0 or int(values.max()) >> (63 - bits):
        return np.argsort(values, kind="stable")
    # Each with its place in one number: sorting numbers is faster than sorting places by them.
    both = (values << bits) | np.arange(values.size, dtype=np.int64)
    both.sort()
    both &= (1 << bits) - 1
    return both


def count_distinct(values: npt.NDArray[Any]) -> int:
    """How many different values there are."""
    if values.size and values.dtype.kind == "i" and values.min() >= 0:
        highest = int(values.max())
        if highest < _DENSE * values.size:  # as codes are: no need to sort them
            seen = np.zeros(highest + 1, dtype=bool)
            seen[values] = True
            return int(np.count_nonzero(seen))
    return int(np.count_nonzero(_first_of_each(np.sort(values))))


def _first_of_each(ordered: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    first = np.ones(ordered.size, dtype=bool)
    first[1:] = ordered[1:] != ordered[:-1]
    return first
