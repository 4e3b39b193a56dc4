"""A client that checks every page it gets, and pages that are read as a person reads them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import Any
from urllib.parse import urlsplit

import html5lib
from bs4 import BeautifulSoup, Tag
from bs4.builder._html5lib import HTML5TreeBuilder
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

REQUIRED_HEADERS = (
    "Content-Security-Policy",
    "Referrer-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
)
# Elements whose address the browser fetches by itself when the page is opened.
FETCHING = {
    "img": "src",
    "script": "src",
    "link": "href",
    "iframe": "src",
    "source": "src",
    "form": "action",
}
FIELDS = {"input", "select", "textarea"}
WITHOUT_LABEL = {"hidden", "submit", "image"}
POINTING = ("aria-describedby", "aria-labelledby", "for")


class _Builder(HTML5TreeBuilder):
    """Builds the tree as the HTML standard says and remembers what was wrong with the words."""

    def __init__(self) -> None:
        super().__init__()
        self.errors: list[tuple[tuple[int, int], str]] = []

    def feed(self, markup: Any) -> None:
        # Reading a page is what most of a run's time goes to: once for the tree and the errors.
        parser = html5lib.HTMLParser(tree=self.create_treebuilder)
        assert self.underlying_builder is not None
        self.underlying_builder.parser = parser
        parser.parse(markup)
        self.errors = [(where, code) for where, code, _ in parser.errors]
        self.underlying_builder.parser = None


class Page:
    """An HTML answer."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.html = text_of(response)
        is_page = response.mimetype == "text/html"
        builder = _Builder()
        self.soup = BeautifulSoup(self.html if is_page else "", builder=builder)
        self.errors = builder.errors

    @property
    def text(self) -> str:
        """Everything that can be read, with single spaces."""
        return normal(self.soup.get_text(" "))

    @property
    def heading(self) -> str:
        return self.words("h1")

    def words(self, selector: str) -> str:
        """The text of the first element that ``selector`` finds."""
        return normal(self.one(selector).get_text(" "))

    def all_words(self, selector: str) -> list[str]:
        """The texts of all elements that ``selector`` finds."""
        return [normal(element.get_text(" ")) for element in self.soup.select(selector)]

    def one(self, selector: str) -> Tag:
        element = self.soup.select_one(selector)
        assert element is not None, f"no {selector} on the page:\n{self.text[:2000]}"
        return element

    def fields(self, form: str = "main form") -> dict[str, str]:
        """The values that ``form`` would send as it stands (last one wins on equal names)."""
        values: dict[str, str] = {}
        for field in self.one(form).select("input, select, textarea"):
            name = field.get("name")
            if not name or field.get("type") in {"submit", "image", "button"}:
                continue
            if field.get("type") in {"radio", "checkbox"} and not field.has_attr("checked"):
                continue
            values[str(name)] = _value(field)
        return values


def _value(field: Tag) -> str:
    if field.name == "textarea":
        return field.get_text()
    if field.name == "select":
        chosen = field.select_one("option[selected]") or field.select_one("option")
        return "" if chosen is None else str(chosen.get("value", chosen.get_text()))
    return str(field.get("value", "on" if field.get("type") == "checkbox" else ""))


def text_of(response: TestResponse) -> str:
    """The answer as text; a picture or a PDF gives something too, which nobody reads."""
    return response.get_data().decode("utf-8", "replace")


def normal(text: str) -> str:
    """``text`` with single ordinary spaces."""
    return re.sub(r"\s+", " ", text).strip()


class PageClient:
    """A browser without script: gets and sends pages, and checks each one."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, path: str, status: int = 200, **options: Any) -> Page:
        return self._checked(self.client.get(path, **options), status)

    def post(self, path: str, data: Any = None, status: int = 200, **options: Any) -> Page:
        return self._checked(self.client.post(path, data=data, **options), status)

    def send(self, path: str, page: Page, status: int = 302, **changes: Any) -> Page:
        """Send the form of ``page`` with ``changes``, as it was delivered (tokens included)."""
        return self.post(path, page.fields() | changes, status=status)

    def _checked(self, response: TestResponse, status: int) -> Page:
        text = text_of(response)
        assert response.status_code == status, (response.status_code, text[:3000])
        page = Page(response)
        if response.mimetype == "text/html" and not 300 <= response.status_code < 400:
            check_page(page)
        return page


class _Parts:
    """A page's elements by name and by id, gathered in one walk: selecting would walk each time."""

    def __init__(self, soup: BeautifulSoup) -> None:
        self.all: list[Tag] = soup.find_all(True)
        self.ids = Counter(str(element["id"]) for element in self.all if "id" in element.attrs)
        self._named: dict[str, list[Tag]] = defaultdict(list)
        for element in self.all:
            self._named[element.name].append(element)

    def named(self, *names: str) -> list[Tag]:
        return [element for name in names for element in self._named[name]]

    def of_class(self, name: str) -> list[Tag]:
        return [e for e in self.all if name in (e.get("class") or ())]


