"""A dialogue's marks as columns, for the analysis: positions without anybody's words.

All marks are read and sorted once, and a part of them is picked from there. Only the job process
and commands import this: it uses numpy.
"""

import enum
import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from shapely.geometry.base import BaseGeometry
from sqlalchemy.orm import Session

from maps.engine.grid import Bools, Floats, Ints
from maps.engine.marks import Located
from maps.engine.stand_ins import Keys, mixed
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.packed_marks import DISTRICT, PER_DEGREE
from surveys.queries.maps.mark_choice import read_choice
from surveys.queries.maps.mark_ground import read_places, read_streets
from surveys.queries.maps.mark_reading import NOWHERE, MarkRow, do_rise, read_marks, unpack_marks
from surveys.queries.maps.marks import join_sums
from surveys.queries.results.filters import NO_FILTERS, Filters


@dataclass(frozen=True, slots=True, eq=False)
class Everybody:
    """All marks with a position, of which some are chosen.

    ``part`` is each respondent's own value of the one filter by which each has one value and no
    more (channel, event), as a number; all 0 where there is no such filter. ``fingerprint`` is of
    all marks, those without a position too.
    """

    located: Located
    is_chosen: Bools
    part: Ints
    fingerprint: str


@dataclass(frozen=True, slots=True, eq=False)
class Unplaced:
    """Marks without a position, only told in words: person, and reasons and times as bits."""

    person: Ints
    reasons: Ints
    times: Ints

    @property
    def size(self) -> int:
        """How many there are."""
        return int(self.person.size)


@dataclass(frozen=True, slots=True, eq=False)
class MarkColumns:
    """Marks with a position, and their reasons and times as stored bits.

    In an order of their own that is the same for the same marks, whatever order the database read
    them in. ``data_hash`` and ``fingerprint`` (the sums of ``surveys.queries.maps.marks``) cover
    every mark, those without a position too. Persons are numbered from 0 over both.
    """

    located: Located
    reasons: Ints
    times: Ints
    unplaced: "Unplaced"
    data_hash: str
    fingerprint: str

    @property
    def size(self) -> int:
        """The number of marks with a position."""
        return int(self.located.lat.size)

    @property
    def n_persons(self) -> int:
        """How many have set marks, with a position or without."""
        numbers = (self.located.person, self.unplaced.person)
        return max(int(person.max(initial=-1)) for person in numbers) + 1


def load_marks(
    session: Session,
    municipality: Municipality,
    dialogue: Dialogue,
    filters: Filters = NO_FILTERS,
) -> MarkColumns:
    """The counted unsafe marks that ``municipality``'s respondents set in ``dialogue``.

    A mark given by a place's name stands at that place with the place's extent. A reason or a time
    in ``filters`` chooses among the marks, everything else among the respondents; the municipality
    in it is not looked at.
    """
    return _columns(_read_rows(session, municipality, dialogue, filters))


def load_part(
    session: Session, municipality: Municipality, dialogue: Dialogue, filters: Filters
) -> tuple[MarkColumns, Everybody]:
    """What ``load_marks`` gives, and all marks with which of them those are, of one reading.

    The chosen are in the same order among all as alone.
    """
    rows = _read_rows(session, municipality, dialogue, filters)
    placed = np.flatnonzero(rows.is_placed)
    everybody = Everybody(
        rows.located(placed, rows.code[placed]),
        rows.kept[placed],
        rows.part[placed],
        rows.fingerprint(slice(None)),
    )
    return _columns(rows), everybody


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """All marks in their order, those by name at their place, and which of them are chosen.

    ``ids`` are the respondents' in two numbers, ``code`` a number from 0 by rising id. ``columns``
    are as they were read: what the hash and the fingerprint are of.
    """

    ids: Keys
    code: Ints
    columns: dict[str, Ints]
    lat: Floats
    lon: Floats
    extent_m: Floats
    line: Ints | None
    lines: tuple[BaseGeometry, ...]
    kept: Bools
    part: Ints

    @property
    def is_placed(self) -> Bools:
        """Which marks have a position."""
        placed: Bools = (self.lat < NOWHERE) & (self.lon < NOWHERE)
        return placed

    def located(self, at: Ints, person: Ints) -> Located:
        """The marks ``at`` these rows, with a code for the person of each."""
        return Located(
            self.lat[at],
            self.lon[at],
            person,
            self.extent_m[at],
            self.columns["precision"][at] == DISTRICT,
            None if self.line is None else self.line[at],
            self.lines,
        )

    def data_hash(self, chosen: Bools | slice) -> str:
        """The sum of everything that was read of the chosen marks, in their order."""
        digest = hashlib.sha256()
        placed = (self.lat, self.lon, self.extent_m, self.columns["precision"])
        for column in (*self.ids, *placed, *self.columns.values()):
            digest.update(np.ascontiguousarray(column[chosen]).tobytes())
        if self.line is not None:  # a street may be drawn anew, and its middle stay where it was
            used = np.unique(self.line[chosen])
            for run in sorted(self.lines[number].wkb for number in used[used >= 0]):
                digest.update(run)
        return digest.hexdigest()

    def fingerprint(self, chosen: Bools | slice) -> str:
        """What ``get_fingerprint`` tells of the chosen marks."""
        sums = [int(self.code[chosen].size)]
        for name in ("lat", "lon"):
            whole = self.columns[name][chosen]
            sums.append(int(whole[whole != NOWHERE * PER_DEGREE].sum()))
        sums += [int(self.columns[name][chosen].sum()) for name in ("reasons", "times", "place")]
        return join_sums(sums)


