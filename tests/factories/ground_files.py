"""Files of geography as other people make them, for what is imported."""

from pathlib import Path

import geopandas as gpd
import shapely

# Round the middle of Söderhamn, in degrees.
LAKE = shapely.box(17.05, 61.29, 17.07, 61.30)
ISLAND = shapely.box(17.058, 61.294, 17.062, 61.296)
WOOD = shapely.box(17.08, 61.29, 17.10, 61.31)
MOTORWAY = shapely.LineString([(17.00, 61.28), (17.12, 61.285)])
STREET = shapely.LineString([(17.03, 61.302), (17.09, 61.303)])
HOUSE = shapely.box(17.0601, 61.3040, 17.0605, 61.3042)
TOWN = shapely.Point(17.06, 61.303)


def write_osm(folder: Path) -> Path:
    """A GeoPackage with the layers and columns that ogr2ogr makes of OpenStreetMap."""
    file = folder / "osm.gpkg"
    layers = {
        "multipolygons": {
            "geometry": [LAKE - ISLAND, WOOD, HOUSE],
            "natural": ["water", "wood", None],
            "building": [None, None, "yes"],
            "name": ["Sjön", None, None],
            "osm_id": ["1", "2", "3"],
        },
        "lines": {
            "geometry": [MOTORWAY, STREET],
            "highway": ["motorway", "residential"],
            "name": ["E4", "Storgatan"],
        },
        "points": {"geometry": [TOWN], "place": ["town"], "name": ["Söderhamn"]},
    }
    for name, columns in layers.items():
        # One layer in another system: each layer of a file may have its own.
        frame = gpd.GeoDataFrame(columns, crs=4326).to_crs(3006 if name == "lines" else 4326)
        frame.to_file(file, layer=name, engine="pyogrio")
    return file
