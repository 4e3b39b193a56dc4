"""Reading an action plan in: a file or a pasted table, looked through, and made a draft plan."""

from contextlib import closing

from flask import render_template
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response
from wtforms import Field

from surveys.errors import Conflict, InvalidInput
from surveys.models.plan import ActionPlan
from surveys.permissions import Permission
from surveys.plan_files.blocks import UnreadablePlan
from surveys.plan_files.found import FoundPlan
from surveys.plan_files.reading import read_pasted, read_plan
from surveys.queries.plans.imports import list_draft_plans, list_waiting_imports, view_import
from surveys.services.plans.import_confirming import ImportNotReady, confirm_import
from surveys.services.plans.imports import (
    discard_import,
    place_loose_rows,
    store_import,
    take_latin_readings,
)
from webapp.access import requires, signed_in_account
from webapp.clock import now
from webapp.extensions import db
from webapp.forms.plan_imports import ConfirmForm, LooseRowsForm, PlanFileForm
from webapp.tenancy import current_municipality
from webapp.transactions import unit_of_work
from webapp.views.staff.blueprint import blueprint
from webapp.views.staff.saving import CONFLICT, UNPROCESSABLE, Answer, done
from webapp.words.plan_import import doubt_words, row_place, unreadable_words
from webapp.words.rules import rule_text
from webapp.words.schedule import reading_words

ROOT = "/<slug:kommun>/handlaggning/handlingsplan/las-in"
ONE = f"{ROOT}/<int:import_id>"


@blueprint.route(ROOT, methods=["GET", "POST"])
@requires(Permission.WRITE_PLAN)
def read_plan_in() -> Answer:
    """Choose a file or paste a table; below it what has been read and waits."""
    form = PlanFileForm()
    if form.validate_on_submit():
        try:
            found = _read(form)
            import_id = _store(found, form)
        except UnreadablePlan as error:
            _field(form).errors = [unreadable_words(error.code, error.values)]
        except InvalidInput as error:
            form.form_errors.append(rule_text(error.code))
        else:
            n = len(found.rows)
            told = ngettext(
                "%(num)s row is read. Look it through.",
                "%(num)s rows are read. Look them through.",
                n,
            )
            return done("staff.plan_import", told, import_id=import_id)
    waiting = list_waiting_imports(db.session(), current_municipality())
    page = render_template("staff/plan_imports/file.html", form=form, waiting=waiting)
    return (page, UNPROCESSABLE) if form.is_submitted() else page


@blueprint.get(ONE)
@requires(Permission.WRITE_PLAN)
def plan_import(import_id: int) -> str:
    """What was read, row by row, with what is doubtful and what can be done about it."""
    return import_page(import_id)


@blueprint.post(f"{ONE}/skapa")
@requires(Permission.WRITE_PLAN)
def confirm_plan_import(import_id: int) -> Answer:
    """Make a draft plan of what was read, or add it to one."""
    municipality, form = current_municipality(), _confirm_form()
    made: list[ActionPlan] = []
    try:
        with unit_of_work() as session:
            made.append(
                confirm_import(
                    session,
                    municipality,
                    import_id,
                    revision=form.revision.data or 0,
                    into=form.into.data or None,
                    now=now(),
                )
            )
    except ImportNotReady:
        error = _("Something has to be decided first. It is marked below.")
        return import_page(import_id, error), UNPROCESSABLE
    except InvalidInput as error_found:
        return import_page(import_id, rule_text(error_found.code)), UNPROCESSABLE
    except Conflict as error_found:
        return import_page(import_id, conflict_words(error_found)), CONFLICT
    return done("staff.plan", _("The plan is a draft. Readers do not see it."), slug=made[0].slug)


@blueprint.post(f"{ONE}/latinska")
@requires(Permission.WRITE_PLAN)
def take_latin(import_id: int) -> Response:
    """Take every proposed Latin spelling."""
    municipality = current_municipality()
    with unit_of_work() as session:
        take_latin_readings(session, municipality, import_id)
    return done("staff.plan_import", _("The words have Latin letters now."), import_id=import_id)


@blueprint.post(f"{ONE}/utan-omrade")
@requires(Permission.WRITE_PLAN)
def place_rows(import_id: int) -> Answer:
    """Put all rows that stand under no area under one."""
    municipality, form = current_municipality(), LooseRowsForm()
    try:
        with unit_of_work() as session:
            place_loose_rows(session, municipality, import_id, form.name.data or "")
    except InvalidInput as error:
        return import_page(import_id, rule_text(error.code)), UNPROCESSABLE
    return done("staff.plan_import", _("The rows have an area."), import_id=import_id)


@blueprint.post(f"{ONE}/kasta")
@requires(Permission.WRITE_PLAN)
def discard_plan_import(import_id: int) -> Answer:
    """Throw away what was read."""
    municipality = current_municipality()
    try:
        with unit_of_work() as session:
            discard_import(session, municipality, import_id)
    except Conflict as error:
        return import_page(import_id, conflict_words(error)), CONFLICT
    return done("staff.read_plan_in", _("What was read is thrown away."))


def import_page(import_id: int, error: str | None = None) -> str:
    """The page that an import is looked through on, with ``error`` first."""
    municipality = current_municipality()
    view = view_import(db.session(), municipality, import_id)
    form = _confirm_form(view.revision)
    return render_template(
        "staff/plan_imports/review.html",
        view=view,
        form=form,
        loose=LooseRowsForm(formdata=None),
        error=error,
        doubt_words=doubt_words,
        row_place=row_place,
        reading_words=reading_words,
        blocking={doubt.code for _row, doubt in view.blocking},
    )


def conflict_words(error: Conflict) -> str:
    """Why a change was not made, and what to do."""
    if str(error) == "confirmed":
        return _("It has become a plan already. Go on in the plan.")
    if str(error) == "published":
        return _("That plan has been published meanwhile. Choose another, or a new one.")
    return _(
        "Somebody else has changed it since you opened the page. This is how it stands now: look"
        " at it, and do it again."
    )


def _confirm_form(revision: int | None = None) -> ConfirmForm:
    plans = list_draft_plans(db.session(), current_municipality())
    form = ConfirmForm([(plan.slug, plan.title) for plan in plans])
    if revision is not None:
        form.revision.data = revision
    return form


def _read(form: PlanFileForm) -> FoundPlan:
    if form.has_file():
        with closing(form.file.data) as sent:
            return read_plan(sent.read(), sent.filename)
    return read_pasted(form.pasted.data)


def _store(found: FoundPlan, form: PlanFileForm) -> int:
    municipality, by = current_municipality(), signed_in_account().title
    name = form.file.data.filename if form.has_file() else _("Pasted table")
    with unit_of_work() as session:
        return store_import(session, municipality, found, name, by=by, now=now()).id


def _field(form: PlanFileForm) -> Field:
    return form.file if form.has_file() else form.pasted
