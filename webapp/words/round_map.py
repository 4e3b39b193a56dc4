"""Two rounds on maps in words: what became of areas, and places before and after.

What is said is always that something goes together, never that one thing led to another.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_babel.speaklater import LazyString

from surveys.queries.maps.place_work import Timing
from surveys.queries.maps.round_areas import AreaState, ComparedArea, ComparedPlace, TimedWork
from surveys.queries.maps.round_counts import Pair as Counts
from surveys.queries.maps.round_counts import Untold
from surveys.queries.maps.round_maps import RoundMaps, RoundSide
from surveys.statistics.before_after import Displacement, Quotient, Relative
from surveys.statistics.proportions import Proportion
from webapp.formatters import EN_DASH, day_range, number, share_words
from webapp.round_figures import Mark, Pair
from webapp.words.round import difference_words, p_words

STATES: dict[AreaState, LazyString] = {
    AreaState.REMAINS: _l("Remains"),
    AreaState.GONE: _l("Gone"),
    AreaState.NEW: _l("New"),
    AreaState.NOT_JUDGED: _l("Too few answers"),
}
TIMINGS: dict[Timing, LazyString] = {
    Timing.BEGAN_BEFORE: _l(
        "Not compared: it had begun before the earlier round closed, so there is no “before”."
    ),
    Timing.AFTER: _l("Not compared: it began after the later round had opened."),
    Timing.NOT_LOGGED: _l("Not compared: no day is logged on which it took place here."),
    Timing.ROUNDS_OVERLAP: _l("Not compared: no day lies between the two rounds."),
}
DISPLACEMENTS: dict[Displacement, LazyString] = {
    Displacement.SPREAD_MORE: _l("around it the share fell by more than at the place"),
    Displacement.SPREAD: _l("around it the share fell too"),
    Displacement.NONE: _l("around it nothing changed"),
    Displacement.PART: _l("around it the share rose, by less than it fell at the place"),
    Displacement.ALL: _l("around it the share rose by as much as it fell at the place, or more"),
}
SETTINGS: dict[str, LazyString] = {
    "cell_m": _l("the size of the cells"),
    "scan_cell_m": _l("the size of the hotspots' cells"),
    "source": _l("how many live where"),
    "dated_on": _l("the day of the population figures"),
}


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One line of the table of areas; ``links`` are (anchor, number) on either map."""

    name: str
    state: str
    is_few: bool
    links: tuple[tuple[str, str], ...]
    earlier: str
    later: str
    verdict: str


@dataclass(frozen=True, slots=True)
class WorkLine:
    """Something done at the place: what, when, and why it is not compared."""

    work: TimedWork
    when: str
    why_not: str


@dataclass(frozen=True, slots=True)
class PlacePanel:
    """A place as it stands on the page. ``pairs`` are drawn; ``says`` are sentences."""

    place: ComparedPlace
    works: tuple[WorkLine, ...]
    pairs: tuple[Pair, ...]
    is_few: bool
    is_told: bool  # in both rounds, so that it can be evidence
    says: tuple[str, ...]
    warnings: tuple[str, ...]


def class_words(limits: Sequence[int]) -> list[str]:
    """The classes of cells in persons, "5–6", "7–9", "10–", from their lowest numbers."""
    ends = [high - 1 for high in limits[1:]]
    closed = [
        str(low) if low == end else f"{low}{EN_DASH}{end}"
        for low, end in zip(limits, ends, strict=False)
    ]
    return closed + [f"{low}{EN_DASH}" for low in limits[-1:]]


def counted(found: Proportion | None) -> str:
    """23 of 240 persons: 10 % (6–14); or that there are too few."""
    if found is None:
        return _("too few, here or beside it")
    return _count(found) if found.is_small else f"{_count(found)}: {share_words(found)}"


def area_rows(found: RoundMaps) -> list[AreaRow]:
    """Those of the earlier round with what became of them, then those that are new."""
    return [_area_row(area) for area in _shown(found)]


def _shown(found: RoundMaps) -> list[ComparedArea]:
    return [area for area in found.areas if area.side == 0 or area.state is not AreaState.REMAINS]


def area_summary(found: RoundMaps) -> str:
    """How many areas remain, are gone and are new: "Kvar: 1. Borta: 3. Ny: 0."."""
    rows = _shown(found)
    counts = {state: sum(area.state is state for area in rows) for state in STATES}
    told = [state for state, n in counts.items() if n or state is not AreaState.NOT_JUDGED]
    return " ".join(f"{STATES[state]}: {number(counts[state])}." for state in told)


def place_panels(found: RoundMaps) -> list[PlacePanel]:
    """The places in the order of their letters on the map, A to Z and then AA."""
    panels = [_panel(place) for place in found.places]
    return sorted(panels, key=lambda panel: (len(panel.place.letter), panel.place.letter))


def settings_notes(found: RoundMaps) -> list[str]:
    """Where the two maps, or a round's own map, were made in different ways."""
    first, second = found.sides
    notes = []
    differing = [
        str(words)
        for key, words in SETTINGS.items()
        if first.settings.get(key) != second.settings.get(key)
    ]
    if bool(first.baseline) != bool(second.baseline):
        notes.append(
            _(
                "Only one of the rounds could be held to where people live. The areas of the two"
                " were found in different ways."
            )
        )
    elif differing:
        notes.append(_("The two maps differ in %(what)s.", what=", ".join(differing)))
    notes += [
        _(
            "The map of %(round)s on its own page was made with other settings than here.",
            round=side.title,
        )
        for side in found.sides
        if not side.is_alike
    ]
    return notes + [_state_words(side) for side in found.sides if _state_words(side)]


