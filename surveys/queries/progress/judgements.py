"""Closing judgements as they stand: each party's own, side by side."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.days import swedish_day
from surveys.models.judgement import CarryOver, Judgement, Verdict
from surveys.models.municipality import Municipality
from surveys.models.party import Party
from surveys.models.promise import Promise
from surveys.queries.promises.edition import get_published, published_by
from surveys.queries.promises.time import Phase, promise_time


@dataclass(frozen=True, slots=True)
class JudgementView:
    """What one party says. ``n_earlier`` of its judgements have been replaced by this one."""

    verdict: Verdict
    reason: str
    ground: str
    carry_over: CarryOver | None
    rubric_version: int
    role: str
    judged_on: date
    n_earlier: int


@dataclass(frozen=True, slots=True)
class Side:
    """One party of the promise: the police, or a municipality; ``judgement`` once it has judged."""

    party: Party
    for_id: int | None
    name: str
    judgement: JudgementView | None


@dataclass(frozen=True, slots=True)
class Closing:
    """What the parties say of a point, or of the whole promise (``point_id`` None)."""

    point_id: int | None
    title: str
    sides: tuple[Side, ...]

    @property
    def is_begun(self) -> bool:
        return any(side.judgement for side in self.sides)

    @property
    def missing(self) -> tuple[Side, ...]:
        return tuple(side for side in self.sides if side.judgement is None)

    @property
    def disagrees(self) -> bool:
        """Whether those who have judged say different things."""
        return len({side.judgement.verdict for side in self.sides if side.judgement}) > 1


@dataclass(frozen=True, slots=True)
class ClosingPage:
    """All judgements of a promise. None are made before its period is over."""

    is_over: bool
    whole: Closing
    points: tuple[Closing, ...]

    @property
    def begun(self) -> tuple[Closing, ...]:
        """Those of which at least one party has said something, the whole promise first."""
        return tuple(closing for closing in (self.whole, *self.points) if closing.is_begun)

    @property
    def is_begun(self) -> bool:
        return bool(self.begun)


def get_public_closing(
    session: Session, municipality: Municipality, slug: str, today: date
) -> ClosingPage:
    """The judgements of a published promise, by the points that readers have; raise NotFound."""
    return get_closing(session, get_published(session, municipality, slug), today)


def get_closing(session: Session, promise: Promise, today: date) -> ClosingPage:
    """Each party's latest judgement of the promise and of its points, none of another period's."""
    statement = (
        select(Judgement)
        .where(Judgement.promise_id == promise.id)
        .order_by(Judgement.judged_at, Judgement.id)
    )
    given: dict[tuple[int | None, Party, int | None], list[Judgement]] = {}
    for judgement in session.scalars(statement):
        key = (judgement.point_id, judgement.party, judgement.for_id)
        given.setdefault(key, []).append(judgement)

    def closing(point_id: int | None, title: str) -> Closing:
        sides = tuple(
            Side(party, for_id, name, _view(given.get((point_id, party, for_id), [])))
            for party, for_id, name in list_sides(promise)
        )
        return Closing(point_id, title, sides)

    return ClosingPage(
        is_over=promise_time(promise, today).phase is Phase.ENDED,
        whole=closing(None, promise.title),
        points=tuple(closing(point.id, point.title) for point in promise.points),
    )


@dataclass(frozen=True, slots=True)
class Unjudged:
    """A promise that waits for a closing judgement."""

    title: str
    slug: str
    ended_on: date


def list_unjudged(
    session: Session, municipality: Municipality, today: date
) -> tuple[Unjudged, ...]:
    """Published promises that are over and that some party has not judged, the latest first."""
    over = published_by(municipality).where(Promise.ends_on < today)
    statement = over.order_by(Promise.ends_on.desc(), Promise.id)
    return tuple(
        Unjudged(promise.title, promise.slug, promise.ends_on)
        for promise in session.scalars(statement).all()
        if promise.ends_on is not None and get_closing(session, promise, today).whole.missing
    )


def list_sides(promise: Promise) -> list[tuple[Party, int | None, str]]:
    """The parties that judge: the police once, and each municipality."""
    givers = sorted((p.municipality for p in promise.parties), key=lambda m: m.name)
    return [
        (Party.POLICE, None, promise.police_area.name),
        *((Party.MUNICIPALITY, m.id, m.official_name) for m in givers),
    ]


def _view(judgements: list[Judgement]) -> JudgementView | None:
    if not judgements:
        return None
    last = judgements[-1]
    return JudgementView(
        verdict=last.verdict,
        reason=last.reason,
        ground=last.ground,
        carry_over=last.carry_over,
        rubric_version=last.rubric_version,
        role=last.role,
        judged_on=swedish_day(last.judged_at),
        n_earlier=len(judgements) - 1,
    )
