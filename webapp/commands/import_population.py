"""``trygghetsdialog import population-counts``: how many live there, by age, gender and area."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn

import click
from flask.cli import with_appcontext
from flask_babel import gettext as _

from surveys.drafts.geography import Origin
from surveys.drafts.population import PopulationRefused
from surveys.errors import InvalidInput, NotFound, StorageUnavailable
from surveys.queries.municipalities.municipalities import get_municipality
from surveys.services.ground.population import PopulationReport, replace_population_counts
from surveys.services.ground.population_rows import MAX_PROBLEMS, read_population_table
from surveys.text.csv_table import MAX_FILE_BYTES, Table, UnusableFile
from webapp.commands.answer_files import refuse
from webapp.commands.import_messages import file_message, population_message
from webapp.transactions import unit_of_work
from webapp.words.rules import rule_text


@click.command("population-counts")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--municipality", "slug", required=True, help="As in the address.")
@click.option("--source", required=True, help="Who made the figures; told beside them.")
@click.option(
    "--date",
    "dated",
    type=click.DateTime(formats=["%Y-%m-%d"]),
    help="Day of the figures; otherwise the last of the year in the column referensar.",
)
@with_appcontext
def population_counts_command(file: Path, slug: str, source: str, dated: datetime | None) -> None:
    """Import inhabitants by age and gender from FILE, for weighting answers.

    A CSV file with the columns kon, aldersgrupp and folkmangd and, where it holds several
    municipalities, kommunkod. A column omrade gives counts by area. What was imported before is
    replaced. Exit code 2: nothing is stored.
    """
    table = _read(file)
    try:
        report = _store(table, slug, Origin(source, None if dated is None else dated.date()))
    except PopulationRefused as error:
        _refuse_all(error)
    _tell(report)


def _read(file: Path) -> Table:
    try:
        with file.open("rb") as opened:
            content = opened.read(MAX_FILE_BYTES + 1)
        return read_population_table(content)
    except UnusableFile as error:
        _refuse(error.code, error.values)
    except (OSError, ValueError):
        _refuse("missing", {"path": str(file)})


def _store(table: Table, slug: str, origin: Origin) -> PopulationReport:
    try:
        with unit_of_work() as session:
            return replace_population_counts(
                session, get_municipality(session, slug), table, origin
            )
    except NotFound:
        _refuse("municipality", {"slug": slug})
    except InvalidInput as error:
        if error.field == "source":
            _refuse("no_source", {})
        refuse(rule_text(error.code))
    except StorageUnavailable:
        _refuse("storage", {})


def _refuse(code: str, values: Mapping[str, str | int]) -> NoReturn:
    refuse(file_message(code, values))


def _refuse_all(error: PopulationRefused) -> NoReturn:
    for problem in error.problems[:MAX_PROBLEMS]:
        click.echo(population_message(problem), err=True)
    more = len(error.problems) - MAX_PROBLEMS
    if more > 0:
        click.echo(_("… and %(count)s more of the kind.", count=more), err=True)
    refuse(_("Nothing is stored."))


def _tell(report: PopulationReport) -> None:
    click.echo(
        _(
            "%(people)s inhabitants in %(groups)s groups and %(areas)s areas stored, as of"
            " %(day)s. %(before)s groups were there before.",
            people=report.n_people,
            groups=report.n_groups,
            areas=report.n_areas,
            day=_day(report.dated_on),
            before=report.n_before,
        )
    )


def _day(day: date | None) -> str:
    return "–" if day is None else day.isoformat()