def _state_words(side: RoundSide) -> str:
    words = {
        "no_marks": _("%(round)s has no mark with a position.", round=side.title),
        "too_few_marks": _(
            "%(round)s has too few marks to tell whether any area stands out.", round=side.title
        ),
        "one_spot": _("All marks of %(round)s lie on one spot.", round=side.title),
    }
    return words.get(side.state, "")


def _area_row(area: ComparedArea) -> AreaRow:
    anchors = ("ab"[area.side], "ab"[1 - area.side])
    links: tuple[tuple[str, str], ...] = ((f"{anchors[0]}{area.rank}", str(area.rank)),)
    links += tuple((f"{anchors[1]}{rank}", str(rank)) for rank in area.others)
    return AreaRow(
        name=area.name or _("Area %(rank)s", rank=area.rank),
        state=str(STATES[area.state]),
        is_few=area.state is AreaState.NOT_JUDGED,
        links=links,
        earlier=counted(area.pair.earlier),
        later=counted(area.pair.later),
        verdict=verdict(area.pair),
    )


def verdict(pair: Counts) -> str:
    """The difference between the rounds and what it says, or why there is none."""
    if pair.untold is Untold.TOO_FEW:
        return _("Too few answers to compare.")
    if pair.untold is Untold.BREAK:
        return _("The rounds cannot be compared.")
    if pair.difference is None:
        return ""
    said = (
        _("Chance alone seldom gives such a difference.")
        if pair.difference.holds and pair.difference.is_clear_of_zero
        else _("The difference may be chance.")
    )
    return f"{difference_words(pair.difference, 1)}, {p_words(pair.difference.p_value)}. {said}"


def _panel(place: ComparedPlace) -> PlacePanel:
    is_few = place.is_between and place.place.untold is Untold.TOO_FEW
    return PlacePanel(
        place=place,
        works=tuple(_work_line(each) for each in place.works),
        pairs=zone_pairs(place.ring_m, (place.place, place.ring, place.rest)),
        is_few=is_few,
        is_told=place.is_between and place.place.untold is None,
        says=place_says(place.relative, place.quotient) if place.is_between else (),
        warnings=_warnings(place),
    )


def _work_line(each: TimedWork) -> WorkLine:
    if each.timing is not Timing.BETWEEN:
        when = day_range(each.work.days[0], each.work.days[-1]) if each.work.days else ""
        return WorkLine(each, when, str(TIMINGS[each.timing]))
    n = ngettext(
        "%(num)s time between the rounds", "%(num)s times between the rounds", len(each.days)
    )
    when = f"{n}, {day_range(each.days[0], each.days[-1])}"
    return WorkLine(
        each, f"{when}. {_('It goes on during the later round.')}" if each.goes_on else when, ""
    )


def zone_pairs(ring_m: float, zones: Sequence[Counts]) -> tuple[Pair, ...]:
    """The place, the ring of ``ring_m`` metres around it and the rest, as they are drawn."""
    if zones[0].earlier is None and zones[0].later is None:
        return ()
    return tuple(
        Pair(label, _mark(pair.earlier), _mark(pair.later), _note(pair))
        for label, pair in zip(zone_labels(ring_m), zones, strict=True)
    )


def zone_labels(ring_m: float) -> tuple[str, str, str]:
    """What the place, the ring of ``ring_m`` metres around it and the rest are called."""
    ring = _("In the ring around it, %(metres)s metres wide", metres=number(ring_m))
    return (_("At the place"), ring, _("On the rest of the map"))


def _note(pair: Counts) -> str:
    """How many persons in each round, and what their difference says."""
    counts = _(
        "%(earlier)s, then %(later)s.", earlier=_count(pair.earlier), later=_count(pair.later)
    )
    counts = counts[0].upper() + counts[1:]
    return f"{counts} {verdict(pair)}" if pair.difference else counts


def _count(found: Proportion | None) -> str:
    if found is None:
        return _("too few, here or beside it")
    return _("%(k)s of %(n)s", k=number(found.count), n=number(found.n))


def _mark(found: Proportion | None) -> Mark:
    if found is None:
        return Mark(_("too few, here or beside it"))
    return Mark(share_words(found), not found.is_small, found.share, found.low, found.high)


def place_says(relative: Relative | None, quotient: Quotient | None) -> tuple[str, ...]:
    """The change at the place beside that outside it, and what moved; nothing without the first."""
    if relative is None:
        return ()
    return (_relative_words(relative), _quotient_words(quotient))


def _relative_words(found: Relative) -> str:
    figures = _(
        "%(value)s (%(low)s to %(high)s)",
        value=number(found.value, 2), low=number(found.low, 2), high=number(found.high, 2),
    )  # fmt: skip
    if not found.is_clear_of_one:
        said = _("The change at the place cannot be told apart from that outside it.")
    elif found.value < 1:
        said = _("The place was pointed out less than before, beside what is outside it.")
    else:
        said = _("The place was pointed out more than before, beside what is outside it.")
    return _(
        "Change at the place divided by change outside it: %(figures)s. 1 is the same change."
        " %(said)s",
        figures=figures,
        said=said,
    )


def _quotient_words(quotient: Quotient | None) -> str:
    if quotient is None:
        return _(
            "No displacement measure is given: the place did not fall clearly beside the rest, or"
            " there are too few answers around it."
        )
    return _(
        "Weighted displacement quotient %(value)s: %(says)s. It has no interval and is a hint"
        " only.",
        value=number(quotient.value, 2), says=str(DISPLACEMENTS[quotient.says]),
    )  # fmt: skip


def _warnings(place: ComparedPlace) -> tuple[str, ...]:
    difference = place.place.difference
    if not place.in_areas[0] or difference is None or difference.difference >= 0:
        return ()
    return (
        _(
            "The place stood out in the earlier round. Such a place tends to fall back by itself:"
            " it was high partly by chance."
        ),
    )
