"""Stored analyses for those who may see the map: never computed here, only read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer, selectinload

from surveys.errors import NotFound
from surveys.models.dialogue import Dialogue
from surveys.models.hotspot import OLD_RULE, PLACE_MARKED, Hotspot, HotspotRun, RunState
from surveys.models.municipality import Municipality
from surveys.models.response import Feeling, MarkedPlace, PlaceReason, TimeOfDay
from surveys.privacy import is_either_sensitive, limits_of
from surveys.queries.maps.map_layers import NO_LAYERS, LayerViews, view_layers
from surveys.queries.maps.marks import get_fingerprint
from surveys.queries.results.filters import NO_FILTERS, Filters
from surveys.queries.results.marked_places import MemberCount

# Of a run's settings, what is kept to hold the next drawing to it and is not told.
_UNTOLD = frozenset({"n_persons", "n_persons_of_all", "n_words_only", "n_districts",
                     "n_far_outside"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class HotspotSummary:
    """One area that stands out, with its counts in respondents."""

    id: int
    rank: int
    name: str
    geometry: Mapping[str, Any]
    n_marks: int
    n_respondents: int
    # Both numbers are rounded down: nearly all who marked a place did so here, or it is a part's.
    is_at_least: bool
    expected: float | None  # marks, by where people live; None where nothing was tested
    relative_risk: float | None
    z: float | None
    p_value: float | None
    reasons: tuple[MemberCount, ...]
    times: tuple[MemberCount, ...]


@dataclass(frozen=True, slots=True)
class OffMap:
    """Marks that are on no map; a number is None where it is fewer than the limit.

    Their sum is not told: taken from it, the others would tell the one that is withheld.
    """

    n_words_only: int | None = 0
    n_districts: int | None = 0
    n_far_outside: int | None = 0

    @property
    def is_empty(self) -> bool:
        """Whether there are none."""
        return (self.n_words_only, self.n_districts, self.n_far_outside) == (0, 0, 0)


@dataclass(frozen=True, slots=True)
class RunSummary:
    """One finished analysis. ``settings`` are those that reproduce it.

    ``n_respondents`` have marked a place, on the map or not: the number that stands in the
    results; None where it is not told, as of a part of the marks (``filters``). ``settings`` are
    without numbers that are not told.
    """

    id: int
    computed_at: datetime
    method: str
    baseline: str | None  # what expected counts rest on; None: density only, no hotspots
    settings: Mapping[str, Any]
    n_respondents: int | None
    off_map: OffMap
    data_hash: str
    hotspots: tuple[HotspotSummary, ...]
    has_map: bool
    filters: Filters = NO_FILTERS
    layers: LayerViews = NO_LAYERS


@dataclass(frozen=True, slots=True)
class MapParts:
    """The drawn map of a run; the page serves each part from its own address."""

    html: str
    script: str
    style: str
    data_hash: str


@dataclass(frozen=True, slots=True)
class MapState:
    """What the map page shows: the last finished run, and what has happened since."""

    latest: RunSummary | None
    waiting_since: datetime | None  # a new analysis is under way
    failure: str | None  # why the last request came to nothing
    is_stale: bool
    n_new_marks: int  # negative where answers have been withdrawn
    n_marks_now: int
    was_voided: bool  # there was a map, of answers of which one has been taken out
    least: int  # so many must have come before a new drawing of an open dialogue is told


def get_map_state(
    session: Session,
    municipality: Municipality,
    dialogue: Dialogue,
    filters: Filters = NO_FILTERS,
) -> MapState:
    """The state of ``municipality``'s map of ``dialogue``, or of the part that filters choose."""

    def latest(state: RunState) -> HotspotRun | None:
        return _latest(session, municipality, dialogue, state, filters)

    run, waiting, failed = map(latest, (RunState.DONE, RunState.QUEUED, RunState.FAILED))
    n_now = _count_marks(session, municipality, dialogue)
    fingerprint = get_fingerprint(session, municipality, dialogue, filters)
    # How many have come in to a part of the marks would be a number of its own.
    n_then = n_now if filters.key else run.n_marks + run.n_outside if run else 0
    return MapState(
        latest=_summary(run, municipality) if run else None,
        waiting_since=waiting.requested_at if waiting else None,
        failure=failed.failure if failed and (not run or failed.id > run.id) else None,
        is_stale=run is not None and run.settings.get("fingerprint") != fingerprint,
        n_new_marks=n_now - n_then,
        n_marks_now=n_now,
        was_voided=run is None and _was_voided(latest(RunState.VOID)),
        least=municipality.min_respondents,
    )


def _was_voided(run: HotspotRun | None) -> bool:
    return run is not None and run.failure not in (PLACE_MARKED, OLD_RULE)


def get_latest_run(
    session: Session,
    municipality: Municipality,
    dialogue: Dialogue,
    filters: Filters = NO_FILTERS,
) -> RunSummary | None:
    """The last finished analysis of all marks, or of those that are chosen; None without any."""
    run = _latest(session, municipality, dialogue, RunState.DONE, filters)
    return _summary(run, municipality) if run else None


