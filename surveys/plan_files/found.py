"""What was read of a plan, as plain values that are kept as JSON until somebody has looked."""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

FIELDS = ("activity", "when", "who", "follow_up")


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something to look at: a ``code`` with what belongs to it, at a cell where it is about one."""

    code: str
    values: dict[str, str | int] = field(default_factory=dict)
    field: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundHead:
    """What the document says of itself. None and empty where it does not say."""

    title: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    authors: tuple[str, ...] = ()  # roles; a name is left out
    evaluation_text: str = ""
    evaluate_after: date | None = None
    evaluation_owners: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    revision: int = 1


@dataclass(frozen=True, slots=True)
class FoundArea:
    """A prioritised area with its goals."""

    number: int
    name: str
    goals: tuple[str, ...] = ()
    revision: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRow:
    """One row of a plan's tables, as it stands or as somebody has put it right.

    ``same_as`` is the row whose activity this is, under another area. ``takes_when`` and
    ``takes_follow_up`` say whether the reading of those cells is to be kept with the words.
    ``revision`` goes up with each change.
    """

    number: int
    table: int = 0
    line: int = 0
    area: int | None = None
    activity: str = ""
    when: str = ""
    who: str = ""
    follow_up: str = ""
    same_as: int | None = None
    apart_from: tuple[int, ...] = ()  # rows that it is like and that are something else
    is_dropped: bool = False
    takes_when: bool = True
    takes_follow_up: bool = True
    revision: int = 1
    doubts: tuple[Doubt, ...] = ()  # about how the row stood in its table


@dataclass(frozen=True, slots=True)
class FoundPlan:
    """A whole reading: the head, the areas, the rows, and what is to be said of the document."""

    head: FoundHead
    areas: tuple[FoundArea, ...]
    rows: tuple[FoundRow, ...]
    doubts: tuple[Doubt, ...] = ()


def to_json(plan: FoundPlan) -> dict[str, Any]:
    """``plan`` as JSON; days as YYYY-MM-DD."""
    stored = asdict(plan)
    head = stored["head"]
    for name in ("starts_on", "ends_on", "evaluate_after"):
        head[name] = head[name].isoformat() if head[name] else None
    return stored


def from_json(stored: dict[str, Any]) -> FoundPlan:
    """The plan that ``to_json`` wrote."""
    head = dict(stored.get("head") or {})
    for name in ("starts_on", "ends_on", "evaluate_after"):
        head[name] = date.fromisoformat(head[name]) if head.get(name) else None
    for name in ("authors", "evaluation_owners", "channels"):
        head[name] = tuple(head.get(name) or ())
    return FoundPlan(
        head=FoundHead(**head),
        areas=tuple(
            FoundArea(a["number"], a["name"], tuple(a["goals"]), a["revision"])
            for a in stored.get("areas", ())
        ),
        rows=tuple(
            FoundRow(
                **(row | {"doubts": _doubts(row["doubts"]), "apart_from": tuple(row["apart_from"])})
            )
            for row in stored.get("rows", ())
        ),
        doubts=_doubts(stored.get("doubts", ())),
    )


def _doubts(stored: Any) -> tuple[Doubt, ...]:
    return tuple(Doubt(d["code"], d["values"], d["field"]) for d in stored)
