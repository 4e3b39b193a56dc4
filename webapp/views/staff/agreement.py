"""How sure the coding is: samples coded twice, agreement per theme, and the machine's own marks."""

import secrets
import uuid

from flask import abort, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext

from surveys.drafts.coding import CodingDraft
from surveys.errors import Conflict, InvalidInput
from surveys.languages import find_language
from surveys.models.dialogue import Channel
from surveys.permissions import Permission
from surveys.queries.dialogues.dialogues import get_dialogue
from surveys.queries.texts.agreement import get_agreement
from surveys.queries.texts.coding import count_progress
from surveys.queries.texts.suggestions import RunView, get_latest_run
from surveys.queries.texts.themes import list_themes
from surveys.services.texts.coding import settle_coding
from surveys.services.texts.coding_samples import MAX_SEED, draw_sample
from surveys.services.texts.suggestion_requests import SUGGEST_THEMES, request_suggestions
from surveys.statistics.agreement import Match
from webapp.access import requires, signed_in_account
from webapp.clock import now
from webapp.extensions import db
from webapp.forms.coding import BASE_FIELD, MAX_BASE, read_answer_id, read_codes, theme_rows
from webapp.labels import label
from webapp.navigation import dialogue_tabs
from webapp.queue import job_queue
from webapp.tenancy import current_municipality
from webapp.transactions import unit_of_work
from webapp.views.staff.blueprint import blueprint
from webapp.views.staff.codebook import begin_codebook
from webapp.views.staff.drafts import LATE
from webapp.views.staff.saving import UNPROCESSABLE, Answer, done
from webapp.words.rules import rule_text

ROOT = "/<slug:kommun>/handlaggning/dialoger/<slug:slug>/koda"


@blueprint.get(f"{ROOT}/sakerhet")
@requires(Permission.CODE_TEXT)
def agreement(slug: str) -> str:
    """The samples, the agreement, what differs, and how the machine does."""
    return _page(slug)


@blueprint.post(f"{ROOT}/sakerhet/dra")
@requires(Permission.CODE_TEXT)
def draw(slug: str) -> Answer:
    """Draw answers to be coded twice."""
    municipality, by = current_municipality(), signed_in_account().title
    try:
        with unit_of_work() as session:
            dialogue = get_dialogue(session, municipality, slug)
            seed = secrets.randbelow(MAX_SEED)
            size = draw_sample(session, municipality, dialogue, seed=seed, by=by, now=now()).size
    except InvalidInput as error:
        return _page(slug, rule_text(error.code)), UNPROCESSABLE
    said = ngettext("%(num)s answer is drawn.", "%(num)s answers are drawn.", size)
    return done("staff.agreement", said, slug=slug)


@blueprint.post(f"{ROOT}/sakerhet/avgor")
@requires(Permission.CODE_TEXT)
def settle(slug: str) -> Answer:
    """Store what the coders have agreed upon about one answer."""
    response_id = read_answer_id(request.form.get("svar"))
    if response_id is None:
        abort(400)
    municipality, account = current_municipality(), signed_in_account()
    draft = _settling(response_id)
    try:
        with unit_of_work() as session:
            dialogue = get_dialogue(session, municipality, slug)
            settle_coding(session, municipality, dialogue, account, draft, now=now())
    except Conflict:
        told = _("Somebody else has settled it meanwhile. Theirs is ticked below.")
        return _page(slug, told), LATE
    except InvalidInput as error:
        return _page(slug, rule_text(error.code)), UNPROCESSABLE
    return done("staff.agreement", _("It is settled, and counts from now on."), slug=slug)


@blueprint.post(f"{ROOT}/forslag")
@requires(Permission.CODE_TEXT)
def suggest(slug: str) -> Answer:
    """Ask the job process for new suggestions."""
    municipality = current_municipality()
    with unit_of_work() as session:
        dialogue = get_dialogue(session, municipality, slug)
        run_id = request_suggestions(session, municipality, dialogue, now=now()).id
    job_queue().enqueue(SUGGEST_THEMES, municipality.id, run_id)
    told = _("The machine learns from the codings and suggests anew. It takes up to a minute.")
    return done("staff.agreement", told, slug=slug)


def _settling(response_id: uuid.UUID) -> CodingDraft:
    base = request.form.get(BASE_FIELD, "")[:MAX_BASE]
    return CodingDraft(response_id, read_codes(request.form), base, saw_suggestions=False)


def _page(slug: str, error: str | None = None) -> str:
    begin_codebook()
    session, municipality = db.session(), current_municipality()
    dialogue = get_dialogue(session, municipality, slug)
    run, is_waiting = get_latest_run(session, municipality, dialogue)
    return render_template(
        "staff/coding/agreement.html",
        dialogue=dialogue,
        view=get_agreement(session, municipality, dialogue),
        progress=count_progress(session, municipality, dialogue, signed_in_account()),
        themes=theme_rows(list_themes(session, municipality)),
        run=run,
        is_waiting=is_waiting,
        matches=_matches(run) if run else [],
        error=error,
        staff_tabs=dialogue_tabs(dialogue),
        staff_label=dialogue.title,
    )


def _matches(run: RunView) -> list[tuple[str, Match]]:
    """The machine against people: in all, then by language and by channel."""
    groups = run.measures.get("groups", {})
    found = [(_group_words(key), Match(*numbers)) for key, numbers in sorted(groups.items())]
    return sorted(found, key=lambda each: -each[1].n)


def _group_words(key: str) -> str:
    kind, _colon, value = key.partition(":")
    if kind == "language":
        language = find_language(value)
        return language.name if language else value
    return label(Channel(value)) if kind == "channel" else _("All")
