"""Two rounds held against each other, question by question, theme by theme.

A difference is told only between answers to the same question in the same version, from people who
came to be asked in the same way. Everything else stands side by side with the reason.
"""

import enum
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from sqlalchemy.orm import Session

from surveys.models.dialogue import Dialogue, Question, QuestionKind
from surveys.models.municipality import Municipality
from surveys.privacy import MIN_RESPONDENTS
from surveys.queries.results.crosstabs import Crosstab, make_crosstab
from surveys.queries.results.rounds import (
    Break,
    Round,
    Told,
    describe_round,
    design_breaks,
    is_yes_no,
    main_rows,
    question_breaks,
    told,
)
from surveys.statistics.comparison import SIGNIFICANCE, Difference, compare_shares, holm_adjusted

FAMILIES = ("problems", "wishes", "reasons")
OTHER_WAYS = 0.2  # of the answers, by other ways: enough to move a share by some points


class NotCompared(enum.Enum):
    """Why a row has no difference though nothing keeps the rounds apart."""

    NO_ANSWERS = "no_answers"
    TOO_FEW = "too_few"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One answer in both rounds. ``adjusted_p`` is Holm's, where it is one of many rows."""

    key: str
    title: str | None
    earlier: Told
    later: Told
    difference: Difference | None
    why_not: NotCompared | None
    adjusted_p: float | None = None

    @property
    def holds(self) -> bool:
        """Whether chance alone would seldom give the difference, the other rows considered.

        Test and interval must both say so: near the limit the two may differ.
        """
        if self.difference is None or not self.difference.is_clear_of_zero:
            return False
        p_value = self.difference.p_value if self.adjusted_p is None else self.adjusted_p
        return p_value < SIGNIFICANCE


