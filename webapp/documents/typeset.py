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
