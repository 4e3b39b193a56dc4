"""Which tests run on which database: see docs/decisions/0034.

`make test` runs what stores and reads (services, queries, jobs, commands, migrations) on every
database of the run, and pages on the embedded one: their words do not depend on the database.
`FULL=1 make test` (what .ci/run does) runs everything on both, and so does a pytest by hand.
"""

import os
from collections.abc import Iterable
from pathlib import Path

import pytest

# The one database for pages; empty: all of the run's.
PAGES_ON = os.environ.get("TEST_PAGES_ON", "")
ROOT = Path(__file__).resolve().parents[1]
PAGES = ("tests/webapp/", "tests/architecture/")
# Tests among those of pages that are about storage: what one database refuses, loses or orders.
STORAGE = (
    "tests/webapp/commands/",
    "tests/webapp/survey/test_bad_input.py",
    "tests/webapp/test_errors.py",
    "tests/webapp/test_faults.py",
    "tests/webapp/test_health.py",
    "tests/webapp/test_mail.py",
    "tests/webapp/test_queue.py",
    "tests/webapp/test_reminder_mail.py",
    "tests/webapp/test_worker.py",
)


def is_of_pages(path: str) -> bool:
    """Whether this file's tests are of pages; ``path`` from the project's root, with ``/``."""
    return path.startswith(PAGES) and not path.startswith(STORAGE)


def _is_elsewhere(item: pytest.Item) -> bool:
    """Whether this test of a page would run on another database than the one for pages."""
    callspec = getattr(item, "callspec", None)
    kind = callspec.params.get("test_database_kind") if callspec else None
    if not PAGES_ON or kind in (None, PAGES_ON):
        return False
    is_bound = any("test_database_kind" in marker.args[0] for marker in _parameters(item))
    return not is_bound and is_of_pages(item.path.relative_to(ROOT).as_posix())


def _parameters(item: pytest.Item) -> Iterable[pytest.Mark]:
    """The test's own parameters: a test that names its database (``only_on``) keeps it."""
    return item.iter_markers("parametrize")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Take the pages' other databases out; pytest's last line counts them as deselected."""
    left_out = [item for item in items if _is_elsewhere(item)]
    if left_out:
        items[:] = [item for item in items if not _is_elsewhere(item)]
        config.hook.pytest_deselected(items=left_out)
