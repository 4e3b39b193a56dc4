"""What a feature is, by the names that OpenStreetMap and Lantmäteriet give it."""

import pytest

from maps.ground.base_layers import BaseLayer, slot_of


@pytest.mark.parametrize(
    ("columns", "layer", "dimension", "drawn_in"),
    [
        ({"highway": "primary"}, "lines", 1, BaseLayer.ROADS),
        ({"highway": "residential"}, "lines", 1, BaseLayer.STREETS),
        ({"highway": "cycleway"}, "lines", 1, BaseLayer.PATHS),
        ({"fclass": "residential"}, "gis_osm_landuse_a_free", 2, BaseLayer.LANDUSE),
        ({"landuse": "forest"}, "multipolygons", 2, BaseLayer.LANDUSE),
        ({"building": "garage"}, "multipolygons", 2, BaseLayer.BUILDINGS),
        ({"building": "anything"}, "x", 2, BaseLayer.BUILDINGS),
        ({"waterway": "stream"}, "lines", 1, BaseLayer.WATERWAYS),
        ({"natural": "water"}, "multipolygons", 2, BaseLayer.WATER),
        ({"place": "town"}, "points", 0, BaseLayer.PLACES),
        ({"objekttyp": "Sjö"}, "mark", 2, BaseLayer.WATER),
        ({"objekttyp": "Barr- och blandskog"}, "mark", 2, BaseLayer.LANDUSE),
        ({"objekttyp": "Låg bebyggelse"}, "mark", 2, BaseLayer.LANDUSE),
        ({"objekttyp": "Landsväg"}, "vaglinje", 1, BaseLayer.ROADS),
        ({"objekttyp": "Lokalgata liten"}, "vaglinje", 1, BaseLayer.STREETS),
        ({"objekttyp": "Vattendrag"}, "hydrolinje", 1, BaseLayer.WATERWAYS),
        ({"objekttyp": "Järnväg"}, "ralstrafik", 1, BaseLayer.RAIL),
        ({}, "byggnad", 2, BaseLayer.BUILDINGS),
        ({"kind": "road", "level": "main"}, "", 1, BaseLayer.ROADS),
        ({"kind": "road"}, "", 1, BaseLayer.STREETS),
        ({"kind": "land"}, "", 2, BaseLayer.ISLANDS),
    ],
)
def test_a_feature_finds_its_layer(
    columns: dict[str, str], layer: str, dimension: int, drawn_in: BaseLayer
) -> None:
    slot = slot_of(columns, layer, dimension=dimension)
    assert slot is not None
    assert slot.layer is drawn_in


@pytest.mark.parametrize(
    ("columns", "layer", "dimension"),
    [
        ({"natural": "water"}, "points", 0),  # a lake that is a point is no surface
        ({"highway": "primary"}, "points", 0),
        ({"amenity": "bench"}, "points", 0),
        ({"kind": "secret"}, "kommunikation", 1),
        ({}, "transport_points", 0),
    ],
)
def test_what_the_map_does_not_draw_is_left_out(
    columns: dict[str, str], layer: str, dimension: int
) -> None:
    assert slot_of(columns, layer, dimension=dimension) is None
