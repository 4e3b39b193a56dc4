"""The demo's schematic maps: small, drawn by hand, usable, and with their places inside."""

import csv
import json
from importlib.resources import files

import numpy as np
import pytest
import shapely
from shapely.geometry import shape

from maps.areas import Position, position, read_outline
from maps.ground.basemap import GroundKind, read_basemap
from maps.places import distance_m
from surveys.models.place import PlaceKind

FOLDER = files("surveys.demo") / "geography"
MUNICIPALITIES = ("hagfors", "haparanda", "harnosand", "kramfors", "soderhamn", "solleftea")
AREAS = FOLDER / "soderhamn_areas.geojson"
MAX_POINTS = 500
DRAWN_FROM = {"handplacerad, schematisk", "GeoNames, CC BY 4.0"}
PEOPLED_FROM = {
    "GeoNames, CC BY 4.0",
    "SCB, valdistrikt 2022",
    "GeoNames, CC BY 4.0; SCB, valdistrikt 2022",
}


def text(name):
    return (FOLDER / name).read_text(encoding="utf-8")


def places(municipality):
    return list(csv.DictReader(text(f"{municipality}_places.csv").splitlines()))


def test_all_demo_maps_together_have_at_most_500_points():
    documents = [e for e in FOLDER.iterdir() if e.name.endswith((".geojson", ".csv"))]
    documents.remove(AREAS)
    assert len(documents) == 2 * len(MUNICIPALITIES)
    vertices = sum(
        len(shapely.get_coordinates(shape(feature["geometry"])))
        for document in documents
        if document.name.endswith(".geojson")
        for feature in json.loads(document.read_text(encoding="utf-8"))["features"]
    )
    named = sum(len(places(municipality)) for municipality in MUNICIPALITIES)
    assert 200 < vertices + named <= MAX_POINTS


def test_every_feature_and_place_says_where_it_comes_from():
    for municipality in MUNICIPALITIES:
        features = json.loads(text(f"{municipality}.geojson"))["features"]
        sources = {feature["properties"]["source"] for feature in features}
        sources |= {place["source"] for place in places(municipality)}
        assert sources <= {*DRAWN_FROM, *PEOPLED_FROM}


@pytest.mark.parametrize("municipality", MUNICIPALITIES)
def test_shapes_are_valid_and_drawable(municipality):
    ground = read_basemap(text(f"{municipality}.geojson"))
    assert not read_outline(text(f"{municipality}.geojson")).repaired
    assert all(feature.geometry.is_valid for feature in ground.features)
    assert len(ground.of_kind(GroundKind.OUTLINE)) == 1


@pytest.mark.parametrize("municipality", MUNICIPALITIES)
def test_places_lie_inside_and_are_of_a_known_kind(municipality):
    outline = read_outline(text(f"{municipality}.geojson"))
    register = places(municipality)
    assert len({place["name"] for place in register}) == len(register) >= 6
    for place in register:
        assert position(outline, float(place["lat"]), float(place["lon"])) is Position.INSIDE
        assert PlaceKind(place["kind"])
        assert 50 <= int(place["radius_m"]) <= 3000


def test_the_invented_areas_are_few_lie_side_by_side_and_say_what_they_are():
    features = json.loads(AREAS.read_text(encoding="utf-8"))["features"]
    shapes = [shape(feature["geometry"]) for feature in features]
    assert len({feature["properties"]["name"] for feature in features}) == len(features) == 12
    assert {feature["properties"]["source"] for feature in features} == {"handplacerad, schematisk"}
    assert all(feature["properties"]["code"].startswith("DEMO-") for feature in features)
    assert len(shapely.get_coordinates(shapes)) <= 100
    assert all(each.is_valid for each in shapes)
    together = shapely.union_all(shapes)
    assert together.area == pytest.approx(sum(each.area for each in shapes))
    assert read_outline(text("soderhamn.geojson")).geometry.covers(together)


def test_who_lives_where_has_a_source_and_is_no_more_than_all_who_live_there():
    peopled = [place for place in places("soderhamn") if place["population"]]
    assert {place["source"] for place in peopled} == PEOPLED_FROM
    # All of Söderhamn had 25 643 inhabitants in 2019; beside the localities is countryside.
    assert 18_000 < sum(int(place["population"]) for place in peopled) < 25_643


def test_no_two_names_mean_different_places():
    seen: dict[str, str] = {}
    for place in places("soderhamn"):
        for alias in {place["name"].lower(), *filter(None, place["aliases"].split("|"))}:
            assert seen.setdefault(alias, place["name"]) == place["name"]


def test_neighbouring_municipalities_do_not_overlap():
    outlines = [read_outline(text(f"{name}.geojson")).geometry for name in
                ("harnosand", "kramfors", "solleftea")]  # fmt: skip
    for i, one in enumerate(outlines):
        for other in outlines[i + 1 :]:
            assert one.intersection(other).area < 0.002 * one.area


def test_soderhamn_is_as_large_as_it_is_with_its_sea():
    outline = read_outline(text("soderhamn.geojson"))
    south, west, north, east = outline.bounds
    assert distance_m(south, west, north, west) == pytest.approx(54_500, rel=0.05)
    assert distance_m(61.3, west, 61.3, east) == pytest.approx(42_900, rel=0.05)
    assert np.isfinite(outline.geometry.area)
