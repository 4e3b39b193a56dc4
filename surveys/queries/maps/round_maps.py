"""Two rounds on maps alike, as the job process last drew them: read, never drawn here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from surveys.errors import NotFound
from surveys.models.dialogue import Dialogue, QuestionKind
from surveys.models.hotspot import RunState
from surveys.models.municipality import Municipality
from surveys.models.round_map import RoundMap
from surveys.queries.maps.hotspots import get_latest_run
from surveys.queries.maps.marks import get_fingerprint
from surveys.queries.maps.place_work import Gap, gap_between, list_work, list_work_places
from surveys.queries.maps.round_areas import (
    ComparedArea,
    ComparedPlace,
    compare_areas,
    compare_places,
)
from surveys.queries.maps.round_counts import ToldCounts, Untold, tell_counts
from surveys.queries.results.rounds import Break, design_breaks, question_breaks

# Settings by which two drawings of the same marks could differ.
_ALIKE = (
    "cell_m", "radius_m", "reach_m", "false_discovery_rate", "min_respondents", "min_marks",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RoundSide:
    """One of the two rounds as it was drawn. ``n`` is None where it is too small to tell.

    ``is_alike``: the round's own map page was made with the same settings.
    """

    slug: str
    title: str
    n: int | None
    state: str
    baseline: str | None
    settings: Mapping[str, Any]
    areas: tuple[ComparedArea, ...]
    is_alike: bool


@dataclass(frozen=True, slots=True)
class RoundMaps:
    """The latest drawing of two rounds with everything that is said of them."""

    id: int
    computed_at: datetime
    is_stale: bool
    class_limits: tuple[int, ...]
    sides: tuple[RoundSide, RoundSide]
    areas: tuple[ComparedArea, ...]
    places: tuple[ComparedPlace, ...]
    n_uncounted: int  # places that have come since it was drawn

    @property
    def is_tested(self) -> bool:
        """Whether the areas of both are hotspots, held to where people live."""
        return all(side.baseline for side in self.sides)


@dataclass(frozen=True, slots=True)
class RoundMapsState:
    """What the page of two rounds shows."""

    earlier: Dialogue
    later: Dialogue
    breaks: tuple[Break, ...]
    gap: Gap
    found: RoundMaps | None
    waiting_since: datetime | None
    failure: str | None
    least: int  # so many must have come to a round before it is drawn anew


def in_order(one: Dialogue, other: Dialogue) -> tuple[Dialogue, Dialogue]:
    """The two rounds, the one that opened first before the other."""
    return (one, other) if (one.opens_at, one.id) <= (other.opens_at, other.id) else (other, one)


def place_breaks(one: Dialogue, other: Dialogue) -> tuple[Break, ...]:
    """Why the places of two rounds cannot be compared; empty where they can."""
    breaks = design_breaks((one, other))
    asked = [
        {question.code: question for question in dialogue.questions} for dialogue in (one, other)
    ]
    for code, question in asked[0].items():
        same = asked[1].get(code)
        if question.kind is QuestionKind.PLACES and same is not None:
            breaks += question_breaks(question, same)
    return breaks


def list_choices(
    dialogue: Dialogue, others: Sequence[Dialogue]
) -> tuple[tuple[Dialogue, tuple[Break, ...]], ...]:
    """The rounds that can be chosen with why they cannot be compared, the comparable first."""
    choices = [(other, place_breaks(dialogue, other)) for other in others]
    return tuple(sorted(choices, key=lambda choice: bool(choice[1])))


def get_rounds_fingerprint(
    session: Session, municipality: Municipality, earlier: Dialogue, later: Dialogue
) -> str:
    """A short sum of both rounds' marks and of the places where something is done."""
    places = list_work_places(session, municipality)
    ground = repr([(p.id, p.name, p.lat, p.lon, p.radius_m, p.line) for p in places])
    sums = [get_fingerprint(session, municipality, each) for each in (earlier, later)]
    return "|".join([*sums, sha256(ground.encode()).hexdigest()[:16]])


def list_waiting_round_maps(session: Session) -> list[tuple[int, int]]:
    """(municipality id, drawing id) of all that wait, so that a lost job is found again."""
    statement = (
        select(RoundMap.municipality_id, RoundMap.id)
        .where(RoundMap.state == RunState.QUEUED)
        .order_by(RoundMap.id)
    )
    return [(municipality_id, id_) for municipality_id, id_ in session.execute(statement)]


