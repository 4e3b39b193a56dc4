"""Python packages: installed from the locks, each file held to its hash."""

import re
import subprocess
import sys
from pathlib import Path

from tools.environment import (
    DEVELOPMENT_LOCK,
    NODE_LOCK,
    PYTHON,
    ROOT,
    RUNTIME_LOCK,
    SetupFailed,
    clean_environment,
    ensure_venv,
    fingerprint,
    is_done,
    run,
    run_quietly,
    set_done,
    step,
)

_PIP: list[str | Path] = [PYTHON, "-m", "pip", "--disable-pip-version-check", "--no-input"]
# Each lock and the parts of pyproject.toml that go into it. The development lock holds all of the
# run-time lock's versions too, so that tests run with what is put into production.
_LOCKS: dict[Path, list[str | Path]] = {
    RUNTIME_LOCK: ["pyproject.toml", "--group", "build"],
    DEVELOPMENT_LOCK: [
        "pyproject.toml",
        "--group",
        "build",
        "--group",
        "dev",
        "-c",
        RUNTIME_LOCK.name,
    ],
    NODE_LOCK: ["--group", "node"],
}
_HOW_TO_LOCK = (
    *("--universal", "--python-version", "3.11"),
    *("--generate-hashes", "--upgrade", "--quiet"),
    *("--no-config", "--no-emit-index-url", "--no-emit-find-links"),
    *("--custom-compile-command", "make lock"),
)


def install_runtime() -> None:
    """Install what the service itself needs, and the project into .venv."""
    ensure_venv()
    install_lock(RUNTIME_LOCK)
    install_project()


def install_development() -> None:
    """Install what the service and its tests need, and the project into .venv."""
    ensure_venv()
    install_lock(DEVELOPMENT_LOCK)
    set_done(RUNTIME_LOCK.name, fingerprint([RUNTIME_LOCK]))
    install_project()


def install_lock(lock: Path) -> None:
    """Install exactly the lock's versions, unless that was done before."""
    mark = fingerprint([lock])
    if is_done(lock.name, mark):
        return
    with step(f"installing the packages of {lock.name} (the first time this takes a few minutes)"):
        _install_with_progress(lock)
    set_done(lock.name, mark)


def install_project() -> None:
    """Install the project itself so that it runs from this folder; anew if the folder has moved."""
    mark = fingerprint([str(ROOT), ROOT / "pyproject.toml"])
    if is_done("project", mark):
        return
    with step("installing the project into .venv"):
        options = ["--no-index", "--no-deps", "--no-build-isolation", "--quiet"]
        run_quietly([*_PIP, "install", *options, "--editable", ROOT], "Installing the project")
    set_done("project", mark)


def write_locks() -> None:
    """Resolve pyproject.toml for all systems and write the locks, without any index address."""
    install_development()
    for lock, sources in _LOCKS.items():
        with step(f"writing {lock.name}"):
            compile_lock = [
                PYTHON,
                "-m",
                "uv",
                "pip",
                "compile",
                *sources,
                "--output-file",
                lock.name,
            ]
            run([*compile_lock, *_HOW_TO_LOCK], "Resolving the dependencies")


def _install_with_progress(lock: Path) -> None:
    """Let pip install a lock, telling how far it has come in one line (or a few, in a log)."""
    wanted = len(set(re.findall(r"^([a-z0-9._-]+)==", lock.read_text("utf-8"), re.M)))
    command = [*_PIP, "install", "--require-hashes", "--progress-bar", "off", "-r", lock]
    pip = subprocess.Popen(
        [str(part) for part in command],
        cwd=ROOT,
        env=clean_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    try:
        said = _follow(pip, wanted)
    except BaseException:
        pip.terminate()  # asked to end: so must pip
        raise
    if pip.wait():
        print(*said[-15:], sep="\n")
        raise SetupFailed(
            f"pip could not install {lock.name}; its last words are above. The first installation "
            "needs the network; what was fetched is kept, so simply run the command again."
        )


def _follow(pip: subprocess.Popen[str], wanted: int) -> list[str]:
    """Show pip's progress while it runs; return all that it said."""
    said: list[str] = []
    seen = 0
    assert pip.stdout is not None  # noqa: S101 - it was opened with a pipe just above
    for line in pip.stdout:
        said.append(line.rstrip())
        package = re.match(r"(?:Collecting|Requirement already satisfied:) ([^\s=<>;]+)", line)
        if package:
            seen += 1
            _show(f"{min(seen, wanted)} of {wanted}: {package[1]}", is_milestone=seen % 20 == 0)
        elif line.startswith("Installing collected packages"):
            _show("unpacking", is_milestone=True)
    if sys.stdout.isatty():
        print("\r\x1b[K", end="", flush=True)
    return said


def _show(text: str, *, is_milestone: bool) -> None:
    """Overwrite the progress line on a screen; in a log write only now and then."""
    if sys.stdout.isatty():
        print(f"\r\x1b[K   {text}", end="", flush=True)
    elif is_milestone:
        print(f"   {text}", flush=True)
