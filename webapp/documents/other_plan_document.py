"""The number of activities carried out, to be reported in another plan."""

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext as _

from surveys.queries.editions.edition_files import Look
from surveys.queries.plans.council_report import OtherPlanRow
from webapp.documents.blocks import Block, Document, Paragraph, Table
from webapp.documents.document_parts import Head, counted_document
from webapp.exports.csv_files import csv_text
from webapp.exports.sheets import Cell
from webapp.formatters import number
from webapp.words.counter import listed


def other_plan_document(
    rows: Sequence[OtherPlanRow], years: Sequence[int], other_plan: str, look: Look, today: date
) -> Document:
    """A table with a row for each activity and a column for each year."""
    told = _(
        "Occasions that were carried out, counted from what is logged. An activity that stands"
        " under several areas is counted once."
    )
    blocks: list[Block] = [Paragraph(told)]
    if rows:
        cells = tuple(
            (row.activity, listed(row.areas), row.when_text or "–", *map(number, row.counts))
            for row in rows
        )
        widths = (34, 22, 24, *(max(1, 20 // len(years)) for _year in years))
        blocks.append(Table("", _heads(years), cells, widths))
    else:
        blocks.append(Paragraph(_("No activity is tied to this plan.")))
    head = Head(_("Number of activities carried out"), _("For %(plan)s", plan=other_plan))
    return counted_document(look, head, today, blocks)


def other_plan_csv(rows: Sequence[OtherPlanRow], years: Sequence[int]) -> bytes:
    """The same as CSV, with the action plan of each row."""
    lines: list[tuple[Cell, ...]] = [
        (row.activity, listed(row.areas), row.when_text, *row.counts, row.plan) for row in rows
    ]
    head: tuple[Cell, ...] = (*_heads(years), _("Action plan"))
    return csv_text([head, *lines]).encode("utf-8-sig")


def _heads(years: Sequence[int]) -> tuple[str, ...]:
    return (_("Activity"), _("Areas"), _("When"), *map(str, years))
