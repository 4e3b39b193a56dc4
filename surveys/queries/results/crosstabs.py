"""Crossed tables: any question, theme or place reason by any group, as they may be told.

What comes out of here is what may be shown, drawn, filed and frozen: nobody else applies limits.
"""

from dataclasses import replace

from sqlalchemy.orm import Session

from surveys.errors import InvalidInput, NotFound
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.privacy import limits_of
from surveys.queries.results.assembly import Sheet, assemble
from surveys.queries.results.filters import AGE_GROUPS, POOLED, Filters
from surveys.queries.results.groups import BY_AGE, MARK_AREAS, OVERLAPPING, Group, order_columns
from surveys.queries.results.kept import quick_tally
from surveys.queries.results.map_areas import list_closed_areas
from surveys.queries.results.measures import Measure, MeasureKind, get_measure
from surveys.queries.results.pooling import beside_each_other, pool, take_column
from surveys.queries.results.table_shapes import Cell, Column, Crosstab, Row
from surveys.queries.results.tallies import Scope, Tally
from surveys.queries.results.withholding import Split, fill_sums, judge

__all__ = ["Cell", "Column", "Crosstab", "Filters", "Group", "Row", "make_crosstab"]

# By what each filter is a column of a table, where it is the only one.
_COLUMN_OF_FILTER = {
    "channel": Group.CHANNEL,
    "language": Group.LANGUAGE,
    "event": Group.EVENT,
    "gender": Group.GENDER,
    "area": Group.AREA,
    "week": Group.WEEK,
    "theme": Group.THEME,
}


def make_crosstab(  # noqa: PLR0913 - what is asked for, each thing by its name
    session: Session,
    municipality: Municipality,
    dialogue: Dialogue,
    *,
    measure: str,
    by: Group | None = None,
    filters: Filters | None = None,
    sees_rows: bool = False,
) -> Crosstab:
    """``measure`` (see ``get_measure``) of ``municipality``'s answers to ``dialogue``, by ``by``.

    Unless ``sees_rows``, small numbers are withheld, and one filter or one split may be asked for,
    not both: the filtered table is then the column of the split one, so that no two tables differ
    by a few persons. Raise InvalidInput("too_fine") for more and ("only_places") for what is no
    place by where places lie, NotFound for a measure that there is none of.
    """
    chosen = filters or Filters()
    if chosen.municipality not in (None, municipality.slug) or by is Group.MUNICIPALITY:
        return _joint(session, Scope(municipality, dialogue, chosen), measure, by, sees_rows)
    scope = Scope(municipality, dialogue, chosen)
    return _of_one(session, scope, measure, by, sees_rows)


def _of_one(
    session: Session, scope: Scope, key: str, by: Group | None, sees_rows: bool
) -> Crosstab:
    """The table of one municipality's answers."""
    measure = get_measure(session, scope.municipality, scope.dialogue, key)
    of_marks = measure.kind not in (MeasureKind.QUESTION, MeasureKind.THEMES)
    if by in MARK_AREAS and not of_marks:
        raise InvalidInput("only_places", "by")
    if sees_rows or not scope.filters.of_respondents:
        return _table(session, scope, measure, by, sees_rows)
    if by is not None:
        raise InvalidInput("too_fine", "by")
    return _one_column(session, scope, measure)


def _one_column(session: Session, scope: Scope, measure: Measure) -> Crosstab:
    """The only filter's answers, as the table split by it tells them."""
    names = list(scope.filters.of_respondents.items())
    name, value = names[0]
    if len(names) > 1 or (name != "age" and name not in _COLUMN_OF_FILTER):
        raise InvalidInput("too_fine", name)
    if name == "age":
        by = Group.AGE_GROUP if value in AGE_GROUPS else Group.AGE_BAND
    else:
        by = _COLUMN_OF_FILTER[name]
    unfiltered = Scope(scope.municipality, scope.dialogue, Filters())
    return take_column(_table(session, unfiltered, measure, by, False), value, scope.filters)


