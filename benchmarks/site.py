"""A running installation to measure: its own folder, the demo in it, no rate limits."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
START_LIMIT_S = 60


@contextmanager
def running_site() -> Iterator[str]:
    """The address of a web server on a fresh demo database."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"INSTANCE_PATH": folder, "RATELIMIT_ENABLED": "0"}
        environment.pop("DATABASE_URL", None)
        command = [sys.executable, "-m", "webapp.cli"]
        for words in (("db", "upgrade"), ("demo", "load")):
            subprocess.run(
                [*command, *words],
                cwd=ROOT,
                env=environment,
                check=True,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        port = _free_port()
        server = subprocess.Popen(
            [*command, "serve", "--port", str(port)], cwd=ROOT, env=environment
        )
        try:
            url = f"http://127.0.0.1:{port}"
            _wait(url)
            yield url
        finally:
            server.terminate()
            server.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(url: str) -> None:
    deadline = time.monotonic() + START_LIMIT_S
    while True:
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
