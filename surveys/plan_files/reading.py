"""A file or a pasted text -> a plan with its doubts. Nothing is stored here."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from surveys.plan_files.blocks import MAX_FILE_BYTES, MEBIBYTE, Block, Paragraph, UnreadablePlan
from surveys.plan_files.docx_file import read_docx
from surveys.plan_files.found import Doubt, FoundArea, FoundPlan, FoundRow
from surveys.plan_files.head import names_person, read_head, read_period
from surveys.plan_files.headings import Column, area_name, is_area_word
from surveys.plan_files.kinds import Kind, kind_of
from surveys.plan_files.package import open_package
from surveys.plan_files.repeats import join_repeats
from surveys.plan_files.sheet_file import read_workbook
from surveys.plan_files.tables import (
    AreaLine,
    CellsRow,
    Found,
    GoalLine,
    Remark,
    read_tables,
)
from surveys.plan_files.text_file import read_text
from surveys.text.decoding import UnreadableBytes, decode, has_unreadable

MAX_AREAS = 20
MAX_ACTIVITIES = 300
MAX_ROWS = 600  # activities under several areas stand on several rows
MAX_GOALS = 20
_LONGEST_AREA = 120
_LONGEST_FIELD = {Column.ACTIVITY: 300, Column.WHEN: 300, Column.WHO: 600, Column.FOLLOW_UP: 600}
_GOALS = re.compile(r"^(?:mål|målsättning(?:ar)?|goals?|objectives?)\s*:?\s*$", re.IGNORECASE)
_GOAL = re.compile(r"^(?:mål|goal)\s*:\s*(?=\S)", re.IGNORECASE)
_CAPTION = re.compile(r"^(?:tabell|table|figur|figure|bild)\s+\d+", re.IGNORECASE)


def read_plan(content: bytes, file_name: str = "") -> FoundPlan:
    """The plan in a file: DOCX, XLSX, CSV or text; raise UnreadablePlan.

    Where the document has no title or period of its own, those of its file name are proposed.
    """
    if len(content) > MAX_FILE_BYTES:
        raise UnreadablePlan("too_large", limit=MAX_FILE_BYTES // MEBIBYTE)
    kind = kind_of(content)
    if kind is Kind.PACKAGE:
        return _named_by_file(_read_blocks(_package_blocks(content)), file_name)
    try:
        text = decode(content)
    except UnreadableBytes as error:
        raise UnreadablePlan("encoding") from error
    if has_unreadable(text):
        raise UnreadablePlan("encoding")
    return _named_by_file(read_pasted(text), file_name)


def read_pasted(text: str) -> FoundPlan:
    """The plan in a text whose tables are divided by tabs, bars or the like."""
    if not text.strip("\x00\ufeff \t\r\n"):
        raise UnreadablePlan("empty")
    if text.count("\x00") > len(text) // 50:
        raise UnreadablePlan("not_text")
    return _read_blocks(read_text(text.lstrip("\ufeff")))


def _package_blocks(content: bytes) -> tuple[Block, ...]:
    package = open_package(content)
    folder = package.main.partition("/")[0]
    if folder == "xl":
        return read_workbook(package)
    if folder == "ppt":
        raise UnreadablePlan("presentation")
    return read_docx(package)


def _read_blocks(blocks: tuple[Block, ...]) -> FoundPlan:
    found = list(read_tables(blocks))
    assembly = _Assembly()
    for piece in found:
        assembly.take(piece)
    if not assembly.rows:
        has_tables = any(not isinstance(block, Paragraph) for block in blocks)
        raise UnreadablePlan("no_headings" if has_tables else "no_table")
    head, has_names = read_head([piece for piece in found if isinstance(piece, Paragraph)])
    doubts = [*assembly.doubts, *([Doubt("names_left_out")] if has_names else [])]
    rows = join_repeats(assembly.rows)
    _check_size(rows, assembly.areas)
    areas = tuple(FoundArea(n, name, tuple(goals)) for n, name, goals in assembly.listed())
    return FoundPlan(head, areas, rows, tuple(doubts))


def _check_size(rows: Sequence[FoundRow], areas: dict[str, list[str]]) -> None:
    n_activities = sum(row.same_as is None for row in rows)
    if n_activities > MAX_ACTIVITIES:
        raise UnreadablePlan("too_many_activities", found=n_activities, limit=MAX_ACTIVITIES)
    if len(rows) > MAX_ROWS:
        raise UnreadablePlan("too_many_rows", limit=MAX_ROWS)
    if len(areas) > MAX_AREAS:
        raise UnreadablePlan("too_many_areas", found=len(areas), limit=MAX_AREAS)


def _named_by_file(plan: FoundPlan, file_name: str) -> FoundPlan:
    """``plan`` with the title and the period of its file's name where it has none of its own."""
    stem = re.sub(r"[_\s]+", " ", file_name.rpartition(".")[0] or file_name).strip()
    head, doubts = plan.head, list(plan.doubts)
    if not head.title and re.search(r"\w+plan", stem, re.IGNORECASE):
        head = replace(head, title=stem[:200])
        doubts.append(Doubt("title_from_file", {"title": stem[:200]}))
    period = read_period(stem) if head.starts_on is None else None
    if period:
        head = replace(head, starts_on=period[0], ends_on=period[1])
        doubts.append(Doubt("period_from_file", {"file": stem[:200]}))
    return replace(plan, head=head, doubts=tuple(doubts))


