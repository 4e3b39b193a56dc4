"""What the page frames need besides the page's own content."""

from typing import Any

from flask import Flask, current_app, g, request, url_for
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from flask_security import current_user

from surveys.models.dialogue import Dialogue
from surveys.queries.dialogues.dialogues import get_open_dialogue
from surveys.queries.dialogues.safety import count_open_flags
from webapp.access import PERMISSION_ATTRIBUTE
from webapp.clock import now
from webapp.extensions import db
from webapp.languages import READERS_PAGES
from webapp.tenancy import current_municipality

Tab = tuple[str, LazyString, str]  # key, words, address

STAFF_TABS = (
    ("home", _l("Overview"), "staff.home"),
    ("pictures", _l("Problem picture"), "staff.pictures"),
    ("evidence", _l("Evidence"), "staff.evidence_list"),
    ("promises", _l("Promises"), "staff.promises"),
    ("codebook", _l("Codebook"), "staff.codebook"),
    ("plans", _l("Action plans"), "staff.plans"),
    ("law", _l("What the law asks for"), "staff.law"),
    ("reports", _l("Reports"), "staff.reports"),
    ("safety", _l("Safety queue"), "staff.safety"),
    ("access_log", _l("Log of access"), "staff.access_log"),
    ("settings", _l("Settings"), "staff.settings"),
    ("languages", _l("Languages"), "staff.languages"),
)
DIALOGUE_TABS = (
    ("results", _l("Results"), "staff.results"),
    ("free_text", _l("Free text"), "staff.free_text"),
    ("coding", _l("Coding"), "staff.coding"),
    ("map", _l("Map"), "staff.hotspot_map"),
    ("public_map", _l("Public map"), "staff.public_map"),
    ("public_results", _l("Published results"), "staff.public_results"),
    ("share", _l("Share it"), "staff.sharing"),
)


def init_navigation(app: Flask) -> None:
    """Give readers' pages the dialogue that is open now, and staff pages their tabs."""
    app.add_template_global(may_open, "may_open")

    @app.context_processor
    def open_dialogue() -> dict[str, Dialogue | None]:
        municipality = g.get("municipality")
        if municipality is None or request.blueprint not in READERS_PAGES:
            return {}
        if "open_dialogue" not in g:  # each form field is a template of its own and asks again
            g.open_dialogue = get_open_dialogue(db.session(), municipality, now())
        return {"open_dialogue": g.open_dialogue}

    @app.context_processor
    def staff_tabs() -> dict[str, list[Tab]]:
        if g.get("municipality") is None or request.blueprint != "staff":
            return {}
        return {"staff_tabs": [_tab(*tab) for tab in STAFF_TABS if may_open(tab[2])]}

    app.context_processor(_waiting)


def _waiting() -> dict[str, int]:
    """How many answers wait in the safety queue, for those who look after it."""
    if g.get("municipality") is None or request.blueprint != "staff":
        return {}
    if "n_open_flags" not in g:
        may = may_open("staff.safety")
        g.n_open_flags = count_open_flags(db.session(), current_municipality()) if may else 0
    return {"n_open_flags": g.n_open_flags}


def dialogue_tabs(dialogue: Dialogue) -> list[Tab]:
    """The pages of one dialogue that the account may open, after the way back to the overview."""
    tabs = [_tab(*STAFF_TABS[0])]
    return tabs + [_tab(*tab, slug=dialogue.slug) for tab in DIALOGUE_TABS if may_open(tab[2])]


def may_open(endpoint: str) -> bool:
    """Whether the signed-in account has the permission that a staff page asks for."""
    permission = getattr(current_app.view_functions[endpoint], PERMISSION_ATTRIBUTE, None)
    if permission is None or not current_user.is_authenticated:
        return False
    return bool(current_user.can(permission, current_municipality()))


def _tab(key: str, words: LazyString, endpoint: str, **values: Any) -> Tab:
    return key, words, url_for(endpoint, **values)
