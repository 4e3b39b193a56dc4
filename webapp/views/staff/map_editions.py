"""The public map in Handläggning: prepare it, look at what would be public, publish, take down."""

from flask import render_template, url_for
from flask_babel import gettext as _

from surveys.models.dialogue import Dialogue
from surveys.models.map_edition import EditionState
from surveys.permissions import Permission
from surveys.queries.dialogues.dialogues import get_dialogue
from surveys.queries.maps.map_editions import NOT_YET_PUBLIC, get_edition, list_editions
from surveys.services.maps.map_edition_steps import (
    COMPUTE_EDITION,
    publish_edition,
    request_edition,
    withdraw_edition,
)
from webapp.access import requires, signed_in_account
from webapp.clock import now
from webapp.extensions import db
from webapp.forms.map_editions import PrepareForm, TakeDownForm
from webapp.navigation import dialogue_tabs
from webapp.public_maps import draw_public_map
from webapp.queue import job_queue
from webapp.tenancy import current_municipality
from webapp.transactions import unit_of_work
from webapp.views.staff.blueprint import blueprint
from webapp.views.staff.saving import Answer, done, form_page, is_saved


@blueprint.get("/<slug:kommun>/handlaggning/dialoger/<slug:slug>/publik-karta/")
@requires(Permission.READ_MAP)
def public_map(slug: str) -> str:
    """What is public, what would be, and the editions there have been."""
    here = current_municipality()
    dialogue = _dialogue(slug)
    editions = list_editions(db.session(), here, dialogue)
    told = [edition for edition in editions if edition.state not in NOT_YET_PUBLIC]
    coming = next((edition for edition in editions if edition.state in NOT_YET_PUBLIC), None)
    is_ready = coming is not None and coming.state is EditionState.PREVIEW
    return render_template(
        "staff/public_map.html",
        dialogue=dialogue,
        editions=told,
        coming=coming,
        drawn=draw_public_map(here, coming) if coming and is_ready else None,
        staff_tabs=dialogue_tabs(dialogue),
        staff_label=dialogue.title,
    )


@blueprint.route(
    "/<slug:kommun>/handlaggning/dialoger/<slug:slug>/publik-karta/forbered",
    methods=["GET", "POST"],
)
@requires(Permission.PUBLISH_PICTURE)
def prepare_public_map(slug: str) -> Answer:
    """Ask the job process for the next edition; the first one settles cell and limit."""
    here, asked = current_municipality(), list[int]()
    _dialogue(slug)  # the form is of one that there is
    form = PrepareForm(data={"cell_m": "250", "least": "5"}).offer()
    if is_saved(
        form,
        lambda session: asked.append(
            request_edition(
                session,
                here,
                _dialogue(slug),
                cell_m=int(form.cell_m.data),
                least=int(form.least.data),
                now=now(),
            ).id
        ),
    ):
        job_queue().enqueue(COMPUTE_EDITION, here.id, asked[0])
        return done(
            "staff.public_map",
            _("The map is being prepared. Load the page again in a few seconds."),
            slug=slug,
        )
    return form_page(
        form,
        _("Prepare a public map"),
        _back(slug),
        tab="public_map",
        submit=_("Prepare"),
        lead=_(
            "The first map that is published settles both for all later ones of the dialogue:"
            " two maps laid over each other would tell what neither does."
        ),
    )


@blueprint.post(
    "/<slug:kommun>/handlaggning/dialoger/<slug:slug>/publik-karta/<int:edition_id>/publicera"
)
@requires(Permission.PUBLISH_PICTURE)
def publish_public_map(slug: str, edition_id: int) -> Answer:
    """Make the prepared edition what readers see."""
    here, role = current_municipality(), signed_in_account().title
    with unit_of_work() as session:
        publish_edition(session, here, _dialogue(slug), edition_id, role=role, now=now())
    return done("staff.public_map", _("The map is published."), slug=slug)


@blueprint.route(
    "/<slug:kommun>/handlaggning/dialoger/<slug:slug>/publik-karta/<int:edition_id>/ta-ned",
    methods=["GET", "POST"],
)
@requires(Permission.PUBLISH_PICTURE)
def take_down_public_map(slug: str, edition_id: int) -> Answer:
    """Take the published edition down, with a reason that readers see."""
    here, form = current_municipality(), TakeDownForm()
    get_edition(db.session(), here, _dialogue(slug), edition_id)  # the form is of one that there is
    if is_saved(
        form,
        lambda session: withdraw_edition(
            session, here, _dialogue(slug), edition_id, reason=form.reason.data, now=now()
        ),
    ):
        return done("staff.public_map", _("The map is taken down."), slug=slug)
    return form_page(
        form, _("Take the map down"), _back(slug), tab="public_map", submit=_("Take down")
    )


def _dialogue(slug: str) -> Dialogue:
    return get_dialogue(db.session(), current_municipality(), slug)


def _back(slug: str) -> tuple[str, str]:
    return url_for("staff.public_map", slug=slug), _("Public map")
