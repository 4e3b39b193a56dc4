"""Which language a page is read in, and how it travels from page to page.

The language stands in the address and nowhere else: ``?lang=ar``. No cookie remembers it and no
browser setting is asked, so an address means the same page to everybody and to every cache. Links
and form actions on a reader's page keep it by themselves (``url_for``). Staff pages are Swedish.

Residents are offered what their municipality has approved; one that shows drafts offers those that
are begun as well, marked. An address with ``utkast=1`` shows drafts too, for those who are to
approve them, and so do the links on its pages: what it shows is no secret. Any other language is
answered in Swedish, at the same address.

In templates: ``{{ title | swedish }}`` marks what a municipality wrote in Swedish, and
``{% call legal() %}…{% endcall %}`` holds words with legal meaning, see ``legal`` below.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, current_app, g, has_request_context, request
from flask_babel import gettext
from markupsafe import Markup
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import NotFound as NoSuchAddress

from surveys.errors import NotFound
from surveys.languages import LANGUAGES, SWEDISH, Language, find_language
from surveys.models.language import ReviewScope
from surveys.models.municipality import Municipality
from surveys.queries.dialogues.languages import Approvals, list_approvals
from surveys.queries.municipalities.municipalities import get_municipality
from webapp.catalogues import CatalogueDomain, coverage_of
from webapp.extensions import babel, db
from webapp.mail.sending import whole_address
from webapp.writing import CHOOSER, text_language, written_in

READERS_PAGES = frozenset({"public", "survey"})
# Answers that are the same in every language keep one address, so that they are fetched once.
WITHOUT_LANGUAGE = frozenset({"survey.base_map"})
PARAMETER = "lang"
PREVIEW = "utkast"


@dataclass(frozen=True, slots=True)
class LanguageChoice:
    """One row of the switch: a language and the address of this page in it."""

    language: Language
    href: str
    is_current: bool
    is_draft: bool


def init_languages(app: Flask) -> None:
    """Let texts, addresses and templates follow the reader's language."""
    babel.domain_instance = CatalogueDomain(text_language)
    app.extensions[CHOOSER] = readers_language
    app.url_defaults(_keep_language)
    app.after_request(_keep_drafts_out_of_search)
    app.context_processor(_for_templates)
    app.add_template_filter(swedish)
    app.add_template_filter(in_language)
    app.add_template_global(legal)
    app.add_template_global(question_text)
    app.add_template_global(language_links)


def readers_language() -> Language:
    """The language of this page; Swedish on staff pages and outside a request."""
    if not has_request_context():
        return SWEDISH
    if "readers_language" not in g:
        g.readers_language = SWEDISH  # for what is written while we find out
        g.readers_language = _asked_language()
    language: Language = g.readers_language
    return language


def swedish(text: str) -> str:
    """``text`` marked as Swedish on pages in other languages.

    For what a municipality writes: titles, promises, names of places. A text in another direction
    keeps its full stops where they belong. Not for attributes, which hold no elements.
    """
    return in_language(text, SWEDISH.code)


def in_language(text: str, code: str) -> str:
    """``text`` marked with its language (a code) where the page around it is in another one."""
    around, language = text_language(), find_language(code) or SWEDISH
    if not text or language == around or (language == SWEDISH and around.is_swedish):
        return text
    line = Markup('<bdi lang="{}" dir="{}">{}</bdi>')
    return line.format(language.code, language.direction, text)


def question_text(text: str, language: str) -> str:
    """A question's words in ``language`` (a code); a line tells where that is not the page's."""
    if language == text_language().code:
        return text
    note = Markup(' <span class="optional">{}</span>').format(gettext("(in Swedish)"))
    return in_language(text, language) + note


def legal(tag: str = "div", *, caller: Callable[[], str]) -> str:
    """Words with legal meaning: in Swedish until somebody has approved their translation.

    ``{% call legal() %}<p>{{ _("…") }}</p>{% endcall %}`` around whole blocks, and
    ``{% call legal("span") %}{{ _("…") }}{% endcall %}`` inside a sentence or a paragraph. The
    words inside are marked with ``_`` as usual and translated as usual. While the language's legal
    texts are not approved they stand in Swedish, inside ``<tag lang="sv" dir="ltr">``; links keep
    the reader's language. With ``utkast=1`` they are shown to whoever is to approve them. On
    Swedish pages nothing is added.
    """
    language = readers_language()
    if language == SWEDISH or _is_preview() or _is_legally_approved(language):
        return caller()
    with written_in(SWEDISH):
        words = caller()
    return Markup('<{0} lang="sv" dir="ltr">{1}</{0}>').format(Markup(tag), words)  # noqa: S704


