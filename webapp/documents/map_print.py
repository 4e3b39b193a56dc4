"""A map to print: A3, with its key, its method and whose it is."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from maps.export_styles import SEQUENCE, class_words
from maps.print_map import print_svg
from surveys.services.map_export_making import PrintMap
from webapp.base_map import ground_attribution, ground_over
from webapp.cards import font_folder
from webapp.documents.typeset import typeset
from webapp.formatters import date_long, number

_FONT = "Vazirmatn"
_MOST_ROWS = 12


def printed_map(page: PrintMap) -> bytes:
    """A tagged PDF of one A3 page, in the language that texts are written in now."""
    return typeset("map.typ", map_words(page), font_folder(), "pdf")


def map_words(page: PrintMap) -> dict[str, Any]:
    """What the template reads."""
    run = page.run
    hotspots = run.hotspots[:_MOST_ROWS]
    return {
        "lang": "sv",
        "dir": "ltr",
        "brand": "#17535a",
        "ink": "#15262c",
        "title": _("Places that feel unsafe"),
        "under": page.data.title,
        "svg": print_svg(page.data, ground_over(page.ground), page.labels, font=_FONT),
        "alt": _("Map of places that feel unsafe. The list has the same content."),
        "heading": _("Hotspots") if run.baseline else _("Density: areas that stand out"),
        "rows": [
            {
                "rank": area.rank,
                "name": area.name,
                "detail": ngettext("%(num)s person", "%(num)s persons", area.n_respondents),
            }
            for area in hotspots
        ],
        "none": "" if hotspots else _("No area stands out."),
        "classes-title": _(
            "Persons per cell (%(metres)s metres)", metres=number(run.settings["cell_m"])
        ),
        "classes": [
            {"color": color, "words": words}
            for color, words in zip(SEQUENCE, class_words(page.data.class_limits), strict=False)
        ],
        "ring": _(
            "Dashed ring: an area that stands out. Cells with fewer than %(min)s persons are not"
            " shown.",
            min=run.settings["min_respondents"],
        ),
        "facts": _facts(page),
        "caveat": _("Marks show what people feel, not where crimes happen."),
        "north": _("North"),
    }


def _facts(page: PrintMap) -> list[str]:
    """How many, when, by which method, from which data and on whose ground."""
    run, whose = page.run, ground_attribution()
    told = _(
        "%(marks)s by %(persons)s, computed %(moment)s.",
        marks=ngettext("%(num)s mark", "%(num)s marks", run.n_marks),
        persons=ngettext("%(num)s person", "%(num)s persons", run.n_respondents),
        moment=date_long(run.computed_at),
    )
    same = _("Fingerprint %(hash)s; the same marks give the same map", hash=run.data_hash[:12])
    ground = (
        _("Background map: %(source)s", source=whose)
        if whose
        else _("Schematic map, not for navigation.")
    )
    return [told, _method(page), f"{same}.", ground]


def _method(page: PrintMap) -> str:
    if page.run.baseline:
        return _(
            "A hotspot is a circle with more marks than expected from how many people live there,"
            " at p at most 0.05 after all circles have been tried. It is how people feel, no"
            " measure of crime."
        )
    return _(
        "The map shows density. We do not know how many people are at each place, so it also shows"
        " where people happen to be: it is no measure of risk."
    )
