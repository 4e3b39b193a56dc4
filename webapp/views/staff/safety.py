"""The safety queue: answers that somebody must read soon, and where it is told on."""

import uuid

from flask import render_template, request, url_for
from flask_babel import gettext as _

from surveys.permissions import Permission
from surveys.queries.dialogues.dialogues import get_dialogue
from surveys.queries.dialogues.safety import list_flags
from surveys.queries.texts.free_text import get_text_entry
from surveys.services.dialogues.safety import close_flag, raise_flag
from surveys.services.texts.unmasking import AnswerAddress
from webapp.access import requires, signed_in_account
from webapp.clock import now
from webapp.extensions import db
from webapp.forms.answers import FlagForm, RouteForm
from webapp.tenancy import current_municipality
from webapp.transactions import unit_of_work
from webapp.views.staff.blueprint import blueprint
from webapp.views.staff.saving import Answer, done, form_page, is_saved
from webapp.words.safety import routes

PAGE_FIELD = "sida"
_QUEUE = "/<slug:kommun>/handlaggning/larm"


@blueprint.get(_QUEUE)
@requires(Permission.HANDLE_SAFETY)
def safety() -> str:
    """The queue, open ones first, with whom to tell of each kind."""
    typed = request.args.get(PAGE_FIELD, "1")
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 6 else 1
    here = current_municipality()
    return render_template(
        "staff/safety.html",
        page=list_flags(db.session(), here, page=number),
        routes=routes(here),
    )


@blueprint.route(_QUEUE + "/<uuid:flag>/vidare", methods=["GET", "POST"])
@requires(Permission.HANDLE_SAFETY)
def route_flag(flag: uuid.UUID) -> Answer:
    """Say to which function an answer has been told on."""
    form = RouteForm()
    here, by = current_municipality(), signed_in_account().title
    if is_saved(
        form,
        lambda session: close_flag(
            session, here, flag, form.routed_to.data or "", by=by, now=now()
        ),
    ):
        return done("staff.safety", _("Written down. The case itself is handled elsewhere."))
    return form_page(
        form,
        _("Told on"),
        (url_for("staff.safety"), _("Safety queue")),
        tab="safety",
        lead=_("Call first, write here afterwards. Nothing about the case is kept here."),
    )


@blueprint.post(_QUEUE + "/<uuid:flag>/inget")
@requires(Permission.HANDLE_SAFETY)
def dismiss_flag(flag: uuid.UUID) -> Answer:
    """Say that an answer was read and that there is nothing to act on."""
    with unit_of_work() as session:
        by = signed_in_account().title
        close_flag(session, current_municipality(), flag, None, by=by, now=now())
    return done("staff.safety", _("Read, and nothing to act on."))


@blueprint.route(
    "/<slug:kommun>/handlaggning/dialoger/<slug:slug>/svar/<uuid:response>/larm",
    methods=["GET", "POST"],
)
@requires(Permission.READ_FREE_TEXT)
def flag_answer(slug: str, response: uuid.UUID) -> Answer:
    """Put an answer into the queue by hand."""
    here = current_municipality()
    dialogue = get_dialogue(db.session(), here, slug)
    get_text_entry(db.session(), here, dialogue, response)
    form, by = FlagForm(), signed_in_account().title
    if is_saved(
        form,
        lambda session: raise_flag(
            session,
            here,
            AnswerAddress(get_dialogue(session, here, slug), response),
            form.chosen(),
            by=by,
            now=now(),
        ),
    ):
        said = _("The answer is in the safety queue. If it is urgent, call 112 yourself now.")
        return done("staff.one_answer", said, slug=slug, response=response)
    return form_page(
        form,
        _("To the safety queue"),
        (url_for("staff.one_answer", slug=slug, response=response), _("The answer")),
        tab="free_text",
        lead=_("If somebody is in danger now, call 112 first. The queue is no alarm."),
    )
