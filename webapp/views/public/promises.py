"""Promises as anybody may follow them: the overview, one promise, and the plan behind it."""

from flask import Response, redirect, render_template, url_for

from surveys.queries.plans.page import get_public_plan, get_public_plan_edition
from surveys.queries.plans.plans import list_public_plans
from surveys.queries.progress.judgements import get_public_closing
from surveys.queries.promises.history import get_public_edition
from surveys.queries.promises.page import TakenDown, get_public_promise
from surveys.queries.promises.promises import list_public_promises
from surveys.queries.readers.news import list_promise_news
from webapp.clock import today
from webapp.extensions import db
from webapp.tenancy import current_municipality
from webapp.views.public.blueprint import blueprint

NOT_FOUND = 404
FOUND = 302  # not for ever: another plan will be in force


@blueprint.get("/<slug:kommun>/loften/")
def promises() -> str:
    """Every published promise: running, then coming, then ended."""
    session, municipality = db.session(), current_municipality()
    return render_template(
        "public/promises.html",
        promises=list_public_promises(session, municipality, today()),
        plans=list_public_plans(session, municipality),
        today=today(),
    )


@blueprint.get("/<slug:kommun>/loften/<slug:slug>")
def promise(slug: str) -> str | tuple[str, int]:
    """One promise: what was said, seen and promised, and how it stands today."""
    session, here = db.session(), current_municipality()
    try:
        page = get_public_promise(session, here, slug, today())
    except TakenDown as taken:
        return render_template("public/promise_taken_down.html", taken=taken), NOT_FOUND
    happened = list_promise_news(session, here, slug)
    closing = get_public_closing(session, here, slug, today())
    return render_template(
        "public/promise.html", page=page, happened=happened, closing=closing, today=today()
    )


@blueprint.get("/<slug:kommun>/loften/<slug:slug>/utgavor/<int:number>")
def promise_edition(slug: str, number: int) -> str:
    """The promise as one of its editions said it, and what had changed since the one before."""
    edition = get_public_edition(db.session(), current_municipality(), slug, number)
    return render_template("public/promise_edition.html", edition=edition, slug=slug)


@blueprint.get("/<slug:kommun>/handlingsplan/")
def plans() -> Response:
    """Leads to the plan that is in force today; without one, to the list of plans and promises."""
    published = list_public_plans(db.session(), current_municipality())
    current = next((each for each in published if each.window.holds(today())), None)
    where = url_for("public.plan", slug=current.slug) if current else url_for("public.promises")
    return redirect(where, FOUND)  # type: ignore[return-value]


@blueprint.get("/<slug:kommun>/handlingsplan/<slug:slug>")
def plan(slug: str) -> str:
    """One action plan: areas, goals and activities with their follow-up and counts."""
    page = get_public_plan(db.session(), current_municipality(), slug, today())
    return render_template("public/plan.html", page=page, today=today())


@blueprint.get("/<slug:kommun>/handlingsplan/<slug:slug>/utgavor/<int:number>")
def plan_edition(slug: str, number: int) -> str:
    """One edition of a plan, in the words that readers were given then."""
    here = current_municipality()
    page = get_public_plan_edition(db.session(), here, slug, number, today())
    return render_template("public/plan.html", page=page, today=today())
