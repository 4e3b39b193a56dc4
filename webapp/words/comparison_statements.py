"""Two rounds held against each other in words, as they are frozen: in Swedish."""

from flask_babel import gettext as _

from surveys.drafts.evidence import Wording
from surveys.queries.figures.comparison_figures import ComparisonFigure
from surveys.queries.results.comparison import ComparedMeasure, ComparedRow
from webapp.words.fact import period_words, source_words
from webapp.words.round import BREAKS, heading_of, row_words, told_words, verdict_words

MOST_ROWS = 3


def comparison_wording(figure: ComparisonFigure, official_name: str) -> Wording:
    """The question in both rounds, the difference where one may be told, and why not."""
    measure = figure.measure
    return Wording(
        title=_("Comparison: %(what)s", what=measure.wordings[1] or heading_of(measure)),
        statement=" ".join(_sentences(figure)),
        source=source_words(figure.dialogue, official_name),
        period=_(
            "%(earlier)s and %(later)s",
            earlier=period_words(figure.earlier),
            later=period_words(figure.dialogue),
        ),
        method=_method(measure),
        caveat=_(
            "About those who answered. A difference says nothing of its cause, and those who"
            " answered are other people each time."
        ),
    )


def _sentences(figure: ComparisonFigure) -> list[str]:
    rows = [_sentence(figure, row) for row in figure.measure.rows[:MOST_ROWS]]
    return [*rows, *(str(BREAKS[each]) for each in figure.measure.breaks)]


def _sentence(figure: ComparisonFigure, row: ComparedRow) -> str:
    said = _(
        "%(answer)s: %(first)s in “%(earlier)s” and %(second)s in “%(later)s”.",
        answer=row_words(row.key, row.title),
        first=told_words(row.earlier),
        earlier=figure.earlier.title,
        second=told_words(row.later),
        later=figure.dialogue.title,
    )
    verdict = verdict_words(row)
    return f"{said} {verdict}".rstrip()


def _method(measure: ComparedMeasure) -> str:
    words = _(
        "Shares with 95 %% Wilson intervals, the difference with Newcombe's. p by the test of two"
        " proportions, by Fisher's where fewer than 5 are expected."
    )
    words %= ()  # a text without values keeps its doubled sign
    if measure.code is None:
        words += " " + _("Many are tested at once, and p is adjusted by Holm.")
    return words
