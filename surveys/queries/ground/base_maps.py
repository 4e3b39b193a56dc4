"""What lies under the markings: the municipality's schematic ground and its named places."""

from collections.abc import Iterator
from typing import Any

from shapely.geometry import Point, shape
from sqlalchemy.orm import Session

from maps.geojson import PublicName, collection, feature
from maps.ground.basemap import Basemap, read_basemap
from surveys.models.municipality import Municipality
from surveys.queries.municipalities.municipalities import list_named_places


def get_base_map(session: Session, municipality: Municipality) -> dict[str, Any]:
    """A GeoJSON FeatureCollection whose features carry ``kind``, and often a ``name``.

    Ground has the kinds of the schematic map; a named place is a point of kind ``place`` with its
    ``radius_m``. It holds nothing that residents have written, and no sensitive place.
    """
    places = (
        feature(
            Point(place.lon, place.lat),
            {
                "kind": PublicName("place"),
                "name": PublicName(place.name),
                "radius_m": place.radius_m,
            },
        )
        for place in list_named_places(session, municipality)
        if not place.is_sensitive
    )
    return collection([*_ground(municipality), *places])


def get_ground(municipality: Municipality) -> Basemap:
    """The municipality's ground for a still picture: its schematic map, else its outline alone."""
    if municipality.schematic:
        return read_basemap(municipality.schematic)
    return read_basemap({"type": "FeatureCollection", "features": list(_ground(municipality))})


def _ground(municipality: Municipality) -> Iterator[dict[str, Any]]:
    if municipality.schematic:
        for drawn in municipality.schematic["features"]:
            yield feature(shape(drawn["geometry"]), _properties(drawn["properties"]))
    elif municipality.outline:
        yield feature(shape(municipality.outline), {"kind": PublicName("outline")})


def _properties(drawn: dict[str, Any]) -> dict[str, PublicName]:
    return {name: PublicName(drawn[name]) for name in ("kind", "name", "level") if drawn.get(name)}
