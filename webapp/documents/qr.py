"""Addresses as squares that a telephone reads."""

import io

import segno

QUIET_ZONE = 4  # light squares around it, as the standard asks
# A quarter of the squares may be torn, wet or scribbled over.
ERROR_CORRECTION = "q"


def qr_svg(
    address: str, *, title: str = "", dark: str = "#000000", border: int = QUIET_ZONE
) -> str:
    """``address`` as an SVG document; ``border`` is the width of the light zone in squares."""
    out = io.BytesIO()
    segno.make(address, error=ERROR_CORRECTION, micro=False).save(
        out, kind="svg", border=border, scale=10, dark=dark, light="#FFFFFF", title=title or None
    )
    return out.getvalue().decode("utf-8")
