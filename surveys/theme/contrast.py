"""The contrast of two colours, as WCAG 2 defines it."""

from surveys.theme.color_spaces import linear_light

TEXT_CONTRAST = 4.5  # success criterion 1.4.3, text of any size
CONTROL_CONTRAST = 3.0  # success criterion 1.4.11, what shows a control and its state


def relative_luminance(color: str) -> float:
    """0 for black to 1 for white; ``color`` is "#rrggbb"."""
    red, green, blue = linear_light(color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """1 for two colours of the same luminance, 21 for black and white."""
    dark, light = sorted((relative_luminance(one), relative_luminance(other)))
    return (light + 0.05) / (dark + 0.05)
