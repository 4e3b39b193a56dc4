"""Where marks lie close together: density, Gi*, and the areas that stand out.

Where it is known where people live the areas are hotspots: what the scan finds to be more than
that lets expect. Else they are concentrations ("täthet"), which also show where people happen to
be. The result says which settings, baseline, bandwidth and rule it was made with, and it is the
same for the same marks in the same order.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from maps.areas import Outline
from maps.engine.clusters import Concentration, TooFew, find_concentrations, find_too_few
from maps.engine.density import BandwidthRule, scott_robust_m
from maps.engine.distinct import count_distinct
from maps.engine.grid import Grid
from maps.engine.mark_scan import ScanArea, ScanResult, scan_marks
from maps.engine.marks import Located, Marks, locate, place_marks, spread
from maps.engine.people import People
from maps.engine.said import CellPersons, cell_persons
from maps.engine.surface import Settings, Surface, build_surface, grid_for
from maps.places import NamedPoint, Place, nearest


class AnalysisState(StrEnum):
    """What the result can be used for."""

    DONE = "done"
    NO_MARKS = "no_marks"  # nothing that has a position
    TOO_FEW_MARKS = "too_few_marks"  # counts and density, no test
    ONE_SPOT = "one_spot"  # all marks in one cell: nothing to compare it with, no test
    NO_VARIATION = "no_variation"  # every cell alike: nothing can stand out


@dataclass(frozen=True, slots=True, eq=False)
class Analysis:
    """The result with everything that a reader needs to judge it.

    `n_marks` and `n_respondents` are what was analysed; left out and counted are marks that only
    name a district, lie more than 1 km outside the outline, or have no finite position.
    """

    state: AnalysisState
    settings: Settings
    bandwidth_m: float | None
    bandwidth_rule: BandwidthRule
    n_marks: int
    n_respondents: int
    n_districts: int
    n_outside: int
    n_unusable: int
    surface: Surface | None
    concentrations: tuple[Concentration, ...]
    too_few: tuple[TooFew, ...]
    scan: ScanResult | None = None  # None where there are no sources, or too few marks
    persons: CellPersons | None = None  # of the surface's squares; None without one

    @property
    def is_tested(self) -> bool:
        """Are the areas hotspots, held to where people live?"""
        return self.scan is not None and self.scan.untested is None

    @property
    def areas(self) -> tuple[Concentration | ScanArea, ...]:
        """What is drawn and told: hotspots where something was tested, else concentrations."""
        if self.scan is not None and self.scan.untested is None:
            return self.scan.areas
        return self.concentrations

    @property
    def areas_cell_m(self) -> float:
        """The side of the cells that the areas are made of."""
        return self.scan.cell_m if self.scan and self.is_tested else self.settings.cell_m


def analyse(
    places: Sequence[Place] | Located | Marks,
    *,
    outline: Outline | None = None,
    settings: Settings | None = None,
    people: Sequence[People] = (),
) -> Analysis:
    """Density, Gi* and concentrations of the marks, and hotspots where `people` can be held to.

    `people` are the sources of expected counts, the best first. Fewer than `min_marks` marks give
    counts and density but no test; none give no surface. Raises GridTooLarge when the marks lie
    too far apart for the cell. Marks that were placed already are taken as they are.
    """
    chosen = settings or Settings()
    marks = _placed(places, outline)
    if marks.east.size == 0:
        return _result(AnalysisState.NO_MARKS, chosen, marks)
    bandwidth_m = chosen.bandwidth_m or scott_robust_m(
        marks.east, marks.north, cell_m=chosen.cell_m
    )
    grid = grid_for(marks, outline, chosen)
    entries = spread(marks, grid)
    refused = _not_testable(marks, grid, chosen)
    persons = cell_persons(marks, grid, entries)
    surface = build_surface(
        persons, outline, chosen, bandwidth_m=bandwidth_m, tested=refused is None
    )
    areas = find_concentrations(
        surface,
        marks,
        entries,
        false_discovery_rate=chosen.false_discovery_rate,
        min_respondents=chosen.min_respondents,
    )
    state = refused or (AnalysisState.DONE if surface.varies else AnalysisState.NO_VARIATION)
    analysis = _result(state, chosen, marks, bandwidth_m, surface, areas)
    analysis = replace(analysis, persons=persons)
    if people and state is not AnalysisState.TOO_FEW_MARKS:
        analysis = replace(analysis, scan=_scan(marks, people, outline, chosen))
    few = find_too_few(
        surface, marks, entries, areas=analysis.areas, min_respondents=chosen.min_respondents
    )
    return replace(analysis, too_few=_all_too_few(analysis, few))


def _scan(
    marks: Marks, people: Sequence[People], outline: Outline | None, settings: Settings
) -> ScanResult:
    return scan_marks(
        marks,
        people,
        outline,
        min_respondents=settings.min_respondents,
        simulations=settings.simulations,
    )


def _placed(places: Sequence[Place] | Located | Marks, outline: Outline | None) -> Marks:
    if isinstance(places, Marks):
        return places
    return place_marks(places if isinstance(places, Located) else locate(places), outline)


def names_of_too_few(analysis: Analysis, register: Sequence[NamedPoint]) -> tuple[str, ...]:
    """The places with some marks but too few persons, each once, without those of the areas.

    The groups are named from the register, the largest first.
    """
    points = [*analysis.areas, *analysis.too_few]
    found = [nearest(point.lat, point.lon, register) for point in points]
    names = [match.named.name if match else "" for match in found]
    drawn = set(names[: len(analysis.areas)])
    few = names[len(analysis.areas) :]
    return tuple(name for name in dict.fromkeys(few) if name and name not in drawn)


def _all_too_few(analysis: Analysis, groups: tuple[TooFew, ...]) -> tuple[TooFew, ...]:
    """Groups of few persons, and hotspots that too few persons made."""
    return groups if analysis.scan is None else (*analysis.scan.too_few, *groups)


def _not_testable(marks: Marks, grid: Grid, settings: Settings) -> AnalysisState | None:
    if marks.east.size < settings.min_marks:
        return AnalysisState.TOO_FEW_MARKS
    if count_distinct(grid.index(marks.east, marks.north)) == 1:
        return AnalysisState.ONE_SPOT
    return None


def _result(
    state: AnalysisState,
    settings: Settings,
    marks: Marks,
    bandwidth_m: float | None = None,
    surface: Surface | None = None,
    areas: tuple[Concentration, ...] = (),
) -> Analysis:
    given = settings.bandwidth_m is not None
    return Analysis(
        state=state,
        settings=settings,
        bandwidth_m=bandwidth_m,
        bandwidth_rule=BandwidthRule.GIVEN if given else BandwidthRule.SCOTT_ROBUST,
        n_marks=int(marks.east.size),
        n_respondents=marks.n_persons,
        n_districts=marks.n_districts,
        n_outside=marks.n_outside,
        n_unusable=marks.n_unusable,
        surface=surface,
        concentrations=areas,
        too_few=(),
    )
