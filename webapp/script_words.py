"""What the survey's scripts say, in the page's language. ``{…}`` is filled in by the script."""

from flask_babel import gettext as _


def script_words() -> dict[str, object]:
    """The texts by the names that the scripts use."""
    return _form_words() | _map_words()


def _form_words() -> dict[str, object]:
    return {
        "unnamed": _("A place without a name"),
        "placeRemoved": _("The place is removed."),
        "sending": _("Sending …"),
        "clear": _("Clear everything you have written on this page?"),
    }


def _map_words() -> dict[str, object]:
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
        "directions": {
            "n": _("to the north"),
            "ne": _("to the north-east"),
            "e": _("to the east"),
            "se": _("to the south-east"),
            "s": _("to the south"),
            "sw": _("to the south-west"),
            "w": _("to the west"),
            "nw": _("to the north-west"),
        },
        "mapFailed": _("The map could not be fetched. Choose in the list or use your own words."),
    }
