"""The three questions that a dialogue begins with, with the municipality's name in its forms."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from surveys.models.dialogue import Question, QuestionKind
from surveys.models.municipality import Municipality

_VOWELS = "aeiouyåäö"


def standard_questions(municipality: Municipality) -> list[Question]:
    """Fresh questions, in order, for a dialogue of ``municipality``, in every language we have."""
    forms = {
        "name": municipality.name,
        "genitive": municipality.genitive,
        "finnish_genitive": finnish_genitive(municipality.name),
    }
    return [
        Question(
            position=position,
            code=row["code"],
            version=row["version"],
            kind=QuestionKind(row["kind"]),
            wording={language: text.format(**forms) for language, text in row["wording"].items()},
        )
        for position, row in enumerate(_rows(), start=1)
    ]


def finnish_genitive(name: str) -> str:
    """``name`` as Finnish inflects a Swedish name: Sollefteån, Söderhamnin."""
    return name + ("n" if name[-1:].lower() in _VOWELS else "in")


@cache
def _rows() -> tuple[dict[str, Any], ...]:
    text = (files("surveys.services.dialogues") / "standard_questions.toml").read_text(
        encoding="utf-8"
    )
    return tuple(tomllib.loads(text)["question"])