def language_links() -> str:
    """``hreflang`` links between the approved languages of a page; empty where there is only one.

    Absolute, as search engines ask. Drafts are left out, and so are answers to a form. Where the
    address asks for a language that is not offered, the address of what is shown comes first.
    """
    approved = [choice.language for choice in language_choices() if not choice.is_draft]
    line = Markup('<link rel="alternate" hreflang="{}" href="{}">')
    links = [line.format(language.code, _absolute(language)) for language in approved]
    return Markup("").join([_canonical(), *(links if len(links) > 1 else ())])


def language_choices() -> tuple[LanguageChoice, ...]:
    """What the switch offers on this page.

    Empty on the answer to a form: the address would lead away from what was just sent or stored.
    """
    if request.method != "GET" or not _has_languages():
        return ()
    if "language_choices" not in g:
        current = readers_language()
        g.language_choices = tuple(
            LanguageChoice(
                language, _same_page(language), language == current, _shows_draft(language)
            )
            for language in LANGUAGES
            if _is_offered(language)
        )
    choices: tuple[LanguageChoice, ...] = g.language_choices
    return choices


def is_draft(language: Language) -> bool:
    """Whether nobody has approved the pages' words in ``language``."""
    return language != SWEDISH and (language.code, ReviewScope.INTERFACE) not in _approvals()


def _shows_draft(language: Language) -> bool:
    """Whether this page in ``language`` holds words that nobody has approved."""
    return is_draft(language) or (
        language != SWEDISH and _is_preview() and not _is_legally_approved(language)
    )


def _is_legally_approved(language: Language) -> bool:
    return (language.code, ReviewScope.LEGAL) in _approvals()


def _is_offered(language: Language) -> bool:
    if not is_draft(language):
        return True
    municipality = _municipality()
    shows_drafts = municipality is not None and municipality.shows_draft_languages
    return (shows_drafts or _is_preview()) and coverage_of(language).n_translated > 0


def _is_preview() -> bool:
    return request.args.get(PREVIEW) == "1"


def _asked_language() -> Language:
    language = find_language(request.args.get(PARAMETER))
    if language is None or language == SWEDISH or not _has_languages():
        return SWEDISH
    return language if _is_offered(language) else SWEDISH


def _has_languages() -> bool:
    """Whether this is a page for readers, or the error page in the place of one."""
    return (request.endpoint is None or request.blueprint in READERS_PAGES) and (
        _municipality() is not None
    )


def _municipality() -> Municipality | None:
    """The municipality of the page, also where its address leads to no page."""
    if "language_municipality" not in g:
        g.language_municipality = g.get("municipality") or _municipality_of_wrong_address()
    municipality: Municipality | None = g.language_municipality
    return municipality


def _municipality_of_wrong_address() -> Municipality | None:
    if not isinstance(request.routing_exception, NoSuchAddress):
        return None
    if PARAMETER not in request.args:
        return None
    try:
        return get_municipality(db.session(), request.path.split("/")[1])
    except (NotFound, SQLAlchemyError):
        return None


def _approvals() -> Approvals:
    """Empty where the database is away: an error page in Swedish is better than none."""
    municipality = _municipality()
    if municipality is None:
        return {}
    if "language_approvals" not in g:
        try:
            g.language_approvals = list_approvals(db.session(), municipality)
        except SQLAlchemyError:
            g.language_approvals = {}
    approvals: Approvals = g.language_approvals
    return approvals


def _same_page(language: Language) -> str:
    kept = [(k, v) for k, v in request.args.items(multi=True) if k != PARAMETER]
    if language != SWEDISH:
        kept.append((PARAMETER, language.code))
    # By its query alone the address is short, which counts on a slow line.
    return "?" + urlencode(kept) if kept else "/" + request.path.lstrip("/")


def _absolute(language: Language) -> str:
    """The page's whole address in ``language``, without what only this reader carries along."""
    query = "" if language == SWEDISH else f"?{PARAMETER}={language.code}"
    return whole_address(f"{request.path}{query}")


def _canonical() -> str:
    if PARAMETER not in request.args or readers_language() != SWEDISH or not _has_languages():
        return ""
    return Markup('<link rel="canonical" href="{}">').format(_absolute(SWEDISH))


def _keep_language(endpoint: str, values: dict[str, Any]) -> None:
    if endpoint.split(".", maxsplit=1)[0] not in READERS_PAGES or endpoint in WITHOUT_LANGUAGE:
        return
    expects = current_app.url_map.is_endpoint_expecting
    if PARAMETER in values or not has_request_context() or not expects(endpoint, "kommun"):
        return
    language = readers_language()
    if language != SWEDISH:
        values[PARAMETER] = language.code
    if _has_languages() and _is_preview():
        values[PREVIEW] = 1


def _keep_drafts_out_of_search(response: Response) -> Response:
    language = g.get("readers_language", SWEDISH)
    if _shows_draft(language):
        response.headers.setdefault("X-Robots-Tag", "noindex")
    return response


def _for_templates() -> dict[str, Any]:
    if not has_request_context():
        return {}
    language = readers_language()
    return {
        "page_lang": language.code,
        "page_dir": language.direction,
        "languages": language_choices(),
    }
