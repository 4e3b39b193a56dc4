"""Put true counts and the verdict on them together into a table that may be shown."""

from dataclasses import dataclass

from surveys.models.dialogue import QuestionKind
from surveys.models.response import (
    DONT_KNOW,
    NO,
    NONE_VALUE,
    SCALE_VALUES,
    TEXT_VALUE,
    YES,
)
from surveys.privacy import Limits, Withheld, is_sensitive
from surveys.queries.results.filters import Filters
from surveys.queries.results.groups import ALL, Group
from surveys.queries.results.measures import Line, Measure
from surveys.queries.results.table_shapes import Cell, Column, Crosstab, Row
from surveys.queries.results.tallies import Tally
from surveys.queries.results.withholding import Verdict
from surveys.statistics.proportions import estimate_share


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a table is made of. ``verdict`` is None for those who may see rows.

    ``step``: numbers of all columns but that of everybody are rounded down to a multiple of it.
    """

    measure: Measure
    by: Group | None
    filters: Filters
    limits: Limits
    whole: Tally
    parts: Tally | None
    columns: tuple[tuple[str, str | None], ...]  # besides ALL: key and title
    verdict: Verdict | None
    is_outermost: bool = False  # rows that are parts of others are left out
    is_overlapping: bool = False
    step: int = 1

    def step_of(self, column: str) -> int:
        """What the column's numbers are rounded down to a multiple of; 1: they are exact."""
        return 1 if column == ALL else self.step


def assemble(sheet: Sheet) -> Crosstab:
    """The table of ``sheet``: everybody first, then its columns."""
    lines = tuple(line for line in sheet.measure.lines if not (sheet.is_outermost and line.part_of))
    keys = ((ALL, None), *sheet.columns)
    question = sheet.measure.question
    return Crosstab(
        measure=sheet.measure.key,
        by=sheet.by,
        filters=sheet.filters,
        limits=sheet.limits,
        rows=tuple(Row(line.key, line.title, line.part_of) for line in lines),
        columns=tuple(_column(sheet, key, title) for key, title in keys),
        cells=tuple(tuple(_cell(sheet, line, key) for key, _ in keys) for line in lines),
        is_multiple=sheet.measure.is_multiple,
        is_overlapping=sheet.is_overlapping,
        is_suppressed=sheet.verdict is not None,
        question_code=question.code if question else None,
        question_version=question.version if question else None,
        question_kind=question.kind if question else None,
        wording=question.text() if question else None,
        step=sheet.step,
    )


def _tally_of(sheet: Sheet, column: str) -> Tally:
    return sheet.whole if column == ALL or sheet.parts is None else sheet.parts


def _column(sheet: Sheet, key: str, title: str | None) -> Column:
    found = _tally_of(sheet, key)
    is_gone = sheet.verdict is not None and key in sheet.verdict.columns
    withheld = Withheld.NOT_TOLD if is_gone else None
    step = sheet.step_of(key)
    size, said = found.sizes[key], found.said[key]
    outside = {
        "n_dont_know": (DONT_KNOW,),
        "n_words": (TEXT_VALUE,),
        "n_missing": (NONE_VALUE,),
        "n_other_series": _other_series(sheet.measure),
    }
    numbers: dict[str, int | None] = {}
    for name, rows in outside.items():
        told = withheld is None and not any(_withheld(sheet, row, key) for row in rows)
        numbers[name] = sum(found.cells[row, key] for row in rows) if told else None
    if not sheet.measure.others:
        numbers = {"n_missing": size - said if withheld is None and step == 1 else None}
    return Column(
        key=key,
        title=title,
        withheld=withheld,
        n_respondents=size - size % step if withheld is None else None,
        n=said - said % step if withheld is None else None,
        n_outside=size - said if withheld is None and step == 1 else None,
        **numbers,
    )


def _other_series(measure: Measure) -> tuple[str, ...]:
    if measure.question is None or measure.is_text:
        return ()
    return (YES, NO) if measure.question.kind is QuestionKind.SCALE else SCALE_VALUES


def _cell(sheet: Sheet, line: Line, column: str) -> Cell:
    found = _tally_of(sheet, column)
    count, base = found.cells[line.key, column], found.said[column]
    withheld = _withheld(sheet, line.key, column)
    if withheld is not None:
        return Cell(None, withheld, None)
    step = sheet.step_of(column)
    if step > 1:
        return Cell(count - count % step, None, None)
    share = estimate_share(count, base) if base else None
    limit = sheet.limits.min_respondents if column == ALL else sheet.limits.min_crossed
    is_below = sheet.verdict is None and is_sensitive(count, base, limit)
    return Cell(count, None, share, is_below)


def _withheld(sheet: Sheet, row: str, column: str) -> Withheld | None:
    if sheet.verdict is None:
        return None
    is_gone = column in sheet.verdict.columns or (row, column) in sheet.verdict.cells
    return Withheld.NOT_TOLD if is_gone else None
