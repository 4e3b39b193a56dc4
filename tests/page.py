"""A client that checks every page it gets, and pages that are read as a person reads them."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

import html5lib
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

REQUIRED_HEADERS = (
    "Content-Security-Policy",
    "Referrer-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
)
# Elements whose address the browser fetches by itself when the page is opened.
FETCHING = (
    ("img", "src"),
    ("script", "src"),
    ("link", "href"),
    ("iframe", "src"),
    ("source", "src"),
    ("form", "action"),
)
LABELLED = "input:not([type=hidden]):not([type=submit]):not([type=image]), select, textarea"


class Page:
    """An HTML answer."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.html = text_of(response)
        is_page = response.mimetype == "text/html"
        self.soup = BeautifulSoup(self.html if is_page else "", "html5lib")

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


def check_page(page: Page) -> None:
    """What holds for every page of the site."""
    _check_html(page)
    _check_heading(page)
    _check_ids(page)
    _check_labels(page)
    _check_errors(page)
    _check_hosts(page)
    _check_inline_code(page)
    for header in REQUIRED_HEADERS:
        assert header in page.response.headers, f"{header} is missing"


def _check_html(page: Page) -> None:
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(page.html)
    errors = [
        (position, code) for position, code, _ in parser.errors if code not in {"unknown-doctype"}
    ]
    assert not errors, f"the HTML is not valid: {errors[:5]}"
    assert page.one("html").get("lang"), "the page does not say its language"


def _check_heading(page: Page) -> None:
    headings = page.all_words("h1")
    assert len(headings) == 1, f"a page has one h1, this one has {headings}"
    title = page.words("title")
    assert title.startswith(headings[0]), f"{title!r} does not start with {headings[0]!r}"


def _check_ids(page: Page) -> None:
    ids = [str(element["id"]) for element in page.soup.select("[id]")]
    twice = {i for i in ids if ids.count(i) > 1}
    assert not twice, f"ids used twice: {twice}"
    for attribute in ("aria-describedby", "aria-labelledby", "for"):
        for element in page.soup.select(f"[{attribute}]"):
            for target in str(element[attribute]).split():
                assert target in ids, f"{attribute}={target!r} points at nothing"


def _check_labels(page: Page) -> None:
    labelled = {str(label["for"]) for label in page.soup.select("label[for]")}
    for field in page.soup.select(LABELLED):
        named = (
            field.get("aria-label") or field.get("aria-labelledby") or field.find_parent("label")
        )
        assert named or field.get("id") in labelled, f"no label: {field}"
    for form in page.soup.select("form"):
        assert form.get("action"), f"a form without an action: {form.get('id')}"


def _check_errors(page: Page) -> None:
    """What is to be put right is said at its field, and summed up with links that lead there."""
    messages = page.soup.select(".govuk-error-message")
    for message in messages:
        said_of = page.soup.select(f'[aria-describedby~="{message.get("id")}"]')
        assert said_of, f"an error that belongs to no field: {message}"
        for field in said_of:
            typed = field.name in {"input", "select", "textarea"}
            assert not typed or field.get("aria-invalid") == "true", f"not marked: {field}"
    assert not messages or page.soup.select(".govuk-error-summary"), "no summary of what is wrong"
    ids = {str(element["id"]) for element in page.soup.select("[id]")}
    for link in page.soup.select(".govuk-error-summary a[href]"):
        assert str(link["href"]).removeprefix("#") in ids, f"leads to no field: {link}"


def _check_hosts(page: Page) -> None:
    for tag, attribute in FETCHING:
        for element in page.soup.select(f"{tag}[{attribute}]"):
            parts = urlsplit(str(element[attribute]))
            outside = parts.netloc and parts.netloc not in {"localhost", "127.0.0.1"}
            assert parts.scheme == "data" or not outside, f"asks another host: {element}"


def _check_inline_code(page: Page) -> None:
    for element in page.soup.select("script"):
        data_only = element.get("type") in {"application/json", "application/ld+json"}
        assert element.get("src") or data_only, f"inline script: {element}"
    assert not page.soup.select("style"), "an inline style sheet"
    assert not page.soup.select("[style]"), f"a style attribute: {page.soup.select('[style]')[0]}"
    handlers = [e for e in page.soup.find_all(True) if any(a.startswith("on") for a in e.attrs)]
    assert not handlers, f"an event attribute: {handlers[0]}"
