"""The coding screen: one answer at a time, for the keyboard, and whole without JavaScript."""

import uuid
from dataclasses import dataclass, replace

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from surveys.drafts.coding import Codes
from surveys.errors import Conflict, InvalidInput
from surveys.models.dialogue import Dialogue
from surveys.permissions import Permission
from surveys.queries.dialogues.dialogues import get_dialogue
from surveys.queries.texts.coding import (
    CodingPage,
    Queue,
    Show,
    count_progress,
    find_next,
    get_coding_page,
)
from surveys.queries.texts.themes import list_themes
from surveys.services.texts.coding import save_coding, undo_coding
from webapp.access import requires, signed_in_account
from webapp.clock import now
from webapp.extensions import db
from webapp.forms.coding import read_answer_id, read_draft, theme_rows
from webapp.looks import log_looks
from webapp.navigation import dialogue_tabs
from webapp.tenancy import current_municipality
from webapp.transactions import unit_of_work
from webapp.views.staff.blueprint import blueprint
from webapp.views.staff.codebook import begin_codebook
from webapp.views.staff.drafts import LATE
from webapp.views.staff.saving import SEE_OTHER, UNPROCESSABLE, Answer
from webapp.words.rules import rule_text

ROOT = "/<slug:kommun>/handlaggning/dialoger/<slug:slug>/koda"
MAX_SEARCH = 100
SHOW_FIELD, THEME_FIELD, SEARCH_FIELD = "visa", "tema", "sok"
ANSWER_FIELD, LAST_FIELD, ASKS_FIELD = "svar", "efter", "forslag"


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a sent coding was not stored, and what was ticked."""

    text: str
    codes: Codes
    is_late: bool = False


@blueprint.get(ROOT)
@requires(Permission.CODE_TEXT)
def coding(slug: str) -> Answer:
    """The next answer of the queue, or the one that the address names."""
    begin_codebook()
    dialogue = _dialogue(slug)
    log_looks([dialogue], has_below=False)
    return _screen(dialogue, _asked_for(ANSWER_FIELD))


@blueprint.post(ROOT)
@requires(Permission.CODE_TEXT)
def code_answer(slug: str) -> Answer:
    """Store the ticked themes and go on to the next answer."""
    draft = read_draft(request)
    if draft is None:
        abort(400)
    municipality, account = current_municipality(), signed_in_account()
    try:
        with unit_of_work() as session:
            dialogue = get_dialogue(session, municipality, slug)
            save_coding(session, municipality, dialogue, account, draft, now=now())
    except Conflict:
        told = _(
            "Somebody else has coded this answer since you opened it. What they chose is marked"
            " below. What you ticked is still ticked: compare, and save if it is right."
        )
        fault = Fault(told, draft.codes, is_late=True)
        return _screen(_dialogue(slug), draft.response_id, fault), LATE
    except InvalidInput as error:
        fault = Fault(rule_text(error.code), draft.codes)
        return _screen(_dialogue(slug), draft.response_id, fault), UNPROCESSABLE
    queue, dialogue = _queue(), _dialogue(slug)
    following = find_next(db.session(), municipality, dialogue, account, queue, draft.response_id)
    return _go_to(slug, queue, following, last=draft.response_id)


@blueprint.post(f"{ROOT}/angra")
@requires(Permission.CODE_TEXT)
def undo_answer(slug: str) -> Answer:
    """Take back one's own coding of an answer, and show the answer again."""
    response_id = read_answer_id(request.form.get(ANSWER_FIELD))
    if response_id is None:
        abort(400)
    municipality = current_municipality()
    with unit_of_work() as session:
        dialogue = get_dialogue(session, municipality, slug)
        undone = undo_coding(session, municipality, dialogue, signed_in_account(), response_id)
    flash(_("The coding is undone.") if undone else _("There was nothing of yours to undo."))
    return _go_to(slug, _queue(), response_id)


def _screen(dialogue: Dialogue, asked: uuid.UUID | None, fault: Fault | None = None) -> str:
    session, municipality, account = db.session(), current_municipality(), signed_in_account()
    queue = _queue()
    response_id = asked or find_next(session, municipality, dialogue, account, queue)
    page = following = None
    if response_id is not None:
        asks = request.args.get(ASKS_FIELD) == "1"
        page = get_coding_page(session, municipality, dialogue, account, response_id, asks=asks)
        following = find_next(session, municipality, dialogue, account, queue, response_id)
    last = _asked_for(LAST_FIELD)
    return render_template(
        "staff/coding/screen.html",
        dialogue=dialogue,
        page=_with_typed(page, fault),
        theirs=page.codes if page and fault and fault.is_late else frozenset(),
        fault=fault,
        themes=theme_rows(list_themes(session, municipality)),
        progress=count_progress(session, municipality, dialogue, account),
        queue=queue,
        shows=list(Show),
        last=last if last != response_id else None,
        following=following if following != response_id else None,
        address=lambda **more: _address(dialogue.slug, queue, **more),
        staff_tabs=dialogue_tabs(dialogue),
        staff_label=dialogue.title,
    )


def _with_typed(page: CodingPage | None, fault: Fault | None) -> CodingPage | None:
    return replace(page, codes=fault.codes) if page and fault else page


def _queue() -> Queue:
    args = request.args
    show = next((s for s in Show if s.value == args.get(SHOW_FIELD)), Show.UNCODED)
    theme = args.get(THEME_FIELD, "")
    is_number = theme.isascii() and theme.isdigit() and len(theme) <= 9
    search = args.get(SEARCH_FIELD, "")[:MAX_SEARCH].strip()
    return Queue(show, int(theme) if is_number else None, search)


def _asked_for(field: str) -> uuid.UUID | None:
    return read_answer_id(request.args.get(field))


def _go_to(
    slug: str, queue: Queue, response_id: uuid.UUID | None, last: uuid.UUID | None = None
) -> Answer:
    svar = response_id.hex if response_id else None
    efter = last.hex if last else None
    return redirect(_address(slug, queue, svar=svar, efter=efter), SEE_OTHER)


def _address(slug: str, queue: Queue, endpoint: str = "staff.coding", **more: object) -> str:
    """An address that keeps what the coder goes through."""
    kept = {
        SHOW_FIELD: queue.show.value if queue.show is not Show.UNCODED else None,
        THEME_FIELD: queue.theme_id,
        SEARCH_FIELD: queue.search or None,
    }
    return url_for(endpoint, slug=slug, **(kept | more))  # type: ignore[arg-type]


def _dialogue(slug: str) -> Dialogue:
    return get_dialogue(db.session(), current_municipality(), slug)
