"""What the code imports stands in pyproject.toml itself, and comes by way of no other package."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OWN = {"webapp", "surveys", "maps", "migrations", "tools", "tests", "benchmarks"}
# Flask's own parts: which versions fit together is for Flask to say.
WITH_FLASK = {"click", "jinja2", "markupsafe", "werkzeug"}


def plain(name: str) -> str:
    """A package's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def declared(*groups: str) -> set[str]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = list(settings["project"]["dependencies"])
    for group in groups:
        wanted += settings["dependency-groups"][group]
    return {plain(re.split(r"[^\w.-]", requirement)[0]) for requirement in wanted}


def imported(folder: str) -> set[str]:
    """The packages that the modules below ``folder`` import, by their first name."""
    found: set[str] = set()
    for path in (ROOT / folder).rglob("*.py"):
        if "node_modules" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.split(".")[0])
    return found - OWN - WITH_FLASK - sys.stdlib_module_names


@pytest.mark.parametrize(
    ("folder", "groups"),
    [
        *((folder, ()) for folder in ("webapp", "surveys", "maps", "migrations")),
        *((folder, ("dev",)) for folder in ("tools", "tests", "benchmarks")),
    ],
)
def test_each_import_is_of_a_declared_package(folder: str, groups: tuple[str, ...]) -> None:
    packages = packages_distributions()
    asked_for = declared(*groups)
    missing = {
        name
        for name in imported(folder)
        if asked_for.isdisjoint(map(plain, packages.get(name, [])))
    }
    assert missing == set()
