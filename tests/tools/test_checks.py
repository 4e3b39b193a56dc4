"""A check that runs beside the tests is told like the others."""

import pytest

from tools.checks import _Beside


@pytest.mark.parametrize(("code", "verdict"), [(0, "passed"), (3, "failed")])
def test_what_a_check_says_is_told_when_it_is_asked(
    code: int, verdict: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with _Beside("types", ["-c", f"print('two errors'); raise SystemExit({code})"]) as check:
        assert check.passes() is (code == 0)
    said = capfd.readouterr().out
    assert "== types\ntwo errors\n" in said
    assert f"== types: {verdict}, beside the tests" in said


def test_a_check_that_nobody_asks_ends_with_the_run() -> None:
    with _Beside("types", ["-c", "import threading; threading.Event().wait()"]) as check:
        pass
    assert check._process.returncode is not None
