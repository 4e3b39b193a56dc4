"""Places where something is done on pictures: seen with their letters, and clear of the numbers."""

import math
import re

import shapely
from shapely import Geometry

from maps.drawing.labels import Label, LabelKind
from maps.drawing.name_room import names_with_room
from maps.drawing.sign_room import APART_PX, pins_beside
from maps.drawing.spots import (
    Spot,
    spot_letters,
    still_for_page,
    with_spots,
)
from maps.drawing.static import Pin, View, draw_map
from maps.ground.basemap import EMPTY_BASEMAP

VIEW = View(61.29, 17.03, 61.31, 17.09)
CLUB = Spot("A", "Klubben", 61.30, 17.06, 150)


def still(*pins: Pin) -> str:
    svg = draw_map(EMPTY_BASEMAP, VIEW, title="Karta", pins=pins)
    return f"<div></div>{still_for_page(svg, VIEW)}"


def test_a_place_is_drawn_on_the_still_map_as_a_ring_under_its_letter() -> None:
    html = with_spots(still(), [CLUB])
    assert re.search(r'class="spot-t"[^>]*>A<', html)
    assert html.count('<path class="spot"') == 1
    assert html.index("</svg></noscript>") > html.index("spot-t")


def test_a_street_is_drawn_along_its_run_and_what_lies_outside_is_not() -> None:
    run = shapely.LineString([(17.05, 61.295), (17.07, 61.295)])
    street = Spot("A", "Storgatan", 61.295, 17.06, 50, run)
    far = Spot("B", "Ljusne", 61.2, 17.13, 150)
    html = with_spots(still(), [street, far])
    [path] = re.findall(r'<path class="spot" d="([^"]+)"', html)
    assert path.count("L") == 1
    assert not path.endswith("Z")
    assert re.findall(r'spot-t"[^>]*>(\w+)<', html) == ["A"]


def test_letters_stand_clear_of_numbers_and_of_each_other() -> None:
    spots = [Spot(letter, "Plats", 61.30, 17.06, 10) for letter in "ABCDE"]
    number = VIEW.point(61.30, 17.06)
    letters = spot_letters(spots, VIEW, [number])
    signs = [number, *((each.x, each.y) for each in letters)]
    assert len(signs) == 6
    for place, at in enumerate(signs):
        assert all(math.dist(at, other) >= APART_PX for other in signs[place + 1 :])


def test_a_letter_hides_neither_its_own_small_ring_nor_one_beside_it() -> None:
    spots = [Spot("A", "Torget", 61.30, 17.06, 40), Spot("B", "Parken", 61.3008, 17.0583, 40)]
    rings = [VIEW.point(spot.lat, spot.lon) for spot in spots]
    for letter in spot_letters(spots, VIEW, ()):
        assert all(math.dist((letter.x, letter.y), ring) >= 20 for ring in rings)


def test_the_numbers_of_the_kept_map_are_heeded() -> None:
    begun = spot_letters([CLUB], VIEW, ())[0]
    lat = VIEW.north - begun.y / VIEW.height_px * (VIEW.north - VIEW.south)
    lon = VIEW.west + begun.x / VIEW.width_px * (VIEW.east - VIEW.west)
    html = with_spots(still(Pin(1, lat, lon)), [CLUB])
    found = re.search(r'spot-t" x="([\d.]+)" y="([\d.]+)"', html)
    assert found
    assert math.dist((float(found[1]), float(found[2]) - 4.5), (begun.x, begun.y)) >= APART_PX - 1


def test_a_place_stands_where_it_does_in_a_picture_of_any_width() -> None:
    narrow = View(VIEW.south, VIEW.west, VIEW.north, VIEW.east, 400)
    svg = draw_map(EMPTY_BASEMAP, narrow, title="Karta")
    html = with_spots(still_for_page(svg, narrow), [CLUB])
    found = re.search(r'spot-t" x="([\d.]+)"', html)
    assert found
    assert 150 < float(found[1]) < 200  # west of the middle, by the place's radius


