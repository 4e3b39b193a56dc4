"""What a dialogue's answers say, for staff: read from the kept counts, as they may be told.

Always one municipality's own answers: a joint dialogue shows each municipality its own. The scale
and an imported ja/nej are two series that are never added; "vet ej" and those who left the
question out stand beside them and are in neither. A number is None where it is withheld: the same
numbers are withheld here as in the crossed tables (``surveys.queries.results.crosstabs``).
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys.models.answer_count import AnswerCount
from surveys.models.dialogue import Channel, Dialogue, Question, QuestionKind
from surveys.models.municipality import Municipality
from surveys.models.response import (
    DONT_KNOW,
    NO,
    NONE_VALUE,
    SCALE_VALUES,
    TEXT_VALUE,
    YES,
)
from surveys.privacy import Limits, limits_of
from surveys.queries.results.filters import Filters
from surveys.queries.results.groups import ALL, NOT_STATED, Group
from surveys.queries.results.kept import quick_tally
from surveys.queries.results.marked_places import PlacesSummary, summarise_places
from surveys.queries.results.measures import SAFE, UNSAFE, Measure, measure_of_question
from surveys.queries.results.tallies import Key, Scope, Tally, tally_sizes
from surveys.queries.results.withholding import Verdict, fill_sums, judge, judge_groups
from surveys.statistics.findings import Finding, find_majority
from surveys.statistics.proportions import Proportion, estimate_share

SAFE_VALUES = frozenset({"5", "4"})
UNSAFE_VALUES = frozenset({"1", "2"})


@dataclass(frozen=True, slots=True)
class ValueCount:
    """How many gave one answer of the scale, and their share of all who used the scale."""

    value: str
    n: int | None
    share: float | None


@dataclass(frozen=True, slots=True)
class ScaleSeries:
    """Answers on the scale, 5 first. ``safe`` is 4-5 (ja), ``unsafe`` 1-2 (nej), 3 in neither."""

    n: int
    values: tuple[ValueCount, ...]
    safe: Proportion | None
    unsafe: Proportion | None
    finding: Finding | None  # first = safe, second = unsafe


@dataclass(frozen=True, slots=True)
class YesNoSeries:
    """Answers ja or nej: how Q2 is asked, or a Q1 that was imported in another wording."""

    n: int
    yes: Proportion | None
    no: Proportion | None
    finding: Finding | None  # first = yes, second = no


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """One question. ``n_missing`` left the item out; ``n_texts`` answered in words alone.

    ``is_withheld``: too few answered it, and nothing of it is told.
    """

    question_id: int
    position: int
    code: str
    version: int
    kind: QuestionKind
    wording: str
    n_responses: int | None
    n_answered: int | None  # responses with any answer to it
    n_missing: int | None
    n_dont_know: int | None
    n_texts: int | None
    scale: ScaleSeries | None
    yes_no: YesNoSeries | None
    is_withheld: bool = False


@dataclass(frozen=True, slots=True)
class ChannelCount:
    """How many responses came one way, and their share of all."""

    channel: Channel
    n: int | None
    share: float | None


@dataclass(frozen=True, slots=True)
class DialogueResults:
    """All that the results page shows. ``first_on`` to ``last_on`` are days of answers.

    ``n_responses`` is None where there are some, but too few to tell how many.
    ``has_below``: a number under the limit is shown, to somebody who may see rows.
    """

    n_responses: int | None
    first_on: date | None
    last_on: date | None
    n_undated: int | None
    n_events: int
    channels: tuple[ChannelCount, ...]
    questions: tuple[QuestionResult, ...]
    places: PlacesSummary
    has_below: bool


def summarise_results(
    session: Session,
    municipality: Municipality,
    dialogue: Dialogue,
    *,
    language: str = "sv",
    sees_rows: bool = False,
) -> DialogueResults:
    """The results of ``municipality``'s answers to ``dialogue``, with n and intervals."""
    reading = _Reading(session, Scope(municipality, dialogue, Filters()), sees_rows)
    n_responses = reading.count_all()
    questions = [reading.read_question(question, language) for question in dialogue.questions]
    first_on, last_on = _field_days(session, municipality, dialogue) if n_responses else (None,) * 2
    return DialogueResults(
        n_responses=n_responses,
        first_on=first_on,
        last_on=last_on,
        n_undated=reading.count_undated(),
        n_events=len(dialogue.events),
        channels=reading.count_channels(),
        questions=tuple(questions),
        places=summarise_places(session, municipality, dialogue, sees_rows=sees_rows),
        has_below=reading.has_below,
    )


