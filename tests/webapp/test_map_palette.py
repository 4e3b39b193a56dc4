"""The colours of a map's classes, for those who see colours otherwise too, in light and in dark."""

import itertools
import re
from pathlib import Path

import pytest

from surveys.theme.color_spaces import linear_light
from surveys.theme.contrast import contrast, relative_luminance

SHEET = Path("webapp/frontend/scss/_tokens-data.scss")
GROUND = ("land", "built", "wood", "water")
Sight = tuple[tuple[float, float, float], ...]

# What is left of linear light for those who lack one kind of cones, in full, by "A
# physiologically-based model for simulation of color vision deficiency" of 2009 by Machado,
# Oliveira and Fernandes.
SIGHTS: dict[str, Sight] = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no long": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "no middle": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "no short": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def colours(name: str) -> list[str]:
    """What the sheet says of one colour: in light, then in dark."""
    return re.findall(rf"--{name}: (#[0-9a-f]{{6}});", SHEET.read_text("utf-8"))


def seen(colour: str, sight: Sight) -> str:
    light = linear_light(colour)
    parts = (sum(share * part for share, part in zip(row, light, strict=True)) for row in sight)
    return "#" + "".join(f"{_byte(min(max(part, 0), 1)):02x}" for part in parts)


def _byte(light: float) -> int:
    curved = 12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055
    return round(255 * curved)


def classes(dark: bool, sight: Sight) -> list[str]:
    return [seen(colours(f"s{number}")[dark], sight) for number in range(1, 6)]


@pytest.mark.parametrize("sight", SIGHTS.values(), ids=SIGHTS)
@pytest.mark.parametrize("dark", [False, True])
def test_every_class_parts_from_the_next_for_everybody(dark: bool, sight: Sight) -> None:
    steps = classes(dark, sight)
    rising = steps if dark else steps[::-1]  # more is darker in light, brighter in dark
    assert rising == sorted(steps, key=relative_luminance)
    assert all(contrast(*pair) >= 1.5 for pair in itertools.pairwise(steps))


@pytest.mark.parametrize("sight", SIGHTS.values(), ids=SIGHTS)
@pytest.mark.parametrize("dark", [False, True])
def test_the_lowest_class_parts_from_the_ground_by_its_fill(dark: bool, sight: Sight) -> None:
    lowest = classes(dark, sight)[0]
    for ground in GROUND:
        # Few feel unsafe on water, and in light it lies between the ground and the classes.
        least = 1.3 if ground == "water" and not dark else 1.49
        assert contrast(lowest, seen(colours(ground)[dark], sight)) >= least, ground
