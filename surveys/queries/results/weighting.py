"""Answers weighted to who lives in the municipality, or the reason why they are not.

Respondents are counted by cell in one query a table, so the largest dialogue is weighted in the
request. Weights are about those of 15 and older: nobody asks the children that the youngest of the
register are. Who said no age, or a gender that the register does not have, is never dropped: they
are a group of their own, with the share of the answers that they have.
"""

import enum
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from surveys.models.dialogue import Dialogue, Question, QuestionKind
from surveys.models.municipality import Municipality
from surveys.models.response import NO, SCALE_VALUES, YES, AgeBand, Answer, Gender, Response
from surveys.queries.ground.population import Population, get_population
from surveys.queries.results.results import SAFE_VALUES, UNSAFE_VALUES
from surveys.statistics.weighting import (
    DoesNotConverge,
    Margin,
    WeightedShare,
    Weights,
    weigh,
    weighted_share,
)

MIN_IN_CELL = 5
BANDS = tuple(band for band in AgeBand if band is not AgeBand.UNDER_15)
GENDERS = (Gender.WOMAN, Gender.MAN)

Cell = tuple[AgeBand | None, Gender | None, str | None]


class WeightingPlan(enum.Enum):
    """What the answers are weighted to; the values stand in the address."""

    AGE_BY_GENDER = "alder-och-kon-korsat"
    AGE_AND_GENDER = "alder-och-kon"
    AGE_BY_GENDER_AND_AREA = "alder-och-kon-korsat-och-omrade"
    AGE_AND_GENDER_AND_AREA = "alder-kon-och-omrade"

    @property
    def is_crossed(self) -> bool:
        """Whether each age of each gender is a group, rather than ages and genders apart."""
        return self in {WeightingPlan.AGE_BY_GENDER, WeightingPlan.AGE_BY_GENDER_AND_AREA}

    @property
    def has_area(self) -> bool:
        """Whether areas are weighted too."""
        return self in {
            WeightingPlan.AGE_BY_GENDER_AND_AREA,
            WeightingPlan.AGE_AND_GENDER_AND_AREA,
        }


class Refusal(enum.Enum):
    """Why answers are not weighted."""

    NO_POPULATION = "no_population"
    NO_AREAS = "no_areas"
    THIN = "thin"
    DOES_NOT_CONVERGE = "does_not_converge"


@dataclass(frozen=True, slots=True)
class GroupName:
    """A group of the population; what it does not say is None."""

    band: AgeBand | None = None
    gender: Gender | None = None
    area: str | None = None


@dataclass(frozen=True, slots=True)
class WeightedRow:
    """One answer: its weighted share of those who gave one of the question's answers."""

    key: str
    weighted: WeightedShare


@dataclass(frozen=True, slots=True)
class WeightedQuestion:
    """One question with coded answers; ``rows`` are empty where nobody gave one."""

    position: int
    rows: tuple[WeightedRow, ...]


@dataclass(frozen=True, slots=True)
class Weighting:
    """What became of weighting: weights and weighted shares, or ``refusal`` with its groups.

    ``n_kept`` respondents are in a group of their own, because they said no age or no gender (or
    area) that the population is counted by, or are younger than 15.
    """

    plan: WeightingPlan
    population: Population | None
    n_respondents: int
    n_kept: int
    refusal: Refusal | None
    thin: tuple[GroupName, ...]
    weights: Weights | None
    questions: tuple[WeightedQuestion, ...]


def get_weighting(
    session: Session, municipality: Municipality, dialogue: Dialogue, plan: WeightingPlan
) -> Weighting:
    """``municipality``'s answers to ``dialogue``, weighted by ``plan``."""
    population = get_population(session, municipality)
    cells = _count_cells(session, municipality, dialogue, plan)
    n = sum(cells.values())
    if population is None:
        return _refused(plan, population, n, Refusal.NO_POPULATION)
    if plan.has_area and not population.areas:
        return _refused(plan, population, n, Refusal.NO_AREAS)
    divisions = _divisions(plan, population)
    thin = tuple(name for each in divisions for name in each.thin(cells))
    n_kept = sum(k for cell, k in cells.items() if any(d.name_of(cell) is None for d in divisions))
    if thin:
        return _refused(plan, population, n, Refusal.THIN, n_kept, thin)
    order = sorted(cells, key=repr)
    try:
        weights = weigh(
            [cells[cell] for cell in order], [d.margin(cells, order) for d in divisions]
        )
    except DoesNotConverge:
        return _refused(plan, population, n, Refusal.DOES_NOT_CONVERGE, n_kept)
    by_cell = dict(zip(order, weights.by_cell, strict=True))
    questions = _questions(session, municipality, dialogue, plan, by_cell)
    return Weighting(plan, population, n, n_kept, None, (), weights, questions)


def _refused(
    plan: WeightingPlan,
    population: Population | None,
    n: int,
    refusal: Refusal,
    n_kept: int = 0,
    thin: tuple[GroupName, ...] = (),
) -> Weighting:
    return Weighting(plan, population, n, n_kept, refusal, thin, None, ())


