"""From a table of population counts to checked counts, or to what is wrong with it.

The table may hold every municipality of the country: only the rows of one are read. It is whole
or it is refused: weights from a table that misses a group would put that group's people nowhere.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from surveys.drafts.population import (
    WHOLE,
    AgeSpan,
    PopulationDraft,
    PopulationProblem,
    PopulationRefused,
)
from surveys.models.response import AgeBand, Gender
from surveys.services.dialogues.import_vocabulary import folded
from surveys.text.csv_table import Table, TableRow, UnusableFile, read_table
from surveys.text.typed import clean_text

# What each column may be called, the first as we ask for it.
COUNT_COLUMNS = ("folkmangd", "folkmängd", "antal", "population")
AGE_COLUMNS = ("aldersgrupp", "åldersgrupp", "alder", "ålder")
GENDER_COLUMNS = ("kon", "kön")
CODE_COLUMNS = ("kommunkod", "region", "kod")
NAME_COLUMNS = ("kommun", "kommunnamn")
AREA_COLUMNS = ("omrade", "område")
YEAR_COLUMNS = ("referensar", "referensår", "ar", "år")

GENDERS = {
    **dict.fromkeys(("kvinnor", "kvinna", "k"), Gender.WOMAN),
    **dict.fromkeys(("man", "män", "m"), Gender.MAN),
}
OLDEST, MOST_PEOPLE, LONGEST_AREA = 120, 10_000_000, 120
MAX_PROBLEMS = 20
_AGES = re.compile(r"(\d{1,3})\s*(?:[-\u2013\u2212]\s*(\d{1,3}|w)|(\+))?(?:\s*år)?")
_CODE = re.compile(r"\d{3,4}")


def read_population_table(content: bytes) -> Table:
    """The table in a file's bytes, by whichever name its counts have. Raises UnusableFile."""
    for name in COUNT_COLUMNS[1:]:
        try:
            return read_table(content, name)
        except UnusableFile as error:
            if error.code != "no_header":
                raise
    return read_table(content, COUNT_COLUMNS[0])


class _Reader:
    """Reads one municipality's rows and keeps what is wrong with them."""

    def __init__(self, table: Table, code: str, name: str) -> None:
        self.columns = set(table.columns)
        self.code, self.name = code, folded(name)
        self.drafts: dict[tuple[str, Gender, AgeSpan], tuple[int, PopulationDraft]] = {}
        self.years: set[str] = set()
        self.problems = [PopulationProblem(row.line, row.code, row.values) for row in table.broken]

    def take(self, row: TableRow) -> None:
        """Read one row: keep its count, or what is wrong with it."""
        if not self._is_ours(row.cells):
            return
        self.years.add(_cell(row.cells, YEAR_COLUMNS))
        try:
            draft = _draft(row.cells)
        except _BadCell as error:
            self.problems.append(PopulationProblem(row.line, error.code, error.values))
            return
        key = (folded(draft.area), draft.gender, draft.ages)
        if key in self.drafts:
            values = _group(draft) | {"first": self.drafts[key][0]}
            self.problems.append(PopulationProblem(row.line, "population_twice", values))
            return
        self.drafts[key] = (row.line, draft)

    def _is_ours(self, cells: Mapping[str, str]) -> bool:
        typed = _cell(cells, CODE_COLUMNS)
        found = _CODE.match(typed)
        if found:  # a spreadsheet takes the first 0 of 0114 away
            return found[0].zfill(4) == self.code
        name = folded(_cell(cells, NAME_COLUMNS) or typed)
        return not name or name in {self.name, f"{self.name} kommun"}


class _BadCell(ValueError):
    def __init__(self, code: str, **values: str | int) -> None:
        super().__init__(code)
        self.code, self.values = code, values


def read_population(
    table: Table, code: str, name: str
) -> tuple[tuple[PopulationDraft, ...], int | None]:
    """The counts of the municipality with SCB's ``code``, and the year that the table names.

    Raises PopulationRefused with each problem: a row that cannot be read, or a group that is not
    there.
    """
    _need_columns(table)
    reader = _Reader(table, code, name)
    for row in table.rows:
        reader.take(row)
    if reader.problems:
        raise PopulationRefused(tuple(sorted(reader.problems, key=lambda p: p.line)))
    drafts = tuple(draft for _, draft in reader.drafts.values())
    if not drafts:
        raise _refused("population_nobody", code=code, name=name)
    years = reader.years - {""}
    if len(years) > 1:
        raise _refused("population_years", years=", ".join(sorted(years)[:5]))
    missing = _missing_groups(drafts)
    if missing:
        raise PopulationRefused(tuple(missing[:MAX_PROBLEMS]))
    year = next(iter(years), "")
    return drafts, int(year) if re.fullmatch(r"(19|20)\d\d", year) else None


