"""What `make test` runs on one database, and what on both."""

import pytest

from tests import page_databases
from tests.page_databases import is_of_pages


class Item:
    """As much of a collected test as the choice looks at."""

    def __init__(self, path: str, database: str | None, named: bool = False) -> None:
        self.path = page_databases.ROOT / path
        self._named = named
        if database:
            self.callspec = type("CallSpec", (), {"params": {"test_database_kind": database}})()

    def iter_markers(self, _name: str) -> list[pytest.Mark]:
        names = "test_database_kind" if self._named else "role"
        return [pytest.mark.parametrize(names, []).mark]


class Config:
    """Keeps what it is told was left out."""

    def __init__(self) -> None:
        self.hook = self
        self.left_out: list[object] = []

    def pytest_deselected(self, items: list[object]) -> None:
        self.left_out = items


def chosen(monkeypatch: pytest.MonkeyPatch, pages_on: str, items: list[Item]) -> list[Item]:
    monkeypatch.setattr(page_databases, "PAGES_ON", pages_on)
    kept, config = list(items), Config()
    page_databases.pytest_collection_modifyitems(config, kept)  # type: ignore[arg-type]
    assert sorted(map(id, [*kept, *config.left_out])) == sorted(map(id, items))
    return kept


PAGE = "tests/webapp/staff/test_results.py"
SERVICE = "tests/surveys/services/test_counts.py"


def test_a_page_runs_on_the_database_for_pages_only(monkeypatch: pytest.MonkeyPatch) -> None:
    here, there = Item(PAGE, "sqlite"), Item(PAGE, "postgresql")
    without = Item(PAGE, None)
    assert chosen(monkeypatch, "sqlite", [here, there, without]) == [here, without]


def test_what_stores_runs_on_both(monkeypatch: pytest.MonkeyPatch) -> None:
    items = [Item(SERVICE, "sqlite"), Item(SERVICE, "postgresql")]
    assert chosen(monkeypatch, "sqlite", items) == items


def test_a_test_that_names_its_database_runs_there(monkeypatch: pytest.MonkeyPatch) -> None:
    items = [Item(PAGE, "postgresql", named=True)]
    assert chosen(monkeypatch, "sqlite", items) == items


def test_a_full_run_leaves_nothing_out(monkeypatch: pytest.MonkeyPatch) -> None:
    items = [Item(PAGE, "sqlite"), Item(PAGE, "postgresql")]
    assert chosen(monkeypatch, "", items) == items


def test_what_is_refused_lost_or_rolled_back_is_no_page() -> None:
    assert all((page_databases.ROOT / path).exists() for path in page_databases.STORAGE)
    assert not is_of_pages("tests/webapp/survey/test_bad_input.py")
    assert not is_of_pages("tests/webapp/commands/test_import_answers.py")
    assert not is_of_pages("tests/migrations/test_migrations.py")
    assert is_of_pages("tests/architecture/test_walks.py")
