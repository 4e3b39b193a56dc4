"""What takes long to load is loaded once, and nobody's copy is another's."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.loaded_once import loaded_once


def test_many_ask_and_one_loads(tmp_path_factory: pytest.TempPathFactory) -> None:
    asked: list[Path] = []

    def load(folder: Path) -> None:
        asked.append(folder)
        (folder / "rows").write_text("1 2 3", encoding="utf-8")

    with ThreadPoolExecutor() as threads:
        ask = [threads.submit(loaded_once, tmp_path_factory, "once", load) for _ in range(4)]
        folders = {each.result() for each in ask}
    assert len(asked) == 1
    assert len(folders) == 4
    first, *others = sorted(folders)
    (first / "rows").write_text("changed", encoding="utf-8")
    assert {(folder / "rows").read_text("utf-8") for folder in others} == {"1 2 3"}


def test_a_load_that_failed_is_done_anew(tmp_path_factory: pytest.TempPathFactory) -> None:
    def fail(folder: Path) -> None:
        (folder / "half").touch()
        raise ValueError("the demo could not be loaded")

    def load(folder: Path) -> None:
        (folder / "whole").touch()

    with pytest.raises(ValueError, match="could not be loaded"):
        loaded_once(tmp_path_factory, "again", fail)
    own = loaded_once(tmp_path_factory, "again", load)
    assert [file.name for file in own.iterdir()] == ["whole"]