def check_page(page: Page) -> None:
    """What holds for every page of the site."""
    parts = _Parts(page.soup)
    _check_html(page)
    _check_heading(parts)
    _check_ids(parts)
    _check_labels(parts)
    _check_errors(parts)
    _check_hosts(parts)
    _check_inline_code(parts)
    framed = "frame-ancestors *" in page.response.headers.get("Content-Security-Policy", "")
    for header in [h for h in REQUIRED_HEADERS if not (framed and h == "X-Frame-Options")]:
        assert header in page.response.headers, f"{header} is missing"


def _check_html(page: Page) -> None:
    errors = [(where, code) for where, code in page.errors if code != "unknown-doctype"]
    assert not errors, f"the HTML is not valid: {errors[:5]}"
    assert page.one("html").get("lang"), "the page does not say its language"


def _check_heading(parts: _Parts) -> None:
    headings = [normal(heading.get_text(" ")) for heading in parts.named("h1")]
    assert len(headings) == 1, f"a page has one h1, this one has {headings}"
    titles = parts.named("title")
    assert titles, "the page has no title"
    title = normal(titles[0].get_text(" "))
    assert title.startswith(headings[0]), f"{title!r} does not start with {headings[0]!r}"


def _check_ids(parts: _Parts) -> None:
    twice = {name for name, count in parts.ids.items() if count > 1}
    assert not twice, f"ids used twice: {twice}"
    for element in parts.all:
        for attribute in POINTING:
            for target in str(element.get(attribute, "")).split():
                assert target in parts.ids, f"{attribute}={target!r} points at nothing"


def _check_labels(parts: _Parts) -> None:
    labelled = {str(label["for"]) for label in parts.named("label") if "for" in label.attrs}
    for field in parts.named(*FIELDS):
        if field.name == "input" and field.get("type") in WITHOUT_LABEL:
            continue
        named = (
            field.get("aria-label") or field.get("aria-labelledby") or field.find_parent("label")
        )
        assert named or field.get("id") in labelled, f"no label: {field}"
    for form in parts.named("form"):
        assert form.get("action"), f"a form without an action: {form.get('id')}"


def _check_errors(parts: _Parts) -> None:
    """What is to be put right is said at its field, and summed up with links that lead there."""
    messages = parts.of_class("govuk-error-message")
    for message in messages:
        said_of = [
            element
            for element in parts.all
            if message.get("id") in str(element.get("aria-describedby", "")).split()
        ]
        assert said_of, f"an error that belongs to no field: {message}"
        for field in said_of:
            typed = field.name in FIELDS
            assert not typed or field.get("aria-invalid") == "true", f"not marked: {field}"
    summaries = parts.of_class("govuk-error-summary")
    assert not messages or summaries, "no summary of what is wrong"
    for summary in summaries:
        for link in summary.find_all("a", href=True):
            target = str(link["href"]).removeprefix("#")
            assert target in parts.ids, f"leads to no field: {link}"


def _check_hosts(parts: _Parts) -> None:
    for tag, attribute in FETCHING.items():
        for element in parts.named(tag):
            where = urlsplit(str(element.get(attribute, "")))
            outside = where.netloc and where.netloc not in {"localhost", "127.0.0.1"}
            assert where.scheme == "data" or not outside, f"asks another host: {element}"


def _check_inline_code(parts: _Parts) -> None:
    for element in parts.named("script"):
        data_only = element.get("type") in {"application/json", "application/ld+json"}
        assert element.get("src") or data_only, f"inline script: {element}"
    assert not parts.named("style"), "an inline style sheet"
    for element in parts.all:
        assert "style" not in element.attrs, f"a style attribute: {element}"
        handlers = [name for name in element.attrs if name.startswith("on")]
        assert not handlers, f"an event attribute: {element}"
