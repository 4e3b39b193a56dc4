"""What is decided of a row that was read: left out, joined with another, parted from it."""

from dataclasses import replace

from sqlalchemy.orm import Session

from surveys.errors import InvalidInput, NotFound
from surveys.models.municipality import Municipality
from surveys.plan_files.found import FoundPlan, FoundRow
from surveys.services.plans.imports import change_import, row_at, with_row, with_rows


def drop_row(
    session: Session, municipality: Municipality, import_id: int, number: int, revision: int
) -> None:
    """Leave a row out of the plan; rows that repeat it go on with the first of them."""

    def change(plan: FoundPlan) -> FoundPlan:
        row = row_at(plan, number, revision)
        plan = _without_first(plan, row)
        return with_row(plan, replace(row, is_dropped=True, same_as=None))

    change_import(session, municipality, import_id, change)


def restore_row(
    session: Session, municipality: Municipality, import_id: int, number: int, revision: int
) -> None:
    """Take a dropped row in again, as an activity of its own."""

    def change(plan: FoundPlan) -> FoundPlan:
        return with_row(plan, replace(row_at(plan, number, revision), is_dropped=False))

    change_import(session, municipality, import_id, change)


def join_row(
    session: Session,
    municipality: Municipality,
    import_id: int,
    number: int,
    revision: int,
    *,
    other: int,
) -> None:
    """Say that a row is the activity of the row ``other``, counted once, under both areas."""

    def change(plan: FoundPlan) -> FoundPlan:
        row = row_at(plan, number, revision)
        first = next((each for each in plan.rows if each.number == other), None)
        if first is None or first.is_dropped:
            raise NotFound(str(other))
        target = first.same_as or first.number
        if target == number:
            raise InvalidInput("row_with_itself")
        plan = with_rows(
            plan, [replace(each, same_as=target) for each in plan.rows if each.same_as == number]
        )
        return with_row(plan, replace(row, same_as=target))

    change_import(session, municipality, import_id, change)


def split_row(
    session: Session, municipality: Municipality, import_id: int, number: int, revision: int
) -> None:
    """Let a row that repeats another be an activity of its own."""

    def change(plan: FoundPlan) -> FoundPlan:
        row = row_at(plan, number, revision)
        apart = (*row.apart_from, row.same_as) if row.same_as else row.apart_from
        return with_row(plan, replace(row, same_as=None, apart_from=apart))

    change_import(session, municipality, import_id, change)


def keep_apart(
    session: Session,
    municipality: Municipality,
    import_id: int,
    number: int,
    revision: int,
    *,
    other: int,
) -> None:
    """Say that a row is something else than the row ``other`` that it is like."""

    def change(plan: FoundPlan) -> FoundPlan:
        row = row_at(plan, number, revision)
        return with_row(plan, replace(row, apart_from=(*row.apart_from, other)))

    change_import(session, municipality, import_id, change)


def _without_first(plan: FoundPlan, row: FoundRow) -> FoundPlan:
    """The plan where rows that repeat ``row`` repeat the first of themselves instead."""
    repeating = [each for each in plan.rows if each.same_as == row.number and not each.is_dropped]
    if not repeating:
        return plan
    first, *rest = repeating
    moved = [replace(each, same_as=first.number) for each in rest]
    return with_rows(plan, [replace(first, same_as=None), *moved])
