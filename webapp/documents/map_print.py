"""A map to print: A3, with its key, its method and whose it is."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from maps.drawing.print_map import cells_outside, print_svg, print_views, spots_outside
from maps.files.export_styles import SEQUENCE, class_words
from surveys.services.maps.map_export_making import DoneThere, PrintMap
from webapp.base_map import ground_attribution, ground_over
from webapp.cards import font_folder
from webapp.documents.typeset import typeset
from webapp.formatters import number

_FONT = "Vazirmatn"
_MOST_ROWS = 12
# Of places where something is done, and of what is done at each: paper is as long as it is.
_MOST_PLACES, _MOST_TITLES = 6, 2


def printed_map(page: PrintMap) -> bytes:
    """A tagged PDF of one A3 page, in the language that texts are written in now."""
    return typeset("map.typ", map_words(page), font_folder(), "pdf")


def map_words(page: PrintMap) -> dict[str, Any]:
    """What the template reads."""
    run = page.run
    hotspots = run.hotspots[:_MOST_ROWS]
    spots = [each.spot for each in page.work]
    caveat = _("Marks show what people feel, not where crimes happen.")
    return {
        "lang": "sv",
        "dir": "ltr",
        "brand": "#17535a",
        "ink": "#15262c",
        "title": _("Places that feel unsafe"),
        "under": page.data.title,
        "svg": print_svg(page.data, ground_over(page.ground), page.labels, font=_FONT, spots=spots),
        "alt": _("Map of places that feel unsafe. The list has the same content."),
        "heading": _("Hotspots") if run.baseline else _("Density: areas that stand out"),
        "rows": [
            {
                "rank": area.rank,
                "name": area.name,
                "detail": _("at least %(n)s persons", n=number(area.n_respondents))
                if area.is_at_least
                else ngettext("%(num)s person", "%(num)s persons", area.n_respondents),
            }
            for area in hotspots
        ],
        "none": "" if hotspots else _("No area stands out."),
        **_work(page),
        **_classes(page),
        "ring": _(
            "Dashed ring: an area that stands out. Cells with fewer than %(min)s persons are not"
            " shown.",
            min=run.settings["min_respondents"],
        ),
        "facts": [
            *_frames(len(print_views(page.data)) - 1),
            *_outside(cells_outside(page.data)),
            *_beyond(spots_outside(page.data, spots)),
            *(said for said in page.data.about if said != caveat),
            _ground(),
        ],
        "caveat": caveat,
        "north": _("North"),
    }


def _classes(page: PrintMap) -> dict[str, Any]:
    return {
        "classes-title": _(
            "Persons per cell (%(metres)s metres)", metres=number(page.run.settings["cell_m"])
        ),
        "classes": [
            {"color": color, "words": words}
            for color, words in zip(SEQUENCE, class_words(page.data.class_limits), strict=False)
        ],
    }


def _work(page: PrintMap) -> dict[str, Any]:
    if not page.work:
        return {"work-heading": "", "work": [], "work-more": "", "spot": ""}
    return {
        "work-heading": _("What is done, and where"),
        "work": [_place(each) for each in page.work[:_MOST_PLACES]],
        "work-more": _more(len(page.work) - _MOST_PLACES),
        "spot": _("Whole ring or line with a letter: a place where something is done."),
    }


def _place(each: DoneThere) -> dict[str, str]:
    return {
        "letter": each.spot.letter,
        "name": each.spot.name,
        "detail": "; ".join(list(dict.fromkeys(each.titles))[:_MOST_TITLES]),
    }


def _more(n_places: int) -> str:
    if n_places <= 0:
        return ""
    return ngettext(
        "%(num)s place more stands in the list on the map's page.",
        "%(num)s places more stand in the list on the map's page.",
        n_places,
    )


def _frames(n_far: int) -> list[str]:
    if not n_far:
        return []
    return [
        ngettext(
            "The area far from the others has a picture of its own under the map. The overview to"
            " its left shows where the pictures lie. Each has its own scale bar.",
            "The areas far from the others have pictures of their own under the map. The overview"
            " to the left shows where the pictures lie. Each has its own scale bar.",
            n_far,
        )
    ]


def _beyond(n_spots: int) -> list[str]:
    if not n_spots:
        return []
    return [
        ngettext(
            "%(num)s place where something is done lies outside the picture.",
            "%(num)s places where something is done lie outside the picture.",
            n_spots,
        )
    ]


def _outside(n_cells: int) -> list[str]:
    if not n_cells:
        return []
    return [
        ngettext(
            "%(num)s cell far from the areas that stand out lies outside the picture; the map's"
            " page and its other files show it.",
            "%(num)s cells far from the areas that stand out lie outside the picture; the map's"
            " page and its other files show them.",
            n_cells,
        )
    ]


def _ground() -> str:
    whose = ground_attribution()
    if whose:
        return _("Background map: %(source)s", source=whose)
    return _("Schematic map, not for navigation.")
