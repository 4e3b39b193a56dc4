"""Habits of the house that no linter knows."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LONGEST_FUNCTION = 45
LONGEST_MODULE = 320
LONGEST_TEMPLATE = 130
# What may be longer, each with its reason.
LONGER = {
    "surveys/demo/promise_2022.py: _points": "the promise itself, retold point by point",
}


def modules(*packages: str) -> Iterator[tuple[str, str]]:
    for package in packages:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "node_modules" not in path.parts:
                yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def calls(source: str) -> Iterator[str]:
    """Yield what is called, as it is written: `session.commit`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


def test_packages_load_nothing_by_themselves() -> None:
    packages = ("webapp", "surveys", "maps", "migrations")
    full = {
        name
        for name, source in modules(*packages)
        if name.endswith("__init__.py") and len(ast.parse(source).body) > 1
    }
    assert full == {"webapp/__init__.py"}


def test_the_domain_leaves_the_commit_to_its_callers() -> None:
    commits = [
        n for n, s in modules("surveys", "maps") if any(c.endswith(".commit") for c in calls(s))
    ]
    assert commits == []


def test_the_domain_is_told_the_time() -> None:
    clocks = ("datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time")
    reads = [
        f"{name}: {call}"
        for name, source in modules("surveys", "maps")
        for call in calls(source)
        if call.endswith(clocks)
    ]
    assert reads == []


def test_readers_do_not_write() -> None:
    writes = (".add", ".add_all", ".flush", ".delete", ".merge")
    found = [
        f"{name}: {call}"
        for name, source in modules("surveys/queries")
        for call in calls(source)
        if "session" in call and call.endswith(writes)
    ]
    assert found == []


def test_a_web_process_does_not_load_geography(tmp_path: Path) -> None:
    program = (
        "import sys; from webapp import create_app; create_app();"
        "heavy = {'pandas', 'geopandas', 'folium', 'scipy', 'pyogrio', 'sklearn', 'faker',"
        " 'docx', 'typst'}"
        " & set(sys.modules);"
        "sys.exit(f'loaded: {heavy}' if heavy else 0)"
    )
    finished = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=os.environ | {"INSTANCE_PATH": str(tmp_path)},
        capture_output=True,
        encoding="utf-8",
    )
    assert finished.returncode == 0, finished.stderr


def test_every_word_of_the_models_stands_in_the_glossary() -> None:
    glossary = (ROOT / "surveys" / "glossary.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(?:[a-z.]+\.)?([A-Z]\w+)(?:\.\w+)?`", glossary))
    classes = {
        node.name
        for _, source in modules("surveys/models")
        for node in ast.parse(source).body
        if isinstance(node, ast.ClassDef)
    }
    assert classes - named == set()


def test_rooms_stay_liveable() -> None:
    too_long = []
    for name, source in modules("webapp", "surveys", "maps", "tools"):
        lines = source.count("\n")
        if lines > LONGEST_MODULE:
            too_long.append(f"{name}: {lines} lines")
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > LONGEST_FUNCTION and f"{name}: {node.name}" not in LONGER:
                    too_long.append(f"{name}: {node.name} has {length} lines")
    for path in sorted((ROOT / "webapp" / "templates").rglob("*.*")):
        lines = path.read_text(encoding="utf-8").count("\n")
        if lines > LONGEST_TEMPLATE:
            too_long.append(f"{path.relative_to(ROOT).as_posix()}: {lines} lines")
    assert too_long == []
