"""Signs of danger in what residents write."""

import pytest

from benchmarks.safety import measure
from surveys.text.safety import find_safety_signs


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("Han står utanför min dörr just nu och har kniv", "danger_now"),
        ("Jag är 12 år och blir slagen hemma", "child"),
        ("jag orkar inte leva längre", "self_harm"),
        ("MIN SAMBO SLÅR MIG", "abuse"),
        ("I want to kill myself", "self_harm"),
    ],
)
def test_a_sign_is_found(text: str, sign: str) -> None:
    assert sign in find_safety_signs(f"Mer lampor. {text}. Tack!")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Jag har aldrig blivit slagen",
        "Ingen slår mig här",
        "Fler fältare mot våld i nära relationer",
        "Någon blir påkörd snart",
    ],
)
def test_what_is_denied_or_wished_for_others_is_no_sign(text: str) -> None:
    assert find_safety_signs(text) == frozenset()


@pytest.mark.parametrize(("part", "recall"), [("tuned", 0.95), ("held_out", 0.9)])
def test_most_are_found_and_few_are_taken_wrongly(part: str, recall: float) -> None:
    result = measure(part)
    assert result.recall >= recall
    assert result.precision >= 0.9


def test_a_very_long_text_takes_no_long_time() -> None:
    assert find_safety_signs("min man " * 2000) == frozenset()
