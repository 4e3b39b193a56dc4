"""The whole analysis: planted places are found, and thin data are said to be thin."""

import math
import warnings

import geopandas as gpd
import numpy as np
import pytest
from shapely.geometry import Point, box

from maps.areas import Outline
from maps.crs import to_degrees
from maps.engine.density import BandwidthRule
from maps.engine.hotspots import AnalysisState, analyse, names_of_too_few
from maps.engine.surface import Settings
from maps.places import NamedPoint, Place, Precision, distance_m

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # what the reference says of itself on import
    from libpysal.examples import get_path

TOWN = (600_000.0, 6_797_000.0)


def around(east, north, spread_m, n, *, seed, who="p"):
    """Marks of n persons, normally spread around a point in SWEREF 99 TM."""
    draw = np.random.default_rng(seed)
    lat, lon = to_degrees(draw.normal(east, spread_m, n), draw.normal(north, spread_m, n))
    return [Place(float(a), float(b), respondent=f"{who}{i}") for i, (a, b) in
            enumerate(zip(lat, lon, strict=True))]  # fmt: skip


def town_with_a_square(seed=1):
    even = around(*TOWN, 2500, 150, seed=seed, who="even")
    return even + around(TOWN[0] + 3000, TOWN[1] + 2000, 80, 40, seed=seed + 1, who="square")


def centre_of(east, north):
    lat, lon = to_degrees(east, north)
    return float(lat), float(lon)


def test_a_planted_place_stands_out_first_and_is_counted():
    result = analyse(town_with_a_square())
    assert result.state is AnalysisState.DONE
    first = result.concentrations[0]
    lat, lon = centre_of(TOWN[0] + 3000, TOWN[1] + 2000)
    assert first.rank == 1
    assert first.polygon.contains(Point(lon, lat))
    assert distance_m(first.lat, first.lon, lat, lon) < 250
    assert first.n_respondents >= 40
    assert first.area_km2 < 2
    assert first.q_min <= 0.05
    assert first.p_min <= first.q_min
    assert len(first.members) == first.n_marks


def test_members_are_the_marks_of_the_area():
    places = [Place(math.nan, 17.0, respondent="x"), *town_with_a_square()]
    first = analyse(places).concentrations[0]
    inside = [i for i, p in enumerate(places[1:], 1) if first.polygon.covers(Point(p.lon, p.lat))]
    assert list(first.members) == inside
    assert first.n_respondents == len({places[i].respondent for i in inside})


def test_the_area_is_exactly_its_cells():
    result = analyse(town_with_a_square())
    metres = gpd.GeoSeries([c.polygon for c in result.concentrations], crs=4326).to_crs(3006)
    for area, concentration in zip(metres.area, result.concentrations, strict=True):
        assert area / 1e6 == pytest.approx(concentration.area_km2, rel=1e-6)
        assert (area / 250**2) == pytest.approx(round(area / 250**2), abs=1e-3)


def test_john_snows_pump_is_found():
    # libpysal's snow_maps: addresses with cholera deaths in Soho 1854 and the water pumps.
    people = gpd.read_file(get_path("SohoPeople.shp")).to_crs(4326)
    deaths = [
        Place(address.y, address.x)
        for address, n in zip(people.geometry, people["Count"], strict=True)
        for _ in range(int(n))
    ]
    settings = Settings(cell_m=50, radius_m=100, reach_m=300)
    result = analyse(deaths, settings=settings)
    broad_street = (51.513341, -0.136668)
    first = result.concentrations[0]
    assert result.n_marks == people["Count"].sum()
    assert first.polygon.buffer(0.0005).contains(Point(broad_street[1], broad_street[0]))
    assert distance_m(first.lat, first.lon, *broad_street) < 100


def test_one_persons_hundred_pins_are_no_concentration():
    town = around(*TOWN, 2500, 150, seed=1)
    flood = [
        Place(p.lat, p.lon, respondent="one")
        for p in around(TOWN[0] + 6000, TOWN[1], 60, 100, seed=2)
    ]
    lat, lon = centre_of(TOWN[0] + 6000, TOWN[1])
    assert not any(
        c.polygon.contains(Point(lon, lat)) for c in analyse([*town, *flood]).concentrations
    )


def test_fewer_than_five_persons_are_too_few_and_named_not_drawn():
    village = (TOWN[0] + 9000, TOWN[1] + 9000)
    for persons, drawn in ((4, False), (5, True)):
        places = around(*TOWN, 2500, 150, seed=1) + around(*village, 20, persons, seed=5, who="v")
        result = analyse(places)
        lat, lon = centre_of(*village)
        hit = any(c.polygon.buffer(0.003).contains(Point(lon, lat)) for c in result.concentrations)
        assert hit is drawn
        town = NamedPoint("Staden", *centre_of(*TOWN), 5000)
        names = names_of_too_few(result, [NamedPoint("Byn", lat, lon, 500), town])
        if not drawn:
            assert "Byn" in names
            assert max(few.n_respondents for few in result.too_few) == 4


def test_too_few_names_leave_out_the_drawn_areas():
    result = analyse(town_with_a_square())
    lat, lon = centre_of(TOWN[0] + 3000, TOWN[1] + 2000)
    only = [NamedPoint("Torget", lat, lon, 100)]
    assert names_of_too_few(result, only) == ()
    assert names_of_too_few(result, []) == ()


