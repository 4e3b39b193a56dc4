"""The check that every page of the tests goes through refuses what it is there to refuse."""

import pytest
from flask import Flask, Response

from tests.page import REQUIRED_HEADERS, PageClient

GOOD = """<!DOCTYPE html>
<html lang="sv"><head><title>Rubrik – Söderhamn</title></head>
<body><h1>Rubrik</h1>
<form action="/hit">
<label for="namn">Namn</label><p id="hjalp">Hjälp</p>
<input id="namn" name="namn" aria-describedby="hjalp">
</form></body></html>"""
ERROR = '<p id="fel" class="govuk-error-message">Skriv ett namn</p>'
SUMMARY = '<div class="govuk-error-summary"><a href="#namn">Skriv ett namn</a></div>'
MARKED = 'aria-describedby="hjalp fel" aria-invalid="true"'


def client_of(html: str, *without: str) -> PageClient:
    app = Flask(__name__)

    @app.get("/")
    def page() -> Response:
        headers = {name: "x" for name in REQUIRED_HEADERS if name not in without}
        return Response(html, mimetype="text/html", headers=headers)

    return PageClient(app.test_client())


def test_a_good_page_passes() -> None:
    assert client_of(GOOD).get("/").heading == "Rubrik"


def test_an_error_told_at_its_field_and_summed_up_passes() -> None:
    told = GOOD.replace('aria-describedby="hjalp"', MARKED).replace("</form>", ERROR + "</form>")
    assert client_of(told.replace("<h1>", SUMMARY + "<h1>")).get("/").heading == "Rubrik"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("</h1>", "</h2>", "not valid"),
        ("<h1>", "<p><h2>&nosuch;</h2></p><h1>", "not valid"),
        ("<!DOCTYPE html>", "", "not valid"),
        (' lang="sv"', "", "its language"),
        ("</form>", "</form><h1>Rubrik</h1>", "one h1"),
        ("<title>Rubrik", "<title>Något annat", "does not start with"),
        ("<title>Rubrik – Söderhamn</title>", "", "no title"),
        ('id="hjalp"', 'id="namn"', "used twice"),
        ('id="hjalp"', 'id="annat"', "points at nothing"),
        ('for="namn"', 'for="hjalp"', "no label"),
        ('<label for="namn">Namn</label>', "", "no label"),
        (' action="/hit"', "", "without an action"),
        ("</form>", ERROR + "</form>", "belongs to no field"),
        ('aria-describedby="hjalp">', f'aria-describedby="fel">{ERROR}', "not marked"),
        ('aria-describedby="hjalp">', f"{MARKED}>{ERROR}", "no summary"),
        ("<h1>", SUMMARY.replace("#namn", "#borta") + "<h1>", "leads to no field"),
        ("<h1>", '<img src="https://example.org/x.png" alt=""><h1>', "another host"),
        ("<h1>", "<script>1</script><h1>", "inline script"),
        ("</title>", "</title><style>p {}</style>", "inline style"),
        ("<h1>", '<h1 style="color:red">', "style attribute"),
        ("<h1>", '<h1 onclick="x()">', "event attribute"),
    ],
)
def test_what_is_wrong_is_refused(old: str, new: str, fault: str) -> None:
    assert old in GOOD
    with pytest.raises(AssertionError, match=fault):
        client_of(GOOD.replace(old, new)).get("/")


@pytest.mark.parametrize("header", REQUIRED_HEADERS)
def test_a_missing_header_is_refused(header: str) -> None:
    with pytest.raises(AssertionError, match=f"{header} is missing"):
        client_of(GOOD, header).get("/")
