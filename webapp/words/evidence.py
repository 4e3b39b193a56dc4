"""A piece of evidence on its page: its numbers as a table, and how it was asked for, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask_babel import gettext as _

from surveys.models.evidence import EvidenceKind
from surveys.queries.evidence.evidence import OLD_AFTER_YEARS, EvidencePage, EvidenceView
from surveys.queries.figures.comparison_figures import measure_from_json
from surveys.queries.figures.edition_figures import QUERY_NAME
from surveys.queries.figures.place_figures import pairs_from_json
from surveys.queries.results.table_records import table_from_json
from surveys.statistics.proportions import Proportion
from webapp.clock import now
from webapp.formatters import fewer, local_day, number
from webapp.round_figures import Panel, panel
from webapp.table_views import TableView, view_table
from webapp.words.edition_statements import edition_rows
from webapp.words.figure import word_share
from webapp.words.place_statements import place_panel
from webapp.words.query import filter_words
from webapp.words.result import table_title
from webapp.words.table import group_words, measure_words


@dataclass(frozen=True, slots=True)
class PlainTable:
    """A table of words, ready to be shown; the columns after the first are numbers."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class FrozenRounds:
    """One question in two rounds, and what the rounds are called."""

    panel: Panel
    earlier: str
    later: str


def frozen_table(page: EvidencePage) -> PlainTable | None:
    """The frozen numbers of a figure or a finding; None where the statement says all there is."""
    if _is_published(page):
        return _edition_table(page.figures)
    if page.evidence.kind is EvidenceKind.SURVEY_FIGURE:
        return _survey_table(page.figures)
    if page.evidence.kind is EvidenceKind.MAP_FINDING:
        return _map_table(page.figures)
    if page.evidence.kind is EvidenceKind.PUBLIC_MAP:
        return _public_map_table(page.figures)
    return None


def frozen_view(page: EvidencePage) -> TableView | None:
    """A frozen table as pages draw it: from what was stored, whatever is counted since."""
    if page.evidence.kind not in (EvidenceKind.TABLE, EvidenceKind.CHART) or _is_published(page):
        return None
    return view_table(table_from_json(page.figures["table"]))


def frozen_rounds(page: EvidencePage) -> FrozenRounds | None:
    """A frozen comparison as its page draws it."""
    if page.evidence.kind is not EvidenceKind.COMPARISON:
        return None
    figures = page.figures
    if "measure" in figures:
        drawn = panel(measure_from_json(figures["measure"]))
    else:
        drawn = place_panel(figures["ring_m"], pairs_from_json(figures))
    return FrozenRounds(drawn, figures["earlier"]["title"], figures["dialogue"]["title"])


def query_rows(page: EvidencePage) -> list[tuple[str, str]]:
    """How it was asked for: term and words, so that a person can ask for the same."""
    rows: list[tuple[str, str]] = []
    if page.dialogue is not None:
        rows.append((_("Dialogue"), page.dialogue[1]))
    if page.evidence.kind is EvidenceKind.SURVEY_FIGURE:
        rows.append(
            (
                _("What was asked for"),
                _("Question %(number)s, all answers", number=page.figures["position"]),
            )
        )
    if page.evidence.kind is EvidenceKind.MAP_FINDING:
        words = _("Area %(rank)s of the analysis of marked places", rank=page.figures["rank"])
        rows.append((_("What was asked for"), words))
    if _is_published(page):
        rows.append((_("What was asked for"), table_title(page.figures["table"])))
    elif page.evidence.kind in (EvidenceKind.TABLE, EvidenceKind.CHART):
        rows += _table_query(page.figures["table"])
    if page.evidence.kind is EvidenceKind.COMPARISON:
        if "measure" not in page.figures:
            words = _("The place %(name)s before and after", name=page.figures["name"])
            rows.append((_("What was asked for"), words))
        rows.append((_("Held against"), page.figures["earlier"]["title"]))
    return rows


