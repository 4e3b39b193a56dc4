"""What is done at places, in words beside one dialogue's map: what, when, and how to draw it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from surveys.days import swedish_day
from surveys.models.dialogue import Dialogue
from surveys.queries.maps.place_work import Work, WorkMap, WorkSpot
from webapp.formatters import day_range


@dataclass(frozen=True, slots=True)
class WorkWhen:
    """Something that is done at a place, and when it was."""

    work: Work
    when: str


@dataclass(frozen=True, slots=True)
class SpotView:
    """One place of the list. ``lines`` are a street's runs of (lat, lon), empty of other places."""

    letter: str
    name: str
    lat: float
    lon: float
    radius_m: int
    lines: tuple[tuple[tuple[float, float], ...], ...]
    works: tuple[WorkWhen, ...]


@dataclass(frozen=True, slots=True)
class WorkView:
    """All places where something is done, and what is said of those that are left out."""

    spots: tuple[SpotView, ...]
    untold: str


def view_work(found: WorkMap, dialogue: Dialogue) -> WorkView:
    """The places as the page lists and the script draws them."""
    untold = ngettext(
        "%(num)s activity or point is at a place that is marked as sensitive. It is not drawn.",
        "%(num)s activities or points are at places that are marked as sensitive. They are not"
        " drawn.",
        found.n_untold,
    )
    return WorkView(
        tuple(_spot(spot, dialogue) for spot in found.spots), untold if found.n_untold else ""
    )


def _spot(spot: WorkSpot, dialogue: Dialogue) -> SpotView:
    place = spot.place
    runs = place.line["coordinates"] if place.line else ()
    return SpotView(
        letter=spot.letter,
        name=place.name,
        lat=place.lat,
        lon=place.lon,
        radius_m=place.radius_m,
        lines=tuple(tuple((float(lat), float(lon)) for lon, lat in run) for run in runs),
        works=tuple(WorkWhen(work, _when(work.days, dialogue)) for work in spot.works),
    )


def _when(days: Sequence[date], dialogue: Dialogue) -> str:
    """The days, and how many of them lie before, in and after the dialogue."""
    if not days:
        return _("No day is logged on which it took place here.")
    opens, closes = swedish_day(dialogue.opens_at), swedish_day(dialogue.closes_at)
    before = sum(day < opens for day in days)
    after = sum(day > closes for day in days)
    parts = (
        (before, ngettext("once before it opened", "%(num)s times before it opened", before)),
        (
            len(days) - before - after,
            ngettext(
                "once while it was open",
                "%(num)s times while it was open",
                len(days) - before - after,
            ),
        ),
        (after, ngettext("once after it closed", "%(num)s times after it closed", after)),
    )
    said = ", ".join(words for n, words in parts if n)
    return f"{day_range(days[0], days[-1])}: {said}."
