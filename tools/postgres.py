"""A throw-away PostgreSQL server on this machine, for tests; gone with all its data afterwards."""

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

_ENDING = ".exe" if os.name == "nt" else ""
# Where systems put the server's programs when they are not on the PATH, as on Debian.
_PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
    "C:/Program Files/PostgreSQL/*/bin",
)
_UNPRIVILEGED = ("postgres", "nobody")
# Nothing here has to survive a power cut.
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "50",
    "timezone": "Europe/Stockholm",
}


class PostgresFailed(Exception):
    """The server could not be made or started; the message holds its own words."""


def find_postgres() -> Path | None:
    """Return the folder of the newest server's programs, or None if there is none."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    found = [
        folder
        for pattern in _PLACES
        for folder in Path(Path(pattern).anchor).glob(pattern.removeprefix(Path(pattern).anchor))
        if (folder / f"initdb{_ENDING}").exists()
    ]
    return max(found, key=_version, default=None)


def _version(folder: Path) -> int:
    digits = "".join(letter for letter in folder.parent.name if letter.isdecimal())
    return int(digits or 0)


@contextlib.contextmanager
def postgres_server(programs: Path) -> Iterator[str]:
    """Run a server on a free port and yield the address of its empty database."""
    user = _other_user()
    # Its own folder under the system's: the server's user cannot look into ours.
    with tempfile.TemporaryDirectory(prefix="trygghetsdialog-", ignore_cleanup_errors=True) as name:
        folder, data = Path(name), Path(name) / "data"
        if user:
            shutil.chown(folder, user)
        initdb = programs / f"initdb{_ENDING}"
        pg_ctl = programs / f"pg_ctl{_ENDING}"
        how = ["--auth=trust", "--username=tests", "--encoding=UTF8", "--no-locale", "--no-sync"]
        _run([initdb, *how, "--pgdata", data], folder, user)
        port = _start(pg_ctl, data, folder, user)
        try:
            yield f"postgresql+psycopg://tests@127.0.0.1:{port}/postgres"
        finally:
            _run([pg_ctl, "stop", "--mode=immediate", "--wait", "--pgdata", data], folder, user)


def _start(pg_ctl: Path, data: Path, folder: Path, user: str | None) -> int:
    """Start the server; try another port if ours was taken in between."""
    for attempt in range(3):
        port = _free_port()
        settings = _SETTINGS | {"port": str(port)}
        lines = [f"{name} = '{value}'\n" for name, value in settings.items()]
        with (data / "postgresql.auto.conf").open("a", encoding="ascii") as file:
            file.writelines(lines)
        start: list[str | Path] = [
            pg_ctl,
            "start",
            "--wait",
            "--pgdata",
            data,
            "--log",
            folder / "server.log",
        ]
        try:
            _run(start, folder, user)
        except PostgresFailed as failure:
            if attempt == 2:
                log = (folder / "server.log").read_text(encoding="utf-8", errors="replace")
                raise PostgresFailed(f"{failure}\n{log[-2000:]}") from failure
        else:
            return port
    raise AssertionError("unreachable")


def _run(command: list[str | Path], folder: Path, user: str | None) -> None:
    # The server inherits what we open and outlives this call: hence a file and no pipe.
    words = folder / "words.txt"
    with words.open("wb") as output:
        finished = subprocess.run(
            [str(part) for part in command],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            user=user,
            group=_group(user),
            extra_groups=[] if user else None,
        )
    if finished.returncode:
        said = words.read_text(encoding="utf-8", errors="replace")
        raise PostgresFailed(f"{Path(command[0]).name} failed:\n{said[-2000:]}")


def _other_user() -> str | None:
    """PostgreSQL refuses to run as root: return a user that may run it, None if we may."""
    if os.name == "nt" or os.geteuid() != 0:
        return None
    import pwd  # noqa: PLC0415 - does not exist on Windows

    known = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in _UNPRIVILEGED if name in known), None)


def _group(user: str | None) -> int | None:
    if user is None:
        return None
    import pwd  # noqa: PLC0415 - does not exist on Windows

    return pwd.getpwnam(user).pw_gid


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
