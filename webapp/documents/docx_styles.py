"""How a DOCX looks, and the few things that python-docx leaves to the one who knows the format.

Imports python-docx: to be imported only where a file is being made.
"""

from collections.abc import Sequence
from typing import Any

from docx.document import Document as DocxDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from webapp.documents.plain_text import writable

FONT = "Calibri"
LANGUAGE = "sv-SE"
_INK, _INK2, _WARN = "15262C", "47585E", "744600"
_HEADINGS = {"Title": 24, "Heading 1": 15, "Heading 2": 12.5, "Heading 3": 11}
_MARGIN = Cm(2)
_ROOM_CM = 17.0


def set_styles(made: DocxDocument, brand: str) -> None:
    """The municipality's colour, Swedish as the language of all text, and A4."""
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = (
        _MARGIN
    )
    for name, size in _HEADINGS.items():
        style = made.styles[name]
        _set_font(style, size, brand.lstrip("#").upper() if name == "Heading 1" else _INK)
        style.font.bold = True
    title = made.styles["Title"].element.find(qn("w:pPr"))
    for border in title.findall(qn("w:pBdr")):
        title.remove(border)
    _set_font(made.styles["Normal"], 10.5, _INK)
    for name, size, color in (
        ("Muted", 9, _INK2),
        ("Kind", 11, brand.lstrip("#").upper()),
        ("Draft mark", 12, _WARN),
    ):
        made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = made.styles["Normal"]
        _set_font(made.styles[name], size, color)
    made.styles["Kind"].font.bold = made.styles["Draft mark"].font.bold = True
    for name in ("Subtitle", "Caption", "Quote", "Intense Quote"):
        _set_font(made.styles[name], 10.5, _INK2)
        made.styles[name].font.italic = False
    _set_language(made)


def fill_table(made: DocxDocument, rows: Sequence[Sequence[str]], widths: Sequence[int]) -> None:
    """A table whose first row is its head and comes again on each page."""
    table = made.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    table.autofit = False
    whole = sum(widths)
    # Cells are asked for once: each look-up by row and column goes through the whole table.
    for row, (line, texts) in enumerate(zip(table.rows, rows, strict=True)):
        for cell, text, share in zip(line.cells, texts, widths, strict=True):
            cell.width = Cm(_ROOM_CM * share / whole)
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(2)
            run = paragraph.add_run(writable(text))
            run.font.size = Pt(9)
            run.bold = row == 0
    head = table.rows[0]._tr.get_or_add_trPr()
    head.append(_element("w:tblHeader", val="true"))


def add_line(made: DocxDocument, label: str, value: str, width_cm: float) -> None:
    """A label with a line to write on, or with what stands on it."""
    paragraph = made.add_paragraph()
    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(Cm(width_cm), WD_TAB_ALIGNMENT.LEFT, WD_TAB_LEADER.LINES)
    paragraph.add_run(f"{label}: ")
    paragraph.add_run(value or "\t")


def add_page_number(paragraph: Any) -> None:
    """The number of the page, which the word processor counts itself."""
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        if kind:
            run._r.append(_element("w:fldChar", fldCharType=kind))
        else:
            told = OxmlElement("w:instrText")
            told.text = text
            run._r.append(told)


def _set_font(style: Any, size: float, color: str) -> None:
    style.font.name, style.font.size = FONT, Pt(size)
    style.font.color.rgb = RGBColor.from_string(color)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    # The template's theme fonts would go before the name.
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    fonts.set(qn("w:hAnsi"), FONT)


def _set_language(made: DocxDocument) -> None:
    defaults = made.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    defaults.append(_element("w:lang", val=LANGUAGE, eastAsia=LANGUAGE, bidi="ar-SA"))


def _element(name: str, **values: str) -> Any:
    made = OxmlElement(name)
    for key, value in values.items():
        made.set(qn(f"w:{key}"), value)
    return made
