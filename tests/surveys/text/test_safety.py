"""Signs of danger in what residents write."""

import csv
import random
import re
from importlib.resources import files

import pytest

from benchmarks.safety import measure, sentences
from surveys.text.safety import find_safety_signs
from surveys.text.safety_words import PATTERNS, STEMS


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


def test_the_first_look_takes_no_sign_away(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = files("surveys").joinpath("demo/answers.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(answers.splitlines())
    texts = [text for row in rows for text in (row["q2"], row["q3"]) if text]
    texts += [text for part in ("tuned", "held_out") for _kind, text in sentences(part)]
    assert len(texts) > 500
    with_it = [find_safety_signs(text) for text in texts]
    monkeypatch.setattr("surveys.text.safety._ANY_STEM", re.compile(""))
    assert [find_safety_signs(text) for text in texts] == with_it
    assert any(with_it)


@pytest.mark.parametrize("pattern", [each for kind in PATTERNS.values() for each in kind])
def test_whatever_fits_a_pattern_has_a_stem_in_it(pattern: str) -> None:
    dice = random.Random(pattern)
    parsed = re._parser.parse(pattern)  # type: ignore[attr-defined]
    for _ in range(300):
        text = written_from(parsed, dice)
        assert any(stem in text for stem in STEMS), text


def written_from(parsed: object, dice: random.Random) -> str:
    """A text that fits a parsed regular expression, with nothing of what may be left out."""
    said = ""
    for name, value in parsed:  # type: ignore[attr-defined]
        match str(name):
            case "LITERAL":
                said += chr(value)
            case "BRANCH":
                said += written_from(dice.choice(value[1]), dice)
            case "SUBPATTERN":
                said += written_from(value[-1], dice)
            case "MAX_REPEAT" if value[0]:
                said += written_from(value[2], dice) * value[0]
            case "IN":
                said += chr(value[0][1]) if str(value[0][0]) == "LITERAL" else "5"
            case "NOT_LITERAL":
                said += "_"
    return said
