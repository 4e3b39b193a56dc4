"""A found circle lies where it explains the marks best, not only where windows are laid."""

import numpy as np
import pytest

from maps.engine.scan_hotspots import ScanSettings, scan_hotspots
from maps.engine.scan_places import Circle, Sums
from maps.engine.scan_windows import Window
from tests.maps.planted import HEIGHT_M, WIDTH_M, count, plant

SETTINGS = ScanSettings(100.0, simulations=19)


def in_circle(row, column, radius):
    """The cells of 100 m whose middle lies in a circle, all in cells."""
    north, east = np.mgrid[0:150, 0:200] + 0.5
    return np.hypot(north - row, east - column) <= radius


def middle_m(cells):
    """East and north of the middle of some cells, in metres."""
    row, column = np.nonzero(cells)
    return np.array([column.mean() + 0.5, row.mean() + 0.5]) * 100


@pytest.mark.parametrize("seed", [0, 5, 8])
def test_a_risk_over_the_edge_of_a_town_and_the_country_is_one_area(seed):
    """Half a step aside the edge of a circle loses much of the town, and several seem better."""
    draw = np.random.default_rng(seed)
    row, column = np.mgrid[0:150, 0:200]
    homes = draw.poisson(1.0, (75, 100)) * (draw.random((75, 100)) < 0.5)
    town = 300 * np.exp(-((row - 70) ** 2 + (column - 140) ** 2) / 200)
    people = homes.repeat(2, axis=0).repeat(2, axis=1) + np.round(town)
    disc = in_circle(70 + draw.uniform(-3, 3), 110 + draw.uniform(-3, 3), 20.5)
    share = people / people.sum()
    counts = draw.poisson(share * 200_000 * np.where(disc, 6.0, 1.0)).astype(float)
    found, *rims = scan_hotspots(counts, share, SETTINGS)
    assert sum(rim.n for rim in rims) <= 0.005 * found.n
    assert (found.cells & disc).sum() >= 0.9 * disc.sum()
    assert (found.cells & ~disc).sum() <= 0.1 * disc.sum()


@pytest.mark.parametrize("aside", [0.0, 170.0, 330.0])
def test_a_wide_area_lies_where_its_marks_are(aside):
    disc = (8000.0 + aside, 7000.0 + aside, 1500.0)
    draw = np.random.default_rng(4)
    even = draw.uniform(0, (WIDTH_M, HEIGHT_M), (6000, 2))
    counts = count(np.vstack([even, plant(draw, 3000, [disc], share=1.0)]))
    (found,) = scan_hotspots(counts, np.full(counts.shape, 1 / counts.size), SETTINGS)
    assert np.hypot(*(middle_m(found.cells) - disc[:2])) < 60
    assert found.radius * 100 == pytest.approx(disc[2], rel=0.05)


@pytest.mark.parametrize("place", [(70.0, 110.0, 9.0), (3.25, 2.5, 8.6), (148.0, 199.0, 10.9)])
def test_a_circle_anywhere_holds_the_cells_whose_middle_is_in_it(place):
    """At the corners of the map too."""
    counts = np.random.default_rng(1).poisson(3.0, (150, 200)).astype(float)
    window = Window(9, 10.0, 2, int(place[0] // 2), int(place[1] // 2))
    sums = Sums((counts, np.ones(counts.shape)), window)
    inside = in_circle(*place)
    assert sums.of(Circle(*place)) == [counts[inside].sum(), inside.sum()]
