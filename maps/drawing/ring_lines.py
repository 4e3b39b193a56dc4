"""The round line round an area of squares: the same on live, still and printed maps."""

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

_NEARLY_ROUND = 1.45  # a hull so many times the squares takes in steps and notches, no other ground
# A corner that is rounded off at this part of the widest circle inside leaves nearly a circle.
_ROUNDING = 0.9
_LEAST_ROUNDING = 0.05
_CORNER = 0.5  # of the rounding: a right angle stands out 0.41 of it; farther, and an arm was cut
_MARGIN = 0.05  # of the widest circle inside: how far outside the squares' corners the line stands
_TOLERANCE = 0.004  # of the same: how much the line may be simplified
_QUARTER = 16  # points of a rounded right angle


def ring_round(squares: BaseGeometry) -> BaseGeometry:
    """The polygon whose edge goes round all of an area of squares, and little more, in metres.

    A window of the scan is a circle; its squares have steps, and the line round them none. Corners
    are rounded as far as nothing but corners is lost (a morphological opening), and the whole is
    then swollen until it covers every square again.
    """
    hull = squares.convex_hull
    whole = hull if hull.area <= _NEARLY_ROUND * squares.area else squares
    widest = shapely.maximum_inscribed_circle(whole).length
    corners = shapely.points(shapely.get_coordinates(squares))
    rounding = widest * _ROUNDING
    while rounding > widest * _LEAST_ROUNDING:
        opened = whole.buffer(-rounding).buffer(rounding, quad_segs=_QUARTER)
        out = float(np.max(shapely.distance(opened, corners))) if not opened.is_empty else np.inf
        if out <= rounding * _CORNER:
            break
        rounding *= 0.7
    else:
        opened, out = whole, 0.0
    swollen = opened.buffer(out + rounding + widest * _MARGIN, quad_segs=_QUARTER)
    return swollen.buffer(-rounding, quad_segs=_QUARTER).simplify(widest * _TOLERANCE)
