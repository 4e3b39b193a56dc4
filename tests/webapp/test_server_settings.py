"""The server settings that we ship leave no trace of who answered."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# Every way in which nginx writes down something of a request.
WRITES = ("access_log", "error_log", "log_format", "log_not_found", "rewrite_log", "mirror")


def nginx_directives() -> list[list[str]]:
    """The directives of the nginx settings in compose.yaml, each as its words."""
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    content = text.split("content: |", 1)[1]
    without_comments = re.sub(r"(?m)^\s*#.*$", "", content)
    return [part.split() for part in re.split(r"[;{}]", without_comments) if part.split()]


def test_nginx_writes_no_line_for_a_request() -> None:
    written = [words for words in nginx_directives() if words[0] in WRITES]
    assert sorted(written) == [["access_log", "off"], ["error_log", "/dev/stderr", "emerg"]]


def test_nginx_logs_nothing_before_the_first_block_says_so() -> None:
    names = [words[0] for words in nginx_directives()]
    assert names.index("error_log") < names.index("events")
    assert names.index("access_log") < names.index("server")


def test_staff_pages_reach_nobody_compressed() -> None:
    assert [words for words in nginx_directives() if words[0].startswith("gzip")] == [
        ["gzip", "off"]
    ]


def test_postgresql_writes_no_row_and_no_statement_beside_the_time_of_an_error() -> None:
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    assert "log_error_verbosity=terse" in text
    assert "log_min_error_statement=panic" in text


def test_the_guide_tells_other_servers_the_same() -> None:
    guide = (ROOT / "docs" / "operate.md").read_text(encoding="utf-8")
    assert "`access_log off` **and** `error_log … emerg`" in guide


@pytest.mark.parametrize("name", ["compose.yaml", "Dockerfile"])
def test_no_shipped_setting_asks_postgresql_to_keep_times_or_statements(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    for setting in ("track_commit_timestamp", "log_statement", "log_min_duration_statement"):
        assert setting not in text


def test_the_image_is_given_every_file_that_it_is_built_from() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    let_in = {line[1:] for line in ignored if line.startswith("!")}
    steps = re.findall(r"(?m)^COPY (?!--from)(.+)$", (ROOT / "Dockerfile").read_text("utf-8"))
    taken = {name.split("/")[0] for step in steps for name in step.split()[:-1]}
    assert {"webapp", "requirements.lock"} <= taken <= let_in


def test_the_image_has_the_catalogues_that_are_tested() -> None:
    # Babel's own compiler writes English where a translator has left a plural empty.
    assert "tools.catalogues compile" in (ROOT / "Dockerfile").read_text(encoding="utf-8")
