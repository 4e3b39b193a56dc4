"""What is stored of an answer, shown to whoever holds its code."""

from flask import Response, current_app, make_response, render_template, request
from flask_babel import gettext as _

from surveys.errors import NotFound
from surveys.queries.receipts import get_response_by_code
from webapp.extensions import db, limiter
from webapp.forms.receipt import ReceiptForm
from webapp.tenancy import current_municipality
from webapp.views.survey.blueprint import blueprint

# A code has 56 bits: the limit keeps the noise down, it is not what makes guessing hopeless.
LOOK_UPS = "20 per minute"


@blueprint.get("/kvitto")
def receipt() -> Response:
    """The field to write a code in."""
    return _page("survey/receipt.html", form=ReceiptForm())


@blueprint.post("/kvitto")
@limiter.limit(LOOK_UPS)
def look_up() -> Response:
    """The stored answer with the code that was sent."""
    form = ReceiptForm(request.form)
    if not form.validate():
        return _page("survey/receipt.html", 422, form=form)
    code = form.code.data or ""
    try:
        stored = get_response_by_code(
            db.session(), current_municipality(), code, secret=current_app.config["SECRET_KEY"]
        )
    except NotFound:
        form.code.errors = [
            _("We find no such code. Check the spelling.") if code else _("Write your code.")
        ]
        return _page("survey/receipt.html", 404 if code else 422, form=form)
    return _page("survey/stored.html", stored=stored)


def _page(template: str, status: int = 200, **context: object) -> Response:
    response = make_response(render_template(template, **context), status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
