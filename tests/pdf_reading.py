"""Reading PDF files back: what a screen reader is given of them, and their text."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf

_HEADING = re.compile(r"/H(\d)")


@dataclass(frozen=True)
class ReadPdf:
    """A PDF in plain values. ``headings`` are the levels in order, ``tags`` every tag."""

    language: str
    title: str
    part: str
    is_marked: bool
    shows_title: bool
    n_pages: int
    headings: tuple[int, ...]
    tags: tuple[str, ...]
    alternatives: tuple[str, ...]
    bookmarks: tuple[str, ...]
    text: str


def read_pdf(file: bytes) -> ReadPdf:
    """All of it."""
    with pikepdf.open(io.BytesIO(file)) as pdf:
        root = pdf.Root
        with pdf.open_metadata() as metadata:
            part = str(metadata.get("pdfuaid:part", ""))
            title = str(metadata.get("dc:title", ""))
        elements = list(_elements(root.StructTreeRoot)) if "/StructTreeRoot" in root else []
        tags = tuple(str(element["/S"]) for element in elements)
        with pdf.open_outline() as outline:
            bookmarks = tuple(_bookmarks(outline.root))
        return ReadPdf(
            language=str(root.get("/Lang", "")),
            title=title,
            part=part,
            is_marked=bool(root.get("/MarkInfo", {}).get("/Marked", False)),
            shows_title=bool(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)),
            n_pages=len(pdf.pages),
            headings=tuple(int(m.group(1)) for tag in tags if (m := _HEADING.fullmatch(tag))),
            tags=tags,
            alternatives=tuple(str(e["/Alt"]) for e in elements if "/Alt" in e),
            bookmarks=bookmarks,
            text=" ".join(" ".join(_page_text(page)) for page in pdf.pages),
        )


def squeezed(text: str) -> str:
    """``text`` without spaces and what only helps lines to break, to find words in."""
    return re.sub("[\\s\u00ad\u200b\u00a0-]", "", text)


def _elements(parent: pikepdf.Object) -> Iterator[pikepdf.Object]:
    children = parent.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from _elements(child)


def _bookmarks(items: list[pikepdf.OutlineItem]) -> Iterator[str]:
    for item in items:
        yield item.title
        yield from _bookmarks(item.children)


def _page_text(page: pikepdf.Page) -> Iterator[str]:
    fonts = {
        name: _signs(font.ToUnicode.read_bytes().decode("latin-1"))
        for name, font in page.Resources.get("/Font", {}).items()
        if "/ToUnicode" in font
    }
    current: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            current = fonts.get(str(operands[0]), {})
        elif str(operator) in {"Tj", "TJ"}:
            shown = operands[0] if str(operator) == "TJ" else [operands[0]]
            yield "".join(
                _decoded(bytes(part), current) for part in shown if isinstance(part, pikepdf.String)
            )


def _decoded(codes: bytes, signs: dict[int, str]) -> str:
    pairs = range(0, len(codes) - 1, 2)
    return "".join(signs.get(int.from_bytes(codes[i : i + 2], "big"), "") for i in pairs)


def _signs(cmap: str) -> dict[int, str]:
    """Glyph -> signs, from the lists of a ToUnicode map."""
    found: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.S):
        for code, signs in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            found[int(code, 16)] = bytes.fromhex(signs).decode("utf-16-be", "replace")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.S):
        pattern = r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>"
        for first, last, sign in re.findall(pattern, block):
            for n in range(int(last, 16) - int(first, 16) + 1):
                found[int(first, 16) + n] = chr(int(sign, 16) + n)
    return found
