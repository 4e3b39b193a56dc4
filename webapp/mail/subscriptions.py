"""The mails to those who follow promises, in the language that they read the page in."""

from collections.abc import Callable

from flask import Flask, current_app, render_template
from flask_babel import gettext as _

from surveys.drafts.subscriptions import WrittenMail
from surveys.languages import SWEDISH, Language, find_language
from surveys.models.municipality import Municipality
from surveys.queries.readers.news import News, NewsSubject
from surveys.queries.readers.subscriptions import Digest, SubscriptionView
from webapp.mail.sending import public_url
from webapp.writing import written_in

MAX_SHOWN = 20
MAX_TEXT = 400  # characters of one thing
_PAGES = {
    NewsSubject.PROMISE: "public.promise",
    NewsSubject.PICTURE: "public.picture",
    NewsSubject.PLAN: "public.plan",
}


def write_question(
    municipality: Municipality, language: Language
) -> Callable[[SubscriptionView], WrittenMail]:
    """Writes the mail that asks for a yes, or tells somebody that they have said it already."""

    def write(subscription: SubscriptionView) -> WrittenMail:
        page = "public.subscription"
        link = _link(page, municipality, language, token=subscription.token)
        with written_in(language):
            subject = (
                _("You already follow this")
                if subscription.is_confirmed
                else _("Do you want mail about promises in %(name)s?", name=municipality.name)
            )
            body = render_template(
                "emails/question.txt",
                subscription=subscription,
                municipality=municipality,
                link=link,
            )
        return WrittenMail(subject, body)

    return write


def write_digest(app: Flask, digest: Digest) -> WrittenMail:
    """Writes what has happened, in an application without a request."""
    language = find_language(digest.language) or SWEDISH
    here = digest.municipality
    with app.app_context(), written_in(language):
        shown = digest.news[:MAX_SHOWN]
        stop = _link("public.unsubscribe", here, language, token=digest.token)
        body = render_template(
            "emails/digest.txt",
            digest=digest,
            shown=shown,
            left=len(digest.news) - len(shown),
            link_of=lambda news: _news_link(news, here, language),
            overview=_link("public.promises", here, language),
            stop=stop,
            MAX_TEXT=MAX_TEXT,
        )
        subject = digest.promise or _("News of promises in %(name)s", name=here.name)
        return WrittenMail(subject, body, unsubscribe_url=stop)


def _news_link(news: News, municipality: Municipality, language: Language) -> str:
    return _link(_PAGES[news.subject], municipality, language, slug=news.slug)


def _link(endpoint: str, municipality: Municipality, language: Language, **values: str) -> str:
    """A page's whole address. Built without a request: a mail is not written for a visitor."""
    if language != SWEDISH:
        values["lang"] = language.code
    adapter = current_app.url_map.bind("localhost")
    return public_url(adapter.build(endpoint, {"kommun": municipality.slug, **values}))
