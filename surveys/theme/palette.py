"""A municipality's colours: one is chosen, seven are derived, and all are held to WCAG.

What a municipality chooses is ``brand`` in light mode. Hover, the tint behind what is chosen, the
text on a filled button and the whole dark set keep its hue, at lightnesses that are fixed (so that
their contrast hardly depends on the hue) and with a share of its chroma.
"""

from dataclasses import dataclass

from surveys.theme.color_spaces import Oklch, nearest_hex, oklch
from surveys.theme.contrast import CONTROL_CONTRAST, TEXT_CONTRAST, contrast

HOUSE_BRAND = "#17535a"  # the product's own, whose whole set is drawn by hand in the style sheets


@dataclass(frozen=True, slots=True)
class Grounds:
    """What the brand colour stands on that no municipality changes."""

    paper: str
    surface: str
    sunk: str
    ink: str


LIGHT_GROUNDS = Grounds(paper="#f4f6f4", surface="#ffffff", sunk="#e9eeec", ink="#15262c")
DARK_GROUNDS = Grounds(paper="#0f181c", surface="#172328", sunk="#1e2c32", ink="#e9efed")


@dataclass(frozen=True, slots=True)
class Palette:
    """The four colours of one mode that follow from the brand, as "#rrggbb"."""

    brand: str
    brand_strong: str
    on_brand: str
    tint: str


@dataclass(frozen=True, slots=True)
class Theme:
    """Both modes."""

    light: Palette
    dark: Palette


# As the style sheets have it: drawn by hand, and so near what would be derived but not the same.
HOUSE_THEME = Theme(
    light=Palette(HOUSE_BRAND, brand_strong="#0e3b41", on_brand="#ffffff", tint="#dfecea"),
    dark=Palette("#8ecdc8", brand_strong="#b5e0dc", on_brand="#0c2024", tint="#1c3a3e"),
)


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A pair of colours that lie too close: on which ground, the ratio, and the least allowed.

    ``ground`` is "paper", "surface", "sunk", "tint", "button" or "ink".
    """

    mode: str
    ground: str
    ratio: float
    least: float


def theme_of(brand_color: str | None) -> Theme:
    """The colours of a municipality's pages: of its own colour, or the product's for None."""
    own = brand_color if brand_color != HOUSE_BRAND else None
    return derive_theme(own) if own else HOUSE_THEME


def derive_theme(brand: str) -> Theme:
    """All eight colours from ``brand``, a hex colour "#rrggbb"."""
    seen = oklch(brand)
    light = Palette(
        brand=brand,
        brand_strong=_at(seen, 0.325, 0.80),
        on_brand="#ffffff",
        tint=_at(seen, 0.933, 0.234, most=0.025),
    )
    dark = Palette(
        brand=_at(seen, 0.805, 1.07, most=0.12),
        brand_strong=_at(seen, 0.875, 0.75),
        on_brand=_at(seen, 0.229, 0.445, most=0.03),
        tint=_at(seen, 0.327, 0.60, most=0.045),
    )
    return Theme(light, dark)


def shortfalls(brand: str) -> list[Shortfall]:
    """Every pair that misses WCAG's 4.5:1 (text) or 3:1 (controls), the worst first."""
    theme = theme_of(brand)
    found = _in_mode("light", theme.light, LIGHT_GROUNDS) + _in_mode(
        "dark", theme.dark, DARK_GROUNDS
    )
    missed = [pair for pair in found if pair.ratio < pair.least]
    return sorted(missed, key=lambda pair: pair.ratio / pair.least)


def least_contrast(brand: str) -> dict[str, float]:
    """The least contrast of any text in that colour, for "light" and for "dark"."""
    theme = theme_of(brand)
    return {
        mode: min(pair.ratio for pair in _in_mode(mode, palette, grounds) if pair.ground != "sunk")
        for mode, palette, grounds in (
            ("light", theme.light, LIGHT_GROUNDS),
            ("dark", theme.dark, DARK_GROUNDS),
        )
    }


def _in_mode(mode: str, palette: Palette, grounds: Grounds) -> list[Shortfall]:
    text = [
        ("paper", palette.brand, grounds.paper),
        ("surface", palette.brand, grounds.surface),
        ("tint", palette.brand, palette.tint),
        ("paper", palette.brand_strong, grounds.paper),
        ("button", palette.on_brand, palette.brand),
        ("button", palette.on_brand, palette.brand_strong),
        ("ink", grounds.ink, palette.tint),
    ]
    pairs = [Shortfall(mode, on, contrast(a, b), TEXT_CONTRAST) for on, a, b in text]
    sunk = contrast(palette.brand, grounds.sunk)
    return [*pairs, Shortfall(mode, "sunk", sunk, CONTROL_CONTRAST)]


def _at(seen: Oklch, lightness: float, share: float, *, most: float = 1.0) -> str:
    return nearest_hex(seen.with_(lightness, min(seen.chroma * share, most)))
