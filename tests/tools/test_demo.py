"""What `make demo` starts, it stops; and it says in words why it cannot start."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools import demo, lock
from tools.children import Children
from tools.environment import SetupFailed

# A program with a child of its own; both hold a connection for as long as they live, and both turn
# a deaf ear to being asked to end if told so.
FAMILY = """
import signal, socket, subprocess, sys, threading
port, is_deaf, generation = sys.argv[1], sys.argv[2] == "deaf", sys.argv[3]
if is_deaf:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
line = socket.create_connection(("127.0.0.1", int(port)))
if generation == "parent":
    subprocess.Popen([sys.executable, __file__, port, sys.argv[2], "child"])
threading.Event().wait()
"""


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(30)
        yield server


@pytest.mark.parametrize("manner", ["polite", "deaf"])
def test_stopping_ends_a_program_and_its_children(
    manner: str, tmp_path: Path, listener: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tools.children._GRACE_S", 0.5)
    program = tmp_path / "family å.py"
    program.write_text(FAMILY, encoding="utf-8")
    port = str(listener.getsockname()[1])
    children = Children()
    children.start("family", [sys.executable, program, port, manner, "parent"], os.environ)
    lines = [listener.accept()[0], listener.accept()[0]]
    assert children.ended() is None
    children.stop()
    for line in lines:
        line.settimeout(30)
        assert line.recv(1) == b""  # the other end is gone
        line.close()


def test_a_program_that_ends_by_itself_is_noticed(listener: socket.socket) -> None:
    children = Children()
    port = listener.getsockname()[1]
    leave = f"import socket; socket.create_connection(('127.0.0.1', {port})); raise SystemExit(3)"
    children.start("web server", [sys.executable, "-c", leave], os.environ)
    line, _ = listener.accept()
    with line:
        line.settimeout(30)
        assert line.recv(1) == b""
    while children.ended() is None:
        pass  # it has let go of its connection, so it is about to end
    with pytest.raises(SetupFailed, match=r"web server ended by itself \(exit code 3\)"):
        demo._raise_if_ended(children)
    children.stop()


def test_a_taken_port_is_said_in_words(listener: socket.socket) -> None:
    port = listener.getsockname()[1]
    with pytest.raises(SetupFailed, match=rf"Port {port} is used by another program.*PORT=8765"):
        demo._refuse_taken_port(port)


@pytest.mark.parametrize("typed", ["", "0", "65536", "åtta", "8000; rm", "-1", "8e3"])
def test_a_port_that_is_none_is_refused(typed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", typed)
    with pytest.raises(SetupFailed, match="whole number from 1 to 65535"):
        demo._port()


def test_one_demo_at_a_time_in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "INSTANCE", tmp_path)
    monkeypatch.setattr(lock, "_FILE", tmp_path / "demo.lock")
    with lock.demo_lock(8123):
        second = pytest.raises(SetupFailed, match="already running on http://localhost:8123")
        with second, lock.demo_lock():
            pass
    with lock.demo_lock():
        pass


def test_an_older_python_is_told_what_is_needed() -> None:
    program = (
        "import sys; sys.version_info = (3, 9, 2);"
        "import runpy; runpy.run_module('tools.bootstrap', run_name='__main__')"
    )
    finished = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, encoding="utf-8"
    )
    assert finished.returncode == 1
    assert "needs Python 3.11 or newer; this is Python 3.9" in finished.stderr
    assert "Traceback" not in finished.stderr
