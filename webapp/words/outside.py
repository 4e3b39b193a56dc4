"""What a source from outside says of itself, in the reader's words."""

from flask import Flask
from flask_babel import gettext as _

from surveys.queries.evidence.evidence import EvidenceView
from surveys.queries.evidence.evidence_outside import OutsideView, RateView
from surveys.statistics.rates import Rate
from webapp.formatters import EN_DASH, number
from webapp.labels import label

Row = tuple[str, str]


def outside_facts(evidence: EvidenceView) -> list[Row]:
    """Term and words for each thing that the source says of itself; none for what is counted here.

    The table of a series is shown by itself: see ``series_rows``.
    """
    outside = evidence.outside
    if outside is None:
        return []
    rows = [
        (_("What is measured"), outside.indicator or ""),
        (_("Where"), outside.geography or ""),
        (_("Compared with"), outside.comparison or ""),
        (_("Direction"), _direction(outside)),
        (_("How often"), outside.recurs or ""),
        (_("How sure"), _rate(outside.rate) if outside.rate else ""),
    ]
    return [(term, words) for term, words in rows if words]


def series_rows(evidence: EvidenceView) -> list[tuple[str, str]]:
    """Period and number with its unit, for a table; empty where the figure brings none."""
    outside = evidence.outside
    if outside is None:
        return []
    return [(row.period, _value(row.value, row.unit)) for row in outside.series]


def init_outside_words(app: Flask) -> None:
    """Make both known to templates."""
    app.add_template_global(outside_facts, "outside_facts")
    app.add_template_global(series_rows, "series_rows")


def _direction(outside: OutsideView) -> str:
    has_gone = label(outside.direction) if outside.direction else ""
    if outside.wanted is None:
        return has_gone
    wanted = _("wanted: %(direction)s", direction=label(outside.wanted).lower())
    return f"{has_gone} ({wanted})" if has_gone else wanted[:1].upper() + wanted[1:]


def _rate(found: RateView) -> str:
    own = _("%(rate)s per %(per)s inhabitants.", rate=_with_interval(found.own), per=_per(found))
    if found.other is None:
        return own
    other = _("In %(place)s: %(rate)s.", place=found.other_name, rate=_with_interval(found.other))
    if found.ratio is None or found.ratio.is_inconclusive:
        sure = _("Too few to say that the difference is more than chance.")
    else:
        sure = _("The difference is larger than chance alone would make it.")
    return f"{own} {other} {sure}"


def _per(found: RateView) -> str:
    return number(found.own.per)


def _with_interval(found: Rate) -> str:
    return f"{number(found.value, 1)} ({number(found.low, 1)}{EN_DASH}{number(found.high, 1)})"


def _value(value: float, unit: str) -> str:
    decimals = 0 if value == int(value) else len(f"{value:g}".partition(".")[2])
    return f"{number(value, decimals)} {unit}".strip()
