"""The ground under the maps of this installation: the imported base map, a picture source, or none.

Where none is set, the schematic map of each municipality is the ground.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, current_app, url_for
from flask_babel import gettext as _

from maps.drawing.static import View
from maps.drawing.tile_ground import ground_of
from maps.ground.base_layers import BaseLayer
from maps.ground.base_store import FOLDER, StoredMap, changed_at, read_stored
from maps.ground.basemap import Basemap, GroundKind
from maps.ground.pmtiles_file import BadPmtiles
from surveys.models.municipality import Municipality
from surveys.queries.ground.base_maps import get_ground
from webapp.assets import asset
from webapp.config import Config
from webapp.raster_source import RasterSource

GroundOf = Callable[[View], Basemap]


@dataclass(frozen=True, slots=True)
class _Kept:
    """The map in use as it was read last, and when its file was put there."""

    changed_at: int
    stored: StoredMap | None


def init_base_map(app: Flask, settings: Config) -> None:
    """Let pages and pictures find the ground; ``ground_attribution()`` in templates."""
    app.extensions["raster_source"] = RasterSource.of(settings)
    app.add_template_global(ground_attribution)
    app.add_template_global(page_ground)


def base_map_folder() -> Path:
    """Where the imported base map lies."""
    return Path(current_app.instance_path) / FOLDER


def stored_map() -> StoredMap | None:
    """The imported base map: read once, and again when another takes its place."""
    folder = base_map_folder()
    changed = changed_at(folder)
    kept = current_app.extensions.get("base_map")
    if not isinstance(kept, _Kept) or kept.changed_at != changed:
        kept = _Kept(changed, read_stored(folder) if changed else None)
        current_app.extensions["base_map"] = kept
    return kept.stored


def raster_source() -> RasterSource | None:
    """Where pictures of a ground are fetched from; None where the operator has named nothing."""
    source = current_app.extensions.get("raster_source")
    return source if isinstance(source, RasterSource) else None


def page_ground() -> dict[str, object] | None:
    """What the script of a map is told of the ground; None where the schematic map is all."""
    stored, raster = stored_map(), raster_source()
    if stored is not None:
        return {
            "kind": "vector",
            "src": asset("vector-ground.js"),
            "url": url_for("base_map.tiles", stamp=stored.stamp),
            "maxZoom": stored.facts.max_zoom,
            "isLand": BaseLayer.EARTH in stored.facts.layers,
            "attribution": stored.attribution,
            "failed": _("The background map cannot be fetched right now."),
        }
    if raster is not None:
        return {
            "kind": "raster",
            "url": url_for("base_map.picture", z=0, x=0, y=0).removesuffix("0/0/0") + "{z}/{x}/{y}",
            "attribution": raster.attribution,
            "failed": _("The background map cannot be fetched right now."),
        }
    return None


def ground_attribution() -> str:
    """Whose map lies under the data of still pictures; empty where it is our own schematic."""
    stored = stored_map()
    return stored.attribution if stored else ""


def picture_ground(municipality: Municipality) -> GroundOf:
    """The ground of still pictures: of the imported map within its bounds, else the schematic."""
    return ground_over(get_ground(municipality))


def ground_over(schematic: Basemap) -> GroundOf:
    """The ground of the imported map with the schematic's outline; the schematic where none is."""
    stored = stored_map()
    if stored is None:
        return lambda _view: schematic
    edges = [f for f in schematic.features if f.kind is GroundKind.OUTLINE]

    def ground(view: View) -> Basemap:
        if not _meets(stored, view):
            return schematic
        try:
            drawn = ground_of(stored.path, stored.facts, view)
        except (BadPmtiles, OSError):
            return schematic  # a file that broke must not cost anybody the map
        return Basemap((*drawn.features, *edges))

    return ground


def _meets(stored: StoredMap, view: View) -> bool:
    west, south, east, north = stored.facts.bounds
    apart = view.east < west or view.west > east or view.north < south or view.south > north
    return not apart