class _Division:
    """One way to divide people: how many live in each group, and which group a cell is in."""

    def __init__(self, people: Mapping[GroupName, int], parts: tuple[str, ...]) -> None:
        self.people = {name: n for name, n in people.items() if n > 0}
        self.parts = parts

    def name_of(self, cell: Cell) -> GroupName | None:
        """The group that a cell is in; None for those who have none in the register."""
        band, gender, area = cell
        known = {"band": band, "gender": gender, "area": area}
        name = GroupName(**{part: known[part] for part in self.parts})  # type: ignore[arg-type]
        return name if name in self.people else None

    def thin(self, cells: Mapping[Cell, int]) -> list[GroupName]:
        """Groups with too few respondents to stand for those who live there."""
        n: Counter[GroupName | None] = Counter()
        for cell, k in cells.items():
            n[self.name_of(cell)] += k
        return [name for name in self.people if n[name] < MIN_IN_CELL]

    def margin(self, cells: Mapping[Cell, int], order: Iterable[Cell]) -> Margin:
        """The division as a margin: those without a group keep the share that they have."""
        kept = sum(k for cell, k in cells.items() if self.name_of(cell) is None)
        stated = 1 - kept / sum(cells.values())
        whole = sum(self.people.values())
        place = {name: i for i, name in enumerate(self.people)}
        return Margin(
            groups=tuple(place.get(self.name_of(cell), len(place)) for cell in order),  # type: ignore[arg-type]
            targets=(*(n / whole * stated for n in self.people.values()), 1 - stated),
        )


def _divisions(plan: WeightingPlan, population: Population) -> list[_Division]:
    grown = {(band, gender): n for (band, gender), n in population.groups.items() if band in BANDS}
    if plan.is_crossed:
        crossed = {GroupName(band, gender): n for (band, gender), n in grown.items()}
        found = [_Division(crossed, ("band", "gender"))]
    else:
        bands: Counter[GroupName] = Counter()
        genders: Counter[GroupName] = Counter()
        for (band, gender), n in grown.items():
            bands[GroupName(band=band)] += n
            genders[GroupName(gender=gender)] += n
        found = [_Division(bands, ("band",)), _Division(genders, ("gender",))]
    if plan.has_area:
        areas = {
            GroupName(area=fold_area(area)): sum(
                n for (band, _), n in groups.items() if band in BANDS
            )
            for area, groups in population.areas.items()
        }
        found.append(_Division(areas, ("area",)))
    return found


def fold_area(name: str) -> str:
    """An area's name for telling whether two are the same."""
    return " ".join(name.split()).casefold()


def _count_cells(
    session: Session, municipality: Municipality, dialogue: Dialogue, plan: WeightingPlan
) -> dict[Cell, int]:
    parts = (Response.age_band, Response.gender, Response.area)
    statement = (
        select(*parts, func.count()).where(*_counted(municipality, dialogue)).group_by(*parts)
    )
    cells: Counter[Cell] = Counter()
    for band, gender, area, n in session.execute(statement):
        cells[_cell(plan, band, gender, area)] += int(n)
    return dict(cells)


def _counted(
    municipality: Municipality, dialogue: Dialogue
) -> tuple[ColumnElement[bool], ColumnElement[bool], ColumnElement[bool]]:
    return (
        Response.municipality_id == municipality.id,
        Response.dialogue_id == dialogue.id,
        Response.is_counted.is_(True),
    )


def _cell(
    plan: WeightingPlan, band: AgeBand | None, gender: Gender | None, area: str | None
) -> Cell:
    return band, gender, fold_area(area) if plan.has_area and area else None


def _questions(
    session: Session,
    municipality: Municipality,
    dialogue: Dialogue,
    plan: WeightingPlan,
    weights: Mapping[Cell, float],
) -> tuple[WeightedQuestion, ...]:
    parts = (Response.age_band, Response.gender, Response.area)
    coded = [q for q in dialogue.questions if q.kind is not QuestionKind.TEXT]
    statement = (
        select(Answer.question_id, Answer.value, *parts, func.count())
        .join(Response, Response.id == Answer.response_id)
        .where(
            *_counted(municipality, dialogue),
            Answer.question_id.in_([question.id for question in coded]),
            Answer.value.is_not(None),
        )
        .group_by(Answer.question_id, Answer.value, *parts)
    )
    found: dict[int, dict[str, Counter[Cell]]] = defaultdict(lambda: defaultdict(Counter))
    for question_id, value, band, gender, area, n in session.execute(statement):
        found[question_id][value or ""][_cell(plan, band, gender, area)] += int(n)
    return tuple(_question(question, found[question.id], weights) for question in coded)


def _question(
    question: Question, counts: Mapping[str, Counter[Cell]], weights: Mapping[Cell, float]
) -> WeightedQuestion:
    if question.kind is QuestionKind.SCALE:
        series: tuple[str, ...] = SCALE_VALUES
        rows = {"unsafe": UNSAFE_VALUES, "3": frozenset({"3"}), "safe": SAFE_VALUES}
    else:
        series, rows = (YES, NO), {YES: frozenset({YES}), NO: frozenset({NO})}
    order = list(weights)
    base = _added(counts, series, order)
    if not any(base):
        return WeightedQuestion(question.position, ())
    by_cell = [weights[cell] for cell in order]
    return WeightedQuestion(
        question.position,
        tuple(
            WeightedRow(key, weighted_share(_added(counts, values, order), base, by_cell))
            for key, values in rows.items()
        ),
    )


def _added(
    counts: Mapping[str, Counter[Cell]], values: Iterable[str], order: list[Cell]
) -> list[int]:
    wanted = [counts[value] for value in values if value in counts]
    return [sum(each[cell] for each in wanted) for cell in order]
