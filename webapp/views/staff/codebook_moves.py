"""Two themes become one, or one becomes two."""

import uuid

from flask import render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from surveys.drafts.themes import SplitDraft
from surveys.models.theme import Theme
from surveys.permissions import Permission
from surveys.queries.texts.coded_texts import MAX_SPLIT, list_coded_with
from surveys.queries.texts.themes import get_theme_view, list_themes
from surveys.services.texts.codebook_moves import merge_themes, split_theme
from webapp.access import requires, signed_in_account
from webapp.clock import now
from webapp.extensions import db
from webapp.forms.codebook import MergeForm, ThemeForm
from webapp.tenancy import current_municipality
from webapp.views.staff.blueprint import blueprint
from webapp.views.staff.codebook import (
    MAX_SEARCH,
    ROOT,
    SEARCH_FIELD,
    back_to_theme,
    parent_choices,
)
from webapp.views.staff.saving import UNPROCESSABLE, Answer, done, form_page, is_saved


@blueprint.route(f"{ROOT}/<int:theme_id>/sla-ihop", methods=["GET", "POST"])
@requires(Permission.WRITE_CODEBOOK)
def merge_theme(theme_id: int) -> Answer:
    """Let a theme go into another."""
    municipality, by = current_municipality(), signed_in_account().title
    view = get_theme_view(db.session(), municipality, theme_id)
    others = [
        (str(each.id), each.title())
        for each in list_themes(db.session(), municipality)
        if each.id != theme_id and not each.is_exclusive
    ]
    form = MergeForm(others)
    moved: list[int] = []

    def merge(session: Session) -> None:
        into = int(form.into.data)
        moved.append(merge_themes(session, municipality, theme_id, into, by=by, now=now()))

    if is_saved(form, merge):
        said = ngettext("%(num)s coding was moved.", "%(num)s codings were moved.", moved[0])
        return done("staff.theme", said, theme_id=int(form.into.data))
    lead = _(
        "All codings of the theme go over to the one you choose, and this one is out of use. Where"
        " an answer has both, it has one. What has been saved as evidence stays as it was."
    )
    heading = _("Merge “%(name)s” with another theme", name=view.name)
    return form_page(
        form, heading, back_to_theme(view), tab="codebook", lead=lead, submit=_("Merge")
    )


@blueprint.route(f"{ROOT}/<int:theme_id>/dela", methods=["GET", "POST"])
@requires(Permission.WRITE_CODEBOOK)
def split(theme_id: int) -> Answer:
    """Choose answers of a theme, by a search, and let them go over to a new one."""
    municipality, by = current_municipality(), signed_in_account().title
    view = get_theme_view(db.session(), municipality, theme_id)
    search = request.args.get(SEARCH_FIELD, "")[:MAX_SEARCH].strip()
    found = list_coded_with(db.session(), municipality, theme_id, search)
    form = ThemeForm(parent_choices(), data={"parent": ""})
    chosen = _chosen()
    made: list[Theme] = []

    def divide(session: Session) -> None:
        draft = SplitDraft(form.draft(), chosen)
        made.append(split_theme(session, municipality, theme_id, draft, by=by, now=now()))

    if is_saved(form, divide):
        return done("staff.theme", _("The theme is split."), theme_id=made[0].id)
    page = render_template(
        "staff/codebook/split.html",
        theme=view,
        form=form,
        found=found,
        most=MAX_SPLIT,
        search=search,
        chosen=chosen,
        here=url_for("staff.split", theme_id=theme_id, sok=search or None),
    )
    return (page, UNPROCESSABLE) if form.is_submitted() else page


def _chosen() -> frozenset[uuid.UUID]:
    """The ticked answers; what is no id was not ticked on our page."""
    ids = set()
    for typed in request.form.getlist("responses"):
        try:
            ids.add(uuid.UUID(typed))
        except ValueError:
            continue
    return frozenset(ids)
