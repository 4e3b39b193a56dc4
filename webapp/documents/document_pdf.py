"""A document as PDF/UA-1: tagged, in Swedish, with title, bookmarks and table headers."""

import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

from flask_babel import gettext as _

from webapp.documents.blocks import Document
from webapp.documents.document_words import corner_words, draft_word, foot_words, full_title
from webapp.documents.plain_text import MISSING_SIGN, breakable, mapped, surely_shown, writable
from webapp.documents.typeset import count_pages, typeset_strictly

TEMPLATE = "document.typ"
_INK = "#15262c"
_MOST_LACKING = 8  # different signs that are looked for one after another
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_LACKING = re.compile(r'the text `"(.+?)"` could not be displayed')


def document_pdf(document: Document, fonts: Path) -> bytes:
    """``document`` as a tagged PDF. A sign that the typeface lacks becomes a square, and the
    document says so; it is PDF/UA-1 whatever people have written.
    """
    words = _words(document)
    lacking: set[str] = set()
    for _attempt in range(_MOST_LACKING):
        try:
            return typeset_strictly(TEMPLATE, _without(words, lacking), fonts)
        except LookupError as error:
            found = _signs(str(error))
            if not found:
                break
            lacking |= found
    shown = mapped(words, surely_shown)
    return typeset_strictly(TEMPLATE, _with_remark(shown), fonts)


def pages_of(document: Document, fonts: Path) -> int:
    """How many pages the document takes."""
    return count_pages(TEMPLATE, mapped(_words(document), surely_shown), fonts)


def _words(document: Document) -> dict[str, Any]:
    """What the template reads."""
    words: dict[str, Any] = {
        "lang": "sv",
        "dir": "ltr",
        "brand": document.brand,
        "tint": document.tint,
        "ink": _INK,
        "density": document.density,
        "name": full_title(document),
        "title": document.title,
        "kind": document.kind,
        "lead": document.lead,
        "municipality": document.municipality,
        "under": _("together with the police") if document.with_police else "",
        "corner": corner_words(document),
        "foot": foot_words(document),
        "page": _("Page"),
        "page-of": _("of"),
        "draft": draft_word() if document.is_draft else "",
        "keywords": [part for part in (document.dnr, document.content_hash) if part],
        "blocks": [{"block": block.block} | asdict(block) for block in document.blocks],
    }
    cleaned = mapped(words, lambda text: breakable(writable(text)))
    day = {"year": document.day.year, "month": document.day.month, "day": document.day.day}
    return dict(cleaned | {"day": day})


def _without(words: dict[str, Any], lacking: set[str]) -> dict[str, Any]:
    if not lacking:
        return words
    signs = re.compile("[" + re.escape("".join(sorted(lacking))) + "]+")
    return _with_remark(mapped(words, lambda text: signs.sub(MISSING_SIGN, text)))


def _with_remark(words: dict[str, Any]) -> dict[str, Any]:
    told = _("A square (%(sign)s) stands for a sign that cannot be printed.", sign=MISSING_SIGN)
    remark = {"block": "paragraph", "text": told, "look": "muted"}
    return words | {"blocks": [*words["blocks"], remark]}


def _signs(message: str) -> set[str]:
    """The signs that typst names as those the typeface lacks."""
    named = "".join(_LACKING.findall(message))
    return set(_ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), named))
