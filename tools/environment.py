"""The virtual environment: where it is, what is in it, and running programs from it.

Only the standard library is used here, because this runs before anything is installed.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
INSTANCE = ROOT / "instance"
RUNTIME_LOCK = ROOT / "requirements.lock"
DEVELOPMENT_LOCK = ROOT / "requirements-dev.lock"
NODE_LOCK = ROOT / "requirements-node.lock"

_STAMPS = VENV / "set-up.json"
_SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = _SCRIPTS / ("python.exe" if os.name == "nt" else "python")


class SetupFailed(Exception):
    """A step could not be done; the message says which and what a person can do about it."""


@contextmanager
def step(what: str) -> Iterator[None]:
    """Tell what is being done, and how long it took."""
    started = time.monotonic()
    print(f"-> {what}", flush=True)
    yield
    print(f"   done in {time.monotonic() - started:.1f} s", flush=True)


_ASTRAY = {
    "PYTHONHOME",
    "PYTHONPATH",
    "PYTHONDONTWRITEBYTECODE",  # each of a run's many programs would compile everything anew
    "VIRTUAL_ENV",
    "PIP_USER",
    "PIP_TARGET",
}


def clean_environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment for our own programs, without what would lead Python astray."""
    kept = {name: value for name, value in os.environ.items() if name not in _ASTRAY}
    kept |= {"PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1", "VIRTUAL_ENV": str(VENV)}
    kept["PATH"] = str(_SCRIPTS) + os.pathsep + kept.get("PATH", "")
    return kept | dict(extra or {})


def run(command: Sequence[str | Path], what: str, *, cwd: Path = ROOT) -> None:
    """Run a program with its output shown; raise SetupFailed if it fails."""
    finished = subprocess.run([str(part) for part in command], cwd=cwd, env=clean_environment())
    if finished.returncode:
        raise SetupFailed(f"{what} failed (exit code {finished.returncode}).")


def run_module(module: str, *arguments: str | Path) -> None:
    """Run `python -m module`: unlike the scripts in .venv it bears any folder name."""
    run([PYTHON, "-m", module, *arguments], f"{module} {' '.join(map(str, arguments))}".strip())


def run_quietly(
    command: Sequence[str | Path], what: str, *, cwd: Path = ROOT, path_first: Path | None = None
) -> None:
    """Run a program that has little to tell; its output is shown only if it fails."""
    environment = clean_environment()
    if path_first:
        environment["PATH"] = str(path_first) + os.pathsep + environment["PATH"]
    finished = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    if finished.returncode:
        print(finished.stdout)
        raise SetupFailed(f"{what} failed (exit code {finished.returncode}); its words are above.")


def fingerprint(parts: Iterable[str | Path]) -> str:
    """Return one hash over texts and the contents of files; a folder counts with all its files."""
    total = hashlib.sha256()
    for part in parts:
        if isinstance(part, str):
            total.update(part.encode() + b"\0")
            continue
        files = sorted(_files_below(part)) if part.is_dir() else [part]
        for file in files:
            total.update(file.relative_to(ROOT).as_posix().encode() + b"\0")
            total.update(file.read_bytes() if file.exists() else b"absent")
    return total.hexdigest()


def _files_below(folder: Path) -> Iterator[Path]:
    """Yield a folder's files, leaving out what is installed or cached in it."""
    for parent, folders, files in os.walk(folder):
        folders[:] = [f for f in folders if f not in {"node_modules", "__pycache__"}]
        yield from (Path(parent) / file for file in files if not file.endswith((".mo", ".pyc")))


def is_done(name: str, mark: str) -> bool:
    """Tell whether this step was done before with the same inputs."""
    return _stamps().get(name) == mark


def set_done(name: str, mark: str) -> None:
    """Remember that this step was done with these inputs."""
    _STAMPS.write_text(json.dumps(_stamps() | {name: mark}, indent=2), encoding="utf-8")


def _stamps() -> dict[str, str]:
    try:
        stamps = json.loads(_STAMPS.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamps if isinstance(stamps, dict) else {}


def ensure_venv() -> None:
    """Create .venv, or create it anew if its Python no longer runs or is too old."""
    if PYTHON.exists() and _venv_works():
        return
    with step(f"creating the virtual environment .venv with Python {sys.version.split()[0]}"):
        command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
        if subprocess.run(command, cwd=ROOT).returncode:
            shutil.rmtree(VENV, ignore_errors=True)
            raise SetupFailed(
                "Python could not create a virtual environment. On Debian and Ubuntu the package "
                "python3-venv is missing: install it and run the command again."
            )


def _venv_works() -> bool:
    """Tell whether the environment's Python starts, is new enough and has pip."""
    question = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    try:
        return subprocess.run([PYTHON, "-c", question], env=clean_environment()).returncode == 0
    except OSError:
        return False
