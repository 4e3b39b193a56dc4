"""What an area of the map is called: after the nearest place of its own size."""

from maps.places import nearest
from surveys.services.maps.hotspot_input import RunInput

# A place of the area's own size lends its name this near; else whatever is nearest does.
NAMING_REACH_M = 500


def name_at(lat: float, lon: float, data: RunInput) -> str:
    """The name of a near place of its own size, else of a street, else of the nearest of all."""
    close = nearest(lat, lon, data.narrow)
    if close is not None and close.distance_m - close.named.radius_m <= NAMING_REACH_M:
        return close.named.name
    street = data.streets.near(lat, lon)
    if street:
        return street
    wide = nearest(lat, lon, data.register)
    return wide.named.name if wide else ""
