"""News in words: the same in feeds, in mail and on a promise's page."""

from flask import Flask
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_babel.speaklater import LazyString

from surveys.models.judgement import Verdict
from surveys.queries.readers.news import News, NewsKind, NewsSubject
from webapp.formatters import date_long
from webapp.labels import label

_FIRST: dict[NewsSubject, LazyString] = {
    NewsSubject.PROMISE: _l("New promise: %(title)s"),
    NewsSubject.PICTURE: _l("New picture of the situation: %(title)s"),
    NewsSubject.PLAN: _l("New action plan: %(title)s"),
}
_CHANGED: dict[NewsSubject, LazyString] = {
    NewsSubject.PROMISE: _l("Changed promise: %(title)s"),
    NewsSubject.PICTURE: _l("Changed picture of the situation: %(title)s"),
    NewsSubject.PLAN: _l("Changed action plan: %(title)s"),
}
_VERDICTS: dict[Verdict, LazyString] = {
    Verdict.KEPT: _l("the promise was kept"),
    Verdict.PARTLY_KEPT: _l("the promise was partly kept"),
    Verdict.NOT_KEPT: _l("the promise was not kept"),
    Verdict.NOT_ASSESSABLE: _l("it cannot be told whether the promise was kept"),
}


def news_title(news: News) -> str:
    """One line that says what has happened, and to what."""
    if news.kind is NewsKind.EDITION:
        words = _FIRST if news.number == 1 else _CHANGED
        return str(words[news.subject]) % {"title": news.title}
    if news.kind is NewsKind.REPORT:
        return _("Report on %(title)s", title=news.title)
    if news.kind is NewsKind.JUDGEMENT:
        return _("Judgement of %(title)s", title=news.title)
    return _("Carried out: %(title)s", title=news.title)


def news_text(news: News) -> str:
    """What more there is to say of it, in plain text; empty where the title says all."""
    if news.kind is NewsKind.OCCASIONS:
        return f"{news.text}: {occasions_words(news)}."
    if news.kind is NewsKind.JUDGEMENT:
        return f"{judgement_words(news)}. {news.text}"
    return news.text


def news_source(news: News) -> str:
    """Who says it: the role, or the party where no role is told."""
    return news.who or (str(label(news.party)) if news.party else "")


def occasions_words(news: News, *, dated: bool = True) -> str:
    """3 tillfällen, 1 uteblev, senast 14 mars 2023; the day only where it is ``dated``."""
    parts = []
    if news.n or not news.n_missed:
        parts.append(ngettext("%(num)s occasion", "%(num)s occasions", news.n))
    if news.n_missed:
        parts.append(
            ngettext("%(num)s did not take place", "%(num)s did not take place", news.n_missed)
        )
    if not dated:
        return ", ".join(parts)
    return _("%(what)s, latest %(day)s", what=", ".join(parts), day=date_long(news.on))


def judgement_words(news: News) -> str:
    """Polisen: löftet hölls delvis."""
    who = str(label(news.party)) if news.party else news.who
    verdict = str(_VERDICTS[news.verdict]) if news.verdict else ""
    return f"{who}: {verdict}"


def init_news_words(app: Flask) -> None:
    """Make the words known to templates."""
    for function in (news_title, news_text, news_source, occasions_words, judgement_words):
        app.add_template_global(function, function.__name__)
