"""Pictures and PDF files set by typst, from our own templates and plain data.

What people have written reaches a template as JSON and never as markup, so that nothing in it can
be a command. typst brings its own shaping (Arabic too) and asks for no library of the system. It is
loaded when the first picture is wanted: 32 MB that most processes never pay.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from typing import Any, Literal

_HERE = Path(__file__).parent
_POINTS_AN_INCH = 72.0
# One at a time: a rush for previews is then a queue and not a heap of memory.
_LOCK = Lock()


def typeset(
    template: str,
    words: Mapping[str, Any],
    fonts: Path,
    kind: Literal["png", "pdf"],
    *,
    per_point: float = 1.0,
) -> bytes:
    """The first page of ``template`` as PNG, or all of it as a tagged PDF (PDF/UA-1, where
    the typeface has every sign).

    ``words`` is what the template reads, ``fonts`` the folder with the typeface, ``per_point`` how
    many pixels a PNG has for a point.
    """
    import typst  # noqa: PLC0415 - see above

    def compiled(standard: Literal["ua-1"] | None) -> object:
        return typst.compile(
            str(_HERE / template),
            root=str(_HERE),
            font_paths=[str(fonts)],
            ignore_system_fonts=True,
            format=kind,
            ppi=_POINTS_AN_INCH * per_point,
            sys_inputs={"words": json.dumps(words, ensure_ascii=False)},
            pdf_standards=standard,
        )

    with _LOCK:
        try:
            made = compiled("ua-1" if kind == "pdf" else None)
        except typst.TypstError:
            if kind != "pdf":
                raise
            # PDF/UA takes no sign that the typeface lacks, an emoji in the question for one. A
            # poster with an empty box in it shows whoever prints it which sign to leave out.
            made = compiled(None)
    if not isinstance(made, bytes):
        raise TypeError("one page gives one file")
    return made


def typeset_strictly(template: str, words: Mapping[str, Any], fonts: Path) -> bytes:
    """``template`` as PDF/UA-1 or not at all: LookupError with typst's words where it cannot be.

    What it lacks is nearly always a sign of the typeface, and the caller can do without that one.
    """
    import typst  # noqa: PLC0415 - as above

    with _LOCK:
        try:
            made = typst.compile(
                **_source(template, words, fonts), format="pdf", pdf_standards="ua-1"
            )
        except typst.TypstError as error:
            raise LookupError(str(error)) from error
    if not isinstance(made, bytes):
        raise TypeError("a PDF is one file")
    return made


def count_pages(template: str, words: Mapping[str, Any], fonts: Path) -> int:
    """How many pages ``template`` takes, as it tells at its label ``<pages>``."""
    import typst  # noqa: PLC0415 - as above

    with _LOCK:
        told = typst.query(
            **_source(template, words, fonts), selector="<pages>", field="value", one=True
        )
    return int(told)


def _source(template: str, words: Mapping[str, Any], fonts: Path) -> dict[str, Any]:
    return {
        "input": str(_HERE / template),
        "root": str(_HERE),
        "font_paths": [str(fonts)],
        "ignore_system_fonts": True,
        "sys_inputs": {"words": json.dumps(words, ensure_ascii=False)},
    }
