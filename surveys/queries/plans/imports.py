"""Readers for plans that were read from a file and wait for somebody to look them through."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.errors import NotFound
from surveys.models.municipality import Municipality
from surveys.models.plan import ActionPlan
from surveys.models.plan_import import PlanImport
from surveys.plan_files.doubts import BLOCKING, RowReading, head_doubts, plan_window, read_rows
from surveys.plan_files.found import Doubt, FoundArea, FoundHead, FoundPlan, FoundRow, from_json
from surveys.schedule.grammar_schedule import Schedule
from surveys.schedule.periods import Window


@dataclass(frozen=True, slots=True)
class WaitingImport:
    """An import in a list."""

    id: int
    file_name: str
    title: str
    n_rows: int
    read_by: str
    read_at: datetime


@dataclass(frozen=True, slots=True)
class RowView:
    """A row with its doubts, how its times are read, and the rows that repeat it."""

    row: FoundRow
    doubts: tuple[Doubt, ...]
    when: Schedule | None
    follow_up: Schedule | None
    repeated_by: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AreaRows:
    """An area with its rows; None gathers those that stand under no area."""

    area: FoundArea | None
    rows: tuple[RowView, ...]


@dataclass(frozen=True, slots=True)
class ImportView:
    """A whole import as it is looked through."""

    id: int
    file_name: str
    revision: int
    read_by: str
    read_at: datetime
    is_confirmed: bool
    plan_slug: str | None
    head: FoundHead
    window: Window | None
    doubts: tuple[Doubt, ...]
    areas: tuple[AreaRows, ...]
    dropped: tuple[FoundRow, ...]

    @property
    def rows(self) -> tuple[RowView, ...]:
        """All rows that are to become activities, in the order of the document."""
        rows = (view for group in self.areas for view in group.rows)
        return tuple(sorted(rows, key=lambda view: view.row.number))

    @property
    def n_activities(self) -> int:
        """How many activities the rows make: what is repeated is counted once."""
        return sum(view.row.same_as is None for view in self.rows)

    @property
    def doubtful(self) -> tuple[int, ...]:
        """The rows that somebody has to look at, in the order of the page."""
        rows = (view for group in self.areas for view in group.rows)
        return tuple(v.row.number for v in rows if any(d.code != "repeated" for d in v.doubts))

    @property
    def n_doubtful(self) -> int:
        """How many they are."""
        return len(self.doubtful)

    @property
    def n_mixed(self) -> int:
        """How many words have a proposed Latin reading."""
        return sum(d.code == "mixed_script" for view in self.rows for d in view.doubts)

    @property
    def blocking(self) -> tuple[tuple[int | None, Doubt], ...]:
        """What has to be decided first, with its row; None is the head."""
        head = [(None, doubt) for doubt in self.doubts if doubt.code in BLOCKING]
        rows = [(v.row.number, d) for v in self.rows for d in v.doubts if d.code in BLOCKING]
        return (*head, *rows)


def get_import(session: Session, municipality: Municipality, import_id: int) -> PlanImport:
    """The municipality's import with this id; raise NotFound."""
    found = session.scalar(
        select(PlanImport).where(
            PlanImport.id == import_id, PlanImport.municipality_id == municipality.id
        )
    )
    if found is None:
        raise NotFound(str(import_id))
    return found


def list_waiting_imports(session: Session, municipality: Municipality) -> tuple[WaitingImport, ...]:
    """The imports that nobody has confirmed yet, the latest first."""
    statement = (
        select(PlanImport)
        .where(PlanImport.municipality_id == municipality.id, PlanImport.confirmed_at.is_(None))
        .order_by(PlanImport.id.desc())
    )
    return tuple(_waiting(found) for found in session.scalars(statement))


def list_draft_plans(session: Session, municipality: Municipality) -> tuple[ActionPlan, ...]:
    """The plans that rows can be added to: those that readers have not been given."""
    statement = (
        select(ActionPlan)
        .where(ActionPlan.municipality_id == municipality.id, ActionPlan.published_at.is_(None))
        .order_by(ActionPlan.id)
    )
    return tuple(session.scalars(statement))


def view_import(session: Session, municipality: Municipality, import_id: int) -> ImportView:
    """The import as it is looked through; raise NotFound."""
    found = get_import(session, municipality, import_id)
    plan = from_json(found.content)
    readings = read_rows(plan)
    return ImportView(
        id=found.id,
        file_name=found.file_name,
        revision=found.revision,
        read_by=found.read_by,
        read_at=found.read_at,
        is_confirmed=found.confirmed_at is not None,
        plan_slug=found.plan.slug if found.plan else None,
        head=plan.head,
        window=plan_window(plan),
        doubts=head_doubts(plan),
        areas=tuple(_areas(plan, readings)),
        dropped=tuple(row for row in plan.rows if row.is_dropped),
    )


def _waiting(found: PlanImport) -> WaitingImport:
    plan = from_json(found.content)
    return WaitingImport(
        id=found.id,
        file_name=found.file_name,
        title=plan.head.title,
        n_rows=sum(not row.is_dropped for row in plan.rows),
        read_by=found.read_by,
        read_at=found.read_at,
    )


def _areas(plan: FoundPlan, readings: Mapping[int, RowReading]) -> list[AreaRows]:
    kept = [row for row in plan.rows if not row.is_dropped]
    repeated: dict[int, list[int]] = {}
    for row in kept:
        if row.same_as is not None:
            repeated.setdefault(row.same_as, []).append(row.number)
    views: dict[int | None, list[RowView]] = {}
    for row in kept:
        reading = readings[row.number]
        view = RowView(
            row,
            reading.doubts,
            reading.when,
            reading.follow_up,
            tuple(repeated.get(row.number, ())),
        )
        views.setdefault(row.area, []).append(view)
    groups = [AreaRows(area, tuple(views.get(area.number, ()))) for area in plan.areas]
    without = [AreaRows(None, tuple(views[None]))] if None in views else []
    return [*without, *groups]
