"""``trygghetsdialog import plan``: a document that becomes an action plan once looked through."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext
from flask_babel import gettext as _

from surveys.drafts.plan_imports import HeadDraft
from surveys.errors import InvalidInput, NotFound, StorageUnavailable
from surveys.plan_files.blocks import MAX_FILE_BYTES, UnreadablePlan
from surveys.plan_files.found import FoundPlan
from surveys.plan_files.reading import read_plan
from surveys.queries.municipalities.municipalities import get_municipality
from surveys.queries.plans.imports import ImportView, view_import
from surveys.services.plans.import_confirming import ImportNotReady, confirm_import
from surveys.services.plans.imports import (
    edit_import_head,
    place_loose_rows,
    store_import,
    take_latin_readings,
)
from webapp.clock import now
from webapp.commands.answer_files import refuse
from webapp.commands.import_messages import file_message
from webapp.commands.plan_telling import import_json, tell_import
from webapp.transactions import unit_of_work
from webapp.words.plan_import import unreadable_words
from webapp.words.rules import rule_text

EXIT_UNDECIDED = 3
BY = "trygghetsdialog import plan"
DATE = click.DateTime(["%Y-%m-%d"])


@dataclass(frozen=True, slots=True)
class Options:
    """What is said on the command line of what the document does not say."""

    title: str | None
    starts_at: datetime | None
    ends_at: datetime | None
    area: str | None


@click.command("plan")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--municipality", "slug", required=True, help="As in the address.")
@click.option("--confirm", is_flag=True, help="Make the draft plan at once.")
@click.option("--json", "as_json", is_flag=True, help="Print what was read as JSON.")
@click.option("--title", help="The plan's title, where the document has none.")
@click.option("--from", "starts_at", type=DATE, help="The plan's first day.")
@click.option("--to", "ends_at", type=DATE, help="The plan's last day.")
@click.option("--area", help="The area of rows that stand under none.")
@with_appcontext
def plan_command(file: Path, slug: str, *, confirm: bool, as_json: bool, **said: Any) -> None:
    """Read an action plan from FILE: a Word document, a workbook, CSV or text with a table.

    What is read waits for somebody to look it through on the page that is printed; what is
    doubtful is printed row by row. With --confirm it becomes a draft plan at once, words with
    letters of another script in the spelling that is proposed. Readers are shown nothing before
    the plan is published.

    Exit code 0: all is read, and with --confirm a draft plan is made; 3: somebody has to decide
    something before it can be a plan, and what was read waits; 2: the file cannot be used.
    """
    view = _stored(_read(file), file.name, slug, Options(**said))
    plan = _confirmed(view, slug) if confirm else None
    if as_json:
        # Bytes: JSON is UTF-8 whatever the terminal's own encoding.
        told = json.dumps(import_json(view, slug, plan), ensure_ascii=False)
        click.echo(told.encode("utf-8", "replace"))
    else:
        tell_import(view, slug, plan)
    if confirm and plan is None:
        raise SystemExit(EXIT_UNDECIDED)


def _read(file: Path) -> FoundPlan:
    try:
        with file.open("rb") as opened:
            content = opened.read(MAX_FILE_BYTES + 1)
    except (OSError, ValueError):
        refuse(file_message("missing", {"path": str(file)}))
    try:
        return read_plan(content, file.name)
    except UnreadablePlan as error:
        refuse(unreadable_words(error.code, error.values))


def _stored(found: FoundPlan, name: str, slug: str, said: Options) -> ImportView:
    try:
        with unit_of_work() as session:
            municipality = get_municipality(session, slug)
            stored = store_import(session, municipality, found, name, by=BY, now=now())
            if said.title or said.starts_at or said.ends_at:
                edit_import_head(session, municipality, stored.id, _head(found, said))
            if said.area:
                place_loose_rows(session, municipality, stored.id, said.area)
            return view_import(session, municipality, stored.id)
    except NotFound:
        refuse(file_message("municipality", {"slug": slug}))
    except InvalidInput as error:
        refuse(rule_text(error.code))
    except StorageUnavailable:
        refuse(file_message("storage", {}))


def _head(found: FoundPlan, said: Options) -> HeadDraft:
    head = found.head
    return HeadDraft(
        title=said.title or head.title,
        starts_on=said.starts_at.date() if said.starts_at else head.starts_on,
        ends_on=said.ends_at.date() if said.ends_at else head.ends_on,
        authors=head.authors,
        evaluation_text=head.evaluation_text,
        evaluate_after=head.evaluate_after,
        evaluation_owners=head.evaluation_owners,
        channels=head.channels,
        revision=head.revision,
    )


def _confirmed(view: ImportView, slug: str) -> str | None:
    """The address part of the plan that the import has become; None where it cannot be one yet."""
    try:
        with unit_of_work() as session:
            municipality = get_municipality(session, slug)
            take_latin_readings(session, municipality, view.id)
            revision = view_import(session, municipality, view.id).revision
            return confirm_import(session, municipality, view.id, revision=revision, now=now()).slug
    except ImportNotReady:
        click.echo(_("No plan is made yet. Decide first what is marked with !"), err=True)
    except InvalidInput as error:
        click.echo(rule_text(error.code), err=True)
    except StorageUnavailable:
        refuse(file_message("storage", {}))
    return None
