"""A codebook as a file: all of it is right and taken in, or nothing is."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.drafts.themes import ThemeDraft
from surveys.errors import InvalidInput
from surveys.limits import MAX_PARAGRAPHS, MAX_THEME_NAME, MAX_THEMES
from surveys.models.municipality import Municipality
from surveys.models.theme import Theme, ThemeChangeKind
from surveys.services.texts.codebook import MAX_CODE, Change, draft_of, ensure_codebook, record
from surveys.services.texts.theme_groups import ABOUT_A_GROUP, names_group
from surveys.text.codebook import COLUMNS
from surveys.text.csv_table import BrokenRow, Table, TableRow
from surveys.text.typed import clean_text

REQUIRED_COLUMN = "code"
PARENT_COLUMN = "parent"
FILE_COLUMNS = (*COLUMNS, PARENT_COLUMN)
_CODE = re.compile(r"[a-z0-9_]+")
# Put before what a spreadsheet would take for a formula when the codebook was taken out.
_APOSTROPHE = re.compile(
    r"^'(?=\s*[=+\-@\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}"
    r"\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}])"
)


class CodebookRefused(InvalidInput):
    """The file cannot be taken in; ``faults`` tell every line that is wrong."""

    def __init__(self, faults: tuple[BrokenRow, ...]) -> None:
        super().__init__("codebook_refused", "file")
        self.faults = faults


@dataclass(frozen=True, slots=True)
class CodebookReport:
    """What became of the file's rows. Codes that the file lacks are left as they were."""

    created: int
    changed: int
    same: int
    unused_columns: tuple[str, ...]


def import_codebook(
    session: Session, municipality: Municipality, table: Table, *, by: str, now: datetime
) -> CodebookReport:
    """Take in the codes of ``table``: new ones are made, known ones get its words, with history.

    Raises CodebookRefused with all that is wrong; nothing is then changed.
    """
    ensure_codebook(session, municipality, now=now)
    statement = select(Theme).where(Theme.municipality_id == municipality.id)
    known = {theme.code: theme for theme in session.scalars(statement)}
    drafts = _read(table, known)
    before = {code: draft_of(theme).as_json() for code, theme in known.items()}
    position = max(theme.position for theme in known.values()) + 1
    for code, draft in drafts.items():
        if code not in known:
            known[code] = Theme(
                municipality_id=municipality.id,
                code=code,
                name={"sv": draft.name},
                position=position,
            )
            session.add(known[code])
            position += 1
    session.flush()
    for code, draft in drafts.items():
        _write(known[code], draft, known)
    session.flush()
    counted = Counter(_keep(session, known[code], before.get(code), by, now) for code in drafts)
    unused = tuple(name for name in table.columns if name and name not in FILE_COLUMNS)
    return CodebookReport(counted["created"], counted["changed"], counted["same"], unused)


def _keep(
    session: Session, theme: Theme, before: dict[str, str | None] | None, by: str, now: datetime
) -> str:
    """Write the history's line, where anything has changed; tell what has."""
    session.refresh(theme, ["parent"])
    if before == draft_of(theme).as_json():
        return "same"
    record(session, theme, Change(ThemeChangeKind.IMPORTED, before or {}), by=by, now=now)
    return "changed" if before else "created"


def _write(theme: Theme, draft: ThemeDraft, known: dict[str, Theme]) -> None:
    theme.name = {**(theme.name or {}), "sv": draft.name}
    theme.definition, theme.counts = draft.definition, draft.counts
    theme.does_not_count = draft.does_not_count
    theme.parent_id = known[draft.parent_code].id if draft.parent_code else None


def _read(table: Table, known: dict[str, Theme]) -> dict[str, ThemeDraft]:
    faults = list(table.broken)
    lines: dict[str, int] = {}
    drafts: dict[str, ThemeDraft] = {}
    has_parents = PARENT_COLUMN in table.columns
    for row in table.rows:
        found = list(_row_faults(row, lines))
        faults += found
        code = row.cells[REQUIRED_COLUMN]
        lines.setdefault(code, row.line)
        if not found:
            old = known.get(code)
            kept = None if has_parents or old is None or old.parent is None else old.parent.code
            drafts[code] = _draft(row, old, kept)
    if not faults:
        faults += _faults_between(drafts, known, lines)
    if not drafts and not faults:
        faults.append(BrokenRow(2, "no_rows"))
    if faults:
        raise CodebookRefused(tuple(sorted(faults, key=lambda fault: fault.line)))
    return drafts


