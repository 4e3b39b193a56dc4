"""Atom feeds of what has happened (RFC 4287), with names for entries that never change."""

from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import urlsplit

from feedgen.feed import FeedGenerator
from flask import Response, current_app, request, url_for

from surveys.models.municipality import Municipality
from surveys.queries.readers.news import News, NewsSubject
from surveys.text.typed import clean_text
from webapp.mail.sending import whole_address
from webapp.words.news import news_source, news_text, news_title
from webapp.writing import text_language

MIMETYPE = "application/atom+xml"
MAX_ENTRIES = 50
SINCE = "2026"  # the year that the names' authority is told of (RFC 4151)
# What a feed without entries was last changed at: before anything could be in it.
NEVER = datetime(2020, 1, 1, tzinfo=UTC)
_PAGES = {
    NewsSubject.PROMISE: "public.promise",
    NewsSubject.PICTURE: "public.picture",
    NewsSubject.PLAN: "public.plan",
}


def news_address(news: News) -> str:
    """The page that the news is about, from the site's root."""
    return url_for(_PAGES[news.subject], slug=news.slug)


def feed_response(
    municipality: Municipality, title: str, page: str, name: str, found: Sequence[News]
) -> Response:
    """The latest of ``found`` as Atom; ``page`` is what it follows, ``name`` the feed's own."""
    response = Response(_write(municipality, title, page, name, found), mimetype=MIMETYPE)
    # Asked for again each time, and answered with nothing where nothing is new.
    response.headers["Cache-Control"] = "public, no-cache"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.last_modified = found[0].told_at if found else NEVER
    response.add_etag()
    response.make_conditional(request)
    return response


def entry_name(municipality: Municipality, key: str) -> str:
    """A tag URI: the same whatever becomes of the page's address and the words."""
    told = urlsplit(current_app.extensions["public_url"]).hostname
    host = told or urlsplit(request.host_url).hostname or "localhost"
    return f"tag:{host},{SINCE}:{municipality.code}/{key}"


def _write(
    municipality: Municipality, title: str, page: str, name: str, found: Sequence[News]
) -> bytes:
    feed = FeedGenerator()
    feed.id(entry_name(municipality, name))
    feed.title(clean_text(title))
    feed.language(text_language().code)
    feed.author({"name": municipality.official_name})
    feed.generator("Trygghetsdialog")
    feed.link(
        href=whole_address(url_for(request.endpoint or "", **(request.view_args or {}))),
        rel="self",
        type=MIMETYPE,
    )
    feed.link(href=whole_address(page), rel="alternate", type="text/html")
    feed.updated(found[0].told_at if found else NEVER)
    for news in found[:MAX_ENTRIES]:
        _add_entry(feed, municipality, news)
    return bytes(feed.atom_str(pretty=True))


def _add_entry(feed: FeedGenerator, municipality: Municipality, news: News) -> None:
    entry = feed.add_entry(order="append")
    entry.id(entry_name(municipality, news.key))
    entry.title(clean_text(news_title(news)))
    entry.link(href=whole_address(news_address(news)), rel="alternate", type="text/html")
    entry.updated(news.told_at)
    if text := clean_text(news_text(news)):
        entry.summary(text)
    if source := clean_text(news_source(news)):
        entry.author({"name": source})
