"""Labelled answers to learn from: those of the package, and those that a file brings."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

CODES = (
    "youth_crime",
    "drugs",
    "alcohol",
    "traffic",
    "police_presence",
    "cooperation",
    "domestic_violence",
    "economic_crime",
    "lighting_environment",
    "violence_threats",
    "burglary_theft",
    "harassment",
    "gangs_guns",
    "activities_for_youth",
    "public_transport",
    "other",
    "none",
)
SEPARATOR = "|"


@dataclass(frozen=True, slots=True)
class Example:
    """One answer with the codes that a person gave it. ``coder`` says who, "" for nobody real."""

    id: str
    q2: str
    q3: str
    codes: frozenset[str]
    coder: str = ""


def split_codes(written: str) -> frozenset[str]:
    """The codes of ``written`` ("drugs|traffic"); raises ValueError naming an unknown one."""
    codes = {code.strip() for code in written.split(SEPARATOR) if code.strip()}
    unknown = sorted(codes - set(CODES))
    if unknown:
        raise ValueError(unknown[0])
    return frozenset(codes)


@cache
def invented_examples() -> tuple[Example, ...]:
    """Answers written for training only: no resident gave them and no event happened."""
    return tuple(
        Example(row["id"], row["q2"], row["q3"], split_codes(row["themes"]))
        for row in _rows("surveys.text", "training_answers.csv")
    )


@cache
def labelled_answers() -> tuple[Example, ...]:
    """The demo's answers with the labels of ``labels.csv``."""
    answers = {row["id"]: row for row in _rows("surveys.demo", "answers.csv")}
    return tuple(
        Example(
            row["id"],
            answers[row["id"]]["q2"],
            answers[row["id"]]["q3"],
            split_codes(row["themes"]),
            row["coder"],
        )
        for row in _rows("surveys.text", "labels.csv")
    )


def _rows(package: str, name: str) -> list[dict[str, str]]:
    text = files(package).joinpath(name).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(text.splitlines(keepends=True)))