def test_a_map_that_does_not_say_what_it_shows_stays_as_it_is() -> None:
    earlier = "<noscript><svg></svg></noscript>"
    assert with_spots(earlier, [CLUB]) == earlier
    half = '<noscript data-view="61.29 17.03 61.31 17.09"><svg></svg></noscript>'
    assert with_spots(half, [CLUB]) == half


def test_a_letter_and_name_are_words() -> None:
    evil = Spot("<b>", "<img src=x>", 61.30, 17.06, 150)
    html = with_spots(still(), [evil])
    assert "<b>" not in html
    assert "<img" not in html


def test_a_name_under_a_letter_stands_beside_it_and_no_other_is_moved() -> None:
    letter = spot_letters([CLUB], VIEW, ())[0]
    lat = VIEW.north - letter.y / VIEW.height_px * (VIEW.north - VIEW.south)
    names = [
        Label("Å & klubben", LabelKind.PLACE, lat, CLUB.lon),
        Label("Kyrkan", LabelKind.PLACE, 61.306, 17.08),
    ]
    kept = still_for_page(draw_map(EMPTY_BASEMAP, VIEW, title="Karta", labels=names), VIEW)
    before = re.findall(r'class="m-t" x="[-\d.]+" y="([-\d.]+)"', kept)
    drawn = re.findall(r'class="m-t" x="[-\d.]+" y="([-\d.]+)"', with_spots(kept, [CLUB]))
    assert drawn[1] == before[1]
    assert abs(float(drawn[0]) - 4.5 - letter.y) >= 21


def test_a_name_near_the_edge_is_drawn_in_and_one_beyond_it_is_left_out() -> None:
    near = Label("Hamnen och kajen", LabelKind.PLACE, 61.30, VIEW.east - 0.0005)
    beyond = Label("Kyrkan", LabelKind.PLACE, 61.30, VIEW.east + 0.0005)
    [drawn] = names_with_room([near, beyond], VIEW, ())
    assert drawn.name == "Hamnen och kajen"
    assert VIEW.point(drawn.lat, drawn.lon)[0] <= VIEW.width_px - len(drawn.name) * 4


def test_a_ring_runs_under_the_names_and_its_letter_lies_over_them() -> None:
    town = Label("Söderhamn", LabelKind.LOCALITY, CLUB.lat, CLUB.lon)
    kept = still_for_page(draw_map(EMPTY_BASEMAP, VIEW, title="Karta", labels=[town]), VIEW)
    html = with_spots(kept, [CLUB])
    assert html.index('class="spot"') < html.index(">Söderhamn<") < html.index('class="spot-t"')


def test_the_number_of_a_small_ring_stands_beside_it_on_a_lead_and_of_a_large_one_on_it() -> None:
    def ring(rank: int, lat: float, half: float) -> tuple[int, shapely.Geometry, float, float]:
        return (
            rank,
            shapely.box(17.06 - half, lat - half, 17.06 + half, lat + half),
            lat + half,
            (17.06 + half),
        )

    small, large = ring(1, 61.30, 0.0005), ring(2, 61.30, 0.005)
    pins, leads = pins_beside([small, large], VIEW)
    at = shapely.Point(VIEW.point(pins[0].lat, pins[0].lon))
    assert shapely.transform(small[1], VIEW.pixels).distance(at) >= 11  # a number's radius
    assert (pins[1].lat, pins[1].lon) == large[2:]
    [lead] = leads
    assert small[1].distance(lead.geometry) < 1e-5  # a tenth of a pixel


def ring_at(rank: int, lat: float, lon: float, metres: float) -> tuple[int, Geometry, float, float]:
    ring = Spot("", "", lat, lon, metres).outline(VIEW).envelope
    return rank, ring, ring.bounds[3], ring.bounds[2]


