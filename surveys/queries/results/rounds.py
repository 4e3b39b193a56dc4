"""A municipality's rounds side by side: when each was held, how people were asked and answered."""

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys.days import swedish_day
from surveys.models.answer_count import AnswerCount
from surveys.models.dialogue import Channel, Dialogue, Question, QuestionKind, SamplingDesign
from surveys.models.municipality import Municipality
from surveys.models.response import YES, Season
from surveys.queries.results.crosstabs import Crosstab, make_crosstab
from surveys.queries.results.group_sizes import get_group_sizes
from surveys.queries.results.groups import ALL, Group
from surveys.queries.results.measures import SAFE, UNSAFE
from surveys.statistics.proportions import Proportion

MAX_ROUNDS = 8
FEWEST_ROUNDS = 3
_SEASONS = (Season.WINTER, Season.SPRING, Season.SUMMER, Season.AUTUMN)


class Break(enum.Enum):
    """Why two rounds cannot stand in one series."""

    SAMPLING = "sampling"  # people were asked in different ways
    SAMPLING_UNKNOWN = "sampling_unknown"
    WORDING = "wording"  # another version of the question
    KIND = "kind"  # another way to answer it
    YES_NO = "yes_no"  # a scale against ja and nej


@dataclass(frozen=True, slots=True)
class RoundChannel:
    """Respondents by one way in; None where the number is withheld."""

    channel: Channel
    n: int | None
    share: float | None


@dataclass(frozen=True, slots=True)
class Round:
    """One dialogue as the other is held against it. ``first_on`` and ``last_on`` are of answers."""

    slug: str
    title: str
    opens_at: datetime
    closes_at: datetime
    first_on: date | None
    last_on: date | None
    sampling: SamplingDesign
    n_respondents: int | None
    channels: tuple[RoundChannel, ...]

    @property
    def season(self) -> Season:
        """The season that the middle of the round lies in."""
        first = self.first_on or swedish_day(self.opens_at)
        last = self.last_on or swedish_day(self.closes_at)
        middle = first + timedelta(days=(last - first).days // 2)
        return _SEASONS[middle.month % 12 // 3]


@dataclass(frozen=True, slots=True)
class Told:
    """One number of a table, and how its row came to have none where it has none."""

    share: Proportion | None
    is_withheld: bool
    n: int | None


def describe_round(
    session: Session, municipality: Municipality, dialogue: Dialogue, *, sees_rows: bool
) -> Round:
    """``municipality``'s answers to ``dialogue``: when, how many and by which ways."""
    first_on, last_on = _field_days(session, municipality, dialogue)
    ways = get_group_sizes(session, municipality, dialogue, Group.CHANNEL, sees_rows=sees_rows)
    n = ways.pop(ALL)
    return Round(
        slug=dialogue.slug,
        title=dialogue.title,
        opens_at=dialogue.opens_at,
        closes_at=dialogue.closes_at,
        first_on=first_on,
        last_on=last_on,
        sampling=dialogue.sampling,
        n_respondents=n,
        channels=tuple(
            RoundChannel(channel, size, size / n if n and size is not None else None)
            for channel in Channel
            if (size := ways.get(channel.value, 0)) != 0
        ),
    )


def design_breaks(rounds: Iterable[Dialogue]) -> tuple[Break, ...]:
    """What keeps rounds apart whatever was asked: how people came to be asked."""
    designs = {dialogue.sampling for dialogue in rounds}
    if SamplingDesign.UNKNOWN in designs:
        return (Break.SAMPLING_UNKNOWN,)
    return (Break.SAMPLING,) if len(designs) > 1 else ()


def question_breaks(earlier: Question, later: Question) -> tuple[Break, ...]:
    """What keeps the answers to two questions of one code apart."""
    found = []
    if earlier.version != later.version:
        found.append(Break.WORDING)
    if earlier.kind is not later.kind:
        found.append(Break.KIND)
    return tuple(found)


def is_yes_no(table: Crosstab) -> bool:
    """Whether a scale question was answered by ja and nej only, as in some imports."""
    column = table.columns[0]
    return (
        table.question_kind is QuestionKind.SCALE and not column.n and bool(column.n_other_series)
    )


def main_rows(kind: QuestionKind) -> tuple[str, ...]:
    """The answers that rounds are held against each other by, the main one first; none of texts."""
    rows = {
        QuestionKind.SCALE: (UNSAFE, SAFE),
        QuestionKind.PLACES: (YES,),
    }
    return rows.get(kind, ())


def told(table: Crosstab, key: str) -> Told:
    """One row of everybody's column; withheld where the row is not there."""
    column = table.columns[0]
    if key not in {row.key for row in table.rows}:
        return Told(None, False, 0)
    cell = table.cell(key, ALL)
    return Told(cell.share, cell.withheld is not None or column.withheld is not None, column.n)


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


@dataclass(frozen=True, slots=True)
class SeriesPoint:
    """One round of a series. ``breaks``: what keeps it apart from the point before."""

    slug: str
    title: str
    opens_at: datetime
    version: int
    told: Told
    is_yes_no: bool
    breaks: tuple[Break, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """One question over three or more rounds; ``key`` is the answer that is followed."""

    code: str
    wording: str  # of the last round
    key: str
    points: tuple[SeriesPoint, ...]


def list_series(
    session: Session, municipality: Municipality, dialogues: Sequence[Dialogue], *, sees_rows: bool
) -> tuple[Series, ...]:
    """The coded questions of the last of ``dialogues`` that three or more of them have asked.

    The latest eight rounds at most; rounds without any answer to the question are left out.
    """
    rounds = sorted(dialogues, key=lambda dialogue: (dialogue.opens_at, dialogue.id))[-MAX_ROUNDS:]
    found = []
    for question in rounds[-1].questions if rounds else ():
        asked = [
            (dialogue, same)
            for dialogue in rounds
            for same in dialogue.questions
            if same.code == question.code
        ]
        if question.kind is QuestionKind.TEXT or len(asked) < FEWEST_ROUNDS:
            continue
        key = main_rows(question.kind)[0]
        points = _points(session, municipality, asked, key, sees_rows)
        if len(points) >= FEWEST_ROUNDS:
            found.append(Series(question.code, question.text(), key, points))
    return tuple(found)


def _points(
    session: Session,
    municipality: Municipality,
    asked: Sequence[tuple[Dialogue, Question]],
    key: str,
    sees_rows: bool,
) -> tuple[SeriesPoint, ...]:
    points: list[SeriesPoint] = []
    before: tuple[Dialogue, Question] | None = None
    for dialogue, question in asked:
        table = make_crosstab(
            session,
            municipality,
            dialogue,
            measure=f"q{question.position}",
            sees_rows=sees_rows,
        )
        yes_no = is_yes_no(table)
        row = told(table, key)
        if row.share is None and not row.is_withheld and not yes_no:
            continue
        breaks: tuple[Break, ...] = ()
        if before is not None:
            breaks = design_breaks((before[0], dialogue)) + question_breaks(before[1], question)
            if yes_no is not points[-1].is_yes_no:
                breaks += (Break.YES_NO,)
        points.append(
            SeriesPoint(
                dialogue.slug,
                dialogue.title,
                dialogue.opens_at,
                question.version,
                row,
                yes_no,
                breaks,
            )
        )
        before = (dialogue, question)
    return tuple(points)
