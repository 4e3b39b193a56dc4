"""Languages: how much is translated, what residents are offered, and the questions' own words."""

from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from surveys.errors import InvalidInput
from surveys.languages import LANGUAGES, SWEDISH, Language, find_language
from surveys.models.language import ReviewScope
from surveys.permissions import Permission
from surveys.queries.dialogues.dialogues import get_dialogue
from surveys.queries.dialogues.languages import Approval, list_approvals, list_worded_dialogues
from surveys.services.dialogues.languages import ApprovalDraft, approve_language, withdraw_approval
from surveys.services.dialogues.wordings import word_questions
from webapp.access import requires, signed_in_account
from webapp.catalogues import Coverage, coverage_of
from webapp.clock import now, today
from webapp.extensions import db
from webapp.forms.languages import typed_wordings, wording_form
from webapp.labels import label
from webapp.tenancy import current_municipality
from webapp.transactions import unit_of_work
from webapp.views.staff.blueprint import blueprint
from webapp.views.staff.saving import SEE_OTHER, Answer, done, form_page, is_saved
from webapp.words.rules import rule_text

ROOT = "/<slug:kommun>/handlaggning/sprak"


@dataclass(frozen=True, slots=True)
class LanguageRow:
    """One language as the page tells of it: what is translated and who stands for it."""

    language: Language
    coverage: Coverage
    approvals: dict[ReviewScope, Approval]


@blueprint.get(ROOT)
@requires(Permission.MANAGE_DIALOGUE)
def languages() -> str:
    """Every language but Swedish, with its state, and the dialogues that can be answered."""
    session, municipality = db.session(), current_municipality()
    approvals = list_approvals(session, municipality)
    rows = [
        LanguageRow(
            language,
            coverage_of(language),
            {scope: by for (code, scope), by in approvals.items() if code == language.code},
        )
        for language in LANGUAGES
        if language != SWEDISH
    ]
    return render_template(
        "staff/languages.html",
        rows=rows,
        scopes=list(ReviewScope),
        dialogues=list_worded_dialogues(session, municipality, now()),
    )


@blueprint.post(f"{ROOT}/<slug:language>/godkann")
@requires(Permission.MANAGE_DIALOGUE)
def approve_translation(language: str) -> Response:
    """Offer the language, or its legal texts, to residents; the role and the day are kept."""
    municipality, known = current_municipality(), _language(language)
    membership = signed_in_account().membership_in(municipality)
    draft = ApprovalDraft(
        language=known.code,
        scope=_scope(),
        approved_by=label(membership.role) if membership else "",
        n_missing=coverage_of(known).n_missing,
    )
    try:
        with unit_of_work() as session:
            approve_language(session, municipality, draft, today=today())
    except InvalidInput as error:
        flash(rule_text(error.code), "error")
        return redirect(url_for("staff.languages"), SEE_OTHER)
    return done("staff.languages", _("%(language)s is approved.", language=known.name))


@blueprint.post(f"{ROOT}/<slug:language>/aterkalla")
@requires(Permission.MANAGE_DIALOGUE)
def withdraw_translation(language: str) -> Response:
    """Take an approval back: from now on residents meet Swedish instead."""
    municipality, known, scope = current_municipality(), _language(language), _scope()
    with unit_of_work() as session:
        withdraw_approval(session, municipality, known.code, scope)
    message = _("The approval of %(language)s is withdrawn.", language=known.name)
    return done("staff.languages", message)


@blueprint.route(f"{ROOT}/<slug:language>/fragor/<slug:slug>", methods=["GET", "POST"])
@requires(Permission.MANAGE_DIALOGUE)
def wordings(language: str, slug: str) -> Answer:
    """The questions of one dialogue in one language."""
    municipality, known = current_municipality(), _language(language)
    dialogue = get_dialogue(db.session(), municipality, slug)
    if dialogue.municipality_id != municipality.id:
        abort(404)
    form = wording_form(dialogue.questions, known)

    def work(session: Session) -> None:
        texts = typed_wordings(form, dialogue.questions)
        own = get_dialogue(session, municipality, slug)
        word_questions(session, municipality, own, known.code, texts, now=now())

    if is_saved(form, work):
        return done("staff.languages", _("The questions are saved."))
    return form_page(
        form,
        _("Questions in %(language)s", language=known.name),
        (url_for("staff.languages"), _("Languages")),
        above=dialogue.title,
        lead=_("A question that is left empty is asked in Swedish, and the page says so."),
        tab="languages",
    )


def _language(code: str) -> Language:
    language = find_language(code)
    if language is None or language == SWEDISH:
        abort(404)
    return language


def _scope() -> ReviewScope:
    try:
        return ReviewScope(request.form.get("scope", ReviewScope.INTERFACE.value))
    except ValueError:
        abort(400)
