"""The work behind ``trygghetsdialog export map``: the files of the page, without the page."""

from pathlib import Path
from typing import NoReturn

import click
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _
from sqlalchemy import select

from surveys.errors import NotFound, StorageUnavailable
from surveys.models.hotspot import HotspotRun
from surveys.models.map_export import ExportFormat
from surveys.queries.dialogues.dialogues import get_dialogue
from surveys.queries.maps.hotspots import get_latest_run
from surveys.queries.municipalities.municipalities import get_municipality
from surveys.services.maps.map_export_making import (
    ExportInput,
    MapWriter,
    make_files,
    read_export_input,
)
from webapp.commands.import_messages import file_message, printable
from webapp.documents.map_facts import map_facts
from webapp.documents.map_print import printed_map
from webapp.transactions import unit_of_work

EXIT_UNUSABLE = 2


def export_map(slug: str, dialogue_slug: str, kind: str | None, out: Path) -> None:
    """Write one file of the dialogue's latest map."""
    with force_locale("sv"):
        chosen = _format(kind, out)
        source = _source(slug, dialogue_slug)
        files = make_files(source, MapWriter(map_facts, printed_map), {chosen})
        if files is None:
            _refuse(_("The answers have changed since the map was made. A new one is made within"
                      " a few minutes: run this again then."))  # fmt: skip
        try:
            out.write_bytes(files[chosen])
        except OSError:
            _refuse(_("%(path)s cannot be written. Check the folder.", path=_safe(str(out))))
        click.echo(
            ngettext(
                "%(path)s: the map of %(title)s with %(num)s area that stands out.",
                "%(path)s: the map of %(title)s with %(num)s areas that stand out.",
                len(source.run.hotspots), path=_safe(str(out)), title=source.title,
            ),
            err=True,
        )  # fmt: skip


def _format(kind: str | None, out: Path) -> ExportFormat:
    named = kind or out.suffix.casefold().lstrip(".")
    known = [it.value for it in ExportFormat]
    if named not in known:
        _refuse(_("Say with --format which file to make: %(kinds)s.", kinds=", ".join(known)))
    return ExportFormat(named)


def _source(slug: str, dialogue_slug: str) -> ExportInput:
    try:
        with unit_of_work() as session:
            try:
                municipality = get_municipality(session, slug)
            except NotFound:
                _refuse(file_message("municipality", {"slug": slug}))
            try:
                dialogue = get_dialogue(session, municipality, dialogue_slug)
            except NotFound:
                names = {"municipality": slug, "slug": dialogue_slug}
                _refuse(file_message("dialogue", names))
            latest = get_latest_run(session, municipality, dialogue)
            run = latest and session.scalar(select(HotspotRun).where(HotspotRun.id == latest.id))
            source = run and read_export_input(session, municipality, run)
    except StorageUnavailable:
        _refuse(file_message("storage", {}))
    if not source:
        _refuse(_("The dialogue has no map yet. It is made by the worker, once there are marks."))
    return source


def _safe(text: str) -> str:
    return printable({"text": text})["text"]


def _refuse(message: str) -> NoReturn:
    click.echo(message, err=True)
    raise SystemExit(EXIT_UNUSABLE)