def _need_columns(table: Table) -> None:
    for names in (COUNT_COLUMNS, AGE_COLUMNS, GENDER_COLUMNS):
        if not set(names) & set(table.columns):
            raise _refused("population_column", column=names[0])


def _refused(reason: str, /, **values: str | int) -> PopulationRefused:
    return PopulationRefused((PopulationProblem(0, reason, values),))


def _cell(cells: Mapping[str, str], names: Sequence[str]) -> str:
    return next((cells[name] for name in names if name in cells), "")


def _draft(cells: Mapping[str, str]) -> PopulationDraft:
    typed = _cell(cells, GENDER_COLUMNS)
    gender = GENDERS.get(folded(typed))
    if gender is None:
        raise _BadCell("population_gender", typed=typed[:40])
    area = clean_text(_cell(cells, AREA_COLUMNS))
    if len(area) > LONGEST_AREA:
        raise _BadCell("population_area", typed=area[:60])
    return PopulationDraft(
        area, gender, _ages(_cell(cells, AGE_COLUMNS)), _people(_cell(cells, COUNT_COLUMNS))
    )


def _ages(typed: str) -> AgeSpan:
    found = _AGES.fullmatch(typed.strip().casefold())
    if found is None:
        raise _BadCell("population_ages", typed=typed[:40])
    first, last, plus = int(found[1]), found[2], found[3]
    span = AgeSpan(first, None if plus or last == "w" else int(last or first))
    if first > OLDEST or (span.last is not None and not first <= span.last <= OLDEST):
        raise _BadCell("population_ages", typed=typed[:40])
    crossed = next((it for it in list(AgeBand)[1:] if _crosses(span, it.ages[0])), None)
    if crossed is not None:
        raise _BadCell("population_across", typed=str(span), age=crossed.ages[0])
    return span


def _crosses(span: AgeSpan, border: int) -> bool:
    return span.first < border and (span.last is None or span.last >= border)


def _people(typed: str) -> int:
    plain = typed.replace("\u00a0", "").replace("\u202f", "").replace(" ", "")
    if not re.fullmatch(r"[0-9]{1,9}", plain) or int(plain) > MOST_PEOPLE:
        raise _BadCell("not_people", typed=typed[:40])
    return int(plain)


def _missing_groups(drafts: Iterable[PopulationDraft]) -> list[PopulationProblem]:
    """The spans of ages that a gender lacks or has twice, from 0 to the oldest, area by area."""
    spans: dict[str, dict[Gender, list[AgeSpan]]] = defaultdict(lambda: defaultdict(list))
    for draft in drafts:
        spans[draft.area][draft.gender].append(draft.ages)
    problems = []
    for area, by_gender in spans.items():
        for gender in (Gender.WOMAN, Gender.MAN):
            if gender not in by_gender:
                problems.append(_problem("population_no_gender", area, gender))
                continue
            for code, span in _faults(sorted(by_gender[gender], key=lambda it: it.first)):
                problems.append(_problem(code, area, gender, span))
    return problems


def _faults(spans: Sequence[AgeSpan]) -> Iterable[tuple[str, AgeSpan]]:
    expected: int | None = 0
    for span in spans:
        if expected is None or span.first < expected:
            yield "population_overlap", span
            continue
        if span.first > expected:
            yield "population_no_ages", AgeSpan(expected, span.first - 1)
        expected = None if span.last is None else span.last + 1
    if expected is not None:
        yield "population_no_ages", AgeSpan(expected, None)


def _problem(
    code: str, area: str, gender: Gender, span: AgeSpan | None = None
) -> PopulationProblem:
    values: dict[str, str | int] = {"gender": _plural(gender), "area": area or WHOLE}
    if span is not None:
        values["ages"] = str(span)
    return PopulationProblem(0, code if not area else f"{code}_in", values)


def _group(draft: PopulationDraft) -> dict[str, str | int]:
    return {"gender": _plural(draft.gender), "ages": str(draft.ages)}


def _plural(gender: Gender) -> str:
    """As the table itself writes it."""
    return "kvinnor" if gender is Gender.WOMAN else "män"
