"""The log of who has looked at what: originals, exact points, running results, rows."""

from flask import render_template, request

from surveys.models.access_record import AccessKind
from surveys.permissions import Permission
from surveys.queries.municipalities.access_log import list_access
from webapp.access import requires
from webapp.extensions import db
from webapp.tenancy import current_municipality
from webapp.views.staff.blueprint import blueprint
from webapp.words.reason import reason_in_words

PAGE_FIELD, KIND_FIELD = "sida", "vad"


@blueprint.get("/<slug:kommun>/handlaggning/insyn")
@requires(Permission.READ_ACCESS_LOG)
def access_log() -> str:
    """Looks of all kinds or of one, fifty a page, latest first."""
    typed = request.args.get(PAGE_FIELD, "1")
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 6 else 1
    asked = request.args.get(KIND_FIELD, "")
    kind = next((kind for kind in AccessKind if kind.value == asked), None)
    return render_template(
        "staff/access_log.html",
        page=list_access(db.session(), current_municipality(), kind=kind, page=number),
        kinds=list(AccessKind),
        chosen=kind,
        reason_in_words=reason_in_words,
    )
