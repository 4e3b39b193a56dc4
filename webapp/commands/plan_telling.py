"""What ``import plan`` prints of what it has read: for people, and as JSON."""

from collections.abc import Iterable
from typing import Any

import click
from flask_babel import gettext as _
from flask_babel import ngettext

from surveys.plan_files.found import FIELDS, Doubt
from surveys.queries.plans.imports import ImportView, RowView
from surveys.schedule.grammar_schedule import Expectation, Schedule, expect
from surveys.schedule.periods import Window
from surveys.schedule.readback import printed
from webapp.commands.import_messages import printable
from webapp.words.plan_import import doubt_words, field_words, row_place
from webapp.words.schedule import reading_words

_TIMED = ("when", "follow_up")


def tell_import(view: ImportView, slug: str, plan: str | None) -> None:
    """Print the areas with their rows, what is doubtful, and where it waits."""
    blocking = {doubt.code for _row, doubt in view.blocking}
    click.echo(_one_line(view.head.title) or _("Without a title"))
    if view.head.starts_on and view.head.ends_on:
        click.echo(f"{view.head.starts_on} – {view.head.ends_on}")
    _tell_doubts(view.doubts, blocking, "")
    for group in view.areas:
        click.echo()
        click.echo(_one_line(group.area.name) if group.area else _("Under no area"))
        for goal in group.area.goals if group.area else ():
            click.echo(f"  – {_one_line(goal)}")
        for each in group.rows:
            _tell_row(each, view.window, blocking)
    click.echo()
    click.echo(_totals(view))
    if plan is not None:
        click.echo(_("The draft plan is made: %(address)s", address=plan_address(slug, plan)))
    else:
        click.echo(_("Look it through here: %(address)s", address=import_address(slug, view.id)))


def import_json(view: ImportView, slug: str, plan: str | None) -> dict[str, Any]:
    """The same as plain values; a reading of a time as ``analyse schedule`` prints it."""
    head = view.head
    return {
        "import": view.id,
        "address": import_address(slug, view.id),
        "plan": plan_address(slug, plan) if plan is not None else None,
        "title": head.title or None,
        "starts_on": head.starts_on.isoformat() if head.starts_on else None,
        "ends_on": head.ends_on.isoformat() if head.ends_on else None,
        "authors": list(head.authors),
        "evaluation": head.evaluation_text or None,
        "evaluate_after": head.evaluate_after.isoformat() if head.evaluate_after else None,
        "evaluation_owners": list(head.evaluation_owners),
        "channels": list(head.channels),
        "areas": [
            {"name": group.area.name, "goals": list(group.area.goals)}
            for group in view.areas
            if group.area
        ],
        "activities": view.n_activities,
        "rows": [_row_json(each, view) for each in view.rows],
        "doubts": [_doubt_json(doubt) for doubt in view.doubts],
    }


def import_address(slug: str, import_id: int) -> str:
    """Where the import is looked through."""
    return f"/{slug}/handlaggning/handlingsplan/las-in/{import_id}"


def plan_address(slug: str, plan: str) -> str:
    """Where the draft plan is."""
    return f"/{slug}/handlaggning/handlingsplaner/{plan}"


def _tell_row(each: RowView, window: Window | None, blocking: Iterable[str]) -> None:
    row = each.row
    click.echo(f"  {row.number}. {_one_line(row.activity) or '–'} ({row_place(row)})")
    for name in FIELDS[1:]:
        text = _one_line(getattr(row, name))
        if text:
            click.echo(f"     {field_words(name)}: {text}")
        reading = getattr(each, name) if name in _TIMED else None
        if reading is not None:
            words = _("read as: %(reading)s", reading=reading_words(reading, window))
            click.echo(f"       {words}")
    _tell_doubts(each.doubts, blocking, "     ")


def _tell_doubts(doubts: Iterable[Doubt], blocking: Iterable[str], indent: str) -> None:
    for doubt in doubts:
        mark = "!" if doubt.code in blocking else "?"
        click.echo(f"{indent}{mark} {doubt_words(doubt)}")


def _totals(view: ImportView) -> str:
    rows = ngettext("%(num)s row is read", "%(num)s rows are read", len(view.rows))
    activities = ngettext("%(num)s activity", "%(num)s activities", view.n_activities)
    areas = ngettext("in %(num)s area.", "in %(num)s areas.", sum(bool(g.area) for g in view.areas))
    look = ngettext(
        "%(num)s row has something to look at.",
        "%(num)s rows have something to look at.",
        view.n_doubtful,
    )
    return f"{rows}: {activities} {areas} {look if view.n_doubtful else ''}".rstrip()


def _row_json(each: RowView, view: ImportView) -> dict[str, Any]:
    row = each.row
    areas = {group.area.number: group.area.name for group in view.areas if group.area}
    return {
        "row": row.number,
        "table": row.table or None,
        "line": row.line,
        "area": areas.get(row.area) if row.area is not None else None,
        **{name: getattr(row, name) or None for name in FIELDS},
        "same_as": row.same_as,
        "when_read": _reading_json(each.when, view.window),
        "follow_up_read": _reading_json(each.follow_up, view.window),
        "doubts": [_doubt_json(doubt) for doubt in each.doubts],
    }


def _reading_json(schedule: Schedule | None, window: Window | None) -> dict[str, Any] | None:
    if schedule is None:
        return None
    expectation = expect(schedule, window) if window else Expectation(None)
    return printed(schedule, expectation)


def _doubt_json(doubt: Doubt) -> dict[str, Any]:
    return {"code": doubt.code, "field": doubt.field, **doubt.values, "text": doubt_words(doubt)}


def _one_line(text: str) -> str:
    return printable({"text": " ".join(text.split())})["text"]
