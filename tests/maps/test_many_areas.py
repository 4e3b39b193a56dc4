"""A million points are placed in the same areas as one by one."""

import json

import numpy as np
import shapely

from maps.divisions import find_areas, read_shapes
from maps.many_areas import FEW_POINTS, find_areas_of_many


def _areas(number: int, draw: np.random.Generator) -> list[dict]:
    """Uneven areas side by side with wavy borders, and one with a hole and an island."""
    spread = shapely.multipoints(draw.uniform((15.0, 60.0), (15.6, 60.4), size=(number, 2)))
    cells = shapely.get_parts(shapely.voronoi_polygons(spread))
    cells = shapely.intersection(cells, shapely.box(14.9, 59.9, 15.7, 60.5))
    wavy = shapely.transform(
        shapely.segmentize(cells, 0.005), lambda xy: xy + 0.002 * np.sin(xy[:, ::-1] * 900)
    )
    ring = shapely.Point(15.3, 60.2).buffer(0.05) - shapely.Point(15.3, 60.2).buffer(0.02)
    island = shapely.box(16.0, 60.0, 16.0001, 60.0001)
    parts = [*shapely.make_valid(wavy), shapely.union_all([ring, island])]
    return [json.loads(shapely.to_geojson(part)) for part in parts]


def test_many_points_are_in_the_areas_that_each_of_them_is_in() -> None:
    """Near borders and far from them, on corners, outside all, and without a position."""
    draw = np.random.default_rng(7)
    geometries = _areas(30, draw)
    corners = shapely.get_coordinates([shapely.from_geojson(json.dumps(g)) for g in geometries])
    lon, lat = draw.uniform((14.8, 59.8), (16.1, 60.6), size=(FEW_POINTS, 2)).T
    lon, lat = np.append(lon, corners[:, 0]), np.append(lat, corners[:, 1])
    lat[:3], lon[3:5] = np.nan, np.inf

    found = find_areas_of_many(read_shapes(geometries), lat, lon)

    assert found.tolist() == find_areas(geometries, lat, lon).tolist()
    assert set(found.tolist()) == set(range(-1, len(geometries)))


def test_many_points_are_in_no_area_where_there_is_none() -> None:
    nowhere = np.zeros(FEW_POINTS)

    assert set(find_areas_of_many(read_shapes([]), nowhere, nowhere).tolist()) == {-1}
