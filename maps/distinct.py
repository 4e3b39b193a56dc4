"""Different values by sorting: many times faster for a million than numpy's table of hashes."""

from typing import Any

import numpy as np
import numpy.typing as npt

from maps.grid import Ints


def distinct(values: Ints) -> Ints:
    """The values of an array, each once, rising."""
    ordered = np.sort(values)
    return ordered[_first_of_each(ordered)]


def count_distinct(values: npt.NDArray[Any]) -> int:
    """How many different values there are."""
    return int(np.count_nonzero(_first_of_each(np.sort(values))))


def _first_of_each(ordered: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    first = np.ones(ordered.size, dtype=bool)
    first[1:] = ordered[1:] != ordered[:-1]
    return first
