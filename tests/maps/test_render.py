"""The live map as three texts: no other host, no inline code, nothing that breaks out."""

import json
import re
from dataclasses import fields, replace

import pytest
from shapely.geometry import box

from maps.drawing.labels import Label, LabelKind
from maps.drawing.map_parts import MapDocument, safe_text
from maps.drawing.render import staff_map
from maps.drawing.words import SWEDISH, MapWords
from maps.ground.basemap import EMPTY_BASEMAP, Basemap, GroundFeature, GroundKind
from tests.maps.analyses import nothing, planted

HOSTILE = "</script><img src=x onerror=alert(1)>`${alert(2)}\\'\"{rank}\u2028\n--><!--"
GROUND = Basemap(
    (
        GroundFeature(GroundKind.OUTLINE, box(16.5, 61.0, 17.4, 61.5), HOSTILE),
        GroundFeature(GroundKind.WATER, box(16.9, 61.2, 17.0, 61.3), HOSTILE),
    )
)


@pytest.fixture(scope="module")
def analysis():
    return planted((3000, 2000, 40), (-3000, -1000, 30), (0, 9000, 8))


def draw(analysis, ground=GROUND, name="Torget", words=SWEDISH) -> MapDocument:
    return staff_map(
        analysis,
        ground,
        words=words,
        labels=[Label(name, LabelKind.PLACE, 61.3, 17.05)],
        area_names={area.rank: name for area in analysis.concentrations},
    )


def test_the_document_asks_no_other_host(analysis):
    document = draw(analysis)
    for part in (document.html, document.script, document.style):
        assert not re.search(r"https?:|//[a-z]|@import|url\((?!#)", part)


def test_the_html_is_one_labelled_container_without_code(analysis):
    document = draw(analysis)
    assert re.fullmatch(
        r'<div class="folium-map map__view" id="map_\w+" role="region" aria-label="[^"]+"></div>',
        document.html,
    )
    assert not re.search(r"style=|<script|\son\w+=", document.html)
    assert re.search(r'id="(map_\w+)"', document.html)[1] in document.style


def test_words_that_look_like_a_templates_code_are_words(analysis):
    words = replace(SWEDISH, zoom_in="{{ 7 * 7 }}", stands_out="{% raw %}{# ut")
    document = draw(analysis, words=words)
    assert '"{{ 7 * 7 }}"' in document.script
    assert '"{% raw %}{# ut"' in document.script


def test_the_script_draws_into_the_container(analysis):
    document = draw(analysis)
    name = re.search(r'id="(map_\w+)"', document.html)[1]
    assert f'L.map(\n                "{name}"' in document.script
    assert "<script" not in document.script
    assert "jquery" not in document.script.lower()
    assert "$(" not in document.script


def test_hostile_names_stay_names(analysis):
    plain = HOSTILE.replace("{", "").replace("}", "")  # templates are ours, their words may not be
    words = MapWords(**{field.name: plain for field in fields(MapWords)})
    words = replace(words, area=f"{plain} {{name}}", persons=f"{plain} {{n}}")
    document = draw(analysis, name=HOSTILE, words=words)
    for part in (document.html, document.script, document.style):
        assert "</script" not in part
        assert "<img" not in part
        assert "<!--" not in part
        assert "\u2028" not in part
    # What the controls and the layers are made from is JSON, where a backtick is a letter.
    assert "`" not in re.sub(r"const [\w ,{}]+ = \{.*\};", "", document.script)


@pytest.mark.parametrize("letter", list("\\`$<>&'\"{}"))
def test_each_letter_that_is_code_somewhere_becomes_an_entity(letter):
    assert safe_text(f"a{letter}b") == f"a&#{ord(letter)};b"


def test_other_letters_are_kept_and_controls_are_spaces():
    assert safe_text("Rådhustorget – 5 m²، ساحة") == "Rådhustorget – 5 m²، ساحة"
    assert safe_text("a\x00b\nc\u2028d") == "a b c d"


def test_the_same_analysis_gives_the_same_document(analysis):
    assert draw(analysis) == draw(analysis)
    assert draw(planted((3000, 2000, 40))) == draw(planted((3000, 2000, 40)))


def test_two_maps_can_share_a_page(analysis):
    assert draw(analysis).style != draw(planted((3000, 2000, 40))).style


def test_no_random_id_is_left(analysis):
    assert not re.search(r"[0-9a-f]{32}", draw(analysis).script)


def test_every_area_is_numbered_and_linked_to_the_list(analysis):
    script = draw(analysis).script
    for area in analysis.concentrations:
        assert f'href=\\"#omrade-{area.rank}\\"' in script.replace("\\u0022", '\\"')
        assert f"Torget, {area.n_respondents} personer" in script


def test_cells_carry_a_count_and_nothing_else(analysis):
    script = draw(analysis).script
    properties = set(re.findall(r'"properties": ?(\{[^}]*\})', script))
    assert all(re.fullmatch(r'\{\}|\{"(n|rank)": ?\d+\}', found) for found in properties)


def test_squares_of_fewer_than_five_persons_are_not_in_the_document(analysis):
    persons = re.search(r"classes \} = (\{.*\});", draw(analysis).script)
    drawn = json.loads(persons[1])
    n = sum(len(levels) for _, _, levels in drawn["runs"])
    assert n == int((analysis.surface.respondents >= 5).sum())
    assert all(one["said"].endswith("personer") for one in drawn["classes"])


def test_no_respondent_reaches_the_map(analysis):
    document = draw(analysis)
    assert "person 1" not in document.script + document.html + document.style


def test_the_first_view_is_the_strongest_area_with_its_neighbours(analysis):
    south, west, north, east = draw(analysis).bounds
    first = analysis.concentrations[0]
    assert south < first.lat < north
    assert west < first.lon < east
    assert north - south < 0.2


def test_where_no_area_stands_out_the_first_view_is_of_the_squares(analysis):
    first = analysis.areas[0]
    south, west, north, east = draw(replace(analysis, concentrations=())).bounds
    assert 1.2 < (north - south) * 111.4 < 15  # kilometres, of the ground's 55
    assert south < first.lat < north
    assert west < first.lon < east


def test_without_marks_there_is_still_a_map():
    document = draw(nothing())
    assert document.bounds == (61.0, 16.5, 61.5, 17.4)
    assert draw(nothing(), EMPTY_BASEMAP).bounds[0] > 55


def test_too_few_marks_draw_no_area():
    document = draw(planted(background=20))
    assert "karta-omrade-1" not in document.script
