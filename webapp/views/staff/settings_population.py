"""How many live in the municipality, by age, gender and area: what answers are weighted to."""

from flask import render_template
from flask_babel import gettext as _

from surveys.drafts.population import PopulationRefused
from surveys.models.response import AgeBand, Gender
from surveys.permissions import Permission
from surveys.queries.ground.population import Population, get_population
from surveys.services.ground.population import replace_population_counts
from surveys.services.ground.population_rows import MAX_PROBLEMS, read_population_table
from surveys.text.csv_table import UnusableFile
from webapp.access import requires
from webapp.commands.import_messages import file_message, population_message
from webapp.extensions import db
from webapp.formatters import number
from webapp.forms.population import PopulationForm
from webapp.labels import label
from webapp.tenancy import current_municipality
from webapp.views.staff.blueprint import blueprint
from webapp.views.staff.saving import UNPROCESSABLE, Answer, done, is_saved

GENDERS = (Gender.WOMAN, Gender.MAN)


@blueprint.route("/<slug:kommun>/handlaggning/installningar/folkmangd", methods=["GET", "POST"])
@requires(Permission.MANAGE_SETTINGS)
def settings_population() -> Answer:
    """What has been imported, and a new table in its place."""
    form = PopulationForm()
    problems: list[str] = []
    if _is_stored(form, problems):
        return done("staff.settings_population", _("The population counts are stored."))
    population = get_population(db.session(), current_municipality())
    page = render_template(
        "staff/settings/population.html",
        form=form,
        problems=problems,
        population=population,
        rows=_rows(population) if population else [],
    )
    return (page, UNPROCESSABLE) if form.is_submitted() else page


def _is_stored(form: PopulationForm, problems: list[str]) -> bool:
    """Whether the table is in; what is wrong with it goes to ``problems``."""
    here = current_municipality()
    try:
        return is_saved(
            form,
            lambda session: replace_population_counts(
                session, here, read_population_table(form.content()), form.origin()
            ),
        )
    except UnusableFile as error:
        problems += [file_message(error.code, error.values)]
    except PopulationRefused as error:
        problems += [population_message(problem) for problem in error.problems[:MAX_PROBLEMS]]
    form.file.errors = problems[:1]
    return False


def _rows(population: Population) -> list[list[str]]:
    """Age group, women, men and both, as on the page."""
    rows = []
    for band in AgeBand:
        counts = [population.groups.get((band, gender), 0) for gender in GENDERS]
        rows.append([label(band), *(number(n) for n in (*counts, sum(counts)))])
    return rows
