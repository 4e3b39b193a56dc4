"""What a dialogue's answers say, for staff: read from the kept counts.

Always one municipality's own answers: a joint dialogue shows each municipality its own. The scale
and an imported ja/nej are two series that are never added; "vet ej" and those who left the
question out stand beside them and are in neither.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys.models.dialogue import Channel, Dialogue, Question, QuestionKind
from surveys.models.municipality import Municipality
from surveys.models.response import (
    DONT_KNOW,
    NO,
    NONE_VALUE,
    SCALE_VALUES,
    TEXT_VALUE,
    YES,
    AnswerCount,
    Response,
)
from surveys.queries.marked_places import PlacesSummary, summarise_places
from surveys.statistics.findings import Finding, find_majority
from surveys.statistics.proportions import Proportion, estimate_share

SAFE_VALUES = frozenset({"5", "4"})
UNSAFE_VALUES = frozenset({"1", "2"})


@dataclass(frozen=True, slots=True)
class ValueCount:
    """How many gave one answer of the scale, and their share of all who used the scale."""

    value: str
    n: int
    share: float


@dataclass(frozen=True, slots=True)
class ScaleSeries:
    """Answers on the scale, 5 first. ``safe`` is 4-5 (ja), ``unsafe`` 1-2 (nej), 3 in neither."""

    n: int
    values: tuple[ValueCount, ...]
    safe: Proportion
    unsafe: Proportion
    finding: Finding | None  # first = safe, second = unsafe


@dataclass(frozen=True, slots=True)
class YesNoSeries:
    """Answers ja or nej: how Q2 is asked, or a Q1 that was imported in another wording."""

    n: int
    yes: Proportion
    no: Proportion
    finding: Finding | None  # first = yes, second = no


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """One question. ``n_missing`` left the item out; ``n_texts`` wrote something."""

    question_id: int
    position: int
    code: str
    version: int
    kind: QuestionKind
    wording: str
    n_responses: int
    n_missing: int
    n_dont_know: int
    n_texts: int
    scale: ScaleSeries | None
    yes_no: YesNoSeries | None

    @property
    def n_answered(self) -> int:
        """Responses with any answer to this question."""
        return self.n_responses - self.n_missing


@dataclass(frozen=True, slots=True)
class ChannelCount:
    """How many responses came one way, and their share of all."""

    channel: Channel
    n: int
    share: float


@dataclass(frozen=True, slots=True)
class DialogueResults:
    """All that the results page shows. ``first_on`` to ``last_on`` are days of answers."""

    n_responses: int
    first_on: date | None
    last_on: date | None
    n_undated: int
    n_events: int
    channels: tuple[ChannelCount, ...]
    questions: tuple[QuestionResult, ...]
    places: PlacesSummary


def summarise_results(
    session: Session, municipality: Municipality, dialogue: Dialogue, *, language: str = "sv"
) -> DialogueResults:
    """The results of ``municipality``'s answers to ``dialogue``, with n and intervals."""
    channels = _count_channels(session, municipality, dialogue)
    n_responses = sum(row.n for row in channels)
    first_on, last_on = _field_days(session, municipality, dialogue)
    counts = _counts_by_question(session, municipality, dialogue)
    return DialogueResults(
        n_responses=n_responses,
        first_on=first_on,
        last_on=last_on,
        n_undated=_count_undated(session, municipality, dialogue) if n_responses else 0,
        n_events=len(dialogue.events),
        channels=channels,
        questions=tuple(
            _question_result(question, counts[question.id], n_responses, language)
            for question in dialogue.questions
        ),
        places=summarise_places(session, municipality, dialogue),
    )


def _question_result(
    question: Question, counts: dict[str, int], n_responses: int, language: str
) -> QuestionResult:
    return QuestionResult(
        question_id=question.id,
        position=question.position,
        code=question.code,
        version=question.version,
        kind=question.kind,
        wording=question.text(language),
        n_responses=n_responses,
        # A question that no count knows of was answered by nobody.
        n_missing=counts[NONE_VALUE] if counts else n_responses,
        n_dont_know=counts[DONT_KNOW],
        n_texts=counts[TEXT_VALUE],
        scale=_scale(counts),
        yes_no=_yes_no(counts),
    )


def _scale(counts: dict[str, int]) -> ScaleSeries | None:
    n = sum(counts[value] for value in SCALE_VALUES)
    if n == 0:
        return None
    safe = estimate_share(sum(counts[value] for value in SAFE_VALUES), n)
    unsafe = estimate_share(sum(counts[value] for value in UNSAFE_VALUES), n)
    return ScaleSeries(
        n=n,
        values=tuple(ValueCount(value, counts[value], counts[value] / n) for value in SCALE_VALUES),
        safe=safe,
        unsafe=unsafe,
        finding=find_majority(safe.count, unsafe.count, n),
    )


def _yes_no(counts: dict[str, int]) -> YesNoSeries | None:
    n = counts[YES] + counts[NO]
    if n == 0:
        return None
    yes, no = estimate_share(counts[YES], n), estimate_share(counts[NO], n)
    return YesNoSeries(n=n, yes=yes, no=no, finding=find_majority(yes.count, no.count, n))


def _counts_by_question(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> dict[int, dict[str, int]]:
    statement = (
        select(AnswerCount.question_id, AnswerCount.value, func.sum(AnswerCount.n))
        .where(
            AnswerCount.municipality_id == municipality.id,
            AnswerCount.dialogue_id == dialogue.id,
        )
        .group_by(AnswerCount.question_id, AnswerCount.value)
    )
    counts: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for question_id, value, n in session.execute(statement):
        counts[question_id][value] = int(n)
    return counts


def _count_channels(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> tuple[ChannelCount, ...]:
    statement = (
        select(Response.channel, func.count())
        .where(
            Response.municipality_id == municipality.id,
            Response.dialogue_id == dialogue.id,
            Response.is_counted.is_(True),
        )
        .group_by(Response.channel)
    )
    found = [(channel, int(n)) for channel, n in session.execute(statement)]
    total = sum(n for _, n in found)
    order = list(Channel)
    found.sort(key=lambda row: (-row[1], order.index(row[0])))
    return tuple(ChannelCount(channel, n, n / total) for channel, n in found)


def _field_days(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> tuple[date | None, date | None]:
    statement = select(func.min(AnswerCount.day), func.max(AnswerCount.day)).where(
        AnswerCount.municipality_id == municipality.id,
        AnswerCount.dialogue_id == dialogue.id,
        AnswerCount.day != "",
        AnswerCount.n > 0,
    )
    days = [date.fromisoformat(day) for day in session.execute(statement).one() if day]
    return (days[0], days[-1]) if days else (None, None)


def _count_undated(session: Session, municipality: Municipality, dialogue: Dialogue) -> int:
    statement = (
        select(func.count())
        .select_from(Response)
        .where(
            Response.municipality_id == municipality.id,
            Response.dialogue_id == dialogue.id,
            Response.is_counted.is_(True),
            Response.answered_on.is_(None),
        )
    )
    return session.scalar(statement) or 0
