"""Style sheets in a municipality's own colour, without a style in the page and without a request.

A sheet of the build plus the few properties that follow from the colour is sent under an address
of its own, /static/build/<colour>-<mark>/<sheet>. The mark is a keyed hash, so that only addresses
which our own pages have given out lead anywhere: nobody can make the server work and remember by
asking for one colour after the other. It also holds the derived colours, so that another way to
derive them is another address.
"""

import gzip
import hashlib
import hmac
from functools import lru_cache
from pathlib import Path

import brotli
from werkzeug.routing import BaseConverter

from surveys.theme.palette import HOUSE_BRAND, Palette, theme_of

TINTED = frozenset({"main.css", "survey.css"})  # those that set --brand
MARK_DIGITS = 16
# A sheet, as the browser takes it, is about 10 kB: 3 MB at most.
KEPT_SHEETS = 300


class ThemeConverter(BaseConverter):
    """A colour's six digits and the mark that we gave it."""

    regex = rf"[0-9a-f]{{6}}-[0-9a-f]{{{MARK_DIGITS}}}"


class ColorConverter(BaseConverter):
    """A colour's six digits."""

    regex = r"[0-9a-f]{6}"


def own_color(brand_color: str | None) -> str | None:
    """The municipality's colour, or None where the sheets are right as they were built."""
    return brand_color if brand_color and brand_color != HOUSE_BRAND else None


def theme_address(color: str, *, secret: str) -> str:
    """The part of an address that stands for ``color``, "#rrggbb"."""
    return f"{color[1:]}-{_mark(color, secret)}"


def color_of(theme: str, *, secret: str) -> str | None:
    """The colour that an address stands for; None for one that ``theme_address`` never gave."""
    color = f"#{theme[:6]}"
    return color if hmac.compare_digest(theme, theme_address(color, secret=secret)) else None


@lru_cache(maxsize=KEPT_SHEETS)
def tinted_sheet(sheet: Path, _stamp: int, color: str, encoding: str) -> bytes:
    """A built sheet in ``color``, coded as ``encoding`` ("br", "gzip" or "").

    ``_stamp`` tells builds apart, so that a sheet of an earlier one is not kept for a later.
    """
    content = sheet.read_bytes() + tint_rules(color).encode()
    if encoding == "br":
        return brotli.compress(content, mode=brotli.MODE_TEXT)
    return gzip.compress(content, compresslevel=9, mtime=0) if encoding == "gzip" else content


@lru_cache(maxsize=KEPT_SHEETS)
def tint_rules(color: str) -> str:
    """What a sheet needs more, after everything else in it."""
    theme = theme_of(color)
    dark = _rule(theme.dark)
    return f"{_rule(theme.light)}@media screen and (prefers-color-scheme:dark){{{dark}}}"


def _rule(palette: Palette) -> str:
    return (
        f":root{{--brand:{palette.brand};--brand-strong:{palette.brand_strong};"
        f"--on-brand:{palette.on_brand};--tint:{palette.tint}}}"
    )


def _mark(color: str, secret: str) -> str:
    text = f"theme {color} {tint_rules(color)}".encode()
    return hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()[:MARK_DIGITS]