def test_a_number_beside_its_ring_hides_no_other_ring_and_no_other_number() -> None:
    rings = [ring_at(1, 61.30, 17.06, 30), ring_at(2, 61.3009, 17.0621, 30)]
    pins, leads = pins_beside(rings, VIEW)
    at = [shapely.Point(VIEW.point(pin.lat, pin.lon)) for pin in pins]
    assert at[0].distance(at[1]) >= APART_PX
    for number in at:
        for _rank, ring, _lat, _lon in rings:
            assert shapely.transform(ring, VIEW.pixels).boundary.distance(number) >= 12
    assert len(leads) == 2


def test_a_letter_keeps_off_the_rings_of_hotspots_and_is_tied_to_its_place() -> None:
    ring = shapely.Point(VIEW.point(CLUB.lat, CLUB.lon)).buffer(36)
    path = "M" + "L".join(f"{x:g} {y:g}" for x, y in ring.exterior.coords) + "Z"
    svg = still().replace("</svg></noscript>", f'<path class="hot" d="{path}"/></svg></noscript>')
    begun = spot_letters([CLUB], VIEW, ())[0]
    assert shapely.Point(begun.x, begun.y).distance(ring.boundary) < 13
    html = with_spots(svg, [CLUB])
    found = re.search(r'spot-t" x="([\d.]+)" y="([\d.]+)"', html)
    assert found
    letter = shapely.Point(float(found[1]), float(found[2]) - 4.5)
    assert letter.distance(ring.boundary) >= 13
    [lead] = re.findall(
        r'<path class="map-lead" d="M([-\d.]+) ([-\d.]+)L([-\d.]+) ([-\d.]+)"', html
    )
    ends = [shapely.Point(*map(float, lead[:2])), shapely.Point(*map(float, lead[2:]))]
    assert min(letter.distance(end) for end in ends) < 1


def test_a_name_on_the_line_of_a_ring_is_moved_off_it_and_kept_where_nothing_is_free() -> None:
    lat, lon = VIEW.degrees(VIEW.point(CLUB.lat, CLUB.lon)[0], VIEW.height_px / 2 + 34)
    names = [Label("Klubbvägen", LabelKind.PLACE, lat, lon)]
    kept = still_for_page(draw_map(EMPTY_BASEMAP, VIEW, title="Karta", labels=names), VIEW)

    def name_and_rings(html: str) -> tuple[Geometry, list[Geometry]]:
        found = re.search(r'x="([\d.]+)" y="([\d.]+)"[^>]*>Klubbvägen<', html)
        assert found
        x, y = map(float, found.groups())
        rings = [
            shapely.LineString([tuple(map(float, at.split())) for at in path.split("L")])
            for path in re.findall(r'<path class="spot" d="M([^"Z]+)', html)
        ]
        return shapely.box(x - 38, y - 10, x + 38, y + 2), rings

    name, [ring] = name_and_rings(with_spots(kept, [CLUB]))
    assert not ring.intersects(name)
    crowd = [Spot(str(each), "", CLUB.lat, CLUB.lon, 40 + 30 * each) for each in range(16)]
    name, rings = name_and_rings(with_spots(kept, crowd))
    assert any(ring.intersects(name) for ring in rings)


def test_a_name_between_two_rings_is_moved_aside_where_up_and_down_are_taken() -> None:
    lat, lon = CLUB.lat, CLUB.lon
    kept = still_for_page(
        draw_map(
            EMPTY_BASEMAP, VIEW, title="Karta", labels=[Label("Torg", LabelKind.PLACE, lat, lon)]
        ),
        VIEW,
    )
    column = [Spot(str(n), "", lat + (n - 4) * 0.0007, lon, 45) for n in range(9)]
    html = with_spots(kept, column)
    found = re.search(r'x="([\d.]+)" y="([\d.]+)"[^>]*>Torg<', html)
    assert found
    x, y = map(float, found.groups())
    name = shapely.box(x - 17, y - 10, x + 17, y + 2)
    rings = [
        shapely.LineString([tuple(map(float, at.split())) for at in path.split("L")])
        for path in re.findall(r'<path class="spot" d="M([^"Z]+)', html)
    ]
    assert len(rings) == 9
    assert not any(ring.intersects(name) for ring in rings)