def _table_query(stored: Mapping[str, Any]) -> list[tuple[str, str]]:
    table = table_from_json(stored)
    split = group_words(table.by) if table.by else _("Not split")
    limits = _(
        "%(few)s respondents, %(crossed)s in a crossed cell",
        few=table.limits.min_respondents,
        crossed=table.limits.min_crossed,
    )
    only = [(_("Only: %(term)s", term=term), words) for term, words in filter_words(table.filters)]
    return [
        (_("What was asked for"), measure_words(table)),
        (_("By"), split),
        *only,
        (_("Fewest that are shown"), limits),
    ]


def version_rows(page: EvidencePage) -> list[tuple[str, str]]:
    """With which versions it was made."""
    rows: list[tuple[str, str]] = []
    versions = page.versions
    if "software" in versions:
        rows.append(("Trygghetsdialog", str(versions["software"])))
    wordings = [
        f"{code} {version}" for code, version in sorted(versions.get("questions", {}).items())
    ]
    if wordings:
        rows.append((_("Versions of the wordings"), ", ".join(wordings)))
    for name, words in (
        ("codebook", _("Codebook, change")),
        ("mask", _("Masking of personal data")),
        ("hotspot_run", _("Analysis of marked places")),
        ("round_map", _("Maps of two rounds")),
        ("edition", _("Edition")),
    ):
        if name in versions:
            rows.append((words, number(versions[name])))
    return rows


def is_old(evidence: EvidenceView) -> bool:
    """Whether readers among the staff are to be told its age."""
    return evidence.is_old(local_day(now()))


def old_words() -> str:
    """What is said of old evidence."""
    return _("More than %(years)s years old", years=number(OLD_AFTER_YEARS))


def init_evidence_words(app: Flask) -> None:
    """Make the age of evidence known to templates."""
    app.add_template_test(is_old, "old_evidence")
    app.add_template_global(old_words, "old_words")


def _is_published(page: EvidencePage) -> bool:
    return page.query.get("name") == QUERY_NAME


def _edition_table(figures: Mapping[str, Any]) -> PlainTable:
    return PlainTable((_("Answer"), _("Count")), edition_rows(figures["table"], figures["edition"]))


def _survey_table(figures: Mapping[str, Any]) -> PlainTable:
    rows: list[tuple[str, ...]] = []
    scale, yes_no = figures.get("scale"), figures.get("yes_no")
    if scale:
        rows.append(_share_row(_("Very or rather safe"), scale["first"]))
        rows.append(_share_row(_("Rather or very unsafe"), scale["second"]))
    if yes_no:
        rows.append(_share_row(_("Yes"), yes_no["first"]))
        rows.append(_share_row(_("No"), yes_no["second"]))
    outside = (
        (_("Answered don't know"), figures["n_dont_know"]),
        (_("Skipped the question"), figures["n_missing"]),
        (_("Wrote something"), figures["n_texts"]),
    )
    rows += [(words, fewer(n), "", "") for words, n in outside if n != 0]
    return PlainTable((_("Answer"), _("Count"), _("Of (n)"), _("Share")), tuple(rows))


def _share_row(words: str, stored: Mapping[str, Any]) -> tuple[str, ...]:
    found = Proportion(**stored)
    return (words, fewer(found.count), number(found.n), word_share(found))


def _map_table(figures: Mapping[str, Any]) -> PlainTable:
    def counted(n: int) -> str:
        return _("at least %(n)s", n=number(n)) if figures.get("is_at_least") else number(n)

    rows = [(_("People who marked the area"), counted(figures["n"]))]
    if figures["n_respondents_in_run"]:  # earlier versions kept none where it was not told
        rows.append(
            (_("People who marked any place"), number(figures["n_respondents_in_run"])),
        )
    rows.append((_("Marks"), counted(figures["n_marks"])))
    for words, name, decimals in (
        (_("Expected marks"), "expected", 1),
        (_("Relative risk"), "relative_risk", 1),
        ("p", "p_value", 3),
    ):
        if figures.get(name) is not None:
            rows.append((words, number(figures[name], decimals)))
    return PlainTable((_("What"), _("Number")), tuple(rows))


def _public_map_table(figures: Mapping[str, Any]) -> PlainTable:
    rows = [
        (place["name"] or _("No name near"), number(place["at_least"]), number(place["n_cells"]))
        for place in figures["places"]
    ]
    return PlainTable((_("Near"), _("At least (persons)"), _("Squares")), tuple(rows))
