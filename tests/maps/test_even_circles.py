"""Clusters that lie evenly over town and wood, held to the people: each one drawn whole."""

import numpy as np
import pytest

from benchmarks.planted import wide_kind
from benchmarks.planted_sets import Kind, draw_set
from maps.engine.point_analysis import Method, Request, analyse_points
from maps.engine.scan_hotspots import ScanSettings, scan_hotspots
from maps.engine.scan_statistic import monte_carlo_p, poisson_ratio
from tests.maps.planted import count, finds, plant

EDGE = 75  # columns of wood, west of the town


def town_and_wood(shape=(150, 200)):
    """Four hundred times as many people in the eastern part."""
    people = np.ones(shape)
    people[:, EDGE:] = 400
    return people / people.sum()


def marks_of(people, discs, n=3000, share=0.1, seed=3):
    draw = np.random.default_rng(seed)
    extra = plant(draw, int(n * share * len(discs)), discs, share=1.0)
    return draw.multinomial(n, people.ravel()).reshape(people.shape) + count(extra)


def test_a_disc_over_town_and_wood_is_one_hotspot_of_its_size():
    people, disc = town_and_wood(), (EDGE * 100.0 + 300, 7000.0, 1500.0)
    counts = marks_of(people, [disc], share=0.2)
    (found,) = scan_hotspots(counts, people, ScanSettings(100.0, simulations=39))
    assert finds(found.cells, disc)
    # Most of the disc is town, where few more are marked than live there: it is drawn all the same.
    assert found.cells[70, EDGE + 8]
    assert found.cells[70, EDGE - 6]


def test_what_is_told_of_a_drawn_circle_is_its_own():
    people, disc = town_and_wood(), (EDGE * 100.0 + 300, 7000.0, 1500.0)
    counts = marks_of(people, [disc], share=0.2)
    (found,) = scan_hotspots(counts, people, ScanSettings(100.0, simulations=39))
    total = counts.sum()
    assert found.n == counts[found.cells].sum()
    assert found.expected == pytest.approx(total * people[found.cells].sum())
    assert found.ratio == pytest.approx(float(poisson_ratio(found.n, found.expected, total)))
    assert found.p == monte_carlo_p(found.ratio, np.zeros(39))


def test_two_discs_beside_each_other_in_town_and_wood_are_two_hotspots():
    people = town_and_wood()
    discs = [(EDGE * 100.0, 5000.0, 800.0), (EDGE * 100.0 + 200, 7600.0, 900.0)]
    found = scan_hotspots(marks_of(people, discs), people, ScanSettings(100.0, simulations=39))
    assert all(any(finds(spot.cells, disc) for spot in found) for disc in discs)
    assert len(found) == 2


def test_a_narrow_and_a_wide_disc_beside_each_other_in_the_wood_are_two_hotspots():
    """One circle round both holds so many marks that it was drawn in place of them."""
    people = town_and_wood()
    discs = [(2500.0, 6000.0, 570.0), (4360.0, 7210.0, 1230.0)]
    counts = marks_of(people, discs, n=1000, share=0.03)
    found = scan_hotspots(counts, people, ScanSettings(100.0, simulations=39))
    assert all(any(finds(spot.cells, disc) for spot in found) for disc in discs)
    assert len(found) == 2


def test_a_risk_among_people_is_still_drawn_where_they_live():
    people = town_and_wood()
    risk = people.copy()
    row, column = np.mgrid[0:150, 0:200]
    risk[np.hypot(row - 70, column - 130) <= 9] *= 4
    counts = np.random.default_rng(4).multinomial(6000, (risk / risk.sum()).ravel())
    (found,) = scan_hotspots(
        counts.reshape(people.shape).astype(float), people, ScanSettings(100.0, simulations=39)
    )
    assert finds(found.cells, (13_050.0, 7050.0, 900.0))


def test_a_small_dense_cluster_beside_a_wide_one_is_told_by_itself():
    discs = [(8000.0, 7000.0, 440.0), (8830.0, 7000.0, 90.0)]
    draw = np.random.default_rng(6)
    parts = [plant(draw, 200, [disc], share=1.0) for disc in discs]
    counts = count(np.vstack([draw.uniform(0, (20_000, 15_000), (1500, 2)), *parts]))
    even = np.full(counts.shape, 1 / counts.size)
    spots = scan_hotspots(counts, even, ScanSettings(100.0, simulations=39))
    assert all(any(finds(spot.cells, disc) for spot in spots) for disc in discs)


@pytest.mark.parametrize(
    "kind",
    [
        Kind("forest", where="people", n=2000, radii=(900.0,), strength=0.15, ground="small"),
        Kind("towns", 1000.0, where="near", n=2000, radii=(900.0,), ground="ragged"),
        Kind(None, where="edge", n=600, radii=(150.0, 800.0), ground="small", boundary=True),
        Kind("towns", n=2000, radii=(400.0,), cell_m=50.0, several=True, abroad=1, ground="small"),
    ],
)
def test_sets_of_many_kinds_are_found(kind):
    drawn = draw_set(np.random.default_rng(2), kind)
    assert drawn.discs
    request = Request(Method.SCAN, kind.cell_m, 1, simulations=39)
    analysis = analyse_points(drawn.points, request, people=drawn.people, boundary=drawn.boundary)
    assert all(drawn.found(analysis)), drawn.discs


def test_of_few_marks_that_lie_evenly_the_widest_likely_circle_is_drawn():
    """Eighteen extra marks within 1.5 km: the likeliest circle ended at the outermost of them and
    covered less than half."""
    draw = np.random.default_rng(6013)
    drawn = draw_set(draw, wide_kind(draw))
    assert max(disc.radius for disc in drawn.discs) > 1400
    request = Request(Method.SCAN, None, 6013, simulations=39)
    analysis = analyse_points(drawn.points, request, people=drawn.people, boundary=drawn.boundary)
    assert all(drawn.found(analysis)), drawn.discs
