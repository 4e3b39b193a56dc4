"""Built browser files: found by plain name, kept for a year, sent in the smallest form."""

import gzip
import json
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

import webapp
from webapp.assets import AssetsNotBuilt, asset, init_assets

FRONTEND = Path(webapp.__file__).parent / "frontend"
CSS = b"body{margin:0}"
GZIPPED = gzip.compress(CSS, mtime=0)  # tests are named by it: the same in each worker


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    build = tmp_path / "build"
    build.mkdir()
    (build / "main-abc.css").write_bytes(CSS)
    (build / "main-abc.css.gz").write_bytes(GZIPPED)
    (build / "main-abc.css.br").write_bytes(b"as brotli")
    (build / "manifest.json").write_text(json.dumps({"main.css": "main-abc.css"}))
    return build


@pytest.fixture
def site(folder: Path) -> Flask:
    app = Flask(__name__, static_folder=str(folder.parent), static_url_path="/static")
    init_assets(app)
    return app


@pytest.fixture
def browser(site: Flask) -> FlaskClient:
    return site.test_client()


def test_a_plain_name_leads_to_the_hashed_file(site: Flask, browser: FlaskClient) -> None:
    with site.test_request_context():
        address = asset("main.css")
    assert address == "/static/build/main-abc.css"
    answer = browser.get(address)
    assert (answer.status_code, answer.mimetype, answer.data) == (200, "text/css", CSS)


@pytest.mark.parametrize(
    ("accepts", "encoding", "body"),
    [
        ("gzip, deflate, br", "br", b"as brotli"),
        ("gzip", "gzip", GZIPPED),
        ("br;q=0, gzip;q=0.5", "gzip", GZIPPED),
        ("identity", None, CSS),
    ],
)
def test_the_smallest_form_that_the_browser_takes(
    browser: FlaskClient, accepts: str, encoding: str | None, body: bytes
) -> None:
    answer = browser.get("/static/build/main-abc.css", headers={"Accept-Encoding": accepts})
    assert answer.headers.get("Content-Encoding") == encoding
    assert len(answer.data) == len(body)
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_a_browser_that_has_the_file_gets_no_body(browser: FlaskClient) -> None:
    first = browser.get("/static/build/main-abc.css")
    again = browser.get(
        "/static/build/main-abc.css", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("name", ["other.css", "manifest.json", "main-abc.css.gz", "..%2fx"])
def test_nothing_else_in_the_folder_is_sent(browser: FlaskClient, name: str) -> None:
    assert browser.get(f"/static/build/{name}").status_code == 404


def test_a_new_build_is_used_without_a_restart(
    site: Flask, browser: FlaskClient, folder: Path
) -> None:
    assert browser.get("/static/build/main-abc.css").status_code == 200
    (folder / "main-abc.css").unlink()
    (folder / "main-def.css").write_bytes(CSS)
    new = folder / "manifest.json.new"
    new.write_text(json.dumps({"main.css": "main-def.css"}))
    new.replace(folder / "manifest.json")
    with site.test_request_context():
        assert asset("main.css") == "/static/build/main-def.css"
    assert browser.get("/static/build/main-def.css").status_code == 200


def test_a_missing_build_says_what_to_run(tmp_path: Path) -> None:
    app = Flask(__name__, static_folder=str(tmp_path), static_url_path="/static")
    init_assets(app)
    with app.test_request_context(), pytest.raises(AssetsNotBuilt, match="make assets"):
        asset("main.css")


def test_the_lock_file_has_checksums_and_no_download_addresses() -> None:
    packages = json.loads((FRONTEND / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    locked = [package for path, package in packages.items() if path]
    assert locked
    assert not [package for package in locked if "resolved" in package]
    assert all(package.get("integrity", "").startswith("sha512-") for package in locked)


def test_our_style_sheets_ask_no_other_host() -> None:
    sources = list((FRONTEND / "scss").glob("*.scss")) + list(FRONTEND.glob("js/*.js"))
    assert sources
    for source in sources:
        assert not re.search(r"https?://", source.read_text(encoding="utf-8")), source.name
