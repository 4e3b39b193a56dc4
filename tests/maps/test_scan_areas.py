"""The scan of areas: published results, a plain search over all circles, and its own limits."""

import os
import warnings

import numpy as np
import pytest

from maps.engine.scan_areas import Areas, scan_areas
from maps.engine.scan_statistic import poisson_ratio
from maps.planes import on_sphere

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # what the libraries say of themselves on import
    import geopandas
    from libpysal.examples import get_path


@pytest.fixture(scope="module")
def counties():
    """Sudden infant deaths and births in North Carolina's 100 counties, as libpysal ships them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # middles of shapes in degrees
        table = geopandas.read_file(get_path("sids2.shp"))
        middles = table.geometry.centroid
    return table, on_sphere(middles.x, middles.y)


def names(table, cluster):
    return {table.NAME[member] for member in cluster.members}


def test_the_published_clusters_of_1974_to_1978_come_back(counties):
    # International Journal of Health Geographics 20 (2021), article 298-6, table 1: with the scan
    # statistic "northeast (4 counties) with combined incidence of 5.12" and "south (6 counties)
    # with combined incidence of 3.76", deaths per 1 000 live births.
    table, position = counties
    areas = Areas(position, table.SID74.to_numpy(float), table.BIR74.to_numpy(float))
    first, second = scan_areas(areas, max_population=0.2, simulations=999)[:2]
    assert names(table, first) == {"Northampton", "Halifax", "Hertford", "Bertie"}
    assert len(second.members) == 6
    for cluster, incidence in ((first, 5.12), (second, 3.76)):
        births = table.BIR74.to_numpy()[list(cluster.members)].sum()
        assert round(1000 * cluster.cases / births, 2) == incidence
        assert cluster.p <= 0.005


def test_the_clusters_of_kulldorffs_own_example_come_back(counties):
    # Kulldorff (1997): Bladen, Columbus, Hoke, Robeson and Scotland first, then Halifax,
    # Hertford, Northampton and Bertie, 1974 to 1984; he used the county seats, so a county at
    # the edge may differ.
    table, position = counties
    cases = (table.SID74 + table.SID79).to_numpy(float)
    births = (table.BIR74 + table.BIR79).to_numpy(float)
    first, second = scan_areas(Areas(position, cases, births), simulations=999)[:2]
    assert {"Bladen", "Hoke", "Robeson", "Scotland"} <= names(table, first)
    assert {"Halifax", "Hertford", "Northampton"} <= names(table, second)
    assert first.p == second.p == 0.001


def some_areas(seed, n=40):
    draw = np.random.default_rng(seed)
    population = draw.integers(50, 2000, n).astype(float)
    cases = draw.poisson(population / 100).astype(float)
    return Areas(draw.uniform(0, 100, (n, 2)), cases, population)


@pytest.mark.parametrize("seed", range(5))
def test_the_first_cluster_is_the_best_of_all_circles(seed):
    areas = some_areas(seed)
    total, people = areas.cases.sum(), areas.population.sum()
    best = 0.0
    for middle in areas.position:
        distance = np.hypot(*(areas.position - middle).T)
        for radius in distance:
            inside = distance <= radius
            share = areas.population[inside].sum() / people
            if share <= 0.5:
                ratio = poisson_ratio(areas.cases[inside].sum(), share * total, total)
                best = max(best, float(ratio))
    first = scan_areas(areas, simulations=9)[0]
    assert first.ratio == pytest.approx(best)
    members = list(first.members)
    assert first.cases == areas.cases[members].sum()
    assert first.expected == pytest.approx(total * areas.population[members].sum() / people)


def test_clusters_share_no_area_and_keep_to_the_largest_population():
    areas = some_areas(3)
    clusters = scan_areas(areas, max_population=0.1, simulations=9)
    members = [member for cluster in clusters for member in cluster.members]
    assert len(members) == len(set(members))
    assert [cluster.rank for cluster in clusters] == list(range(1, len(clusters) + 1))
    for cluster in clusters:
        share = areas.population[list(cluster.members)].sum() / areas.population.sum()
        assert share <= 0.1


def test_areas_at_the_same_distance_are_taken_together():
    position = np.array([[0.0, 0], [1, 0], [-1, 0], [0, 1], [0, -1], [9, 9], [9, -9], [-9, 9]])
    cases = np.array([5.0, 9, 9, 9, 9, 1, 1, 1])
    first = scan_areas(Areas(position, cases, np.full(8, 100.0)), max_population=0.7)[0]
    assert set(first.members) == {0, 1, 2, 3, 4}


def test_a_seed_gives_the_same_on_any_number_of_processors(monkeypatch):
    areas = some_areas(1)
    first = scan_areas(areas, simulations=1200, seed=5)
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    assert scan_areas(areas, simulations=1200, seed=5) == first


def test_nothing_is_found_where_the_rate_is_the_same_everywhere():
    draw = np.random.default_rng(1)
    population = draw.integers(1, 9, 20) * 100.0
    areas = Areas(draw.uniform(0, 9, (20, 2)), population / 100, population)
    assert all(cluster.p > 0.5 for cluster in scan_areas(areas, simulations=99))
    assert scan_areas(Areas(areas.position, np.zeros(20), population)) == ()
    assert scan_areas(Areas(areas.position[:1], np.ones(1), np.ones(1))) == ()