def _joint(session: Session, scope: Scope, key: str, by: Group | None, sees_rows: bool) -> Crosstab:
    """A joint dialogue: another municipality's figures, or all of them together.

    Others' are told within their own limits, whatever the account may see of its own. The pooled
    number is told where every municipality's is, so that it gives nothing away.
    """
    mine, filters = scope.municipality, scope.filters
    members = sorted(scope.dialogue.municipalities, key=lambda each: each.name)
    if scope.dialogue.agreement_id is None and len(members) < 2:
        raise NotFound("a dialogue of one municipality")
    if by is not Group.MUNICIPALITY and filters.municipality != POOLED:
        member = next((m for m in members if m.slug == filters.municipality), None)
        if member is None:
            raise NotFound(str(filters.municipality))
        return _of_one(session, Scope(member, scope.dialogue, filters), key, by, False)
    split = None if by is Group.MUNICIPALITY else by
    tables = [
        (m, _of_one(session, Scope(m, scope.dialogue, filters), key, split, False)) for m in members
    ]
    if by is not Group.MUNICIPALITY:
        return pool([(member.name, table) for member, table in tables], filters)
    own = None
    if sees_rows:
        of_own = replace(filters, municipality=mine.slug)
        own = _of_one(session, Scope(mine, scope.dialogue, of_own), key, None, True)
    return beside_each_other([(m.slug, m.name, table) for m, table in tables], filters, own)


def _table(
    session: Session, scope: Scope, measure: Measure, by: Group | None, sees_rows: bool
) -> Crosstab:
    whole, parts, split = _count(session, scope, measure, by)
    limits = limits_of(scope.municipality)
    verdict = None if sees_rows else judge(measure, whole, limits, parts, split)
    columns: list[tuple[str, str | None]] = []
    if by is not None and split is not None:
        ordered = order_columns(session, scope.municipality, scope.dialogue, by, split.keys)
        left_out = AGE_GROUPS if by is Group.AGE_BAND else split.parents
        columns = [each for each in ordered if each[0] not in left_out]
    return assemble(
        Sheet(
            measure=measure,
            by=by,
            filters=scope.filters,
            limits=limits,
            whole=whole,
            parts=parts,
            columns=tuple(columns),
            verdict=verdict,
            is_outermost=by in BY_AGE,
            is_overlapping=by in OVERLAPPING,
            step=limits.min_respondents if by in MARK_AREAS and verdict is not None else 1,
        )
    )


def _count(
    session: Session, scope: Scope, measure: Measure, by: Group | None
) -> tuple[Tally, Tally | None, Split | None]:
    whole = fill_sums(quick_tally(session, scope, measure, None), measure)
    if by is None:
        return whole, None, None
    parts = quick_tally(session, scope, measure, by)
    if by in BY_AGE:
        _add_age_groups(parts)
    parts = fill_sums(parts, measure)
    known = [key for key, n in parts.sizes.items() if n > 0]
    ordered = order_columns(session, scope.municipality, scope.dialogue, by, known)
    keys = [key for key, _ in ordered]
    if by in BY_AGE:
        groups = [group for group in AGE_GROUPS if parts.sizes[group] > 0]
        bands = [key for key in keys if key not in groups]
        parents = {band.value: group for group, bands_ in AGE_GROUPS.items() for band in bands_}
        return whole, parts, Split((*groups, *bands), parents)
    closed: frozenset[str] = frozenset()
    if by in MARK_AREAS:
        closed = list_closed_areas(session, scope.municipality, scope.dialogue, MARK_AREAS[by])
    return whole, parts, Split(tuple(keys), {}, by in OVERLAPPING, by not in MARK_AREAS, closed)


def _add_age_groups(found: Tally) -> None:
    for group, bands in AGE_GROUPS.items():
        for band in bands:
            found.sizes[group] += found.sizes[band.value]
            found.said[group] += found.said[band.value]
            for row, column in [cell for cell in found.cells if cell[1] == band.value]:
                found.cells[row, group] += found.cells[row, column]
