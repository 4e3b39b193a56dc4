"""What can be counted: the rows of a table. Each is counted in respondents."""

import enum
import re
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.errors import NotFound
from surveys.models.dialogue import Dialogue, Question, QuestionKind
from surveys.models.municipality import Municipality
from surveys.models.place import PlaceKind
from surveys.models.response import (
    DONT_KNOW,
    NO,
    NONE_VALUE,
    SCALE_VALUES,
    TEXT_VALUE,
    YES,
    PlaceReason,
    Season,
    TimeOfDay,
)
from surveys.models.theme import Polarity, Theme

SAFE, UNSAFE, ANSWERED = "safe", "unsafe", "answered"
_QUESTION = re.compile(r"q([1-9])")


class MeasureKind(enum.Enum):
    """Where a measure's rows come from."""

    QUESTION = "question"
    THEMES = "themes"
    REASONS = "reasons"
    TIMES = "times"
    SEASONS = "seasons"
    PLACE_KINDS = "place_kinds"


MARK_MEMBERS: dict[MeasureKind, list[enum.Enum]] = {
    MeasureKind.REASONS: list(PlaceReason),
    MeasureKind.TIMES: list(TimeOfDay),
    MeasureKind.SEASONS: list(Season),
    MeasureKind.PLACE_KINDS: list(PlaceKind),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A row. ``title`` is None where the page words it; ``part_of`` names the row it is part of."""

    key: str
    title: str | None = None
    part_of: str | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted. ``key`` names it in addresses and evidence.

    ``lines`` are the rows, sums before their parts; where ``is_multiple`` one respondent may stand
    in several of them. ``main`` are the keys whose respondents are the base of the shares.
    """

    key: str
    kind: MeasureKind
    lines: tuple[Line, ...]
    is_multiple: bool
    question: Question | None = None
    polarity: Polarity | None = None

    @property
    def main(self) -> frozenset[str]:
        """Keys of rows that are no sums of others."""
        return frozenset(line.key for line in self.leaves)

    @property
    def leaves(self) -> tuple[Line, ...]:
        """Rows that are no sums of others."""
        sums = {line.part_of for line in self.lines}
        return tuple(line for line in self.lines if line.key not in sums)

    @property
    def is_text(self) -> bool:
        """Whether it counts who wrote something."""
        return self.question is not None and self.question.kind is QuestionKind.TEXT

    @property
    def others(self) -> tuple[str, ...]:
        """Keys of what else a respondent may have done with a question, apart from the rows."""
        if self.question is None or self.is_text:
            return ()
        series = (YES, NO) if self.question.kind is QuestionKind.SCALE else SCALE_VALUES
        return (*series, DONT_KNOW, TEXT_VALUE, NONE_VALUE)


_SCALE = (
    Line(SAFE),
    Line("5", part_of=SAFE),
    Line("4", part_of=SAFE),
    Line("3"),
    Line(UNSAFE),
    Line("2", part_of=UNSAFE),
    Line("1", part_of=UNSAFE),
)
_ROWS = {
    QuestionKind.SCALE: _SCALE,
    QuestionKind.PLACES: (Line(YES), Line(NO)),
    QuestionKind.TEXT: (Line(TEXT_VALUE), Line(NONE_VALUE)),
}
_THEMES = {"problems": Polarity.PROBLEM, "wishes": Polarity.WISH}


def get_measure(
    session: Session, municipality: Municipality, dialogue: Dialogue, key: str
) -> Measure:
    """The measure that ``key`` names: q1…q9, problems, wishes, reasons, times, seasons or
    place_kinds. Raise NotFound for another one, or a question that the dialogue does not ask.
    """
    asked = _QUESTION.fullmatch(key)
    if asked is not None:
        return _question_measure(dialogue, key, int(asked[1]))
    if key in _THEMES:
        return Measure(
            key, MeasureKind.THEMES, _theme_lines(session, municipality), True, None, _THEMES[key]
        )
    kind = next((kind for kind in MARK_MEMBERS if kind.value == key), None)
    if kind is None:
        raise NotFound(key)
    lines = tuple(Line(member.value) for member in MARK_MEMBERS[kind])
    return Measure(key, kind, lines, True)


def _question_measure(dialogue: Dialogue, key: str, position: int) -> Measure:
    question = next((q for q in dialogue.questions if q.position == position), None)
    if question is None:
        raise NotFound(key)
    return measure_of_question(question)


def measure_of_question(question: Question) -> Measure:
    """The answers to one question."""
    key = f"q{question.position}"
    return Measure(key, MeasureKind.QUESTION, _ROWS[question.kind], False, question)


def _theme_lines(session: Session, municipality: Municipality) -> tuple[Line, ...]:
    themes = session.scalars(
        select(Theme)
        .where(Theme.municipality_id == municipality.id)
        .order_by(Theme.position, Theme.id)
    )
    return tuple(Line(theme.code, theme.title()) for theme in themes)
