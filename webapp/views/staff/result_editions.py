"""Published results in Handläggning: prepare, look at what would be public, publish, take down."""

from collections.abc import Iterable

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from surveys.errors import Conflict, NotFound
from surveys.models.dialogue import Dialogue
from surveys.models.map_edition import EditionState
from surveys.permissions import Permission
from surveys.queries.dialogues.dialogues import get_dialogue
from surveys.queries.maps.map_editions import NOT_YET_PUBLIC
from surveys.queries.results.result_editions import list_result_editions
from surveys.services.results.result_editions import (
    count_results,
    publish_results,
    request_results,
    store_results,
    withdraw_results,
)
from webapp.access import requires, signed_in_account
from webapp.clock import now
from webapp.extensions import db
from webapp.forms.result_editions import TakeDownResultsForm
from webapp.navigation import dialogue_tabs, may_open
from webapp.public_results import draw_results
from webapp.tenancy import current_municipality
from webapp.transactions import unit_of_work
from webapp.views.staff.blueprint import blueprint
from webapp.views.staff.saving import SEE_OTHER, Answer, done, form_page, is_saved
from webapp.words.result import table_title


@blueprint.get("/<slug:kommun>/handlaggning/dialoger/<slug:slug>/publicerade-resultat/")
@requires(Permission.READ_RESULTS)
def public_results(slug: str) -> str:
    """What is public, what would be, and the editions there have been.

    What is only prepared is for those who publish: two drafts beside each other would tell what
    nobody without the right to rows may know.
    """
    dialogue = _dialogue(slug)
    editions = list_result_editions(db.session(), current_municipality(), dialogue)
    told = [edition for edition in editions if edition.state not in NOT_YET_PUBLIC]
    coming = next((edition for edition in editions if edition.state in NOT_YET_PUBLIC), None)
    may_publish = may_open("staff.prepare_public_results")
    is_ready = coming is not None and coming.state is EditionState.PREVIEW and may_publish
    return render_template(
        "staff/public_results.html",
        dialogue=dialogue,
        may_publish=may_publish,
        editions=told,
        coming=coming if may_publish else None,
        drawn=draw_results(coming) if coming and is_ready else None,
        standing=_titles(coming.left_out.get("standing", ()) if coming else ()),
        untold=_titles(coming.left_out.get("untold", ()) if coming else ()),
        staff_tabs=dialogue_tabs(dialogue),
        staff_label=dialogue.title,
    )


@blueprint.post("/<slug:kommun>/handlaggning/dialoger/<slug:slug>/publicerade-resultat/forbered")
@requires(Permission.PUBLISH_RESULTS)
def prepare_public_results(slug: str) -> Answer:
    """Count the next edition, for somebody to look at. While it counts, residents can answer."""
    here = current_municipality()
    with unit_of_work() as session:
        asked = request_results(session, here, _dialogue(slug), now=now()).id
    try:
        drafted = count_results(db.session(), here, _dialogue(slug), asked)
        with unit_of_work() as session:
            store_results(session, here, _dialogue(slug), asked, drafted)
    except (NotFound, Conflict):
        flash(_("An answer was taken back meanwhile. Prepare the results again."), "warning")
    return redirect(url_for("staff.public_results", slug=slug, _anchor="next"), SEE_OTHER)


@blueprint.post(
    "/<slug:kommun>/handlaggning/dialoger/<slug:slug>/publicerade-resultat"
    "/<int:edition_id>/publicera"
)
@requires(Permission.PUBLISH_RESULTS)
def publish_public_results(slug: str, edition_id: int) -> Answer:
    """Make the prepared edition what readers see."""
    here, role = current_municipality(), signed_in_account().title
    try:
        with unit_of_work() as session:
            publish_results(session, here, _dialogue(slug), edition_id, role=role, now=now())
    except Conflict:
        flash(_("Nothing was published. Prepare the results again and look at them."), "warning")
        return redirect(url_for("staff.public_results", slug=slug), SEE_OTHER)
    return done("staff.public_results", _("The results are published."), slug=slug)


@blueprint.route(
    "/<slug:kommun>/handlaggning/dialoger/<slug:slug>/publicerade-resultat/<int:edition_id>/ta-ned",
    methods=["GET", "POST"],
)
@requires(Permission.PUBLISH_RESULTS)
def take_down_public_results(slug: str, edition_id: int) -> Answer:
    """Take the published edition down, with a reason that readers see."""
    here, form = current_municipality(), TakeDownResultsForm()
    if is_saved(
        form,
        lambda session: withdraw_results(
            session, here, _dialogue(slug), edition_id, reason=form.reason.data, now=now()
        ),
    ):
        return done("staff.public_results", _("The results are taken down."), slug=slug)
    return form_page(
        form, _("Take the results down"), _back(slug), tab="public_results", submit=_("Take down")
    )


def _dialogue(slug: str) -> Dialogue:
    return get_dialogue(db.session(), current_municipality(), slug)


def _titles(keys: Iterable[str]) -> list[str]:
    return [table_title({"key": key}) for key in keys]


def _back(slug: str) -> tuple[str, str]:
    return url_for("staff.public_results", slug=slug), _("Published results")
