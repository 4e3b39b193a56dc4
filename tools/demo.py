"""`make demo` and `make demo-reset`: a running service with real content, on this machine only."""

import contextlib
import json
import os
import socket
import time
import urllib.error
import urllib.request
from pathlib import Path

from tools.assets import build_assets
from tools.children import Children, Stop
from tools.environment import (
    INSTANCE,
    PYTHON,
    SetupFailed,
    clean_environment,
    run,
    run_quietly,
    step,
)
from tools.lock import demo_lock
from tools.packages import install_runtime

_HOST = "127.0.0.1"
_DATA = ("trygghetsdialog.sqlite3", "jobs.sqlite3")
_ACCOUNTS = INSTANCE / "demo-accounts.json"
_COMMAND: list[str | Path] = [PYTHON, "-m", "webapp.cli"]
_START_S = 60.0
# What an installation in production may have set must not reach the demo: it would be written to.
_NOT_FOR_THE_DEMO = (
    *("DATABASE_URL", "INSTANCE_PATH", "SECRET_KEY", "HTTPS", "TRUSTED_PROXIES"),
    *("RATELIMIT_STORAGE_URL", "PUBLIC_URL"),
    *("MAIL_SERVER", "MAIL_USERNAME", "MAIL_PASSWORD", "MAIL_FROM", "MAIL_TO_FILES"),
)

_PLACES = (
    ("The survey (for residents)", "/soderhamn/dialoger/oppen"),
    ("All municipalities", "/"),
    ("Söderhamn", "/soderhamn/"),
    ("The problem picture", "/soderhamn/lagesbild/"),
    ("The promises", "/soderhamn/loften/"),
    ("Sign in (staff)", "/logga-in"),
    ("Work place of the staff", "/soderhamn/handlaggning/"),
)


def run_demo() -> None:
    """Set everything up, run web server and job worker, and stop them when asked to."""
    port = _port()
    for name in _NOT_FOR_THE_DEMO:
        os.environ.pop(name, None)
    with demo_lock(port):
        _refuse_taken_port(port)
        install_runtime()
        build_assets()
        load_demo()
        _serve(port, _accounts())


def reset_demo() -> None:
    """Throw the demo's data away and load it anew; refuse while it runs."""
    for name in _NOT_FOR_THE_DEMO:
        os.environ.pop(name, None)
    with demo_lock():
        install_runtime()
        build_assets()
        with step("removing the demo's data from instance/"):
            for name in _DATA:
                for end in ("", "-wal", "-shm", "-journal"):
                    (INSTANCE / (name + end)).unlink(missing_ok=True)
            _ACCOUNTS.unlink(missing_ok=True)
        load_demo()
    print("\nThe demo is as new. Start it with: make demo")


def load_demo() -> None:
    """Bring the tables up to date and load the demo's content, if it is not there yet."""
    with step("bringing the database up to date"):
        run_quietly([*_COMMAND, "db", "upgrade"], "Migrating the database")
    with step("loading the demo, unless it is there already"):
        run([*_COMMAND, "demo", "load"], "Loading the demo")


def _serve(port: int, accounts: list[dict[str, str]]) -> None:
    stop, children = Stop(), Children()
    environment = clean_environment() | {
        # Nothing of the demo reaches anybody's mail box: each mail is a file in instance/mail/.
        "MAIL_TO_FILES": "1",
        "MAIL_FROM": "trygghetsdialog@localhost",
        "PUBLIC_URL": f"http://localhost:{port}",
    }
    try:
        with step("starting the web server and the job worker"):
            serve = ["serve", "--host", _HOST, "--port", str(port)]
            children.start("web server", [*_COMMAND, *serve], environment)
            children.start("job worker", [*_COMMAND, "worker"], environment)
            _wait_until_healthy(port, stop, children)
        if not stop.wait(0):
            _welcome(port, accounts)
        while not stop.wait(0.3):
            _raise_if_ended(children)
    finally:
        print("\nStopping …", flush=True)
        children.stop()
    print("Stopped. The data is kept in instance/; make demo starts it again.", flush=True)


def _wait_until_healthy(port: int, stop: Stop, children: Children) -> None:
    deadline = time.monotonic() + _START_S
    while not stop.wait(0.1):
        _raise_if_ended(children)
        if _is_healthy(port):
            return
        if time.monotonic() > deadline:
            raise SetupFailed(f"The web server did not answer within {_START_S:.0f} seconds.")


def _is_healthy(port: int) -> bool:
    # A proxy that the environment names has nothing to do with a server on this machine.
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(f"http://{_HOST}:{port}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)
    except (OSError, urllib.error.URLError):
        return False


def _raise_if_ended(children: Children) -> None:
    ended = children.ended()
    if ended:
        name, code = ended
        raise SetupFailed(
            f"The {name} ended by itself (exit code {code}), so everything is stopped. "
            "What it said last is above."
        )


def _welcome(port: int, accounts: list[dict[str, str]]) -> None:
    address = f"http://localhost:{port}"
    width = max(len(name) for name, _ in _PLACES)
    print(f"\nTrygghetsdialog is running on {address}\n")
    for name, path in _PLACES:
        print(f"  {name:<{width}}  {address}{path}")
    print("\nDemo accounts (also in instance/demo-accounts.json):\n")
    for account in accounts:
        print(
            f"  {account['email']:<44} {account['password']:<26} "
            f"{account['role']}, {account['municipality']}"
        )
    print("\nMail is not sent: what would be lies in instance/mail/. Ctrl-C stops it.", flush=True)


def _accounts() -> list[dict[str, str]]:
    try:
        accounts = json.loads(_ACCOUNTS.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SetupFailed(
            "instance/demo-accounts.json cannot be read. make demo-reset makes new accounts."
        ) from error
    return list(accounts)


def _port() -> int:
    text = os.environ.get("PORT", "8000").strip()
    if not (text.isdecimal() and 1 <= int(text) <= 65535):
        raise SetupFailed(f"PORT must be a whole number from 1 to 65535, not «{text}».")
    return int(text)


def _refuse_taken_port(port: int) -> None:
    with contextlib.closing(socket.socket(socket.AF_INET, socket.SOCK_STREAM)) as probe:
        if os.name == "posix":
            # A port that was left a moment ago is free for a new server.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_HOST, port))
        except PermissionError:
            reason = "may not be used by this user"
        except OSError:
            reason = "is used by another program"
        else:
            return
    raise SetupFailed(f"Port {port} {reason}. Choose another one, for example: make demo PORT=8765")
