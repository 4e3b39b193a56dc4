"""Putting right what was read of a plan: its head, its areas and its rows, one at a time."""

from collections.abc import Callable
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from surveys.errors import Conflict, InvalidInput, NotFound
from surveys.permissions import Permission
from surveys.plan_files.found import FoundArea
from surveys.queries.plans.imports import ImportView, RowView, view_import
from surveys.services.plans.import_steps import (
    drop_row,
    join_row,
    keep_apart,
    restore_row,
    split_row,
)
from surveys.services.plans.imports import edit_import_area, edit_import_head, edit_import_row
from webapp.access import requires
from webapp.extensions import db
from webapp.forms.plan_imports import (
    ImportAreaForm,
    ImportHeadForm,
    ImportRowForm,
    JoinRowsForm,
    area_values,
    head_values,
    row_values,
)
from webapp.tenancy import current_municipality
from webapp.transactions import unit_of_work
from webapp.views.staff.blueprint import blueprint
from webapp.views.staff.plan_imports import ONE, conflict_words, import_page
from webapp.views.staff.saving import (
    CONFLICT,
    UNPROCESSABLE,
    Answer,
    done,
    form_page,
    is_saved,
)
from webapp.words.plan_import import doubt_words, row_place
from webapp.words.rules import rule_text
from webapp.words.schedule import reading_words

ROW = f"{ONE}/rader/<int:number>"


@blueprint.route(f"{ONE}/plan", methods=["GET", "POST"])
@requires(Permission.WRITE_PLAN)
def edit_plan_import_head(import_id: int) -> Answer:
    """Title, period, and what the plan says of itself."""
    municipality, view = current_municipality(), _view(import_id)
    form = ImportHeadForm(data=head_values(view.head))
    if is_saved(
        form,
        lambda s: edit_import_head(s, municipality, import_id, form.draft()),
        lambda: ImportHeadForm(formdata=None, data=head_values(_view(import_id).head)),
    ):
        return done("staff.plan_import", _("Saved."), import_id=import_id)
    return form_page(form, _("The plan"), _back(view), tab="plans")


@blueprint.route(f"{ONE}/omraden/<int:number>", methods=["GET", "POST"])
@requires(Permission.WRITE_PLAN)
def edit_plan_import_area(import_id: int, number: int) -> Answer:
    """An area's name and goals."""
    municipality, view = current_municipality(), _view(import_id)
    form = ImportAreaForm(data=area_values(_area(view, number)))
    if is_saved(
        form,
        lambda s: edit_import_area(s, municipality, import_id, number, form.draft()),
        lambda: ImportAreaForm(formdata=None, data=area_values(_area(_view(import_id), number))),
    ):
        return done("staff.plan_import", _("The area is saved."), import_id=import_id)
    return form_page(form, _("Change the area"), _back(view), tab="plans")


@blueprint.route(ROW, methods=["GET", "POST"])
@requires(Permission.WRITE_PLAN)
def edit_plan_import_row(import_id: int, number: int) -> Answer:
    """A row's cells and where it stands."""
    municipality, view = current_municipality(), _view(import_id)
    form = _row_form(view, number)
    if is_saved(
        form,
        lambda s: edit_import_row(s, municipality, import_id, number, form.draft()),
        lambda: _row_form(_view(import_id), number, formdata=None),
    ):
        told = _("Row %(row)s is saved.", row=number)
        return done("staff.plan_import", told, import_id=import_id, _anchor=f"rad-{number}")
    page = _row_page(form, _view(import_id), number)
    if not form.is_submitted():
        return page
    return page, CONFLICT if getattr(form, "changed", None) else UNPROCESSABLE


@blueprint.post(f"{ROW}/<slug:step>")
@requires(Permission.WRITE_PLAN)
def step_plan_import_row(import_id: int, number: int, step: str) -> Answer:
    """Leave a row out, take it in again, join it with another or part them."""
    work, told = _step(import_id, number, step)
    try:
        with unit_of_work() as session:
            work(session)
    except InvalidInput as error:
        return import_page(import_id, rule_text(error.code)), UNPROCESSABLE
    except Conflict as error:
        return import_page(import_id, conflict_words(error)), CONFLICT
    return done("staff.plan_import", told, import_id=import_id, _anchor=f"rad-{number}")


def _step(import_id: int, number: int, step: str) -> tuple[Callable[[Session], None], str]:
    """What the step does, and the words that tell that it is done; raise NotFound."""
    municipality, form = current_municipality(), JoinRowsForm([])
    revision, typed = form.revision.data or 0, form.other.data or ""
    other = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 0
    which = (municipality, import_id, number, revision)
    steps: dict[str, tuple[Callable[[Session], None], str]] = {
        "bort": (lambda s: drop_row(s, *which), _("Row %(row)s is left out.", row=number)),
        "med": (lambda s: restore_row(s, *which), _("Row %(row)s is in again.", row=number)),
        "dela": (lambda s: split_row(s, *which), _("Row %(row)s stands by itself.", row=number)),
        "samma": (
            lambda s: join_row(s, *which, other=other),
            _("The rows are one activity, under both areas."),
        ),
        "olika": (
            lambda s: keep_apart(s, *which, other=other),
            _("The rows are two activities."),
        ),
    }
    if step not in steps:
        raise NotFound(step)
    return steps[step]


def _row_form(view: ImportView, number: int, **options: Any) -> ImportRowForm:
    return ImportRowForm(_areas(view), data=row_values(_row(view, number).row), **options)


def _row_page(form: ImportRowForm, view: ImportView, number: int) -> str:
    found = _row(view, number)
    others = [(v.row.number, v.row.activity) for v in view.rows if v.row.number != number]
    return render_template(
        "staff/plan_imports/row.html",
        form=form,
        join=JoinRowsForm(others, formdata=None),
        view=view,
        found=found,
        doubt_words=doubt_words,
        row_place=row_place,
        reading_words=reading_words,
    )


def _view(import_id: int) -> ImportView:
    return view_import(db.session(), current_municipality(), import_id)


def _areas(view: ImportView) -> list[FoundArea]:
    return [group.area for group in view.areas if group.area]


def _area(view: ImportView, number: int) -> FoundArea:
    for area in _areas(view):
        if area.number == number:
            return area
    raise NotFound(str(number))


def _row(view: ImportView, number: int) -> RowView:
    for found in view.rows:
        if found.row.number == number:
            return found
    raise NotFound(str(number))


def _back(view: ImportView) -> tuple[str, str]:
    return url_for("staff.plan_import", import_id=view.id), _("Back to the rows")