def get_round_map_part(
    session: Session, municipality: Municipality, drawing_id: int, side: int
) -> tuple[RoundMap, Mapping[str, str]]:
    """One of the two maps of a drawing; raise NotFound, also where it has been dropped."""
    drawing = session.scalar(
        select(RoundMap)
        .where(
            RoundMap.municipality_id == municipality.id,
            RoundMap.id == drawing_id,
            RoundMap.state == RunState.DONE,
        )
        .options(undefer(RoundMap.maps))
    )
    if drawing is None or not drawing.maps:
        raise NotFound(f"drawing {drawing_id}")
    return drawing, drawing.maps[side]


def get_round_maps(
    session: Session, municipality: Municipality, one: Dialogue, other: Dialogue
) -> RoundMapsState:
    """The latest drawing of ``municipality``'s two rounds, and what has happened since."""
    earlier, later = in_order(one, other)
    drawings = {
        state: _latest(session, municipality, (earlier, later), state)
        for state in (RunState.DONE, RunState.QUEUED, RunState.FAILED)
    }
    done, waiting = drawings[RunState.DONE], drawings[RunState.QUEUED]
    failed = drawings[RunState.FAILED]
    breaks, gap = place_breaks(earlier, later), gap_between(earlier, later)
    return RoundMapsState(
        earlier=earlier,
        later=later,
        breaks=breaks,
        gap=gap,
        found=_found(session, municipality, done, breaks, gap) if done else None,
        waiting_since=waiting.requested_at if waiting else None,
        failure=failed.failure if failed and (not done or failed.id > done.id) else None,
        least=municipality.min_respondents,
    )


def _latest(
    session: Session,
    municipality: Municipality,
    rounds: tuple[Dialogue, Dialogue],
    state: RunState,
) -> RoundMap | None:
    statement = (
        select(RoundMap)
        .where(
            RoundMap.municipality_id == municipality.id,
            RoundMap.earlier_id == rounds[0].id,
            RoundMap.later_id == rounds[1].id,
            RoundMap.state == state,
        )
        .order_by(RoundMap.id.desc())
        .limit(1)
    )
    return session.scalar(statement)


def _found(
    session: Session,
    municipality: Municipality,
    drawing: RoundMap,
    breaks: tuple[Break, ...],
    gap: Gap,
) -> RoundMaps:
    findings = drawing.findings
    told = tell_counts(findings, municipality.min_respondents)
    because = Untold.BREAK if breaks else None
    areas = compare_areas(findings, told, because)
    works = list_work(session, municipality)
    counted = {place["id"] for place in findings["places"]}
    first, second = (
        _side(session, municipality, dialogue, findings["rounds"][side], told, areas)
        for side, dialogue in enumerate((drawing.earlier, drawing.later))
    )
    now = get_rounds_fingerprint(session, municipality, drawing.earlier, drawing.later)
    return RoundMaps(
        id=drawing.id,
        computed_at=drawing.computed_at or drawing.requested_at,
        is_stale=drawing.fingerprint != now,
        class_limits=tuple(findings["class_limits"]),
        sides=(first, second),
        areas=areas,
        places=compare_places(findings, told, because, works, gap),
        n_uncounted=len({work.place_id for work in works} - counted),
    )


def _side(
    session: Session,
    municipality: Municipality,
    dialogue: Dialogue,
    found: Mapping[str, Any],
    told: ToldCounts,
    areas: Sequence[ComparedArea],
) -> RoundSide:
    side = found["side"]
    return RoundSide(
        slug=dialogue.slug,
        title=dialogue.title,
        n=told.persons[side],
        state=found["state"],
        baseline=found["baseline"],
        settings=found["settings"],
        areas=tuple(area for area in areas if area.side == side),
        is_alike=_is_alike(session, municipality, dialogue, found),
    )


def _is_alike(
    session: Session, municipality: Municipality, dialogue: Dialogue, found: Mapping[str, Any]
) -> bool:
    """Whether the round's own map page, where there is one, was made with the same settings."""
    run = get_latest_run(session, municipality, dialogue)
    if run is None:
        return True
    same = all(run.settings.get(key) == found["settings"][key] for key in _ALIKE)
    return same and run.baseline == found["baseline"]