@dataclass
class _Assembly:
    """What has been read so far: the area that rows stand under, and whether goals are listed."""

    rows: list[FoundRow] = field(default_factory=list)
    areas: dict[str, list[str]] = field(default_factory=dict)  # name in lower case -> goals
    names: dict[str, str] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)
    heading: str = ""  # the latest that may be an area's name
    area: str | None = None
    lists_goals: bool = False
    waiting: list[str] = field(default_factory=list)  # goals of the heading, which has no row yet

    def listed(self) -> list[tuple[int, str, list[str]]]:
        """The areas by number, from 1."""
        return [(n, self.names[key], goals) for n, (key, goals) in enumerate(self.areas.items(), 1)]

    def take(self, piece: Found) -> None:
        """Take in what comes next in the document."""
        if isinstance(piece, Paragraph):
            self._paragraph(piece)
        elif isinstance(piece, AreaLine):
            self.heading, self.waiting = area_name(piece.name), []
            self.area = None
            if not piece.is_sure:
                values: dict[str, str | int] = {"name": piece.name[:80], "line": piece.line}
                self.doubts.append(Doubt("read_as_area", values | {"table": piece.table}))
        elif isinstance(piece, GoalLine):
            self._add_goal(piece.text)
        elif isinstance(piece, Remark):
            self.doubts.append(piece.doubt)
        else:
            self._row(piece)

    def _paragraph(self, piece: Paragraph) -> None:
        goal = _GOAL.match(piece.text)
        if _GOALS.match(piece.text):
            self.lists_goals, self.waiting, self.area = True, [], None
        elif goal:
            self._add_goal(piece.text[goal.end() :])
        elif self.lists_goals and not piece.is_heading and not is_area_word(piece.text):
            self._add_goal(piece.text)
        elif _may_name_area(piece):
            self.lists_goals, self.waiting, self.area = False, [], None
            self.heading = area_name(piece.text)

    def _add_goal(self, text: str) -> None:
        goals = self.areas[self.area] if self.area is not None else self.waiting
        if text not in goals and len(goals) < MAX_GOALS:
            goals.append(text[:600])

    def _row(self, piece: CellsRow) -> None:
        self.lists_goals = False
        named = piece.texts.get(Column.AREA, "").split("\n")[0]
        if named:
            self._enter(area_name(named))
        elif self.area is None and self.heading:
            self._enter(self.heading)
        goal = piece.texts.get(Column.GOAL)
        if goal:
            for text in goal.split("\n"):
                self._add_goal(text)
        doubts = list(piece.doubts)
        activity, when, who, follow_up = (
            _bounded(piece, column, limit, doubts) for column, limit in _LONGEST_FIELD.items()
        )
        if activity or when or who or follow_up:
            self.rows.append(
                FoundRow(
                    number=len(self.rows) + 1,
                    table=piece.table,
                    line=piece.line,
                    area=None if self.area is None else list(self.areas).index(self.area) + 1,
                    activity=activity,
                    when=when,
                    who=who,
                    follow_up=follow_up,
                    doubts=tuple(doubts),
                )
            )

    def _enter(self, name: str) -> None:
        """Go on under the area ``name``; its goals are those listed since its heading."""
        key = name.casefold()
        if key not in self.areas:
            self.areas[key], self.names[key] = [], name
        self.area = key
        for goal in self.waiting:
            self._add_goal(goal)
        self.waiting = []


def _bounded(piece: CellsRow, column: Column, limit: int, doubts: list[Doubt]) -> str:
    text = piece.texts.get(column, "").replace("\n", " ")
    if len(text) > limit:
        doubts.append(Doubt("cell_cut", {"limit": limit}, column.value))
    return text[:limit]


def _may_name_area(piece: Paragraph) -> bool:
    text = piece.text
    if piece.is_item or _CAPTION.match(text) or is_area_word(text):
        return False
    if piece.is_heading:
        return True
    return len(text) <= _LONGEST_AREA and text[-1] not in ".:;,!?" and not names_person(text)
