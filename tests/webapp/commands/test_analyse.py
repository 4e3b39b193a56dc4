"""``trygghetsdialog analyse schedule``: what it prints, and that it needs no database."""

import json
import os
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner, Result

from webapp.commands.analyse import analyse_group

ROOT = Path(__file__).resolve().parents[3]
KEYS = ["kind", "count", "comparator", "per", "rrule", "deadline", "expected", "excused", "text"]
TWO_YEARS = ("--from", "2022-01-01", "--to", "2023-12-31")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(analyse_group, ["schedule", *arguments])


def test_mondays_and_their_red_days() -> None:
    result = run("varje måndag kl. 14.00", *TWO_YEARS)
    assert result.exit_code == 0
    assert json.loads(result.output) == {
        "kind": "recurring",
        "count": None,
        "comparator": None,
        "per": None,
        "rrule": "FREQ=WEEKLY;BYDAY=MO;BYHOUR=14;BYMINUTE=0",
        "deadline": None,
        "expected": 98,
        "excused": [
            "2022-04-18",
            "2022-06-06",
            "2022-12-26",
            "2023-04-10",
            "2023-05-01",
            "2023-12-25",
        ],
        "text": "varje måndag kl. 14.00",
    }


def test_several_texts_give_a_line_each_with_all_keys() -> None:
    texts = ["minst två gånger per halvår", "senast under februari 2020", "åäö", ""]
    lines = [json.loads(line) for line in run(*texts, *TWO_YEARS).output.splitlines()]
    assert [line["text"] for line in lines] == texts
    assert [list(line) for line in lines] == [KEYS] * 4
    assert (lines[0]["count"], lines[0]["comparator"], lines[0]["per"]) == (2, ">=", "half_year")
    assert (lines[1]["kind"], lines[1]["deadline"]) == ("deadline", "2020-02-29")
    assert lines[2] == dict.fromkeys(KEYS) | {"kind": "unparsed", "excused": [], "text": "åäö"}


def test_bad_windows_are_told() -> None:
    backwards = run("löpande", "--from", "2023-01-01", "--to", "2022-01-01")
    assert (backwards.exit_code, "later" in backwards.output) == (2, True)
    assert run("löpande", "--from", "1234-01-01", "--to", "2022-01-01").exit_code == 2
    assert run("löpande", "--from", "2022-02-30", "--to", "2022-12-31").exit_code == 2
    assert run(*TWO_YEARS).exit_code == 2


def test_the_installed_command_needs_no_database_and_no_geography(tmp_path: Path) -> None:
    """Bytes are UTF-8 in any terminal, nothing is written, nothing heavy is loaded."""
    program = (
        "import sys; from webapp.cli import cli; "
        "cli(sys.argv[1:], prog_name='trygghetsdialog', standalone_mode=False);"
        "heavy = {'geopandas', 'pandas', 'scipy', 'folium'} & set(sys.modules);"
        "sys.exit(f'loaded: {heavy}' if heavy else 0)"
    )
    instance = tmp_path / "instance"
    finished = subprocess.run(
        [sys.executable, "-c", program, "analyse", "schedule", "löpande", *TWO_YEARS],
        cwd=ROOT,
        env=os.environ | {"INSTANCE_PATH": str(instance), "PYTHONIOENCODING": "latin-1"},
        capture_output=True,
    )
    assert finished.returncode == 0, finished.stderr
    assert json.loads(finished.stdout.decode("utf-8"))["text"] == "löpande"
    assert not instance.exists()
