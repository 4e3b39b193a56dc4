"""Colours as hex text, as light, and in OKLab, where equal distances look equally different.

The sRGB curve is that of IEC 61966-2-1. The matrices are Björn Ottosson's, "A perceptual color
space for image processing" (2020), which CSS Color 4 takes over for ``oklab()`` and ``oklch()``.
"""

import math
import re
from dataclasses import dataclass

HEX = re.compile(r"#?([0-9a-fA-F]{6}|[0-9a-fA-F]{3})\Z")

_TO_CONES = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_CONES_TO_LAB = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)
_LAB_TO_CONES = (
    (1.0, 0.3963377774, 0.2158037573),
    (1.0, -0.1055613458, -0.0638541728),
    (1.0, -0.0894841775, -1.2914855480),
)
_FROM_CONES = (
    (4.0767416621, -3.3077115913, 0.2309699292),
    (-1.2684380046, 2.6097574011, -0.3413193965),
    (-0.0041960863, -0.7034186147, 1.7076147010),
)
# How far outside 0–1 light may fall and still round to the nearest of 256 steps.
_GAMUT_SLACK = 0.0005
_CHROMA_STEP = 0.0005  # below what eight bits show

Triple = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Oklch:
    """Lightness 0–1, chroma from 0 (grey) to about 0.32, hue in degrees."""

    lightness: float
    chroma: float
    hue: float

    def with_(self, lightness: float, chroma: float) -> "Oklch":
        """The same hue, lighter or duller."""
        return Oklch(lightness, chroma, self.hue)


def normal_hex(text: str) -> str | None:
    """``text`` as "#17535a", from six or three digits with or without "#"; None if it is none."""
    found = HEX.match(text.strip())
    if found is None:
        return None
    digits = found[1].lower()
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


def linear_light(color: str) -> Triple:
    """Red, green and blue light, 0–1, of a hex colour "#rrggbb"."""
    red, green, blue = (_decoded(int(color[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return red, green, blue


def oklab(color: str) -> Triple:
    """Lightness and the two axes of colour (green to red, blue to yellow)."""
    red, green, blue = (math.cbrt(cone) for cone in _times(_TO_CONES, linear_light(color)))
    return _times(_CONES_TO_LAB, (red, green, blue))


def oklch(color: str) -> Oklch:
    """A hex colour in the cylinder form of OKLab. A grey has hue 0 and chroma near 0."""
    lightness, a, b = oklab(color)
    chroma = math.hypot(a, b)
    return Oklch(lightness, chroma, math.degrees(math.atan2(b, a)) % 360 if chroma > 1e-4 else 0.0)


def distance(one: str, other: str) -> float:
    """How different two colours look: the straight line in OKLab (CSS Color 4's deltaE OK)."""
    return math.dist(oklab(one), oklab(other))


def exact_hex(color: Oklch) -> str | None:
    """The hex form, or None for a colour that no screen of sRGB shows."""
    angle = math.radians(color.hue)
    lab = (color.lightness, color.chroma * math.cos(angle), color.chroma * math.sin(angle))
    red, green, blue = (cone**3 for cone in _times(_LAB_TO_CONES, lab))
    light = _times(_FROM_CONES, (red, green, blue))
    if not all(-_GAMUT_SLACK <= part <= 1 + _GAMUT_SLACK for part in light):
        return None
    return "#" + "".join(f"{round(255 * _coded(min(max(part, 0), 1))):02x}" for part in light)


def nearest_hex(color: Oklch) -> str:
    """The hex form, with as much of the chroma as sRGB shows at that lightness and hue."""
    found = exact_hex(color)
    if found is not None:
        return found
    low, high = 0.0, color.chroma  # the first is shown, the second is not
    while high - low > _CHROMA_STEP:
        middle = (low + high) / 2
        if exact_hex(color.with_(color.lightness, middle)) is None:
            high = middle
        else:
            low = middle
    grey = min(max(color.lightness, 0.0), 1.0)
    return exact_hex(color.with_(grey, low)) or exact_hex(Oklch(grey, 0, 0)) or "#000000"


def _times(matrix: tuple[Triple, Triple, Triple], vector: Triple) -> Triple:
    x, y, z = (sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
    return x, y, z


def _decoded(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _coded(light: float) -> float:
    return light * 12.92 if light <= 0.0031308 else float(1.055 * light ** (1 / 2.4) - 0.055)
