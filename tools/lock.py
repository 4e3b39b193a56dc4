"""One demo at a time in a folder: a lock that the system lets go of when its holder ends."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from tools.environment import INSTANCE, SetupFailed

_FILE = INSTANCE / "demo.lock"


@contextmanager
def demo_lock(port: int | None = None) -> Iterator[None]:
    """Hold the demo's data; raise SetupFailed if another process of this machine holds it."""
    INSTANCE.mkdir(mode=0o700, exist_ok=True)  # residents' answers and passwords lie here
    with _FILE.open("a+", encoding="ascii") as file:
        if not _take(file.fileno()):
            raise SetupFailed(
                "The demo in this folder is already running"
                f"{_where()}. Stop it first with Ctrl-C in its window."
            )
        _write_port(port)
        try:
            yield
        finally:
            _write_port(None)


def _take(handle: int) -> bool:
    """Lock the open file for this process, without waiting."""
    try:
        if os.name == "nt":
            import msvcrt  # noqa: PLC0415 - exists on Windows only

            os.lseek(handle, 0, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl  # noqa: PLC0415 - exists everywhere but on Windows

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _write_port(port: int | None) -> None:
    # Beside the lock, not in it: Windows lets nobody read a locked file.
    beside = _FILE.with_suffix(".port")
    if port is None:
        beside.unlink(missing_ok=True)
    else:
        beside.write_text(str(port), encoding="ascii")


def _where() -> str:
    try:
        return f" on http://localhost:{_FILE.with_suffix('.port').read_text(encoding='ascii')}"
    except OSError:
        return ""
