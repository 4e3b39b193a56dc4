"""``trygghetsdialog demo load``: the demo's content and its accounts, once.

Imported by the command only: the demo computes hotspots, which loads the geography libraries.
"""

import json
import os
import secrets
from datetime import datetime
from pathlib import Path

import click
from flask import current_app
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.demo.load import EARLIEST_SET_UP, DemoEdge, is_loaded, load_demo
from surveys.demo.municipalities import HARNOSAND, SODERHAMN
from surveys.errors import InvalidInput, StorageUnavailable
from surveys.models.account import User
from surveys.permissions import StaffRole
from surveys.queries.municipalities.municipalities import get_municipality
from webapp.accounts import make_account
from webapp.commands.demo_documents import make_demo_documents
from webapp.commands.import_messages import file_message
from webapp.labels import label
from webapp.transactions import unit_of_work
from webapp.words.figure import figure_words

EXIT_UNUSABLE = 2
PASSWORD_BYTES = 12  # 16 characters: long enough for a demo that somebody leaves on a network

# Address, role and municipality: one of each role, and a colleague elsewhere.
ACCOUNTS = (
    ("trygghetssamordnare@soderhamn.example", StaffRole.COORDINATOR, SODERHAMN.slug),
    ("kommunpolis@soderhamn.example", StaffRole.POLICE, SODERHAMN.slug),
    ("analytiker@soderhamn.example", StaffRole.ANALYST, SODERHAMN.slug),
    ("administrator@soderhamn.example", StaffRole.ADMINISTRATOR, SODERHAMN.slug),
    ("trygghetssamordnare@harnosand.example", StaffRole.COORDINATOR, HARNOSAND.slug),
)

_STEPS = {
    "municipality": _l(
        "Söderhamn with its place register, its schematic map and %(n)s invented areas"
    ),
    "events": _l("The closed round of autumn 2021 with %(n)s events"),
    "spring": _l("A closed round of spring 2024 with %(n)s invented answers, to compare with"),
    "answers": _l("%(n)s invented answers, imported as a municipality imports its own"),
    "codings": _l("%(n)s of them sorted by theme, by one coder"),
    "hotspots": _l("An analysis of the marked places; hotspots found: %(n)s"),
    "round_maps": _l("The maps of two rounds beside each other"),
    "map_edition": _l("A published map of them: %(n)s squares"),
    "result_edition": _l("Published results: %(n)s tables"),
    "occasions": _l("Problem picture, action plan and promise 2022–2023 with %(n)s occasions"),
    "open_answers": _l("The open dialogue with %(n)s answers given through the survey"),
    "openings": _l("Four short addresses, opened %(n)s times"),
    "running": _l("A monthly picture and a running promise"),
    "joint": _l("A joint promise of %(n)s municipalities and one police area"),
    "older": _l("A promise that is not signed, and one for 2019 with %(n)s occasions"),
    "documents": _l("The documents of %(n)s editions"),
    "accounts": _l("%(n)s accounts; their passwords are in the file below"),
}


def load(accounts_file: Path, secret: str, now: datetime) -> None:
    """Load the demo into an empty database; say so and change nothing where it is there."""
    try:
        with unit_of_work() as session:
            if is_loaded(session):
                click.echo(_l("The demo is loaded already. Nothing is changed."))
                return
            load_demo(session, DemoEdge(secret, figure_words, _say), now=now)
            _write_accounts(accounts_file, _add_accounts(session, now))
    except StorageUnavailable as error:
        click.echo(file_message("storage", {}), err=True)
        raise SystemExit(EXIT_UNUSABLE) from error
    except InvalidInput as error:
        click.echo(_l("The demo can be set up from %(day)s on.", day=EARLIEST_SET_UP), err=True)
        raise SystemExit(EXIT_UNUSABLE) from error
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    _say("documents", make_demo_documents(app))
    _say("accounts", len(ACCOUNTS))
    click.echo(str(accounts_file))


def _say(step: str, number: int) -> None:
    click.echo(str(_STEPS[step]) % {"n": number})


def _add_accounts(session: Session, now: datetime) -> list[dict[str, str]]:
    """Make the accounts; return what stands in the file."""
    rows = []
    for email, role, slug in ACCOUNTS:
        if session.scalar(select(User.id).where(User.email == email)) is not None:
            continue
        password = secrets.token_urlsafe(PASSWORD_BYTES)
        municipality = get_municipality(session, slug)
        make_account(
            session, email, password, title=label(role), memberships={municipality: role}, now=now
        )
        rows.append(
            {"email": email, "password": password, "role": role.value, "municipality": slug}
        )
    return rows


def _write_accounts(file: Path, rows: list[dict[str, str]]) -> None:
    """Write the passwords where only the owner can read them, before they are stored as hashes."""
    file.unlink(missing_ok=True)  # an older file may be open to others
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as opened:
        json.dump(rows, opened, ensure_ascii=False, indent=2)
        opened.write("\n")
