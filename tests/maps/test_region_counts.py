"""How many persons pointed out a place, the ring around it, and the rest."""

import numpy as np
import pytest
from shapely.geometry import LineString, box

from maps.crs import shape_to_degrees, to_degrees
from maps.engine.marks import Located, Marks, place_marks, read_marks
from maps.places import Place, Precision
from maps.region_counts import Zones, lies_within, region_in, regions_of, zones_of

EAST, NORTH = 600_000, 6_797_000


def at(east_m: float, who: str, **more: object) -> Place:
    """A mark so many metres east of the middle."""
    lat, lon = to_degrees(EAST + east_m, NORTH)
    return Place(float(lat), float(lon), respondent=who, **more)


def zones(radius_m: float = 200):
    lat, lon = to_degrees(EAST, NORTH)
    return zones_of(float(lat), float(lon), radius_m)


def count_zones(marks: Marks, ground: Zones) -> tuple[int, ...]:
    return tuple(region.n_persons for region in regions_of(marks, ground))


def count(*marks: Place, radius_m: float = 200) -> tuple[int, ...]:
    return count_zones(read_marks(marks), zones(radius_m))


def test_pins_count_in_the_zone_that_they_stand_in():
    assert count(at(199, "a"), at(201, "b"), at(399, "c"), at(401, "d")) == (1, 2, 1)


def test_a_person_counts_once_in_each_zone():
    assert count(*[at(10 * step, "a") for step in range(60)]) == (1, 1, 1)
    assert count(at(0, "a"), at(5, "a"), at(0, "b")) == (2, 0, 0)


def test_a_name_counts_over_the_extent_of_its_place():
    """The place itself is all inside; a town twice as wide lies a quarter inside."""
    itself = [at(0, f"p{i}", precision=Precision.PLACE, extent_m=200) for i in range(8)]
    assert count(*itself) == (8, 0, 0)
    town = [at(0, f"p{i}", precision=Precision.PLACE, extent_m=400) for i in range(8)]
    assert count(*town) == (2, 6, 0)
    elsewhere = [at(5000, f"p{i}", precision=Precision.PLACE, extent_m=400) for i in range(8)]
    assert count(*elsewhere) == (0, 0, 8)


def test_of_a_name_and_a_pin_of_one_person_the_pin_counts():
    town = at(0, "a", precision=Precision.PLACE, extent_m=400)
    assert count(town, at(0, "a")) == (1, 1, 0)


def test_a_district_counts_nowhere():
    assert count(at(0, "a", precision=Precision.DISTRICT)) == (0, 0, 0)


def test_the_ring_is_as_wide_as_the_place_and_at_least_200_metres():
    assert count(at(790, "a"), at(810, "b"), radius_m=400) == (0, 1, 1)
    assert count(at(240, "a"), at(260, "b"), radius_m=50) == (0, 1, 1)
    assert zones().ring.area == pytest.approx(3 * zones().place.area, rel=0.01)


def test_persons_in_an_area_given_in_degrees():
    area = shape_to_degrees(box(EAST - 100, NORTH - 100, EAST + 100, NORTH + 100))
    marks = read_marks([at(0, "a"), at(90, "a"), at(-90, "b"), at(110, "c")])
    assert region_in(marks, area).n_persons == 2


def test_in_an_area_a_name_that_reaches_into_it_counts_whole():
    area = shape_to_degrees(box(EAST - 100, NORTH - 100, EAST + 100, NORTH + 100))
    marks = read_marks([at(0, "a"), at(300, "b", precision=Precision.PLACE, extent_m=250),
                        at(900, "c", precision=Precision.PLACE, extent_m=250)])  # fmt: skip
    found = region_in(marks, area)
    assert (found.n_persons, found.marks.tolist()) == (2, [0, 1])


def test_which_region_lies_in_which():
    inner, outer = zones(100), zones(400)
    aside = box(EAST + 350, NORTH, EAST + 1000, NORTH + 500)
    assert lies_within([inner.place, outer.place, outer.ring, aside]) == [[1], [], [], []]
    assert lies_within([inner.ring, outer.place]) == [[1], []]


def test_a_street_is_the_ground_along_it_and_not_its_circle():
    """A kilometre due east from the middle; marks by its name lie along it too."""
    line = shape_to_degrees(LineString([(EAST, NORTH), (EAST + 1000, NORTH)]))
    lat, lon = to_degrees(EAST + 500, NORTH)
    street = zones_of(float(lat), float(lon), 500, line)
    aside = to_degrees(EAST + 500, NORTH + 400)
    pins = read_marks([at(900, "a"), Place(float(aside[0]), float(aside[1]), respondent="b")])
    assert count_zones(pins, street) == (1, 0, 1)
    by_name = Located(
        np.full(4, lat), np.full(4, lon), np.arange(4), np.full(4, 500.0), np.zeros(4, bool),
        np.zeros(4, int), (line,),
    )  # fmt: skip
    assert count_zones(place_marks(by_name), street) == (4, 0, 0)
    assert count_zones(place_marks(by_name), zones(500))[0] == 2
