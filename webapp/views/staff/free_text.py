"""What residents wrote, with the place it belongs to."""

from flask import render_template, request

from surveys.permissions import Permission
from surveys.queries.dialogues.dialogues import get_dialogue
from surveys.queries.dialogues.suspicions import summarise_left_out
from surveys.queries.texts.free_text import list_free_text
from webapp.access import requires
from webapp.extensions import db
from webapp.looks import log_looks, sees_rows
from webapp.navigation import dialogue_tabs
from webapp.tenancy import current_municipality
from webapp.views.staff.blueprint import blueprint

MAX_SEARCH = 100
SEARCH_FIELD, PAGE_FIELD = "sok", "sida"


@blueprint.get("/<slug:kommun>/handlaggning/dialoger/<slug:slug>/fritext")
@requires(Permission.READ_FREE_TEXT)
def free_text(slug: str) -> str:
    """The texts, fifty people a page, latest day first.

    What is coded beside them is told to those who may see rows: counted on this page, it would give
    the numbers that tables withhold.
    """
    session, municipality = db.session(), current_municipality()
    dialogue = get_dialogue(session, municipality, slug)
    search = request.args.get(SEARCH_FIELD, "")[:MAX_SEARCH].strip()
    log_looks([dialogue], has_below=False)
    page = list_free_text(session, municipality, dialogue, search=search, page=_page_number())
    return render_template(
        "staff/free_text.html",
        dialogue=dialogue,
        left_out=summarise_left_out(session, municipality, dialogue),
        page=page,
        search=search,
        shows_rows=sees_rows(),
        staff_tabs=dialogue_tabs(dialogue),
        staff_label=dialogue.title,
    )


def _page_number() -> int:
    typed = request.args.get(PAGE_FIELD, "1")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 6 else 1
