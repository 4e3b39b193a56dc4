"""The console command ``trygghetsdialog``."""

import logging
from datetime import datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import FlaskGroup, with_appcontext

from surveys.days import SWEDEN
from webapp import create_app
from webapp.clock import now
from webapp.commands.analyse import analyse_group
from webapp.commands.check import check_group
from webapp.commands.counts import counts_group
from webapp.commands.evidence import evidence_group
from webapp.commands.exports import export_group
from webapp.commands.imports import import_group
from webapp.commands.mask import mask_group
from webapp.commands.responses import responses_group
from webapp.database import downgrade_database, upgrade_database
from webapp.failure_log import keep_words_out_of_logs

WEB_THREADS = 8
# The server puts a whole body on disk before a page may refuse it in words. Bodies beyond this many
# times the largest that a page takes are cut off without words.
RECEIVED_AT_MOST = 8
SET_UP_HOUR = 9  # on a day named by hand


@click.group(cls=FlaskGroup, create_app=create_app, add_default_commands=False)
def cli() -> None:
    """Run and look after Trygghetsdialog."""


@cli.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=int, envvar="PORT")
@with_appcontext
def serve(host: str, port: int) -> None:
    """Run the web server. It keeps no access log, so no visitor's address is written."""
    from waitress import serve as serve_forever

    from webapp.edge.warming import warm_up

    keep_words_out_of_logs()
    warm_up(current_app._get_current_object())  # type: ignore[attr-defined]
    # Eight phones at once make it say for each request that one had to wait a moment.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    serve_forever(
        current_app._get_current_object(),  # type: ignore[attr-defined]
        host=host,
        port=port,
        threads=WEB_THREADS,
        ident=None,
        clear_untrusted_proxy_headers=False,
        max_request_body_size=RECEIVED_AT_MOST * current_app.config["MAX_CONTENT_LENGTH"],
    )


@cli.command()
@with_appcontext
def worker() -> None:
    """Run the job process: hotspots and everything else that must not block a page."""
    from webapp.worker import run_worker

    run_worker(current_app._get_current_object())  # type: ignore[attr-defined]


@cli.group("demo")
def demo() -> None:
    """Content to try everything with."""


@demo.command("load")
@click.option(
    "--today",
    type=click.DateTime(formats=["%Y-%m-%d"]),
    help="Set the demo up as on this day; without it, as today.",
)
@with_appcontext
def load_demo(today: datetime | None) -> None:
    """Load the demo into an empty database. Loaded already, it is left as it is."""
    from webapp.commands.demo import load

    moment = now() if today is None else today.replace(hour=SET_UP_HOUR, tzinfo=SWEDEN)
    load(
        Path(current_app.instance_path) / "demo-accounts.json",
        current_app.config["SECRET_KEY"],
        moment,
    )


@cli.group("db")
def database() -> None:
    """Look after the database's tables."""


@database.command("upgrade")
@with_appcontext
def upgrade() -> None:
    """Bring the tables to this version's shape."""
    upgrade_database(current_app.config["SQLALCHEMY_DATABASE_URI"])
    click.echo("The database is up to date.")


@database.command("downgrade")
@click.argument("revision")
@with_appcontext
def downgrade(revision: str) -> None:
    """Take the tables back to REVISION ("base" removes them all)."""
    downgrade_database(current_app.config["SQLALCHEMY_DATABASE_URI"], revision)
    click.echo(f"The database is at {revision}.")


cli.add_command(analyse_group)
cli.add_command(check_group)
cli.add_command(counts_group)
cli.add_command(evidence_group)
cli.add_command(export_group)
cli.add_command(import_group)
cli.add_command(mask_group)
cli.add_command(responses_group)


def main() -> None:
    """Entry point of the console script."""
    cli(prog_name="trygghetsdialog")


if __name__ == "__main__":
    main()