def _columns(rows: _Rows) -> MarkColumns:
    """The chosen of the marks."""
    at = np.flatnonzero(rows.kept & rows.is_placed)
    apart = np.flatnonzero(rows.kept & ~rows.is_placed)
    chosen = slice(None) if rows.kept.all() else rows.kept
    # Numbers without gaps, in the same order.
    is_there = np.zeros(int(rows.code.max(initial=-1)) + 1, dtype=bool)
    is_there[rows.code[chosen]] = True
    code = np.cumsum(is_there) - 1
    reasons, times = rows.columns["reasons"], rows.columns["times"]
    with ThreadPoolExecutor(1) as pool:
        summing = pool.submit(rows.data_hash, chosen)
        return MarkColumns(
            located=rows.located(at, code[rows.code[at]]),
            reasons=reasons[at],
            times=times[at],
            unplaced=Unplaced(code[rows.code[apart]], reasons[apart], times[apart]),
            fingerprint=rows.fingerprint(chosen),
            data_hash=summing.result(),
        )


def _read_rows(
    session: Session, municipality: Municipality, dialogue: Dialogue, filters: Filters
) -> _Rows:
    with ThreadPoolExecutor(1) as pool:
        # Sorting waits for nothing, and the database reads on meanwhile.
        sorting = pool.submit(_unpacked, read_marks(session, municipality, dialogue))
        choice = read_choice(session, municipality, dialogue, filters)
        ids, code, columns = sorting.result()
    chosen, part = choice.of(ids[:, np.flatnonzero(np.diff(code, prepend=-1))])
    places = read_places(session, municipality)
    lines, line_of = read_streets(session, municipality, places["id"], columns["place"])
    named = np.searchsorted(places["id"], columns["place"])
    by_name = (columns["precision"] > 0) & (places["id"][named] == columns["place"])
    has_extent = by_name & (columns["precision"] != DISTRICT)
    return _Rows(
        ids=ids,
        code=code,
        columns=columns,
        lat=np.where(by_name, places["lat"][named], columns["lat"] / PER_DEGREE),
        lon=np.where(by_name, places["lon"][named], columns["lon"] / PER_DEGREE),
        extent_m=np.where(has_extent, places["radius_m"][named], 0.0),
        line=np.where(by_name, line_of[named], -1) if lines else None,
        lines=lines,
        kept=_kept(columns, filters) & chosen[code],
        part=part[code],
    )


def _unpacked(row: MarkRow) -> tuple[Keys, Ints, dict[str, Ints]]:
    return _in_order(*unpack_marks(row))


def _in_order(ids: Keys, columns: dict[str, Ints]) -> tuple[Keys, Ints, dict[str, Ints]]:
    """Marks by rising id of their respondent, whom ``code`` numbers from 0, and those of one in an
    order of their own: equals are alike in everything.
    """
    within = mixed(*columns.values())
    by_id = None
    if not do_rise(ids):
        by_id = np.argsort(ids[0])
        # `take`, because numpy picks along the second axis five times slower.
        rising = np.take(ids, by_id, axis=1)
        if not do_rise(rising):  # some begin alike
            by_id = np.lexsort((ids[1], ids[0]))
            rising = np.take(ids, by_id, axis=1)
        ids, within = rising, within[by_id]
    code = np.zeros(ids.shape[1], dtype=np.int64)
    np.cumsum((ids[0, 1:] != ids[0, :-1]) | (ids[1, 1:] != ids[1, :-1]), out=code[1:])
    bits = int(code.max(initial=0)).bit_length()
    within >>= np.uint64(bits)
    order = np.argsort((code.astype(np.uint64) << np.uint64(64 - bits)) | within)
    if by_id is not None:
        order = by_id[order]
    return ids, code, {name: column[order] for name, column in columns.items()}


def _kept(columns: dict[str, Ints], filters: Filters) -> Bools:
    """Which marks have the reason and the time that are asked for."""
    kept = np.ones(columns["lat"].size, dtype=bool)
    for name, member in (("reasons", filters.reason), ("times", filters.time)):
        if member is not None:
            kept &= (columns[name] & _bit(member)) != 0
    return kept


def _bit(member: enum.Enum) -> int:
    return 1 << list(type(member)).index(member)
