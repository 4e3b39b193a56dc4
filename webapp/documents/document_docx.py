"""A document as DOCX, to be worked on further: real headings, repeated table heads, Swedish set.

python-docx and lxml are loaded when the first one is wanted: 20 MB that most processes never pay.
"""

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from webapp.documents.blocks import (
    Block,
    Bullets,
    Document,
    Facts,
    Heading,
    Note,
    Paragraph,
    Sides,
    Signatures,
    Table,
    Ticks,
    Units,
)
from webapp.documents.document_words import corner_words, draft_word, foot_words, full_title
from webapp.documents.plain_text import writable

if TYPE_CHECKING:
    from docx.document import Document as DocxDocument

_LINE_CM = 15.5
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # what a zip can hold: the same content gives the same file
_MOST_CORE = 255  # signs that a core property may hold


def document_docx(document: Document) -> bytes:
    """``document`` as an Office Open XML file. The same document gives the same bytes."""
    import docx  # noqa: PLC0415 - see above

    made = docx.Document()
    _set_up(made, document)
    _head(made, document)
    for block in document.blocks:
        _MAKERS[type(block)](made, block)
    _foot(made, document)
    out = io.BytesIO()
    made.save(out)
    return _without_times(out.getvalue())


def _set_up(made: "DocxDocument", document: Document) -> None:
    from webapp.documents.docx_styles import set_styles  # noqa: PLC0415 - loads python-docx

    set_styles(made, document.brand)
    core = made.core_properties
    core.title = _short(full_title(document))
    core.author = _short(document.municipality)
    core.subject = _short(" ".join(corner_words(document)))
    core.keywords = document.content_hash
    core.identifier = document.content_hash
    core.version = "" if document.edition is None else str(document.edition)
    core.language = "sv-SE"
    core.comments = _short(" ".join(foot_words(document)))
    core.category = _short(document.kind)
    core.last_modified_by = _short(document.municipality)
    moment = datetime(document.day.year, document.day.month, document.day.day, tzinfo=UTC)
    core.created = core.modified = moment


def _head(made: "DocxDocument", document: Document) -> None:
    names = [document.municipality, *corner_words(document)]
    _add(made, " · ".join(names), "Muted")
    if document.is_draft:
        _add(made, draft_word(), "Draft mark")
    _add(made, document.kind, "Kind")
    _add(made, document.title, "Title")
    if document.lead:
        _add(made, document.lead, "Subtitle")


def _foot(made: "DocxDocument", document: Document) -> None:
    from webapp.documents.docx_styles import add_page_number  # noqa: PLC0415 - loads python-docx

    section = made.sections[0]
    paragraph = section.footer.paragraphs[0]
    paragraph.text = writable("\n".join(foot_words(document)) + "\n")
    add_page_number(paragraph)
    if document.is_draft:
        section.header.paragraphs[0].text = draft_word()


def _heading(made: "DocxDocument", block: Any) -> None:
    made.add_heading(writable(block.text), block.level)


def _paragraph(made: "DocxDocument", block: Any) -> None:
    styles = {"muted": "Muted", "verbatim": "Quote", "lead": "Subtitle"}
    paragraph = _add(made, block.text, styles.get(block.look, "Normal"))
    if block.look in {"strong", "claim"}:
        paragraph.runs[0].bold = True


def _bullets(made: "DocxDocument", block: Any) -> None:
    for item in block.items:
        _add(made, item, "List Bullet")


def _facts(made: "DocxDocument", block: Any) -> None:
    for name, value in block.rows:
        paragraph = made.add_paragraph()
        paragraph.add_run(writable(f"{name}: ")).bold = True
        paragraph.add_run(writable(value))


def _table(made: "DocxDocument", block: Any) -> None:
    from webapp.documents.docx_styles import fill_table  # noqa: PLC0415 - loads python-docx

    if block.caption:
        _add(made, block.caption, "Caption")
    fill_table(made, [block.headers, *block.rows], block.widths)


def _units(made: "DocxDocument", block: Any) -> None:
    _add(made, block.words, "Normal").runs[0].bold = True


def _ticks(made: "DocxDocument", block: Any) -> None:
    _add(made, block.words, "Normal")


def _sides(made: "DocxDocument", block: Any) -> None:
    from webapp.documents.docx_styles import fill_table  # noqa: PLC0415 - loads python-docx

    heads = [name for name, _ in block.sides]
    fill_table(made, [heads, ["\n".join(said) for _, said in block.sides]], [1] * len(heads))
    made.add_paragraph()


def _signatures(made: "DocxDocument", block: Any) -> None:
    from webapp.documents.docx_styles import add_line  # noqa: PLC0415 - loads python-docx

    for line in block.lines:
        _add(made, line.role, "Normal").runs[0].bold = True
        _add(made, line.body, "Muted")
        where = ", ".join(part for part in (line.place, line.day) if part)
        add_line(made, block.place_label, writable(where), _LINE_CM)
        add_line(made, block.sign_label, block.signed if line.is_signed else "", _LINE_CM)
        add_line(made, block.name_label, "", _LINE_CM)
        made.add_paragraph()


def _note(made: "DocxDocument", block: Any) -> None:
    _add(made, block.text, "Intense Quote")


_MAKERS: dict[type[Block], Callable[["DocxDocument", Any], None]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Bullets: _bullets,
    Facts: _facts,
    Table: _table,
    Units: _units,
    Ticks: _ticks,
    Sides: _sides,
    Signatures: _signatures,
    Note: _note,
}


def _add(made: "DocxDocument", text: str, style: str) -> Any:
    # A line feed in a run becomes a line break, and nothing in a text is ever markup.
    return made.add_paragraph(writable(text), style=style)


def _short(text: str) -> str:
    return writable(text)[:_MOST_CORE]


def _without_times(file: bytes) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(file)) as made,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept,
    ):
        for name in made.namelist():
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(entry, made.read(name))
    return out.getvalue()