@dataclass(frozen=True, slots=True)
class ComparedMeasure:
    """A question, or a family of themes or reasons. ``breaks``: why its rows have no difference.

    ``n_earlier`` and ``n_later`` are the bases of the shares; None where withheld.
    """

    measure: str
    code: str | None
    kind: QuestionKind | None
    wordings: tuple[str, str]
    versions: tuple[int | None, int | None]
    n_earlier: int | None
    n_later: int | None
    breaks: tuple[Break, ...]
    rows: tuple[ComparedRow, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """``later`` held against ``earlier``. ``only_once`` are wordings that one of them asked."""

    earlier: Round
    later: Round
    breaks: tuple[Break, ...]
    questions: tuple[ComparedMeasure, ...]
    families: tuple[ComparedMeasure, ...]
    only_once: tuple[str, ...]
    has_below: bool

    @property
    def is_by_other_ways(self) -> bool:
        """Whether at least a fifth of the answers came in by other ways than in the other round."""
        shares = [
            {way.channel: way.share or 0.0 for way in each.channels}
            for each in (self.earlier, self.later)
        ]
        ways = shares[0].keys() | shares[1].keys()
        apart = sum(abs(shares[0].get(way, 0.0) - shares[1].get(way, 0.0)) for way in ways) / 2
        return all(shares) and apart >= OTHER_WAYS


class _Pair(NamedTuple):
    """Both rounds of one municipality, the earlier first, and what the reader may see."""

    session: Session
    municipality: Municipality
    earlier: Dialogue
    later: Dialogue
    sees_rows: bool

    def tables(self, earlier: str, later: str) -> tuple[Crosstab, Crosstab]:
        """One table of each round."""
        first, second = (
            make_crosstab(
                self.session, self.municipality, dialogue, measure=measure, sees_rows=self.sees_rows
            )
            for dialogue, measure in ((self.earlier, earlier), (self.later, later))
        )
        return first, second


def compare_rounds(
    session: Session,
    municipality: Municipality,
    one: Dialogue,
    other: Dialogue,
    *,
    sees_rows: bool,
) -> Comparison:
    """``municipality``'s answers to two dialogues, the one that opened first as the earlier."""
    earlier, later = sorted((one, other), key=lambda dialogue: (dialogue.opens_at, dialogue.id))
    pair = _Pair(session, municipality, earlier, later, sees_rows)
    breaks = design_breaks((earlier, later))
    by_code = {question.code: question for question in earlier.questions}
    both = [(by_code[q.code], q) for q in later.questions if q.code in by_code]
    asked_twice = {question.code for question, _ in both}
    # What people wrote is compared by theme; that they wrote says little.
    coded = [questions for questions in both if questions[1].kind is not QuestionKind.TEXT]
    found = [_question(pair, breaks, *questions) for questions in coded]
    found += [_family(pair, breaks, family, both) for family in FAMILIES]
    n_questions = len(coded)
    return Comparison(
        earlier=describe_round(session, municipality, earlier, sees_rows=sees_rows),
        later=describe_round(session, municipality, later, sees_rows=sees_rows),
        breaks=breaks,
        questions=tuple(measure for measure, _ in found[:n_questions]),
        families=tuple(measure for measure, _ in found[n_questions:]),
        only_once=tuple(
            question.text()
            for question in (*earlier.questions, *later.questions)
            if question.code not in asked_twice
        ),
        has_below=any(below for _, below in found),
    )


def _question(
    pair: _Pair, breaks: tuple[Break, ...], earlier: Question, later: Question
) -> tuple[ComparedMeasure, bool]:
    tables = pair.tables(f"q{earlier.position}", f"q{later.position}")
    breaks += question_breaks(earlier, later)
    if is_yes_no(tables[0]) is not is_yes_no(tables[1]):
        breaks += (Break.YES_NO,)
    keys = [(key, None) for key in main_rows(later.kind)]
    return _measure(tables, keys, breaks, (earlier, later)), any(t.has_below for t in tables)


def _family(
    pair: _Pair,
    breaks: tuple[Break, ...],
    family: str,
    both: Sequence[tuple[Question, Question]],
) -> tuple[ComparedMeasure, bool]:
    """Themes are read from what people wrote, reasons from the places that they pointed out."""
    tables = pair.tables(family, family)
    rests_on = {QuestionKind.PLACES} | (set() if family == "reasons" else {QuestionKind.TEXT})
    for earlier, later in both:
        if later.kind in rests_on:
            breaks += tuple(b for b in question_breaks(earlier, later) if b not in breaks)
    keys = [(row.key, row.title) for row in tables[1].rows]
    measure = _measure(tables, keys, breaks, None)
    rows = [row for row in measure.rows if not _is_empty(row)]
    tested = [row for row in rows if row.difference is not None]
    adjusted = holm_adjusted([row.difference.p_value for row in tested if row.difference])
    by_key = {row.key: p for row, p in zip(tested, adjusted, strict=True)}
    rows = [replace(row, adjusted_p=by_key.get(row.key)) for row in rows]
    rows.sort(key=lambda row: -max(_share(row.earlier), _share(row.later)))
    return replace(measure, rows=tuple(rows)), any(table.has_below for table in tables)


def _measure(
    tables: tuple[Crosstab, Crosstab],
    keys: Sequence[tuple[str, str | None]],
    breaks: tuple[Break, ...],
    questions: tuple[Question, Question] | None,
) -> ComparedMeasure:
    earlier, later = questions or (None, None)
    return ComparedMeasure(
        measure=tables[1].measure,
        code=later.code if later else None,
        kind=later.kind if later else None,
        wordings=(earlier.text() if earlier else "", later.text() if later else ""),
        versions=(earlier.version if earlier else None, later.version if later else None),
        n_earlier=tables[0].columns[0].n,
        n_later=tables[1].columns[0].n,
        breaks=breaks,
        rows=tuple(_row(tables, key, title, breaks) for key, title in keys),
    )


def _row(
    tables: tuple[Crosstab, Crosstab], key: str, title: str | None, breaks: tuple[Break, ...]
) -> ComparedRow:
    earlier, later = told(tables[0], key), told(tables[1], key)
    why_not = _why_not(earlier, later)
    difference = None
    if not breaks and why_not is None and earlier.share and later.share:
        difference = compare_shares(
            (earlier.share.count, earlier.share.n), (later.share.count, later.share.n)
        )
    return ComparedRow(key, title, earlier, later, difference, why_not)


def _why_not(earlier: Told, later: Told) -> NotCompared | None:
    if any(each.n is not None and 0 < each.n < MIN_RESPONDENTS for each in (earlier, later)):
        return NotCompared.TOO_FEW
    if earlier.is_withheld or later.is_withheld:
        return NotCompared.WITHHELD
    if earlier.share is None or later.share is None:
        return NotCompared.NO_ANSWERS
    return None


def _is_empty(row: ComparedRow) -> bool:
    """Whether nobody said so in either round, so that the row says nothing."""
    return all(not each.is_withheld and not _share(each) for each in (row.earlier, row.later))


def _share(each: Told) -> float:
    return each.share.share if each.share else 0.0
