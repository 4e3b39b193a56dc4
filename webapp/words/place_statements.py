"""A place before and after in words, as it is frozen: in Swedish, and as association only."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from surveys.drafts.evidence import Wording
from surveys.queries.figures.place_figures import DoneThere, PlaceFigure
from surveys.queries.maps.round_counts import Pair
from webapp.formatters import EN_DASH, date_time, day_range, number
from webapp.round_figures import Panel
from webapp.words.fact import period_words, source_words
from webapp.words.round import difference_words, p_words
from webapp.words.round_map import counted, place_says, verdict, zone_labels, zone_pairs


def place_wording(figure: PlaceFigure, official_name: str) -> Wording:
    """The place, the ring and the rest in both rounds, what was done, and what cannot be told."""
    return Wording(
        title=_("Before and after: %(place)s", place=figure.name),
        statement="\n".join(_sentences(figure)),
        source=source_words(figure.dialogue, official_name),
        period=_(
            "%(earlier)s and %(later)s",
            earlier=period_words(figure.earlier),
            later=period_words(figure.dialogue),
        ),
        method=_method(figure),
        caveat=_(
            "This shows association, not what the work led to. Those who answered chose to, and are"
            " others each time; a place that many pointed out tends to fall back by itself."
        ),
    )


def place_panel(ring_m: float, zones: Sequence[Pair]) -> Panel:
    """A frozen place as a comparison is drawn, with its table."""
    labels = zone_labels(ring_m)
    rows = []
    for label, pair in zip(labels, zones, strict=True):
        found = pair.difference
        told = (difference_words(found, 1), p_words(found.p_value)) if found else (EN_DASH,) * 2
        rows.append((label, counted(pair.earlier), counted(pair.later), *told))
    return Panel(
        id="place",
        heading="",
        is_finding=False,
        wordings=(),
        ns=("", ""),
        breaks=(),
        why_not="",
        pairs=zone_pairs(ring_m, zones),
        rows=tuple(rows),
        is_family=False,
        is_tested=True,
    )


def _sentences(figure: PlaceFigure) -> list[str]:
    zones = (figure.place, figure.ring, figure.rest)
    rows = zip(zone_labels(figure.ring_m), zones, strict=True)
    return [
        _("This shows association, not what the work led to."),
        *(_done(each) for each in figure.works),
        _("Persons who pointed it out, of all who marked a place."),
        *(_row(figure, where, pair) for where, pair in rows),
        *place_says(figure.relative, figure.quotient),
    ]


def _done(work: DoneThere) -> str:
    times = ngettext(
        "%(num)s time between the rounds", "%(num)s times between the rounds", work.times
    )
    return f"{work.title}: {times}, {day_range(work.first_on, work.last_on)}."


def _row(figure: PlaceFigure, where: str, pair: Pair) -> str:
    said = _(
        "%(answer)s: %(first)s in “%(earlier)s” and %(second)s in “%(later)s”.",
        answer=where,
        first=counted(pair.earlier),
        earlier=figure.earlier.title,
        second=counted(pair.later),
        later=figure.dialogue.title,
    )
    return f"{said} {verdict(pair) if pair.difference else ''}".rstrip()


def _method(figure: PlaceFigure) -> str:
    extent = (
        _("Within %(metres)s metres of the street.", metres=number(figure.radius_m))
        if figure.is_street
        else _("Within %(metres)s metres of the middle.", metres=number(figure.radius_m))
    )
    words = _(
        "Both rounds were counted together %(moment)s. A person counts once at a place. Shares"
        " with 95 %% Wilson intervals, the difference with Newcombe's, the change at the place"
        " divided by that outside it with Woolf's.",
        moment=date_time(figure.computed_at),
    )
    return f"{extent} {words}"
