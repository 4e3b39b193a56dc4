"""``trygghetsdialog check documents``: what contradicts what in a municipality's documents."""

import json
from typing import Any

import click
from flask.cli import with_appcontext
from flask_babel import gettext as _
from sqlalchemy.exc import OperationalError, ProgrammingError

from surveys.errors import NotFound
from surveys.queries.consistency.check import Listed, list_findings
from surveys.queries.consistency.findings import Spot
from surveys.queries.municipalities.municipalities import get_municipality
from webapp.clock import today
from webapp.commands.import_messages import file_message
from webapp.extensions import db
from webapp.words.consistency import (
    finding_advice,
    finding_words,
    is_met,
    severity_words,
    spot_count,
    spot_kind,
)

EXIT_FOUND = 1
EXIT_UNUSABLE = 2


@click.group("check")
def check_group() -> None:
    """Look for what contradicts what."""


@check_group.command("documents")
@click.option("--municipality", "slug", required=True, help="The municipality's address part.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON array instead of text.")
@with_appcontext
def documents(slug: str, as_json: bool) -> None:
    """Check promises, plans, pictures, agreements and plans being read in.

    Exit code 1 where something asks to be looked at; 2 where nothing could be checked.
    """
    try:
        listed = list_findings(db.session(), get_municipality(db.session(), slug), today())
    except NotFound as error:
        click.echo(_("There is no municipality at “%(slug)s”.", slug=slug), err=True)
        raise SystemExit(EXIT_UNUSABLE) from error
    except (OperationalError, ProgrammingError) as error:
        click.echo(file_message("storage", {}), err=True)
        raise SystemExit(EXIT_UNUSABLE) from error
    if as_json:
        rows = [_as_json(row) for row in listed]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        _tell(listed)
    if any(row.asks_for_something for row in listed):
        raise SystemExit(EXIT_FOUND)


def _tell(listed: tuple[Listed, ...]) -> None:
    for row in listed:
        mark = _("noted") if row.note else severity_words(row.finding.severity)
        click.echo(f"{mark}: {finding_words(row.finding)}")
        for spot in row.finding.spots:
            parts = (f"  {spot_kind(spot)}: {spot.title}", spot.words, spot_count(spot, today()))
            click.echo(" | ".join(part for part in parts if part))
        click.echo(f"  → {row.note.reason if row.note else finding_advice(row.finding)}")
    n_open = sum(row.asks_for_something for row in listed)
    click.echo(_("%(all)s found, %(open)s to look at", all=len(listed), open=n_open))


def _as_json(row: Listed) -> dict[str, Any]:
    return {
        "id": row.finding.digest,
        "rule": row.finding.rule,
        "severity": row.finding.severity.value,
        "sentence": finding_words(row.finding),
        "advice": finding_advice(row.finding),
        "noted": {"reason": row.note.reason, "by": row.note.by} if row.note else None,
        "places": [_place(spot) for spot in row.finding.spots],
    }


def _place(spot: Spot) -> dict[str, Any]:
    return {
        "kind": spot.kind.value,
        "title": spot.title,
        "words": spot.words,
        "slug": spot.slug or None,
        "id": spot.id or None,
        "is_met": is_met(spot),
    }
