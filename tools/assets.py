"""Styles, scripts and translations: built from sources, again only when these have changed."""

import json
from pathlib import Path

from tools.environment import (
    PYTHON,
    ROOT,
    SetupFailed,
    fingerprint,
    is_done,
    run_quietly,
    set_done,
    step,
)
from tools.npm import find_npm, install_packages, run_npm

_FRONTEND = ROOT / "webapp" / "frontend"
_BUILT = ROOT / "webapp" / "static" / "build"
_TRANSLATIONS = ROOT / "webapp" / "translations"


def build_assets() -> None:
    """Bring styles, scripts and translations up to date."""
    build_frontend()
    compile_translations()


def build_frontend() -> None:
    """Build webapp/static/build from webapp/frontend, unless it is up to date."""
    mark = fingerprint([_FRONTEND])
    if is_done("assets", mark) and _is_built():
        return
    npm = find_npm()
    install_packages(npm, _FRONTEND)
    with step("building styles and scripts"):
        run_npm(npm, _FRONTEND, "run", "build", "--silent")
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
        compiling: list[str | Path] = [PYTHON, "-m", "tools.catalogues", "compile"]
        run_quietly(compiling, "Compiling the translations")
    set_done("translations", mark)


def _is_built() -> bool:
    """Tell whether the manifest and every file that it names are there."""
    try:
        manifest = json.loads((_BUILT / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(manifest) and all((_BUILT / name).is_file() for name in manifest.values())
