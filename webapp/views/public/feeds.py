"""Feeds and the calendar: what has happened and what will, for other programs."""

from datetime import timedelta

from flask import Response, url_for
from flask_babel import gettext as _

from surveys.queries.promises.edition import get_published
from surveys.queries.readers.calendar import list_calendar
from surveys.queries.readers.news import list_news, list_promise_news
from webapp.calendars import calendar_response
from webapp.clock import today
from webapp.extensions import db
from webapp.feeds import feed_response
from webapp.tenancy import current_municipality
from webapp.views.public.blueprint import blueprint

KEPT = timedelta(days=366)  # dates that have been stay in the calendar for a year


@blueprint.get("/<slug:kommun>/loften.atom")
def promises_feed() -> Response:
    """Everything that has happened to what the municipality has published."""
    here = current_municipality()
    title = _("Promises in %(name)s", name=here.name)
    found = list_news(db.session(), here)
    return feed_response(here, title, url_for("public.promises"), "loften", found)


@blueprint.get("/<slug:kommun>/loften/<slug:slug>.atom")
def promise_feed(slug: str) -> Response:
    """What has happened to one promise; 404 for a draft."""
    session, here = db.session(), current_municipality()
    promise = get_published(session, here, slug)
    found = list_promise_news(session, here, slug)
    page = url_for("public.promise", slug=slug)
    return feed_response(here, promise.title, page, f"loften/{slug}", found)


@blueprint.get("/<slug:kommun>/kalender.ics")
def calendar() -> Response:
    """The municipality's public dates, of the last year and to come."""
    here = current_municipality()
    entries = list_calendar(db.session(), here, today() - KEPT)
    return calendar_response(here, entries)
