"""The mark as a picture for home screens: two circles, and the light where they overlap."""

from functools import lru_cache
from io import BytesIO

from surveys.theme.palette import HOUSE_BRAND

ICON_SIZES = (192, 512)
LAMP = "#F3C24B"
PAPER = "#F4F6F4"
# In the mark's own units, as components/brand.html draws it.
WIDTH, HEIGHT, RADIUS, LEFT, RIGHT, STROKE = 44.0, 28.0, 12.0, 15.0, 29.0, 2.5
# A launcher may cut a maskable icon to a circle of four fifths: the mark stays well inside.
SHARE = 0.62
SMOOTH = 4  # drawn so many times larger, then made smaller, for even edges


@lru_cache(maxsize=64)
def mark_icon(size: int, brand: str | None = None) -> bytes:
    """A square PNG of ``size`` pixels, the circles in ``brand`` ("#rrggbb")."""
    from PIL import Image, ImageChops, ImageDraw  # noqa: PLC0415 (only home screens ask)

    side = size * SMOOTH
    unit = side * SHARE / WIDTH
    x0, y0 = (side - WIDTH * unit) / 2, (side - HEIGHT * unit) / 2

    def circle(middle: float, radius: float) -> Image.Image:
        mask = Image.new("L", (side, side), 0)
        x, y = x0 + middle * unit, y0 + HEIGHT / 2 * unit
        reach = radius * unit
        ImageDraw.Draw(mask).ellipse((x - reach, y - reach, x + reach, y + reach), fill=255)
        return mask

    picture = Image.new("RGB", (side, side), PAPER)
    lens = ImageChops.darker(circle(LEFT, RADIUS), circle(RIGHT, RADIUS))
    picture.paste(LAMP, mask=lens)
    for middle in (LEFT, RIGHT):
        outer, inner = circle(middle, RADIUS + STROKE / 2), circle(middle, RADIUS - STROKE / 2)
        picture.paste(brand or HOUSE_BRAND, mask=ImageChops.subtract(outer, inner))
    target = BytesIO()
    picture.resize((size, size), Image.Resampling.LANCZOS).save(target, "PNG", optimize=True)
    return target.getvalue()
