"""``trygghetsdialog analyse``: what the product reads in a text, as JSON. Needs no database."""

import json
from datetime import date, datetime

import click

from surveys.schedule.grammar import parse
from surveys.schedule.grammar_schedule import expect
from surveys.schedule.periods import Window
from surveys.schedule.readback import printed
from webapp.commands.analyse_maps import gi_command, hotspots_command, scan_command
from webapp.commands.analyse_mask import mask_command
from webapp.commands.analyse_themes import themes_command

DATE = click.DateTime(["%Y-%m-%d"])
# The public holidays act is of 1989; a promise is for some years, and all of them are listed.
FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2099, 12, 31)


@click.group("analyse")
def analyse_group() -> None:
    """Show what the product reads in a text."""


analyse_group.add_command(themes_command)
analyse_group.add_command(mask_command)
for command in (hotspots_command, scan_command, gi_command):
    analyse_group.add_command(command)


@analyse_group.command("schedule")
@click.argument("texts", metavar="TEXT...", nargs=-1, required=True)
@click.option("--from", "starts_at", type=DATE, required=True, help="First day of the window.")
@click.option("--to", "ends_at", type=DATE, required=True, help="Last day of the window.")
def schedule(texts: tuple[str, ...], starts_at: datetime, ends_at: datetime) -> None:
    """Read when something is promised in each TEXT, Swedish or English: one JSON object a line.

    Put -- before a TEXT that begins with a dash.
    """
    window = _window(starts_at.date(), ends_at.date())
    for text in texts:
        read = parse(text, window)
        line = json.dumps(printed(read, expect(read, window)), ensure_ascii=False)
        # Bytes: JSON is UTF-8 whatever the terminal's own encoding.
        click.echo(line.encode("utf-8", "replace"))


def _window(starts_on: date, ends_on: date) -> Window:
    if starts_on > ends_on:
        raise click.BadParameter("--from must not be later than --to.")
    if starts_on < FIRST_DAY or ends_on > LAST_DAY:
        raise click.BadParameter(f"the window must lie between {FIRST_DAY} and {LAST_DAY}.")
    return Window(starts_on, ends_on)
