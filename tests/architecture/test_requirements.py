"""The table of requirements is whole, and every test that it names exists."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT / "docs" / "requirements.md"
REQUIREMENTS = range(1, 123)
NOT_YET = "not yet"
_ROW = re.compile(r"^\| D(\d+) \|(.*)\|$")
_TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def rows() -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        match = _ROW.match(line)
        if match:
            number = int(match[1])
            assert number not in found, f"D{number} stands twice"
            found[number] = [cell.strip() for cell in match[2].split(" | ")]
    return found


def test_each_requirement_stands_once() -> None:
    assert list(rows()) == list(REQUIREMENTS)


def test_each_row_says_what_where_and_how_it_is_shown() -> None:
    for number, cells in rows().items():
        assert len(cells) == 3, f"D{number}"
        assert all(cells), f"D{number} has an empty cell"
        shown = cells[2]
        assert shown.startswith(NOT_YET) or _TEST.search(shown), f"D{number}: {shown}"


@pytest.mark.parametrize("number", REQUIREMENTS)
def test_each_named_test_exists(number: int) -> None:
    for file, name in _TEST.findall(rows()[number][2]):
        path = ROOT / file
        assert path.is_file(), f"D{number} names {file}"
        defined = {
            node.name
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.FunctionDef)
        }
        assert name in defined, f"D{number} names {name}, which {file} does not have"
