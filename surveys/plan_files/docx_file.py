"""Word documents -> paragraphs and tables, as somebody who reads the document sees them.

What was deleted or moved away while changes were tracked is not read; merged cells, tables in
cells and content controls are.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from surveys.plan_files.blocks import (
    MAX_CELL,
    MAX_COLUMNS,
    MAX_TABLE_ROWS,
    Block,
    Cell,
    Paragraph,
    Row,
    TableBlock,
    UnreadablePlan,
    tidy,
)
from surveys.plan_files.package import Package

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT_W = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
MAX_DEPTH = 12  # of tables in tables and controls in controls
_TEXTS = {"t": None, "tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_UNREAD = {"del", "moveFrom", "instrText", "Fallback", "txbxContent", "pPr", "rPr"}
_HEADING = ("heading", "rubrik", "title", "underrubrik")
_ITEM = ("list", "lista", "punkt", "bullet")


@dataclass
class _Reader:
    """Walks a document; tables are numbered in the order in which they stand."""

    styles: dict[str, str]
    n_tables: int = 0
    n_rows: int = 0
    n_paragraphs: int = field(default=0)

    def blocks(self, parent: Any, depth: int = 0) -> Iterator[Block]:
        """The paragraphs and tables that ``parent`` holds."""
        if depth > MAX_DEPTH:
            raise UnreadablePlan("too_deep")
        for child in parent:
            name = _local(child)
            if name == "p":
                yield from self._paragraph(child)
            elif name == "tbl":
                yield self._table(child, depth)
            elif name in {"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"}:
                yield from self.blocks(child, depth + 1)

    def _paragraph(self, element: Any) -> Iterator[Block]:
        self.n_paragraphs += 1
        style, is_item = self._style(element)
        is_heading = style.startswith(_HEADING)
        is_item = is_item or style.startswith(_ITEM)
        for line in tidy("".join(_texts(element))).split("\n"):
            if line:
                yield Paragraph(line[:MAX_CELL], self.n_paragraphs, is_heading, is_item)

    def _style(self, element: Any) -> tuple[str, bool]:
        properties = _child(element, "pPr")
        if properties is None:
            return "", False
        style, numbering = _child(properties, "pStyle"), _child(properties, "numPr")
        name = self.styles.get(_value(style), _value(style)) if style is not None else ""
        if _child(properties, "outlineLvl") is not None and not name:
            name = "heading"
        return name.casefold(), numbering is not None

    def _table(self, element: Any, depth: int) -> TableBlock:
        self.n_tables += 1
        number = self.n_tables
        rows: list[Row] = []
        above: dict[int, Cell] = {}
        for line, tr in enumerate(_members(element, "tr"), 1):
            self.n_rows += 1
            if self.n_rows > MAX_TABLE_ROWS:
                raise UnreadablePlan("too_many_rows", limit=MAX_TABLE_ROWS)
            rows.append(self._row(tr, line, above, depth))
        return TableBlock(tuple(rows), number)

    def _row(self, element: Any, line: int, above: dict[int, Cell], depth: int) -> Row:
        properties = _child(element, "trPr")
        before = _child(properties, "gridBefore") if properties is not None else None
        skipped = _number(before, 0)
        column, cells = skipped, []
        for tc in _members(element, "tc"):
            cell = self._cell(tc, above.get(column), depth)
            above[column] = cell
            column += cell.span
            cells.append(cell)
        if len(cells) > MAX_COLUMNS:
            raise UnreadablePlan("too_many_columns", found=len(cells), limit=MAX_COLUMNS)
        return Row(tuple(cells), line, skipped)

    def _cell(self, element: Any, above: Cell | None, depth: int) -> Cell:
        properties = _child(element, "tcPr")
        span = merge = None
        if properties is not None:
            span, merge = _child(properties, "gridSpan"), _child(properties, "vMerge")
        width = _number(span, 1) or 1
        if merge is not None and _value(merge) != "restart" and above is not None:
            return Cell(above.text, width, is_from_above=True)
        held = tuple(self.blocks(element, depth + 1))
        text = tidy("\n".join(_held_text(block) for block in held))[:MAX_CELL]
        nested = held if any(isinstance(block, TableBlock) for block in held) else ()
        return Cell(text, width, nested=nested)


def read_docx(package: Package) -> tuple[Block, ...]:
    """The document's paragraphs and tables in order; raise UnreadablePlan."""
    root = package.xml(package.main)
    body = _child(root, "body")
    if body is None:
        raise UnreadablePlan("no_document")
    return tuple(_Reader(_style_names(package)).blocks(body))


def _style_names(package: Package) -> dict[str, str]:
    """The styles' English names by their ids, which follow the language of the program."""
    folder = package.main.rpartition("/")[0]
    name = f"{folder}/styles.xml".lstrip("/")
    if name not in package.names:
        return {}
    names = {}
    for style in package.xml(name):
        label = _child(style, "name")
        if _local(style) == "style" and label is not None:
            names[_attribute(style, "styleId")] = _value(label)
    return names


def _held_text(block: Block) -> str:
    """A block inside a cell as lines: the cells of an inner row beside each other."""
    if isinstance(block, Paragraph):
        return block.text
    return "\n".join(" ".join(filter(None, row.texts)) for row in block.rows)


def _texts(element: Any) -> Iterator[str]:
    """The pieces of text under ``element``, without what is deleted or only a field's code."""
    for child in element:
        name = _local(child)
        if name in _UNREAD:
            continue
        if name in _TEXTS:
            yield _TEXTS[name] or child.text or ""
        else:
            yield from _texts(child)


def _members(element: Any, name: str) -> Iterator[Any]:
    """Rows of a table or cells of a row, also where a content control holds them."""
    for child in element:
        found = _local(child)
        if found == name:
            properties = _child(child, "trPr")
            if properties is None or _child(properties, "del") is None:
                yield child
        elif found in {"sdt", "sdtContent", "customXml"}:
            yield from _members(child, name)


def _local(element: Any) -> str:
    tag = element.tag
    return tag[tag.find("}") + 1 :] if isinstance(tag, str) else ""


def _child(element: Any, name: str) -> Any:
    for child in element:
        if _local(child) == name:
            return child
    return None


def _attribute(element: Any, name: str) -> str:
    return str(element.get(_W + name) or element.get(_STRICT_W + name) or "")


def _value(element: Any) -> str:
    return _attribute(element, "val")


def _number(element: Any, otherwise: int) -> int:
    text = _value(element) if element is not None else ""
    return min(int(text), MAX_COLUMNS) if text.isascii() and text.isdigit() else otherwise