def get_filters(
    session: Session, municipality: Municipality, dialogue: Dialogue, run_id: int
) -> Filters:
    """Which marks a run of the dialogue is of; raise NotFound."""
    stored = session.scalar(
        select(HotspotRun.filters).where(
            HotspotRun.municipality_id == municipality.id,
            HotspotRun.dialogue_id == dialogue.id,
            HotspotRun.id == run_id,
        )
    )
    if stored is None:
        raise NotFound(f"run {run_id}")
    return Filters.from_json(stored)


def get_map_parts(
    session: Session, municipality: Municipality, dialogue: Dialogue, run_id: int
) -> MapParts:
    """The drawn map of one run of the dialogue; raise NotFound, also where it was cleared."""
    run = session.scalar(
        select(HotspotRun).where(
            HotspotRun.municipality_id == municipality.id,
            HotspotRun.dialogue_id == dialogue.id,
            HotspotRun.id == run_id,
        )
    )
    if run is None or run.map_html is None or run.map_script is None:
        raise NotFound(f"map {run_id}")
    return MapParts(run.map_html, run.map_script, run.map_style or "", run.data_hash)


def _latest(
    session: Session,
    municipality: Municipality,
    dialogue: Dialogue,
    state: RunState,
    filters: Filters,
) -> HotspotRun | None:
    statement = (
        select(HotspotRun)
        .where(
            HotspotRun.municipality_id == municipality.id,
            HotspotRun.dialogue_id == dialogue.id,
            HotspotRun.state == state,
            HotspotRun.filter_key == filters.key,
        )
        .order_by(HotspotRun.id.desc())
        .limit(1)
        # The drawn map may weigh hundreds of kilobytes: read where it is served.
        .options(
            selectinload(HotspotRun.hotspots),
            defer(HotspotRun.map_script),
            defer(HotspotRun.map_style),
        )
    )
    return session.scalar(statement)


def _count_marks(session: Session, municipality: Municipality, dialogue: Dialogue) -> int:
    statement = (
        select(func.count())
        .select_from(MarkedPlace)
        .where(
            MarkedPlace.municipality_id == municipality.id,
            MarkedPlace.dialogue_id == dialogue.id,
            MarkedPlace.is_counted.is_(True),
            MarkedPlace.feeling == Feeling.UNSAFE,
        )
    )
    return session.scalar(statement) or 0


def _summary(run: HotspotRun, municipality: Municipality) -> RunSummary:
    least = municipality.min_respondents
    # Of a part it would be a number to take from others of the part.
    is_total_told = not run.filter_key and run.n_respondents >= least
    return RunSummary(
        id=run.id,
        computed_at=run.computed_at or run.requested_at,
        method=run.method,
        baseline=run.baseline,
        settings={name: value for name, value in run.settings.items() if name not in _UNTOLD},
        n_respondents=run.n_respondents if is_total_told else None,
        off_map=_off_map(run, least),
        data_hash=run.data_hash,
        hotspots=tuple(
            _hotspot(hotspot, least) for hotspot in run.hotspots if hotspot.n_respondents >= least
        ),
        has_map=run.map_html is not None,
        filters=Filters.from_json(run.filters or {}),
        layers=view_layers(run, limits_of(municipality)),
    )


def _off_map(run: HotspotRun, least: int) -> OffMap:
    if run.filter_key:
        return OffMap()
    names = ("n_words_only", "n_districts", "n_far_outside")
    numbers = (int(run.settings.get(name) or 0) for name in names)
    return OffMap(*(n if n == 0 or n >= least else None for n in numbers))


def _hotspot(hotspot: Hotspot, least: int) -> HotspotSummary:
    return HotspotSummary(
        id=hotspot.id,
        rank=hotspot.rank,
        name=hotspot.name,
        geometry=hotspot.geometry,
        n_marks=hotspot.n_marks,
        n_respondents=hotspot.n_respondents,
        is_at_least=hotspot.is_at_least,
        expected=to_tenths(hotspot.expected),
        relative_risk=to_tenths(hotspot.relative_risk),
        z=to_tenths(hotspot.z),
        p_value=to_two_digits(hotspot.p_value),
        reasons=_members(hotspot, hotspot.reasons, PlaceReason, least),
        times=_members(hotspot, hotspot.times, TimeOfDay, least),
    )


def _members(
    hotspot: Hotspot,
    counts: Mapping[str, int | None],
    kinds: type[PlaceReason] | type[TimeOfDay],
    least: int,
) -> tuple[MemberCount, ...]:
    """Respondents per member: most first, those that are withheld last in their own order.

    Withheld where few said so or few did not, as in the figures of all places.
    """
    rows = []
    for member in kinds:
        if member.value in counts:
            n = counts[member.value]
            rows.append(MemberCount(member, n if _may_tell(hotspot, n, least) else None))
    return tuple(sorted(rows, key=lambda row: -(row.n_respondents or 0)))


def _may_tell(hotspot: Hotspot, n: int | None, least: int) -> bool:
    if n is None or is_either_sensitive(n, hotspot.n_respondents, least):
        return False
    return not hotspot.is_at_least or n <= hotspot.n_respondents - least


def to_tenths(value: float | None) -> float | None:
    """Exact, they with the number of marks would tell how many the whole map has; and an exact z
    fits one number of marks alone, also where that is told in steps.
    """
    return None if value is None else round(value, 1)


def to_two_digits(value: float | None) -> float | None:
    """Where it is computed from z, an exact p would tell the exact z."""
    return None if value is None else float(f"{value:.2g}")
