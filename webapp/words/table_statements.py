"""A crossed table and a published map in words, as they are frozen: in Swedish."""

from flask_babel import gettext as _
from flask_babel import ngettext

from surveys.drafts.evidence import Wording
from surveys.models.dialogue import Channel, QuestionKind
from surveys.models.response import TEXT_VALUE, YES
from surveys.queries.figures.figures import DialogueFacts
from surveys.queries.figures.table_figures import PublicMapFigure, TableFigure
from surveys.queries.results.groups import ALL
from surveys.queries.results.measures import UNSAFE
from surveys.queries.results.table_shapes import Cell, Column, Crosstab, Row
from webapp.formatters import EN_DASH, fewer, number, share_words
from webapp.labels import label
from webapp.words.fact import period_words, source_words
from webapp.words.query import filter_words
from webapp.words.table import base_words, column_words, group_words, measure_words, row_words

MOST_ROWS = 3
# The answer that is told first of a question of each kind.
_TOLD = {QuestionKind.SCALE: UNSAFE, QuestionKind.PLACES: YES, QuestionKind.TEXT: TEXT_VALUE}


def table_wording(figure: TableFigure, official_name: str) -> Wording:
    """The table's title, what it says of each group, and how it was made."""
    table = figure.table
    return Wording(
        title=_title(table),
        statement=" ".join(_sentences(table)),
        source=source_words(figure.dialogue, official_name),
        period=period_words(figure.dialogue),
        method=_method(figure),
        caveat=_("Self-selected, about those who answered."),
    )


def map_wording(figure: PublicMapFigure, official_name: str) -> Wording:
    """What the published map shows, in words."""
    edition = figure.edition
    named = [place.name for place in edition.places if place.name]
    places = ", ".join(dict.fromkeys(named)) or _("none with a name")
    return Wording(
        title=_("The published map, edition %(number)s", number=edition.number),
        statement=ngettext(
            "%(num)s square of %(side)s metres was marked by at least %(least)s persons. Near:"
            " %(places)s.",
            "%(num)s squares of %(side)s metres were marked by at least %(least)s persons each."
            " Near: %(places)s.",
            edition.n_cells,
            side=number(edition.cell_m),
            least=number(edition.least),
            places=places,
        ),
        source=source_words(figure.dialogue, official_name),
        period=period_words(figure.dialogue),
        method=_(
            "From at least %(n)s persons. Squares with fewer than %(least)s are not shown, and no"
            " edition differs from the one before for fewer than that.",
            n=number(edition.n_at_least),
            least=number(edition.least),
        ),
        caveat=_(
            "Self-selected, about those who answered. Marks show what people feel, not where crimes"
            " happen."
        ),
    )


def _title(table: Crosstab) -> str:
    parts = [group_words(table.by).lower()] if table.by is not None else []
    parts += [f"{term.lower()}: {words}" for term, words in filter_words(table.filters)]
    said = f" {EN_DASH} {', '.join(parts)}" if parts else ""
    return f"{measure_words(table)}{said}"


def _sentences(table: Crosstab) -> list[str]:
    return [_sentence(table, row) for row in _told_rows(table)]


def _told_rows(table: Crosstab) -> list[Row]:
    if not table.is_multiple and table.question_kind is not None:
        return [row for row in table.rows if row.key == _TOLD[table.question_kind]]
    told = [row for row in table.rows if table.cell(row.key, ALL).count]
    return sorted(told, key=lambda row: -(table.cell(row.key, ALL).count or 0))[:MOST_ROWS]


def _sentence(table: Crosstab, row: Row) -> str:
    """Unsafe (1-2): All 50 % (44-56), Woman 55 % (47-63), Man not shown."""
    groups = ", ".join(
        f"{column_words(table.by, column)} {_cell_words(table.cell(row.key, column.key), column)}"
        for column in table.columns
        if column.n != 0
    )
    return f"{row_words(table, row)}: {groups}."


def _cell_words(cell: Cell, column: Column) -> str:
    if cell.count is None or cell.share is None:
        return _("not shown")
    if cell.share.is_small:
        return share_words(cell.share)
    return _("%(share)s of %(n)s", share=share_words(cell.share), n=number(column.n))


def _method(figure: TableFigure) -> str:
    limits = figure.table.limits
    said = _(
        "Answers: %(channels)s. Fewer than %(few)s respondents are not shown, in crossed cells"
        " fewer than %(crossed)s, nor what would give them away. Intervals are 95 %% by Wilson's"
        " method. The numbers are not weighted.",
        channels=channel_words(figure.dialogue),
        few=limits.min_respondents,
        crossed=limits.min_crossed,
    )
    several = ""
    if figure.table.is_multiple:
        several = _(
            "One person may have said several, so the shares may add up to more than 100 %%."
        )
        several = f" {several % ()}"
    return f"{said} {_('The base of the shares (n):')} {base_words(figure.table)}{several}"


def channel_words(facts: DialogueFacts) -> str:
    """By which ways the answers came, and how many."""
    return ", ".join(f"{_inside(channel)} {fewer(n)}" for channel, n in facts.channels)


def _inside(channel: Channel) -> str:
    words = label(channel)
    return words if channel is Channel.FACEBOOK else words[:1].lower() + words[1:]
