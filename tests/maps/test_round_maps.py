"""Two rounds drawn alike: what holds for the one map holds for the other."""

import json
import re

import pytest

from maps.crs import shape_to_degrees
from maps.drawing.drawing import rings
from maps.drawing.map_parts import MapDocument
from maps.drawing.round_maps import Side, draw_rounds, shared_limits, zones_at
from maps.drawing.spots import Spot
from maps.drawing.words import SWEDISH
from maps.ground.basemap import EMPTY_BASEMAP
from tests.maps.analyses import nothing, planted
from tests.maps.test_render import GROUND, HOSTILE

SPOT = Spot("A", HOSTILE, 61.3, 16.9, 250)


@pytest.fixture(scope="module")
def analyses():
    return planted((3000, 2000, 40)), planted((-3000, -1000, 90), (3000, 2000, 12), seed=2)


def draw(analyses, ground=GROUND, spots=(SPOT,)) -> tuple[MapDocument, ...]:
    sides = [
        Side(
            anchor,
            f"Karta {anchor}",
            analysis,
            rings(analysis),
            {area.rank: HOSTILE for area in analysis.areas},
        )
        for anchor, analysis in zip("ab", analyses, strict=True)
    ]
    return draw_rounds(sides, ground, words=SWEDISH, spots=spots)


def settings(document: MapDocument) -> dict[str, object]:
    return json.loads(re.search(r"const settings = (\{.*\});", document.script)[1])


def test_both_begin_at_the_same_view_which_shows_what_stands_out_in_either(analyses):
    first, second = draw(analyses)
    assert first.bounds == second.bounds
    assert settings(first)["first"] == settings(second)["first"]
    south, west, north, east = first.bounds
    for analysis in analyses:
        for area in analysis.areas:
            assert south <= area.lat <= north
            assert west <= area.lon <= east


def test_both_have_the_same_classes(analyses):
    limits = shared_limits(analyses)
    assert limits[0] == 5
    most = [analysis.surface.respondents.max() for analysis in analyses]
    assert limits[-1] > min(most)  # the strongest class is of the round with more
    strongest = f"cell s{len(limits)}"
    assert strongest in draw(analyses)[1].script
    assert strongest not in draw(analyses)[0].script


def test_their_areas_lead_to_lists_of_their_own(analyses):
    first, second = draw(analyses)
    assert 'id="karta-omrade-a1" href="#omrade-a1"' in first.script.replace('\\"', '"')
    assert 'id="karta-omrade-b1" href="#omrade-b1"' in second.script.replace('\\"', '"')
    assert set(settings(first)["areas"]) & set(settings(second)["areas"]) == {"A"}


def test_a_place_is_drawn_on_both_under_its_letter(analyses):
    for anchor, document in zip("ab", draw(analyses), strict=True):
        assert f'id="karta-plats-{anchor}A" href="#plats-A"' in document.script.replace('\\"', '"')
        assert '"className": "spot"' in document.script
    for document in draw(analyses, spots=()):
        assert "karta-plats-" not in document.script
        assert '"className": "spot"' not in document.script


def test_names_cannot_break_out(analyses):
    for document in draw(analyses):
        assert "<img" not in document.script
        assert "</script" not in document.script
        assert not re.search(r"https?:|//[a-z]", document.script)


def test_nothing_marked_still_gives_two_maps(analyses):
    empty, full = draw((nothing(), analyses[0]), EMPTY_BASEMAP)
    assert empty.bounds == full.bounds
    assert draw((nothing(), nothing()), EMPTY_BASEMAP)[0].bounds
    assert shared_limits((nothing(), nothing())) == ()


def test_a_place_and_the_ring_round_it_have_their_marks_apart(analyses):
    circle = shape_to_degrees(zones_at(SPOT).place)
    west, south, east, north = circle.bounds
    script = draw(analyses)[0].script
    lat, lon = re.search(r"\[(-?[\d.]+), (-?[\d.]+), [^\]]*karta-plats-aA", script).groups()
    assert (south + north) / 2 < float(lat) < north
    assert west < float(lon) < (west + east) / 2
