"""The rubric of closing judgements, in versions: what each verdict means, to be held to it.

A version's words never change once somebody has judged by it; they are worded in the edge, by
version and verdict. A new version is added after the last.
"""

from dataclasses import dataclass
from datetime import date

from surveys.models.judgement import Verdict


@dataclass(frozen=True, slots=True)
class RubricVersion:
    """One version, and the day from which new judgements are made by it."""

    number: int
    since: date
    verdicts: tuple[Verdict, ...] = tuple(Verdict)


RUBRICS = (RubricVersion(1, date(2022, 1, 1)),)


def rubric_at(day: date) -> RubricVersion:
    """The version that is judged by on ``day``; the first one before there was any."""
    valid = [version for version in RUBRICS if version.since <= day]
    return valid[-1] if valid else RUBRICS[0]
