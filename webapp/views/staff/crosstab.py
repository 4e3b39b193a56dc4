"""Any question, theme or place reason by any group, with filters in the address."""

from flask import render_template, request
from flask_babel import gettext as _

from surveys.errors import InvalidInput, NotFound
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.permissions import Permission
from surveys.privacy import limits_of
from surveys.queries.dialogues.dialogues import get_dialogue
from surveys.queries.results.crosstabs import Crosstab, Filters, Group, make_crosstab
from surveys.queries.results.table_choices import list_choices
from surveys.queries.results.unplaced import Unplaced, count_unplaced
from webapp.access import requires
from webapp.extensions import db
from webapp.filter_fields import filter_fields, table_fields
from webapp.looks import log_looks, sees_rows
from webapp.navigation import dialogue_tabs
from webapp.table_views import view_table
from webapp.tenancy import current_municipality
from webapp.views.staff.blueprint import blueprint
from webapp.words.filter import read_filters, read_group, read_measure, write_table


@blueprint.get("/<slug:kommun>/handlaggning/dialoger/<slug:slug>/resultat/korstabell")
@requires(Permission.READ_RESULTS)
def crosstab(slug: str) -> tuple[str, int]:
    """One table, as the address asks for it; gender is the split of an address without any."""
    municipality = current_municipality()
    dialogue = get_dialogue(db.session(), municipality, slug)
    measure = read_measure(request.args)
    by = read_group(request.args, None if request.args else Group.GENDER)
    filters, table, refused = Filters(), None, ""
    try:
        filters = read_filters(request.args)
        table = _make(municipality, dialogue, measure, by, filters)
    except InvalidInput as error:
        refused = error.code
    log_looks([dialogue], has_below=table is not None and table.has_below)
    page = _page(municipality, dialogue, (measure, by, filters), table, refused)
    return page, 400 if refused == "unknown_filter" else 200


def _make(
    municipality: Municipality, dialogue: Dialogue, measure: str, by: Group | None, filters: Filters
) -> Crosstab:
    return make_crosstab(
        db.session(),
        municipality,
        dialogue,
        measure=measure,
        by=by,
        filters=filters,
        sees_rows=sees_rows(),
    )


def _page(
    municipality: Municipality,
    dialogue: Dialogue,
    asked: tuple[str, Group | None, Filters],
    table: Crosstab | None,
    refused: str,
) -> str:
    measure, by, filters = asked
    session = db.session()
    choices = list_choices(session, municipality, dialogue)
    known = {key for key, _wording in choices.questions} | {*choices.measures, "problems", "wishes"}
    if measure not in known:
        raise NotFound(measure)
    view = view_table(table) if table is not None else None
    return render_template(
        "staff/crosstab.html",
        dialogue=dialogue,
        limits=limits_of(municipality),
        fields=table_fields(choices, measure, by),
        filters=filter_fields(choices.values, filters),
        n_filters=len(filters.as_json()),
        table=view,
        figure={
            "has_chart": view is not None and bool(view.bars or view.plots),
            "anchor": "tabell",
            "dialogue": dialogue.slug,
            "parameters": write_table(measure, by, filters),
        },
        is_suppressed=table is None or table.is_suppressed,
        unplaced=_unplaced(municipality, dialogue, by),
        refused=_refusal(refused),
        staff_tabs=dialogue_tabs(dialogue),
        staff_label=dialogue.title,
    )


def _unplaced(municipality: Municipality, dialogue: Dialogue, by: Group | None) -> Unplaced | None:
    if by is None:
        return None
    return count_unplaced(db.session(), municipality, dialogue, by, sees_rows=sees_rows())


def _refusal(code: str) -> str:
    words = {
        "": "",
        "too_fine": _(
            "With your account, choose one filter or one split, not both. Together they could show"
            " what single persons answered."
        ),
        "only_places": _("Only what is said of places can be split by where the places lie."),
        "unknown_filter": _("We do not find what the address asks for. Choose in the lists."),
    }
    return words[code]
