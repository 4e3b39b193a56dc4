"""``trygghetsdialog analyse`` as it is run: files in, files out, and words."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.webapp.commands.analyse_maps.planted_files import Run
from webapp.cli import cli


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """``run("gi", ...)`` in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(cli, ["analyse", *arguments], catch_exceptions=False)

    return invoke
