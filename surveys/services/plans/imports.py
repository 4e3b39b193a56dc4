"""Writers for plans that were read from a file: kept, put right row by row, thrown away.

Two people may look one import through. Each row, area and head has a revision of its own, so that
only those who change the same thing get in each other's way, and the second is told.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.drafts.plan_imports import HeadDraft, ImportedAreaDraft, RowDraft
from surveys.errors import Conflict, InvalidInput, NotFound
from surveys.limits import MAX_SHORT, MAX_SOURCE, MAX_SUMMARY
from surveys.models.municipality import Municipality
from surveys.models.plan_import import PlanImport
from surveys.plan_files.doubts import known_words, with_latin
from surveys.plan_files.found import FoundArea, FoundPlan, FoundRow, from_json, to_json
from surveys.plan_files.reading import MAX_AREAS
from surveys.services.editions.input_rules import check_day, check_period
from surveys.services.editions.revisions import ChangedMeanwhile

MAX_WAITING = 50  # imports that nobody has confirmed


def store_import(
    session: Session,
    municipality: Municipality,
    plan: FoundPlan,
    file_name: str,
    *,
    by: str,
    now: datetime,
) -> PlanImport:
    """Keep what was read until somebody in the role ``by`` or another has looked it through."""
    waiting = select(PlanImport.id).where(
        PlanImport.municipality_id == municipality.id, PlanImport.confirmed_at.is_(None)
    )
    if len(session.scalars(waiting).all()) >= MAX_WAITING:
        raise InvalidInput("too_many_imports")
    found = PlanImport(
        municipality_id=municipality.id,
        file_name=file_name[:200],
        content=to_json(plan),
        read_by=by,
        read_at=now,
    )
    session.add(found)
    session.flush()
    return found


def edit_import_row(
    session: Session, municipality: Municipality, import_id: int, number: int, draft: RowDraft
) -> None:
    """Put a row right; raise NotFound, ChangedMeanwhile, InvalidInput."""

    def change(plan: FoundPlan) -> FoundPlan:
        row = row_at(plan, number, draft.revision)
        plan, area = _chosen_area(plan, draft)
        cells = {
            "activity": _bounded(draft.activity, "activity", MAX_SOURCE),
            "when": _bounded(draft.when, "when", MAX_SOURCE),
            "who": _bounded(draft.who, "who", MAX_SUMMARY),
            "follow_up": _bounded(draft.follow_up, "follow_up", MAX_SUMMARY),
        }
        takes = {"takes_when": draft.takes_when, "takes_follow_up": draft.takes_follow_up}
        return with_row(plan, replace(row, area=area, **cells, **takes))  # type: ignore[arg-type]

    change_import(session, municipality, import_id, change)


def edit_import_head(
    session: Session, municipality: Municipality, import_id: int, draft: HeadDraft
) -> None:
    """Write what the plan says of itself; raise NotFound, ChangedMeanwhile, InvalidInput."""
    if draft.starts_on is not None and draft.ends_on is not None:
        check_period(draft.starts_on, draft.ends_on)
    check_day(draft.starts_on, "starts_on")
    check_day(draft.ends_on, "ends_on")
    check_day(draft.evaluate_after, "evaluate_after")

    def change(plan: FoundPlan) -> FoundPlan:
        if plan.head.revision != draft.revision:
            raise ChangedMeanwhile(plan.head.revision)
        head = replace(
            plan.head,
            title=draft.title.strip(),
            starts_on=draft.starts_on,
            ends_on=draft.ends_on,
            authors=draft.authors,
            evaluation_text=draft.evaluation_text,
            evaluate_after=draft.evaluate_after,
            evaluation_owners=draft.evaluation_owners,
            channels=draft.channels,
            revision=plan.head.revision + 1,
        )
        told = {"title_from_file", "period_from_file"}
        return replace(plan, head=head, doubts=tuple(d for d in plan.doubts if d.code not in told))

    change_import(session, municipality, import_id, change)


def edit_import_area(
    session: Session,
    municipality: Municipality,
    import_id: int,
    number: int,
    draft: ImportedAreaDraft,
) -> None:
    """Change an area's name and goals; raise NotFound, ChangedMeanwhile, InvalidInput."""

    def change(plan: FoundPlan) -> FoundPlan:
        area = next((area for area in plan.areas if area.number == number), None)
        if area is None:
            raise NotFound(str(number))
        if area.revision != draft.revision:
            raise ChangedMeanwhile(area.revision)
        name = _bounded(draft.name, "name", MAX_SHORT)
        if not name:
            raise InvalidInput("name_missing", "name")
        if any(a.number != number and a.name.casefold() == name.casefold() for a in plan.areas):
            raise InvalidInput("area_twice", "name")
        new = replace(area, name=name, goals=draft.goals, revision=area.revision + 1)
        return replace(plan, areas=tuple(new if a.number == number else a for a in plan.areas))

    change_import(session, municipality, import_id, change)


