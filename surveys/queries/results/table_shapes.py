"""The shape of a table: what pages draw, files hold and evidence freezes."""

from dataclasses import dataclass

from surveys.models.dialogue import QuestionKind
from surveys.privacy import Limits, Withheld
from surveys.queries.results.filters import Filters
from surveys.queries.results.groups import ALL, Group
from surveys.statistics.proportions import Proportion


@dataclass(frozen=True, slots=True)
class Cell:
    """One number: ``count`` is None where it is withheld, and ``share`` where there is no base.

    ``is_below``: it is under the limit, and told only to those who may see rows.
    """

    count: int | None
    withheld: Withheld | None
    share: Proportion | None
    is_below: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """What is counted. ``title`` is None where the page has the words for ``key``."""

    key: str
    title: str | None
    part_of: str | None  # the row that this one is part of


@dataclass(frozen=True, slots=True)
class Column:
    """A group. ``n`` is the base of its shares; a number is None where it is withheld.

    ``key`` is ALL for everybody and NOT_STATED for those who did not say. ``n_outside`` are those
    of ``n_respondents`` who are not in ``n``: what they did instead is ``n_dont_know``, ``n_words``
    and ``n_missing``, and ``n_other_series`` for an answer in another form of the question.
    """

    key: str
    title: str | None
    withheld: Withheld | None
    n_respondents: int | None
    n: int | None
    n_outside: int | None
    n_dont_know: int | None = None
    n_words: int | None = None
    n_missing: int | None = None
    n_other_series: int | None = None


@dataclass(frozen=True, slots=True)
class Crosstab:
    """A table. ``columns[0]`` is everybody; ``cells[i][j]`` is row i in column j.

    ``is_multiple``: one respondent may stand in several rows, so that shares exceed 100 %;
    ``is_overlapping``: in several columns. ``is_suppressed`` is False only for those who may see
    rows; ``has_below``: they were shown a number under the limit, which is to be logged. Where
    ``step`` is more than 1, the numbers of all columns but the first are rounded down to a multiple
    of it, and have no shares: the map tells exact numbers of the same ground.
    """

    measure: str
    by: Group | None
    filters: Filters
    limits: Limits
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    cells: tuple[tuple[Cell, ...], ...]
    is_multiple: bool
    is_overlapping: bool
    is_suppressed: bool
    question_code: str | None = None
    question_version: int | None = None
    question_kind: QuestionKind | None = None
    wording: str | None = None
    # Of a joint dialogue: municipalities with too few answers to be in the pooled figures.
    left_out: tuple[str, ...] = ()
    step: int = 1

    @property
    def n_withheld(self) -> int:
        """How many cells are withheld."""
        return sum(cell.withheld is not None for row in self.cells for cell in row)

    @property
    def has_below(self) -> bool:
        """Whether a number under the limit is shown."""
        return any(cell.is_below for row in self.cells for cell in row)

    def step_of(self, column: Column) -> int:
        """What the column's numbers are rounded down to a multiple of; 1: they are exact."""
        return 1 if column.key == ALL else self.step

    def cell(self, row: str, column: str = ALL) -> Cell:
        """The cell of a row's and a column's keys; raise KeyError where there is none."""
        rows = {each.key: i for i, each in enumerate(self.rows)}
        columns = {each.key: i for i, each in enumerate(self.columns)}
        return self.cells[rows[row]][columns[column]]
