"""Programs that run side by side and stop together, on any system."""

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import FrameType

from tools.environment import ROOT

_GRACE_S = 10.0


class Stop:
    """Remembers that a person (or the system) asked us to end."""

    def __init__(self) -> None:
        self.is_asked = threading.Event()
        self._started_by = os.getppid()
        for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), self._ask)

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        self.is_asked.set()

    def wait(self, seconds: float) -> bool:
        """Wait a while; tell whether we are to end, also when whoever started us is gone."""
        if os.name == "posix" and os.getppid() != self._started_by:
            self.is_asked.set()
        return self.is_asked.wait(seconds)


class Children:
    """The programs that we started, each the head of a group of its own."""

    def __init__(self) -> None:
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def start(
        self, name: str, command: Sequence[str | Path], environment: Mapping[str, str]
    ) -> None:
        """Start a program in a group of its own, so that its own children can be ended with it."""
        self._running[name] = subprocess.Popen(
            [str(part) for part in command],
            cwd=ROOT,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            start_new_session=os.name == "posix",
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )

    def ended(self) -> tuple[str, int] | None:
        """Return name and exit code of a program that has ended by itself, if one has."""
        for name, child in self._running.items():
            code = child.poll()
            if code is not None:
                return name, code
        return None

    def stop(self) -> None:
        """End all programs and theirs: first by asking, after ten seconds without asking."""
        for child in self._running.values():
            if child.poll() is None:
                _ask_to_end(child)
        deadline = time.monotonic() + _GRACE_S
        for child in self._running.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(timeout=max(0.1, deadline - time.monotonic()))
            _end_group(child)
        self._running.clear()


def _ask_to_end(child: subprocess.Popen[bytes]) -> None:
    if os.name == "nt":
        child.send_signal(signal.CTRL_BREAK_EVENT)  # type: ignore[attr-defined,unused-ignore]
    else:
        os.killpg(child.pid, signal.SIGTERM)


def _end_group(child: subprocess.Popen[bytes]) -> None:
    """End what is left of a program's group, its own children too."""
    if os.name == "nt":
        if child.poll() is None:
            tree = ["taskkill", "/T", "/F", "/PID", str(child.pid)]
            subprocess.run(tree, capture_output=True)
        return
    with contextlib.suppress(ProcessLookupError):  # all gone already, as they should be
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
