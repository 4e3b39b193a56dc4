"""`make test`: every check there is, and one closing line that counts them."""

import os
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections import Counter
from pathlib import Path

from tools.assets import build_assets
from tools.environment import PYTHON, ROOT, clean_environment
from tools.packages import install_development
from tools.postgres import find_postgres

# Its console script could not be started from every folder; it has no module to run.
_LINT_IMPORTS = "from importlinter.cli import lint_imports_command as c; c()"
_CODE = ["webapp", "surveys", "maps", "migrations", "tests", "tools", "benchmarks"]
# More would wait for each other: each brings servers and a browser.
_MOST_WORKERS = 8
# What a page says does not depend on the database; see tests/page_databases.py.
_PAGES_ON = "sqlite"


def run_checks() -> int:
    """Run all checks, also after one has failed; return the exit code."""
    install_development()
    build_assets()
    code = [folder for folder in _CODE if (ROOT / folder).is_dir()]
    checks = {
        "formatting": ["-m", "ruff", "format", "--check", *code],
        "lint": ["-m", "ruff", "check", *code],
        "import contracts": ["-c", _LINT_IMPORTS, "--no-logo"],
        "types": ["-m", "mypy"],
    }
    databases = _databases()
    # The types take as long as a good many tests: they are judged beside them, and told afterwards.
    with _Beside("types", checks["types"]) as types:
        before = [name for name in checks if name != "types"]
        failed = [name for name in before if not _passes(name, checks[name])]
        counts, exit_code = _run_tests(databases)
        failed += [] if types.passes() else ["types"]
    if "postgresql" not in databases:
        print("\nLeft out: all tests on PostgreSQL, because no server is installed here.")
    elif not _is_full():
        print(f"\nPages were tested on {_PAGES_ON} only; FULL=1 make test tests them on all.")
    if counts["skipped"]:
        print("\nLeft out: the tests that pytest lists above under «left out».")
    if failed:
        print(f"\nFailed besides the tests: {', '.join(failed)}. Their words are further up.")
    passed = counts["passed"] + len(checks) - len(failed)
    closing = f"{passed} passed, {counts['failed'] + len(failed)} failed"
    if counts["skipped"]:
        closing += f", {counts['skipped']} skipped"
    print(f"\n{closing}", flush=True)
    return 1 if failed else exit_code


def _passes(name: str, command: list[str]) -> bool:
    started = time.monotonic()
    print(f"\n== {name}", flush=True)
    finished = subprocess.run([str(PYTHON), *command], cwd=ROOT, env=clean_environment())
    took = time.monotonic() - started
    print(f"== {name}: {'failed' if finished.returncode else 'passed'} in {took:.1f} s", flush=True)
    return finished.returncode == 0


class _Beside:
    """A check that runs while others do; its words are kept until it is asked whether it passes."""

    def __init__(self, name: str, command: list[str]) -> None:
        self._name = name
        self._words = tempfile.TemporaryFile()  # noqa: SIM115 - closed when the run ends
        self._process = subprocess.Popen(
            [str(PYTHON), *command],
            cwd=ROOT,
            env=clean_environment(),
            stdout=self._words,
            stderr=subprocess.STDOUT,
        )

    def __enter__(self) -> "_Beside":
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()  # no more than a formality where it has ended
        self._process.wait()
        self._words.close()

    def passes(self) -> bool:
        """Wait for its end, and say what it said."""
        code = self._process.wait()
        self._words.seek(0)
        print(f"\n== {self._name}\n{self._words.read().decode('utf-8', 'replace')}", end="")
        print(f"== {self._name}: {'failed' if code else 'passed'}, beside the tests", flush=True)
        return code == 0


def _is_full() -> bool:
    return os.environ.get("FULL") == "1"


def _databases() -> list[str]:
    """Both databases where a PostgreSQL server can be started, and always when FULL=1."""
    is_wanted = _is_full() or os.environ.get("TEST_POSTGRES_URL")
    return ["sqlite", "postgresql"] if is_wanted or find_postgres() else ["sqlite"]


def _run_tests(databases: list[str]) -> tuple[Counter[str], int]:
    """Run pytest; count what it reported from its own report file."""
    print(f"\n== tests, on {' and '.join(databases)}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [str(PYTHON), "-m", "pytest", f"--junit-xml={report}", "-o", "junit_logging=no"]
        command += _side_by_side()
        wanted = {"TEST_DATABASES": ",".join(databases)}
        if not _is_full():
            wanted["TEST_PAGES_ON"] = _PAGES_ON
        environment = clean_environment(wanted)
        finished = subprocess.run(command, cwd=ROOT, env=environment)
        counts = _count(report)
    if finished.returncode and not counts["failed"]:
        counts["failed"] += 1  # it ended for another reason than a failing test
    return counts, finished.returncode


def _side_by_side() -> list[str]:
    """As many tests at a time as there are cores, each worker with databases of its own.

    One at a time on a single core, and on a server that we were given: it has one database for us.
    """
    has_affinity = hasattr(os, "sched_getaffinity")
    cores = len(os.sched_getaffinity(0)) if has_affinity else os.cpu_count() or 1
    if cores < 2 or os.environ.get("TEST_POSTGRES_URL"):
        return []
    # Each worker begins on a stretch of its own, so that it sets up as few databases as can be.
    return ["-n", str(min(cores, _MOST_WORKERS)), "--dist", "worksteal"]


def _count(report: Path) -> Counter[str]:
    counts: Counter[str] = Counter()
    if not report.exists():
        print("pytest left no report.", file=sys.stderr)
        return counts
    for case in ElementTree.parse(report).iter("testcase"):  # noqa: S314 - written by our pytest
        faults = case.find("failure") is not None or case.find("error") is not None
        left_out = case.find("skipped") is not None
        counts["failed" if faults else "skipped" if left_out else "passed"] += 1
    return counts
