"""The overview: dialogues, pictures, promises and what to do next."""

from flask import render_template

from surveys.permissions import Permission
from surveys.queries.dialogues.overview import get_overview
from surveys.queries.readers.mail import get_mail_state
from webapp.access import requires
from webapp.clock import now, today
from webapp.edge.rate_limits import proxy_finding
from webapp.extensions import db
from webapp.mail.sending import mail_is_on
from webapp.navigation import may_open
from webapp.tenancy import current_municipality
from webapp.views.staff.blueprint import blueprint


@blueprint.get("/<slug:kommun>/handlaggning/")
@requires(Permission.VIEW_STAFF)
def home() -> str:
    """Where the work stands in this municipality."""
    session, here = db.session(), current_municipality()
    overview = get_overview(session, here, now(), today())
    return render_template(
        "staff/home.html",
        overview=overview,
        now=now(),
        mail=get_mail_state(session, here, now()),
        sends_mail=mail_is_on(),
        proxy_finding=proxy_finding() if may_open("staff.decide_suspicious") else None,
    )
