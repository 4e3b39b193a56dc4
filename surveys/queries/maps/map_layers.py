"""The figures of a map's layers, for the lists beside it: small numbers are withheld here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from surveys.models.geography import AreaKind
from surveys.models.hotspot import HotspotRun
from surveys.models.response import PlaceReason, TimeOfDay
from surveys.privacy import Limits

Member = PlaceReason | TimeOfDay

# How classes of squares are chosen, stored with their figures: 2 since those of density begin at
# round numbers. Figures from before a number was stored are of the first.
CLASS_RULE = 2
FIRST_CLASS_RULE = 1


@dataclass(frozen=True, slots=True)
class NearView:
    """Where squares lie: (nearest place, class from 1, how many), and how many more there are."""

    rows: tuple[tuple[str, int, int], ...] = ()
    n_more: int = 0


NOWHERE = NearView()  # of a map from before lists were kept


@dataclass(frozen=True, slots=True)
class SquaresView:
    """Squares in classes: the lowest value of each class, rising, and how many squares."""

    limits: tuple[float, ...]
    squares: tuple[int, ...]
    near: NearView = NOWHERE
    class_rule: int = CLASS_RULE


@dataclass(frozen=True, slots=True)
class CommonestView:
    """What most persons said: how many squares each member is the commonest in."""

    members: tuple[tuple[Member, int], ...]
    n_others: int
    n_few: int
    near: NearView = NOWHERE


@dataclass(frozen=True, slots=True)
class GroupsView:
    """The largest groups of marks as (nearest place, lowest and highest number of persons that it
    may have), and how many groups there are.
    """

    rows: tuple[tuple[str, int, int], ...]
    n_groups: int


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One area. ``n`` persons; None: too few. ``share``: of all who have marked a place.

    ``per_thousand``: persons who marked something there, by a thousand who live there.
    """

    name: str
    n: int | None
    share: float | None
    per_thousand: float | None


@dataclass(frozen=True, slots=True)
class AreasView:
    """The areas of one division, those with most persons first.

    Numbers of persons are the lowest of ``step`` that it may be; of 1 they are exact.
    """

    key: str
    kind: AreaKind
    limits: tuple[int, ...]
    rows: tuple[AreaRow, ...]
    source: str = ""  # who drew the areas; "" of maps from before it was kept
    step: int = 1

    @property
    def n_told(self) -> int:
        """How many areas have a number."""
        return sum(row.n is not None for row in self.rows)


@dataclass(frozen=True, slots=True)
class LayerViews:
    """The layers of one map; None where it has nothing to show of that kind."""

    persons: SquaresView | None = None
    density: SquaresView | None = None
    gi: SquaresView | None = None
    groups: GroupsView | None = None
    reasons: CommonestView | None = None
    times: CommonestView | None = None
    areas: tuple[AreasView, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The layers there are, by the keys that the drawn map knows them by."""
        names = ("persons", "density", "gi", "groups", "reasons", "times")
        found = [name for name in names if getattr(self, name) is not None]
        return (*found, *(view.key for view in self.areas))


NO_LAYERS = LayerViews()


def view_layers(run: HotspotRun, limits: Limits) -> LayerViews:
    """The layers of ``run`` within today's limits; a map from before there were any has none."""
    stored = run.layers or {}
    least = limits.min_crossed if run.filter_key else limits.min_respondents
    total = 0 if run.filter_key else run.n_respondents
    return LayerViews(
        persons=_squares(stored.get("persons") or _before_layers(run)),
        density=_squares(stored.get("density")),
        gi=_squares(stored.get("gi")),
        groups=_groups(stored.get("groups"), limits.min_respondents),
        reasons=_commonest(stored.get("reasons"), PlaceReason),
        times=_commonest(stored.get("times"), TimeOfDay),
        areas=tuple(
            _areas(key, figures, least, total)
            for key, figures in stored.items()
            if key.startswith("area-")
        ),
    )


def _before_layers(run: HotspotRun) -> Mapping[str, Any] | None:
    """The classes of a map that was drawn before layers had figures."""
    limits = run.settings.get("class_limits")
    return {"limits": limits, "squares": [0] * len(limits)} if limits and not run.layers else None


def _squares(figures: Mapping[str, Any] | None) -> SquaresView | None:
    if figures is None:
        return None
    rule = figures.get("class_rule", FIRST_CLASS_RULE)
    return SquaresView(tuple(figures["limits"]), tuple(figures["squares"]), _near(figures), rule)


def _near(figures: Mapping[str, Any]) -> NearView:
    rows = tuple((name, level, n) for name, level, n in figures.get("near", ()))
    return NearView(rows, figures.get("n_more", 0))


def _groups(figures: Mapping[str, Any] | None, least: int) -> GroupsView | None:
    if figures is None:
        return None
    step = figures.get("step", least)  # a map from before there were steps has exact numbers
    lows = [(row["name"], row["n"] - row["n"] % step) for row in figures["rows"]]
    rows = tuple((name, n, n + step - 1) for name, n in lows if n >= least)
    return GroupsView(rows, figures["n_groups"])


def _commonest(
    figures: Mapping[str, Any] | None, members: type[PlaceReason] | type[TimeOfDay]
) -> CommonestView | None:
    if figures is None:
        return None
    squares = list(figures["squares"])
    named = [members(value) for value in figures["members"]]
    rest = squares[len(named) :]
    n_others = rest.pop(0) if figures["has_others"] else 0
    n_few = rest[0] if figures["has_few"] else 0
    return CommonestView(tuple(zip(named, squares, strict=False)), n_others, n_few, _near(figures))


def _areas(key: str, figures: Mapping[str, Any], least: int, total: int) -> AreasView:
    rows, step = [], int(figures.get("step", 1))
    for row in figures["rows"]:
        n = row["n"] if row["n"] is not None and row["n"] + step > least else None
        share = n / total if n is not None and total else None
        people = row["population"] if step == 1 else None  # a ratio of a lowest number misleads
        rows.append(
            AreaRow(row["name"], n, share, 1000 * n / people if n is not None and people else None)
        )
    rows.sort(key=lambda row: (-(row.n or 0), row.name))
    kind, limits = AreaKind(figures["kind"]), tuple(figures["limits"])
    return AreasView(key, kind, limits, tuple(rows), figures.get("source", ""), step)
