"""Colours against published values, and no municipality's colour that cannot be read."""

import math
import re
from pathlib import Path

import pytest

from surveys.theme.color_spaces import Oklch, distance, exact_hex, nearest_hex, normal_hex, oklch
from surveys.theme.contrast import contrast
from surveys.theme.nearest import STEP, candidates, nearest_passing
from surveys.theme.palette import (
    DARK_GROUNDS,
    HOUSE_BRAND,
    HOUSE_THEME,
    LIGHT_GROUNDS,
    derive_theme,
    shortfalls,
    theme_of,
)

TOKENS = Path("webapp/frontend/scss/_tokens.scss")

# Pairs from CSS Color 4 and the tests of the web platform for it.
CSS_COLOR_4 = [
    ("#008000", Oklch(0.51975, 0.17686, 142.495)),
    ("#7d2329", Oklch(0.40101, 0.12332, 21.555)),
    ("#c65d06", Oklch(0.59686, 0.15619, 49.769)),
    ("#9d9318", Oklch(0.65125, 0.13138, 104.097)),
    ("#68a639", Oklch(0.66016, 0.15546, 134.231)),
    ("#62acef", Oklch(0.72322, 0.12403, 247.996)),
]


@pytest.mark.parametrize(("color", "expected"), CSS_COLOR_4)
def test_oklch_agrees_with_css_color_4(color: str, expected: Oklch) -> None:
    assert exact_hex(expected) == color
    seen = oklch(color)  # from eight bits a colour, so a little beside the exact one
    assert seen.lightness == pytest.approx(expected.lightness, abs=0.002)
    assert seen.chroma == pytest.approx(expected.chroma, abs=0.002)
    assert seen.hue == pytest.approx(expected.hue, abs=0.5)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.478),  # the grey that Understanding WCAG says just fails
        ("#767676", "#ffffff", 4.542),  # and its neighbour, which passes
        ("#ff0000", "#ffffff", 3.998),
        ("#0000ff", "#ffffff", 8.592),
        ("#17535a", "#17535a", 1.0),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.001)
    assert contrast(other, one) == contrast(one, other)


def test_every_grey_survives_the_way_to_oklch_and_back() -> None:
    for level in range(256):
        grey = f"#{level:02x}{level:02x}{level:02x}"
        assert nearest_hex(oklch(grey)) == grey


def test_a_colour_beyond_the_screen_keeps_its_lightness_and_hue() -> None:
    shown = oklch(nearest_hex(Oklch(0.8, 0.37, 264)))
    assert shown.lightness == pytest.approx(0.8, abs=0.005)
    assert shown.hue == pytest.approx(264, abs=2)
    assert shown.chroma < 0.37


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("#17535A", "#17535a"), (" 17535a ", "#17535a"), ("#FFF", "#ffffff"), ("f60", "#ff6600")],
)
def test_a_colour_may_be_written_in_more_than_one_way(typed: str, kept: str) -> None:
    assert normal_hex(typed) == kept


@pytest.mark.parametrize("typed", ["", "#", "grön", "#12345", "#1234567", "#17535g", "#17535a;}"])
def test_what_is_no_colour_is_none(typed: str) -> None:
    assert normal_hex(typed) is None


def test_the_grounds_are_those_of_the_style_sheets() -> None:
    light, dark = TOKENS.read_text(encoding="utf-8").split("prefers-color-scheme: dark")
    for text, grounds in ((light, LIGHT_GROUNDS), (dark, DARK_GROUNDS)):
        for name in ("paper", "surface", "sunk", "ink"):
            assert _token(text, name) == getattr(grounds, name), name


def test_the_product_s_own_theme_is_that_of_the_style_sheets() -> None:
    light, dark = TOKENS.read_text(encoding="utf-8").split("prefers-color-scheme: dark")
    assert theme_of(None) is theme_of(HOUSE_BRAND) is HOUSE_THEME
    for text, palette in ((light, HOUSE_THEME.light), (dark, HOUSE_THEME.dark)):
        for name in ("brand", "brand_strong", "on_brand", "tint"):
            assert _token(text, name.replace("_", "-")) == getattr(palette, name), name


def _token(text: str, name: str) -> str | None:
    found = re.search(rf"--{name}: (#[0-9a-f]+)", text)
    return normal_hex(found[1]) if found else None


def test_the_product_s_own_colour_derives_a_set_like_the_one_drawn_by_hand() -> None:
    theme = derive_theme(HOUSE_BRAND)
    both = ((theme.light, HOUSE_THEME.light), (theme.dark, HOUSE_THEME.dark))
    for derived, drawn in both:
        for name in ("brand", "brand_strong", "on_brand", "tint"):
            assert distance(getattr(derived, name), getattr(drawn, name)) < 0.025, name
    assert shortfalls(HOUSE_BRAND) == []


def test_whatever_hue_is_dark_enough_passes_in_both_modes() -> None:
    for hue in range(0, 360, 5):
        for chroma in (0, 0.1, 0.35):
            brand = nearest_hex(Oklch(0.45, chroma, hue))
            assert shortfalls(brand) == [], brand


def test_a_pale_colour_says_which_ground_it_drowns_in() -> None:
    worst = shortfalls("#ffff00")[0]
    assert (worst.mode, worst.ground) == ("light", "paper")
    assert worst.ratio == pytest.approx(contrast("#ffff00", "#f4f6f4"))
    assert worst.least == 4.5


def test_a_grey_that_white_paper_takes_may_still_fail_on_the_tint() -> None:
    assert contrast("#767676", "#ffffff") > 4.5
    assert [(miss.mode, miss.ground) for miss in shortfalls("#767676")] == [
        ("light", "tint"),
        ("light", "paper"),
    ]


@pytest.mark.parametrize(
    "refused", ["#ffff00", "#e30613", "#00a651", "#ffffff", "#f39200", "#767676", "#ff00ff"]
)
def test_the_offered_colour_passes_and_none_of_its_hue_is_nearer(refused: str) -> None:
    assert shortfalls(refused)
    offered = nearest_passing(refused)
    assert shortfalls(offered) == []
    seen = oklch(refused)
    if seen.chroma > 0.02:
        assert oklch(offered).hue == pytest.approx(seen.hue, abs=3)
    # Another grid than the search's own, inside what it found: no colour there passes.
    reach = distance(refused, offered) - 2 * STEP
    for lightness in range(0, 1001, 11):
        for chroma in range(0, 401, 11):
            it = Oklch(lightness / 1000, chroma / 1000, seen.hue)
            near = math.hypot(it.lightness - seen.lightness, it.chroma - seen.chroma) < reach
            color = exact_hex(it) if near else None
            assert color is None or shortfalls(color), (color, offered)


def test_a_colour_that_passes_is_left_alone() -> None:
    assert nearest_passing("#0066cc") == "#0066cc"


def test_the_search_looks_at_all_lightnesses_and_no_stronger_colour() -> None:
    looked_at = list(candidates(oklch("#e30613")))
    assert max(it.lightness for it in looked_at) == 1
    assert min(it.lightness for it in looked_at) < STEP
    assert max(it.chroma for it in looked_at) == oklch("#e30613").chroma