def place_loose_rows(
    session: Session, municipality: Municipality, import_id: int, name: str
) -> None:
    """Put every row that stands under no area under the area ``name``, a new one if need be."""

    def change(plan: FoundPlan) -> FoundPlan:
        if not name.strip():
            raise InvalidInput("name_missing", "name")
        plan, area = _area_named(plan, name)
        loose = [row for row in plan.rows if row.area is None]
        return with_rows(plan, [replace(row, area=area) for row in loose])

    change_import(session, municipality, import_id, change)


def take_latin_readings(session: Session, municipality: Municipality, import_id: int) -> None:
    """Write every word of mixed scripts in its proposed Latin reading."""

    def change(plan: FoundPlan) -> FoundPlan:
        known = known_words(plan)
        mended = [(row, with_latin(row, known)) for row in plan.rows if not row.is_dropped]
        return with_rows(plan, [replace(row, **new) for row, new in mended if new])  # type: ignore[arg-type]

    change_import(session, municipality, import_id, change)


def discard_import(session: Session, municipality: Municipality, import_id: int) -> None:
    """Throw an import away that has become no plan; raise NotFound, Conflict once it has."""
    session.delete(take_import(session, municipality, import_id))
    session.flush()


def take_import(session: Session, municipality: Municipality, import_id: int) -> PlanImport:
    """The import, held for a change; raise NotFound, or Conflict where it is a plan already."""
    found = session.scalar(
        select(PlanImport)
        .where(PlanImport.id == import_id, PlanImport.municipality_id == municipality.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound(str(import_id))
    if found.confirmed_at is not None:
        raise Conflict("confirmed")
    return found


def change_import(
    session: Session,
    municipality: Municipality,
    import_id: int,
    change: Callable[[FoundPlan], FoundPlan],
) -> None:
    """Keep what ``change`` makes of the import; raise as ``take_import`` does."""
    found = take_import(session, municipality, import_id)
    found.content = to_json(change(from_json(found.content)))
    found.revision += 1
    session.flush()


def row_at(plan: FoundPlan, number: int, revision: int) -> FoundRow:
    """The row with this number; raise NotFound, or ChangedMeanwhile."""
    row = next((row for row in plan.rows if row.number == number), None)
    if row is None:
        raise NotFound(str(number))
    if row.revision != revision:
        raise ChangedMeanwhile(row.revision)
    return row


def with_row(plan: FoundPlan, row: FoundRow) -> FoundPlan:
    return with_rows(plan, [row])


def with_rows(plan: FoundPlan, changed: Iterable[FoundRow]) -> FoundPlan:
    """The same for several, each at its next revision."""
    new = {row.number: replace(row, revision=row.revision + 1) for row in changed}
    return replace(plan, rows=tuple(new.get(row.number, row) for row in plan.rows))


def _chosen_area(plan: FoundPlan, draft: RowDraft) -> tuple[FoundPlan, int | None]:
    if draft.new_area.strip():
        return _area_named(plan, draft.new_area)
    if draft.area is not None and all(area.number != draft.area for area in plan.areas):
        raise NotFound(str(draft.area))
    return plan, draft.area


def _area_named(plan: FoundPlan, name: str) -> tuple[FoundPlan, int]:
    """The area ``name``, put last in the plan where it is not there."""
    wanted = _bounded(name, "new_area", MAX_SHORT)
    for area in plan.areas:
        if area.name.casefold() == wanted.casefold():
            return plan, area.number
    if len(plan.areas) >= MAX_AREAS:
        raise InvalidInput("too_many_areas", "new_area")
    number = max((area.number for area in plan.areas), default=0) + 1
    return replace(plan, areas=(*plan.areas, FoundArea(number, wanted))), number


def _bounded(text: str, field: str, limit: int) -> str:
    kept = text.strip()
    if len(kept) > limit:
        raise InvalidInput("too_long", field)
    return kept
