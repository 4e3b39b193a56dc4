"""A table of a published edition in words, as it is frozen: only what readers have already."""

from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import gettext as _

from surveys.drafts.evidence import Wording
from surveys.queries.figures.edition_figures import EditionFigure
from webapp.formatters import day_range, number
from webapp.public_results import Bar, DrawnTable, Part, draw_table, share_of
from webapp.words.fact import source_words
from webapp.words.result import table_title

MOST_ROWS = 6  # of answers that overlap; the rest stand in the edition


def edition_wording(figure: EditionFigure, official_name: str) -> Wording:
    """The table's title, what it says, and of which edition."""
    drawn = draw_table(figure.table, figure.edition)
    facts = figure.dialogue
    title = table_title(figure.table)
    question = next((table.question for table in drawn if table.question), "")
    return Wording(
        title=f"{title}: {question}" if question else title,
        statement=" ".join(_sentence(table) for table in drawn if _sentence(table)),
        source=source_words(facts, official_name),
        period=day_range(facts.opens_at, facts.closes_at),
        method=_(
            "From the published results, edition %(number)s. No number is of fewer than %(least)s"
            " persons, and no edition differs from another for fewer than that.",
            number=number(figure.edition),
            least=number(figure.least),
        ),
        caveat=_("Self-selected, about those who answered."),
    )


def edition_rows(table: Mapping[str, Any], edition: int) -> tuple[tuple[str, str], ...]:
    """Each number of a published table: its words and how many of how many."""
    drawn = draw_table(table, edition)
    return tuple(row for part in drawn for row in _rows(part))


def _sentence(table: DrawnTable) -> str:
    said = [table.lead] if table.lead else []
    said += [_listed(bar) for bar in table.bars]
    if table.rows:
        said.append(f"{table.title}: {_parts(table.rows[:MOST_ROWS])}.")
    if table.outside:
        outside = ", ".join(f"{words} {number(n)}" for words, n in table.outside)
        said.append(f"{outside}.")
    return " ".join(said)


def _listed(bar: Bar) -> str:
    label = f"{bar.label}: " if bar.label else ""
    return f"{label}{_parts(bar.parts)}."


def _parts(parts: tuple[Part, ...]) -> str:
    return ", ".join(f"{part.label} {_share(part)}" for part in parts)


def _rows(table: DrawnTable) -> Iterator[tuple[str, str]]:
    for bar in table.bars:
        for part in bar.parts:
            words = f"{bar.label}: {part.label}" if bar.label else part.label
            yield words, _share(part)
    for part in table.rows:
        yield part.label, _share(part)
    for words, n in table.outside:
        yield words, number(n)


def _share(part: Part) -> str:
    """The share at the end of a phrase, where no comma goes after it."""
    return share_of(part.found).removesuffix(",")
