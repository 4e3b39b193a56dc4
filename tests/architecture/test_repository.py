"""What lies in the repository, and what must not."""

import json
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from tools.bootstrap import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-node.lock")


def committed_files() -> list[Path]:
    if not (shutil.which("git") and (ROOT / ".git").exists()):
        pytest.skip("this is no git checkout, so nobody knows what is committed")
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, encoding="utf-8"
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).exists()]


def texts() -> dict[str, str]:
    """Committed text files with their content."""
    found = {}
    for path in committed_files():
        try:
            found[path.relative_to(ROOT).as_posix()] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
    return found


def pinned(lock: str) -> dict[str, str]:
    """Each entry of a lock: its name and version with the lines that belong to it."""
    entries = re.split(r"^(?=[a-z0-9])", (ROOT / lock).read_text(encoding="utf-8"), flags=re.M)
    return {entry.split()[0]: entry for entry in entries if not entry.startswith("#")}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*(-i|-f|--(extra-)?index|--find-links|--trusted-host)", text, re.M)
    entries = pinned(lock)
    assert entries
    for name, entry in entries.items():
        assert re.fullmatch(r"[a-z0-9._-]+==[^;\s]+", name), f"{name} is not pinned"
        assert "--hash=sha256:" in entry, f"{name} has no hash"


def test_tests_run_with_the_versions_of_production() -> None:
    assert set(pinned("requirements.lock")) <= set(pinned("requirements-dev.lock"))


def test_the_locks_hold_every_direct_dependency() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = settings["dependency-groups"]

    def names(requirements: list[str]) -> set[str]:
        found = (re.match(r"[A-Za-z0-9._-]+", requirement) for requirement in requirements)
        return {match[0].lower().replace("_", "-") for match in found if match}

    def locked(lock: str) -> set[str]:
        return {entry.split("==")[0] for entry in pinned(lock)}

    assert names(settings["project"]["dependencies"]) <= locked("requirements.lock")
    assert names(groups["build"]) <= locked("requirements.lock")
    assert names(groups["dev"]) <= locked("requirements-dev.lock")
    assert names(groups["node"]) <= locked("requirements-node.lock")


@pytest.mark.parametrize("folder", ["webapp/frontend", "benchmarks/lighthouse"])
def test_the_node_packages_lock_holds_hashes_and_no_address(folder: str) -> None:
    lock = json.loads((ROOT / folder / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    for name, entry in packages.items():
        assert "resolved" not in entry, f"{name} names where it was fetched"
        assert entry["integrity"].startswith("sha512-"), f"{name} has no hash"


def test_every_make_target_is_told_of_and_leads_to_a_command() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z-]+):", makefile, re.M)
    told = re.findall(r"^([a-z-]+):\s+## \S", makefile, re.M)
    called = re.findall(r"-m tools\.bootstrap ([a-z-]+)$", makefile, re.M)
    assert targets == told
    assert set(targets) == set(called) == set(COMMANDS)
    phony = re.search(r"^\.PHONY: (.+)$", makefile, re.M)
    assert phony
    assert set(phony[1].split()) == set(targets)


def test_nothing_built_or_fetched_is_committed() -> None:
    names = [path.relative_to(ROOT).as_posix() for path in committed_files()]
    unwanted = re.compile(
        r"\.min\.(js|css)$|(^|/)(node_modules|\.venv|instance|__pycache__)/|static/build/"
        r"|\.(mo|sqlite3|pyc|whl|map|woff2?|ttf|otf)$|(^|/)\.env$"
    )
    assert [name for name in names if unwanted.search(name)] == []


def test_nothing_large_is_committed() -> None:
    large = {
        path.relative_to(ROOT).as_posix(): path.stat().st_size
        for path in committed_files()
        if path.stat().st_size > 300_000 and path.suffix not in {".lock", ".po"}
    }
    assert large == {}


def test_the_project_reads_nothing_outside_itself() -> None:
    outside = ("../" + "shared", "/" + "work/")
    naming = [name for name, text in texts().items() if any(place in text for place in outside)]
    assert naming == []