def test_the_same_marks_give_the_same_result():
    first, second = analyse(town_with_a_square()), analyse(town_with_a_square())
    assert first.concentrations == second.concentrations
    assert first.too_few == second.too_few
    np.testing.assert_array_equal(first.surface.z, second.surface.z)


def test_the_order_of_the_marks_does_not_matter():
    places = town_with_a_square()
    forward, backward = analyse(places), analyse(places[::-1])
    key = [(c.rank, c.polygon.wkt, c.n_marks, c.z_max) for c in forward.concentrations]
    assert key == [(c.rank, c.polygon.wkt, c.n_marks, c.z_max) for c in backward.concentrations]


def test_under_thirty_marks_are_counted_but_not_tested():
    result = analyse(around(*TOWN, 50, 29, seed=1))
    assert result.state is AnalysisState.TOO_FEW_MARKS
    assert result.concentrations == ()
    assert result.surface.respondents.sum() == 29
    assert np.isnan(result.surface.z).all()
    assert result.surface.density.max() > 0


@pytest.mark.parametrize("places", [[], [Place(61.3, 17.0, Precision.DISTRICT)] * 40])
def test_without_positions_there_is_no_surface(places):
    result = analyse(places)
    assert result.state is AnalysisState.NO_MARKS
    assert result.surface is None
    assert result.n_districts == len(places)
    assert result.bandwidth_m is None


@pytest.mark.parametrize("n", [1, 2])
def test_one_or_two_marks_are_too_few(n):
    result = analyse([Place(61.3, 17.0 + i) for i in range(n)])
    assert result.state is AnalysisState.TOO_FEW_MARKS
    assert result.n_respondents == n
    assert len(result.too_few) == n


@pytest.mark.parametrize("extent_m", [0, 900])
def test_everyone_on_one_spot_has_nothing_to_be_compared_with(extent_m):
    spot = [Place(61.3, 17.0, Precision.PLACE, str(i), None, extent_m) for i in range(60)]
    result = analyse(spot)
    assert result.state is AnalysisState.ONE_SPOT
    assert result.concentrations == ()
    assert result.surface.respondents.max() == 60
    assert result.bandwidth_m == 250


def test_where_all_cells_are_alike_nothing_stands_out():
    # One person per cell on a block of cells that is the whole study area.
    lat, lon = to_degrees(*(axis.ravel() for axis in np.meshgrid(
        TOWN[0] + 125 + 250 * np.arange(6), TOWN[1] + 125 + 250 * np.arange(6))))  # fmt: skip
    places = [Place(float(a), float(b)) for a, b in zip(lat, lon, strict=True)]
    result = analyse(places, settings=Settings(reach_m=100))
    assert result.state is AnalysisState.NO_VARIATION
    assert result.concentrations == ()


def test_marks_with_nan_are_counted_apart():
    result = analyse([*town_with_a_square(), Place(math.nan, math.nan)])
    assert (result.n_marks, result.n_unusable) == (190, 1)


def test_a_mark_on_another_continent_does_not_stretch_the_grid():
    lat, lon = centre_of(*TOWN)
    outline = Outline(box(lon - 0.3, lat - 0.2, lon + 0.3, lat + 0.2))
    result = analyse([*town_with_a_square(), Place(-33.9, 18.4)], outline=outline)
    assert result.n_outside == 1
    assert result.surface.grid.size < 10_000


def test_the_study_area_stays_inside_the_outline():
    lat, lon = centre_of(*TOWN)
    outline = Outline(box(lon - 0.02, lat - 0.3, lon + 0.2, lat + 0.3))
    places = town_with_a_square()
    bounded = analyse(places, outline=outline).surface
    free = analyse(places).surface
    assert bounded.study.sum() < free.study.sum()
    assert bounded.study[bounded.respondents > 0].all()
    whole = analyse(places, outline=outline, settings=Settings(reach_m=None)).surface
    assert whole.study.sum() > bounded.study.sum()


def test_the_bandwidth_is_said_with_its_rule():
    by_rule = analyse(town_with_a_square())
    assert by_rule.bandwidth_rule is BandwidthRule.SCOTT_ROBUST
    assert 250 < by_rule.bandwidth_m < 1000
    given = analyse(town_with_a_square(), settings=Settings(bandwidth_m=400))
    assert (given.bandwidth_rule, given.bandwidth_m) == (BandwidthRule.GIVEN, 400)


def test_marks_by_name_never_pile_up_in_one_cell():
    lat, lon = centre_of(*TOWN)
    named = [Place(lat, lon, Precision.PLACE, respondent=str(i), extent_m=800) for i in range(40)]
    surface = analyse(named).surface
    assert surface.value.sum() == pytest.approx(40)
    assert surface.value.max() < 3
    assert surface.respondents.max() == 40


@pytest.mark.parametrize(
    "wrong",
    [
        {"cell_m": 0},
        {"radius_m": -1},
        {"bandwidth_m": math.nan},
        {"reach_m": math.inf},
        {"false_discovery_rate": 0},
        {"false_discovery_rate": 1},
        {"min_respondents": 0},
        {"min_marks": 0},
    ],
)
def test_settings_that_mean_nothing_are_refused(wrong):
    with pytest.raises(ValueError, match="must"):
        Settings(**wrong)
