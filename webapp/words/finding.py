"""Headings that claim a finding, for the questions whose answers we have words for."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from surveys.queries.results.results import QuestionResult
from surveys.statistics.findings import Finding

# By the question's code, which is the same over all rounds and wordings.
_WORDS: dict[tuple[str, Finding], LazyString] = {
    ("trygg_kommun", Finding.MOST_FIRST): _l("More than half of those who answered feel safe"),
    ("trygg_kommun", Finding.MOST_SECOND): _l("More than half of those who answered feel unsafe"),
    ("trygg_kommun", Finding.HALF_FIRST): _l("About half of those who answered feel safe"),
    ("trygg_kommun", Finding.HALF_SECOND): _l("About half of those who answered feel unsafe"),
    ("trygg_kommun", Finding.MORE_FIRST): _l("More of those who answered feel safe than unsafe"),
    ("trygg_kommun", Finding.MORE_SECOND): _l("More of those who answered feel unsafe than safe"),
    ("otrygga_platser", Finding.MOST_FIRST): _l(
        "More than half of those who answered know places that feel unsafe"
    ),
    ("otrygga_platser", Finding.MOST_SECOND): _l(
        "More than half of those who answered know no place that feels unsafe"
    ),
    ("otrygga_platser", Finding.HALF_FIRST): _l(
        "About half of those who answered know places that feel unsafe"
    ),
    ("otrygga_platser", Finding.HALF_SECOND): _l(
        "About half of those who answered know no place that feels unsafe"
    ),
}


def finding_heading(question: QuestionResult) -> str | None:
    """The finding as a heading; None where none holds, and the question is the heading.

    A question answered both on the scale and by ja or nej is judged on the scale only.
    """
    series = question.scale or question.yes_no
    if series is None or series.finding is None:
        return None
    words = _WORDS.get((question.code, series.finding))
    return str(words) if words is not None else None
