"""What is stored of each area that an analysis tells. For the job process and commands only."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from maps.engine.clusters import Concentration
from maps.engine.distinct import count_distinct, rising
from maps.engine.grid import Bools, Ints
from maps.engine.hotspots import Analysis
from maps.engine.mark_scan import ScanArea
from maps.geojson import rounded
from surveys.models.hotspot import Hotspot
from surveys.models.response import PlaceReason, TimeOfDay
from surveys.queries.maps.mark_columns import MarkColumns


@dataclass(frozen=True, slots=True, eq=False)
class SaidAnywhere:
    """By person all that they said of any of their marks, as bits."""

    reasons: Ints
    times: Ints


def said_anywhere(marks: MarkColumns) -> SaidAnywhere:
    """What each person said, with a position or without."""
    apart = marks.unplaced
    return SaidAnywhere(
        _anywhere(marks, marks.reasons, apart.reasons), _anywhere(marks, marks.times, apart.times)
    )


def hotspot_rows(
    marks: MarkColumns, analysis: Analysis, anywhere: SaidAnywhere | None
) -> tuple[Hotspot, ...]:
    """The rows of all areas, with how many respondents gave each reason and time.

    A number of those is None where it would, taken from how many said the same ``anywhere``, leave
    a few: that number stands in the results. Without ``anywhere`` nothing is told of them.
    """
    rows = [_row(area) for area in analysis.areas]
    if anywhere is not None and rows:
        inside = [np.array(area.members, dtype=np.int64) for area in analysis.areas]
        said = _Said(marks.located.person, analysis.settings.min_respondents)
        for row, reasons, times in zip(
            rows,
            said.count(inside, marks.reasons, anywhere.reasons, PlaceReason),
            said.count(inside, marks.times, anywhere.times, TimeOfDay),
            strict=True,
        ):
            row.reasons, row.times = reasons, times
    return tuple(rows)


def _row(area: Concentration | ScanArea) -> Hotspot:
    stored = Hotspot(
        rank=area.rank,
        geometry=rounded(area.polygon),
        n_marks=area.n_marks,
        n_respondents=area.n_respondents,
        is_at_least=area.is_at_least,
    )
    if isinstance(area, ScanArea):
        stored.expected, stored.p_value = area.expected, area.p
        # Infinite where every mark lies inside, or where it may not be told: no number to tell.
        stored.relative_risk = area.relative_risk if math.isfinite(area.relative_risk) else None
    else:
        stored.z, stored.p_value = area.z_max, area.p_min
    return stored


def _anywhere(marks: MarkColumns, masks: Ints, unplaced: Ints) -> Ints:
    anywhere = np.zeros(marks.n_persons, dtype=np.int64)
    for whose, said_of_marks in ((marks.located.person, masks), (marks.unplaced.person, unplaced)):
        persons, said = _said_by_person(whose, said_of_marks)
        anywhere[persons] |= said
    return anywhere


def _said_by_person(person: Ints, masks: Ints) -> tuple[Ints, Ints]:
    """Each person once, rising, and all that they said of these marks, as bits."""
    if person.size == 0:
        return person, masks
    if (person[1:] < person[:-1]).any():  # marks that were read stand by person
        order = rising(person)
        person, masks = person[order], masks[order]
    first = np.flatnonzero(np.diff(person, prepend=-1))
    return person[first], np.bitwise_or.reduceat(masks, first)


Members = type[PlaceReason] | type[TimeOfDay]


@dataclass(frozen=True, slots=True)
class _Said:
    """Counts what persons said of their marks; ``person`` is the person of each."""

    person: Ints
    least: int

    def count(
        self, inside: Sequence[Ints], masks: Ints, anywhere: Ints, members: Members
    ) -> Iterator[dict[str, int | None]]:
        """For each area distinct respondents per member among the marks ``inside``."""
        found: list[dict[str, int | None]] = [{} for _ in inside]
        # A row per area and person; the areas may share persons.
        said_in = [_said_by_person(self.person[at], masks[at]) for at in inside]
        area = np.repeat(np.arange(len(inside)), [whose.size for whose, _ in said_in])
        who, said = map(np.concatenate, zip(*said_in, strict=True))
        for place, member in enumerate(members):
            rows = np.flatnonzero(said & (1 << place))
            n_here = np.bincount(area[rows], minlength=len(inside))
            # Whoever said it elsewhere is told by the difference: a few of them are not to be told.
            n_all = int(np.count_nonzero(anywhere & (1 << place)))
            told = (n_here >= self.least) & ~self._is_few(n_all - n_here)
            for at in np.flatnonzero(n_here).tolist():
                found[at][member.value] = int(n_here[at]) if told[at] else None
            n_together = count_distinct(who[rows[told[area[rows]]]])
            if np.count_nonzero(told) > 1 and self._is_few(n_all - n_together):
                last = min(np.flatnonzero(told).tolist(), key=n_here.__getitem__)
                found[last][member.value] = None
        return iter(found)

    def _is_few(self, n: Ints | int) -> Bools | bool:
        return (n > 0) & (n < self.least)
