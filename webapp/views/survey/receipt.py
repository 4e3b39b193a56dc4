"""What is stored of an answer, shown to whoever holds its code, who may also take it back.

Every step is a POST to one address with the code in the form: it stands in no address and in no
log, and the pages are kept nowhere.
"""

from collections.abc import Callable

from flask import Response, current_app, make_response, render_template, request
from flask_babel import gettext as _

from surveys.errors import NotFound
from surveys.models.municipality import Municipality
from surveys.queries.dialogues.receipt_chain import get_receipt_chain
from surveys.queries.dialogues.receipts import get_response_by_code
from surveys.services.dialogues.withdrawals import withdraw_response
from webapp.clock import now, today
from webapp.edge.rate_limits import look_up_limit
from webapp.edge.same_origin import is_cross_site
from webapp.extensions import db, limiter
from webapp.forms.receipt import ReceiptForm
from webapp.languages import readers_language
from webapp.tenancy import current_municipality
from webapp.transactions import unit_of_work
from webapp.views.survey.blueprint import blueprint

NOT_FOUND = 404


@blueprint.get("/kvitto")
def receipt() -> Response:
    """The field to write a code in."""
    return _page("survey/receipt.html", form=ReceiptForm())


@blueprint.post("/kvitto")
@limiter.limit(look_up_limit, deduct_when=lambda response: response.status_code == NOT_FOUND)
def look_up() -> Response:
    """The stored answer with the code that was sent, or the step that the form asks for."""
    form = ReceiptForm(request.form)
    code = form.code.data or ""
    if not form.validate() or not code:
        form.code.errors = form.code.errors or [_("Write your code.")]
        return _page("survey/receipt.html", 422, form=form)
    step = _STEPS.get(request.form.get("step", ""), _show)
    try:
        return step(current_municipality(), code)
    except NotFound:
        # The same for what cannot be a code, for a wrong one and for another municipality's.
        form.code.errors = [_("We find no such code. Check the spelling.")]
        return _page("survey/receipt.html", NOT_FOUND, form=form)


def _show(municipality: Municipality, code: str, *, with_texts: bool = False) -> Response:
    """Places and choices; what was written in own words only where that was asked for."""
    stored = get_response_by_code(
        db.session(), municipality, code, secret=_secret(), with_texts=with_texts
    )
    if stored.withdrawn_on is not None:
        return _page("survey/withdrawn.html", stored=stored)
    chain = get_receipt_chain(
        db.session(),
        municipality,
        code,
        secret=_secret(),
        language=readers_language().code,
        today=today(),
    )
    return _page("survey/stored.html", stored=stored, chain=chain, code=code, with_texts=with_texts)


def _show_texts(municipality: Municipality, code: str) -> Response:
    return _show(municipality, code, with_texts=True)


def _ask(municipality: Municipality, code: str) -> Response:
    """What withdrawing means, and whether it is meant."""
    stored = get_response_by_code(db.session(), municipality, code, secret=_secret())
    if stored.withdrawn_on is not None:
        return _page("survey/withdrawn.html", stored=stored)
    return _page("survey/withdraw.html", stored=stored, code=code)


def _withdraw(municipality: Municipality, code: str) -> Response:
    if is_cross_site():
        return _ask(municipality, code)
    with unit_of_work() as session:
        withdraw_response(session, municipality, code, secret=_secret(), now=now())
    return _show(municipality, code)


_STEPS: dict[str, Callable[[Municipality, str], Response]] = {
    "texts": _show_texts,
    "withdraw": _ask,
    "withdraw-now": _withdraw,
}


def _secret() -> str:
    return str(current_app.config["SECRET_KEY"])


def _page(template: str, status: int = 200, **context: object) -> Response:
    response = make_response(render_template(template, **context), status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
