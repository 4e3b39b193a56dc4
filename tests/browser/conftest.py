"""A running installation with the demo in it, and a phone to use it with."""

import json
import os
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.loaded_once import loaded_once

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-m", "webapp.cli"]
PICTURES = ROOT / "test-output"
PHONE = {"width": 360, "height": 740}
NARROW = {"width": 320, "height": 640}
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
# Without these Chromium asks its maker's hosts for updates and lists at every start.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = timedelta(seconds=180)  # a machine that runs other things too
# What the browser reports by itself of a page that is refused or a line that is cut on purpose.
ON_PURPOSE = (
    "the server responded with a status of 4",
    "net::ERR_FAILED",
    "net::ERR_INTERNET_DISCONNECTED",
    "Service Worker registration blocked by Playwright",
)
# How long an expectation waits for what appears: a busy machine takes its time.
expect.set_options(timeout=20_000)
# For tests that answer in place of the server: what the page's worker fetches passes them by, and
# when the worker takes over is a matter of how fast the machine is.
NO_WORKER = {"service_workers": "block"}


@dataclass(frozen=True)
class Site:
    """A running web server and job worker."""

    url: str
    instance: Path

    def account(self, role: str, municipality: str = "soderhamn") -> dict[str, str]:
        """E-mail and password of a demo account."""
        accounts = json.loads((self.instance / "demo-accounts.json").read_text(encoding="utf-8"))
        return next(a for a in accounts if (a["role"], a["municipality"]) == (role, municipality))


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_well(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = datetime.now(UTC) + PATIENCE
    while datetime.now(UTC) < deadline:
        assert server.poll() is None, "the web server ended by itself"
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=5) as answer:
                assert answer.status == 200
                return
        except (urllib.error.URLError, ConnectionError):
            continue
    pytest.fail("the web server did not answer in time")


def _environment(instance: Path) -> dict[str, str]:
    environment = os.environ | {"INSTANCE_PATH": str(instance), "RATELIMIT_ENABLED": "0"}
    environment.pop("DATABASE_URL", None)
    return environment


def _load_demo(instance: Path) -> None:
    for words in (("db", "upgrade"), ("demo", "load")):
        subprocess.run([*COMMAND, *words], cwd=ROOT, env=_environment(instance), check=True)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Web server and worker as `make demo` starts them, on a database of their own.

    Each file of tests gets a demo that nobody has answered or decided anything in: whichever
    order they run in, what one file sends does not change the maps that another one looks at.
    """
    instance = loaded_once(tmp_path_factory, "instance å", _load_demo)
    environment = _environment(instance)
    port = free_port()
    processes = [
        subprocess.Popen([*COMMAND, *words], cwd=ROOT, env=environment)
        for words in (("serve", "--port", str(port)), ("worker",))
    ]
    url = f"http://localhost:{port}"
    try:
        _wait_until_well(url, processes[0])
        yield Site(url, instance)
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(timeout=PATIENCE.total_seconds())


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


class Watch:
    """Everything that a browser context asked for and complained about."""

    def __init__(self, context: BrowserContext, own: str) -> None:
        self.own = urlsplit(own).netloc
        self.outside: list[str] = []
        self.complaints: list[str] = []
        context.on("request", lambda request: self._note(request.url))
        context.on("console", lambda message: self._hear(message.type, message.text))
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))

    def _note(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"data", "blob"} and parts.netloc != self.own:
            self.outside.append(url)

    def _hear(self, kind: str, text: str) -> None:
        meant = any(words in text for words in ON_PURPOSE)
        if kind in {"error", "warning"} and not meant:
            self.complaints.append(text)

    def check(self) -> None:
        """No other host was asked and nothing was wrong."""
        assert not self.outside, f"asked other hosts: {self.outside}"
        assert not self.complaints, f"the console says: {self.complaints}"


def open_watched(chromium: Browser, url: str) -> Iterator[Callable[..., BrowserContext]]:
    """``make(**options)``: a fresh browser at ``url``, watched until the test ends."""
    opened: list[tuple[BrowserContext, Watch]] = []

    def make(**options: object) -> BrowserContext:
        settings: dict[str, object] = {
            "base_url": url,
            "viewport": PHONE,
            "locale": "sv-SE",
            "timezone_id": "Europe/Stockholm",
        } | options
        context = chromium.new_context(**settings)  # type: ignore[arg-type]
        context.set_default_timeout(20_000)
        opened.append((context, Watch(context, url)))
        return context

    yield make
    for context, watch in opened:
        context.close()
        watch.check()


@pytest.fixture
def open_context(chromium: Browser, site: Site) -> Iterator[Callable[..., BrowserContext]]:
    """A fresh browser at the demo's site; see ``open_watched``."""
    yield from open_watched(chromium, site.url)


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def phone(
    request: pytest.FixtureRequest, open_context: Callable[..., BrowserContext]
) -> BrowserContext:
    """A phone, once with and once without JavaScript."""
    return open_context(java_script_enabled=request.param)


def sign_in(page: Page, site: Site, role: str, municipality: str = "soderhamn") -> None:
    """Sign in through the form, as a person does."""
    account = site.account(role, municipality)
    page.goto("/logga-in")
    page.get_by_label("E-post").fill(account["email"])
    page.get_by_label("Lösenord").fill(account["password"])
    page.get_by_role("button", name="Logga in").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Logga in")


def take_picture(page: Page, name: str) -> None:
    """Keep a picture of the whole page for a person to look at."""
    PICTURES.mkdir(exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