@dataclass(slots=True)
class _Reading:
    session: Session
    scope: Scope
    sees_rows: bool
    has_below: bool = False
    sizes: Counter[Key] = field(init=False)

    def __post_init__(self) -> None:
        self.sizes = tally_sizes(self.session, self.scope, None)

    @property
    def limits(self) -> Limits:
        return limits_of(self.scope.municipality)

    def count_all(self) -> int | None:
        """All counted responses."""
        n = self.sizes[ALL]
        if 0 < n < self.limits.min_respondents:
            self.has_below = self.sees_rows
            return n if self.sees_rows else None
        return n

    def count_channels(self) -> tuple[ChannelCount, ...]:
        """Responses by channel, the most first, then the withheld in their own order."""
        sizes = tally_sizes(self.session, self.scope, Group.CHANNEL)
        total = sum(sizes.values())
        shown = self._shown(dict(sizes))
        rows = []
        for channel in Channel:
            if channel.value in sizes:
                n = shown[channel.value]
                rows.append(ChannelCount(channel, n, n / total if n is not None else None))
        return tuple(sorted(rows, key=lambda row: -(row.n or 0)))

    def count_undated(self) -> int | None:
        """Responses without a day."""
        weeks = tally_sizes(self.session, self.scope, Group.WEEK)
        undated = weeks[NOT_STATED]
        parts = {NOT_STATED: undated, ALL: sum(weeks.values()) - undated}
        return self._shown(parts)[NOT_STATED]

    def _shown(self, sizes: dict[Key, int]) -> dict[Key, int | None]:
        withheld = judge_groups(sizes, self.limits)
        if self.sees_rows:
            self.has_below = self.has_below or bool(withheld)
            return dict(sizes)
        return {key: None if key in withheld else n for key, n in sizes.items()}

    def read_question(self, question: Question, language: str) -> QuestionResult:
        """One question's numbers."""
        measure = measure_of_question(question)
        counted = quick_tally(self.session, self.scope, measure, None, sizes=self.sizes)
        found = fill_sums(counted, measure)
        verdict = judge(measure, found, self.limits)
        if self.sees_rows:
            self.has_below = self.has_below or bool(verdict.cells)
            verdict = Verdict()
        return _told(question, measure, found, verdict, language)


def _told(
    question: Question, measure: Measure, found: Tally, verdict: Verdict, language: str
) -> QuestionResult:
    told = _Told(found, verdict)
    is_gone = ALL in verdict.columns
    n = found.sizes[ALL]
    missing = told.count(NONE_VALUE)
    return QuestionResult(
        question_id=question.id,
        position=question.position,
        code=question.code,
        version=question.version,
        kind=question.kind,
        wording=question.text(language),
        n_responses=None if is_gone else n,
        n_answered=None if missing is None else n - missing,
        n_missing=missing,
        n_dont_know=0 if measure.is_text else told.count(DONT_KNOW),
        n_texts=told.count(TEXT_VALUE),
        scale=told.scale() if question.kind is QuestionKind.SCALE else None,
        yes_no=told.yes_no(),
        is_withheld=is_gone,
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """The column of everybody, without what is withheld."""

    found: Tally
    verdict: Verdict

    def count(self, *rows: str) -> int | None:
        if any((row, ALL) in self.verdict.cells for row in rows):
            return None
        return sum(self.found.cells[row, ALL] for row in rows)

    def _base(self, rows: tuple[str, ...]) -> int:
        return sum(self.found.cells[row, ALL] for row in rows)

    def _share(self, base: int, row: str) -> Proportion | None:
        n = self.count(row)
        return None if n is None else estimate_share(n, base)

    def scale(self) -> ScaleSeries | None:
        base = self._base(SCALE_VALUES)
        if base == 0 or ALL in self.verdict.columns:
            return None
        counts = [(value, self.count(value)) for value in SCALE_VALUES]
        safe, unsafe = self._share(base, SAFE), self._share(base, UNSAFE)
        return ScaleSeries(
            n=base,
            values=tuple(ValueCount(v, n, None if n is None else n / base) for v, n in counts),
            safe=safe,
            unsafe=unsafe,
            finding=find_majority(safe.count, unsafe.count, base) if safe and unsafe else None,
        )

    def yes_no(self) -> YesNoSeries | None:
        base = self._base((YES, NO))
        if base == 0 or ALL in self.verdict.columns or self.count(YES, NO) is None:
            return None
        yes, no = self._share(base, YES), self._share(base, NO)
        if yes is None or no is None:
            return None
        return YesNoSeries(base, yes, no, find_majority(yes.count, no.count, base))


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
