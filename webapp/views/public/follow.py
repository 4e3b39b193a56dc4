"""Following a promise, or all of a municipality's: by mail, in a calendar, in a feed.

No page tells whether an address subscribes. The word in a mail's link is what says yes and no, and
nothing is done by opening a page: programs that look through mail open every link in it.
"""

from flask import Response, make_response, redirect, render_template, request, url_for

from surveys.drafts.subscriptions import SubscriptionDraft
from surveys.errors import NotFound
from surveys.queries.promises.edition import get_published
from surveys.queries.readers.subscriptions import get_subscription
from surveys.services.readers.subscriptions import ask_for_mail, confirm, unsubscribe
from webapp.clock import now
from webapp.edge.rate_limits import subscribe_limit
from webapp.edge.same_origin import is_cross_site
from webapp.extensions import csrf, db, limiter
from webapp.forms.subscribe import SubscribeForm
from webapp.languages import readers_language
from webapp.mail.sending import mail_is_on
from webapp.mail.subscriptions import write_question
from webapp.queue import job_queue
from webapp.tenancy import current_municipality
from webapp.transactions import unit_of_work
from webapp.views.public.blueprint import blueprint

SEND_MAIL = "send_mail"  # the worker's job; see surveys.jobs.mail


@blueprint.get("/<slug:kommun>/folj")
def follow() -> str:
    """The ways to follow all that the municipality promises."""
    return _choices(SubscribeForm(), None)


@blueprint.get("/<slug:kommun>/loften/<slug:slug>/folj")
def follow_promise(slug: str) -> str:
    """The ways to follow one promise."""
    return _choices(SubscribeForm(), slug)


@blueprint.post("/<slug:kommun>/folj")
@csrf.exempt
@limiter.limit(subscribe_limit)
def subscribe() -> Response:
    """Mail the address a question about everything that the municipality promises."""
    return _subscribe(None)


@blueprint.post("/<slug:kommun>/loften/<slug:slug>/folj")
@csrf.exempt
@limiter.limit(subscribe_limit)
def subscribe_to_promise(slug: str) -> Response:
    """Mail the address a question about one promise."""
    return _subscribe(slug)


@blueprint.get("/<slug:kommun>/folj/mejl")
def look_in_mail() -> str:
    """What to do now; the same whatever the address was."""
    return render_template("public/look_in_mail.html")


@blueprint.get("/<slug:kommun>/folj/<slug:token>")
def subscription(token: str) -> Response:
    """What a mail's link leads to: a button that says yes, or that it has been said."""
    try:
        found = get_subscription(db.session(), current_municipality(), token)
    except NotFound:
        return _private("public/unsubscribed.html")
    return _private("public/subscription.html", subscription=found)


@blueprint.post("/<slug:kommun>/folj/<slug:token>")
@csrf.exempt
def confirm_subscription(token: str) -> Response:
    """Begin to mail; the word is known to nobody but the reader of the mail."""
    try:
        with unit_of_work() as session:
            confirm(session, current_municipality(), token, now=now())
    except NotFound:
        return _private("public/unsubscribed.html", 404)
    return redirect(url_for("public.subscription", token=token), 303)  # type: ignore[return-value]


@blueprint.get("/<slug:kommun>/folj/<slug:token>/sluta")
def unsubscribe_page(token: str) -> Response:
    """A button that ends it: opening the page changes nothing."""
    try:
        found = get_subscription(db.session(), current_municipality(), token)
    except NotFound:
        return _private("public/unsubscribed.html")
    return _private("public/unsubscribe.html", subscription=found)


@blueprint.post("/<slug:kommun>/folj/<slug:token>/sluta", endpoint="unsubscribe")
@csrf.exempt
def end_subscription(token: str) -> Response:
    """End it at once, for a button and for mail programs alike (RFC 8058). Twice is as once."""
    with unit_of_work() as session:
        unsubscribe(session, current_municipality(), token)
    return _private("public/unsubscribed.html")


def _subscribe(slug: str | None) -> Response:
    form = SubscribeForm(request.form)
    if not mail_is_on() or is_cross_site() or not form.validate():
        return make_response(_choices(form, slug), 422)
    here, language = current_municipality(), readers_language()
    draft = SubscriptionDraft(str(form.email.data), slug, language.code)
    with unit_of_work() as session:
        ask_for_mail(session, here, draft, write_question(here, language), now=now())
    job_queue().enqueue(SEND_MAIL)
    return redirect(url_for("public.look_in_mail"), 303)  # type: ignore[return-value]


def _choices(form: SubscribeForm, slug: str | None) -> str:
    promise = get_published(db.session(), current_municipality(), slug) if slug else None
    return render_template(
        "public/follow.html", form=form, promise=promise, sends_mail=mail_is_on()
    )


def _private(template: str, status: int = 200, **context: object) -> Response:
    response = make_response(render_template(template, **context), status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
