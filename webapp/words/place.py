"""Where a point lies, in words, and all that the script of the places says.

``{…}`` is filled in here and by the script alike, so that both say the same sentences.
"""

from collections.abc import Iterable

from flask import Flask
from flask_babel import gettext as _

from maps.places import Compass, NamedPoint, nearest_spot
from webapp.formatters import number

AT_M = 25.0  # within a few steps of the middle a direction says nothing


def where_words(pin: tuple[float, float], places: Iterable[NamedPoint]) -> str:
    """ "Nära Resecentrum, ungefär 130 meter österut." """
    near = nearest_spot(*pin, places)
    if near is None:
        return _("The pin is placed on the map.")
    if near.distance_m < AT_M:
        return _("At {place}.").format(place=near.named.name)
    return _("Near {place}, about {distance} {direction}.").format(
        place=near.named.name,
        distance=_distance(near.distance_m),
        direction=_directions()[near.direction.value],
    )


def water_words() -> str:
    """The gentle question about a pin in the sea; the pin is kept whatever the answer."""
    return _("The pin lies in water. Is that right? If so, leave it there.")


def home_words() -> str:
    """What happens to a place that is somebody's home."""
    return _(
        "Is it your own home? Then choose “My own home” as the kind of place: we store only the"
        " part of town, never a point on the map. Leave out your address."
    )


def script_words() -> dict[str, object]:
    """What the script of the places says, in the page's language."""
    return _map_words() | {
        "directions": _directions(),
        "unnamed": _("A place without a name"),
        "placeRemoved": _("The place is removed."),
        "notFound": _("We do not find “{name}” in the list."),
        "toWords": _("Describe it in your own words instead"),
        "found": _("{number} places fit. Choose with the arrow keys."),
        "foundOne": _("{name} fits. Choose with the arrow keys."),
        "otherPlace": _("Place {number}: {name}. Press to open it."),
        "water": water_words(),
    }


def _map_words() -> dict[str, str]:
    return {
        "at": _("At {place}."),
        "near": _("Near {place}, about {distance} {direction}."),
        "nowhere": _("The pin is placed on the map."),
        "noPin": _("No pin yet. Tap the map, or move it with the arrow keys and press Enter."),
        "aim": _("The cross: {where}"),
        "mapRole": _("map"),
        "mapLabel": _(
            "Map. Arrow keys move the map, plus and minus change the scale, Enter places the pin"
            " where the cross is."
        ),
        "zoomIn": _("Zoom in"),
        "zoomOut": _("Zoom out"),
        "removed": _("The pin is removed."),
        "metres": _("{number} metres"),
        "kilometres": _("{number} kilometres"),
        "mapFailed": _("The map could not be fetched. Choose in the list or use your own words."),
        "looking": _("Looking for where you are …"),
        "hereDenied": _("The browser may not tell where you are. Tap the map instead."),
        "hereFailed": _("We cannot find where you are. Tap the map instead."),
        "hereVague": _(
            "Your device only knows within {distance} where you are. The map is moved there: tap"
            " the right spot."
        ),
        "hereOutside": _("You are outside the municipality now. Tap the map instead."),
    }


def _distance(metres: float) -> str:
    if metres < 1000:
        return _("{number} metres").format(number=number(round(metres / 10) * 10))
    km = round(metres / 1000, 1 if metres < 10_000 else None)
    return _("{number} kilometres").format(number=number(km, 0 if km == int(km) else 1))


def _directions() -> dict[str, str]:
    return {
        Compass.N.value: _("to the north"),
        Compass.NE.value: _("to the north-east"),
        Compass.E.value: _("to the east"),
        Compass.SE.value: _("to the south-east"),
        Compass.S.value: _("to the south"),
        Compass.SW.value: _("to the south-west"),
        Compass.W.value: _("to the west"),
        Compass.NW.value: _("to the north-west"),
    }


def init_place_words(app: Flask) -> None:
    """Make what the page itself says known to templates."""
    app.add_template_global(water_words, "water_words")
    app.add_template_global(home_words, "home_words")
