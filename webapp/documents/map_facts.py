"""What a map rests on, in sentences: the same on the printed page and in each file of it."""

from flask_babel import gettext as _
from flask_babel import ngettext

from surveys.queries.maps.hotspots import RunSummary
from surveys.queries.results.filters import Filters
from surveys.services.maps.map_export_making import ExportInput
from webapp.formatters import date_long, number
from webapp.words.query import filter_words


def map_facts(source: ExportInput) -> tuple[str, ...]:
    """Source, number, filters, method, what it is held to, what is left out, day, caveat."""
    run = source.run
    told = (
        _("Source: %(municipality)s, %(title)s.", municipality=source.municipality,
          title=source.title),
        _counted(run),
        _filters(source),
        _method(source),
        _baseline(run),
        _("Left out: cells, areas, reasons and hours with fewer than %(min)s persons.",
          min=run.settings["min_respondents"]),
        _("Cells of %(metres)s metres in SWEREF 99 TM (%(crs)s).",
          metres=number(run.settings["cell_m"]), crs=run.settings["crs"]),
        _("Fingerprint %(hash)s; the same marks give the same map", hash=run.data_hash[:12]) + ".",
        _("Marks show what people feel, not where crimes happen."),
    )  # fmt: skip
    return tuple(sentence for sentence in told if sentence)


def _counted(run: RunSummary) -> str:
    if run.n_respondents is None:  # of a part of the marks
        return _("Computed %(moment)s.", moment=date_long(run.computed_at))
    return _(
        "Marks by %(persons)s, computed %(moment)s.",
        persons=ngettext("%(num)s person", "%(num)s persons", run.n_respondents),
        moment=date_long(run.computed_at),
    )


def _filters(source: ExportInput) -> str:
    if not source.filters:
        return ""
    parts = filter_words(Filters.from_json(dict(source.filters)))
    said = "; ".join(f"{name}: {value}" for name, value in parts)
    return _("Only a part of the marks: %(filters)s.", filters=said)


def _method(source: ExportInput) -> str:
    run = source.run
    if not run.baseline:
        return _(
            "The map shows density. We do not know how many people are at each place, so it also"
            " shows where people happen to be: it is no measure of risk."
        )
    return _(
        "A hotspot is a circle with more marks than expected from how many people live there, at p"
        " at most 0.05 after all circles have been tried. It is how people feel, no measure of"
        " crime."
    ) + " " + _(
        "Kulldorff's spatial scan, %(simulations)s simulations, seed %(seed)s.",
        simulations=number((run.settings.get("scan") or {}).get("simulations") or 0),
        seed=source.seed,
    )  # fmt: skip


def _baseline(run: RunSummary) -> str:
    scan = run.settings.get("scan") or {}
    if not run.baseline or not scan.get("source"):
        return ""
    dated = scan.get("dated_on")
    if dated:
        return _("Held to: %(source)s, %(day)s.", source=scan["source"], day=dated)
    return _("Held to: %(source)s.", source=scan["source"])