def _draft(row: TableRow, old: Theme | None, kept_parent: str | None) -> ThemeDraft:
    """The row's words; a column that the file lacks says nothing about a code that is there."""
    was = draft_of(old) if old else ThemeDraft("")

    def cell(column: str, before: str) -> str:
        return clean_text(_APOSTROPHE.sub("", row.cells[column])) if column in row.cells else before

    return ThemeDraft(
        name=cell("name_sv", was.name),
        definition=cell("definition_sv", was.definition),
        counts=cell("counts_sv", was.counts),
        does_not_count=cell("does_not_count_sv", was.does_not_count),
        parent_code=row.cells.get(PARENT_COLUMN, "") or kept_parent,
    )


def _row_faults(row: TableRow, lines: dict[str, int]) -> Iterator[BrokenRow]:
    code, cells = row.cells[REQUIRED_COLUMN], row.cells
    if not code or len(code) > MAX_CODE or not _CODE.fullmatch(code):
        yield BrokenRow(row.line, "theme_code", {"typed": code[:60], "limit": MAX_CODE})
    elif code in lines:
        yield BrokenRow(row.line, "theme_code_twice", {"code": code, "line": lines[code]})
    if not clean_text(cells.get("name_sv", "")):
        yield BrokenRow(row.line, "theme_name_missing", {"code": code[:60]})
    for column in COLUMNS[1:]:
        limit = MAX_THEME_NAME if column == "name_sv" else MAX_PARAGRAPHS
        length = len(cells.get(column, ""))
        if length > limit:
            yield BrokenRow(row.line, "long", {"column": column, "length": length, "limit": limit})
    if any(names_group(cells.get(column, "")) for column in COLUMNS[1:4]):
        yield BrokenRow(row.line, ABOUT_A_GROUP, {"code": code[:60]})


def _faults_between(
    drafts: dict[str, ThemeDraft], known: dict[str, Theme], lines: dict[str, int]
) -> Iterator[BrokenRow]:
    """What is wrong between the file's rows, and between them and the codes that stay."""
    if len(drafts.keys() | known.keys()) > MAX_THEMES:
        yield BrokenRow(max(lines.values()), "too_many_themes", {"limit": MAX_THEMES})
    parents = {code: theme.parent.code if theme.parent else None for code, theme in known.items()}
    parents |= {code: draft.parent_code for code, draft in drafts.items()}
    names = {t.title().casefold(): c for c, t in known.items() if t.retired_at is None}
    names = {name: code for name, code in names.items() if code not in drafts}
    for code, draft in drafts.items():
        name = draft.name.casefold()
        if name in names:
            yield BrokenRow(lines[code], "theme_name_twice", {"name": draft.name[:60]})
        names[name] = code
        if draft.parent_code and not _may_be_over(draft.parent_code, code, parents, known):
            values: dict[str, str | int] = {"code": code, "parent": draft.parent_code[:60]}
            yield BrokenRow(lines[code], "theme_parent", values)
        elif _in_circle(code, parents):
            yield BrokenRow(lines[code], "theme_circle", {"code": code})


def _may_be_over(
    parent: str, code: str, parents: dict[str, str | None], known: dict[str, Theme]
) -> bool:
    if parent not in parents:
        return False
    old, own = known.get(parent), known.get(code)
    if own is not None and own.is_exclusive:
        return False
    return old is None or (not old.is_exclusive and old.retired_at is None)


def _in_circle(code: str, parents: dict[str, str | None]) -> bool:
    above = parents.get(code)
    seen: set[str] = set()
    while above is not None and above not in seen:
        if above == code:
            return True
        seen.add(above)
        above = parents.get(above)
    return False
