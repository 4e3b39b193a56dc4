"""What a coordinator sees first: how each dialogue stands, and what waits to be done."""

import enum
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys.models.dialogue import Dialogue, DialoguePhase
from surveys.models.municipality import Municipality
from surveys.models.response import Response
from surveys.queries.dialogues.dialogues import list_dialogues
from surveys.queries.evidence.evidence import get_checks
from surveys.queries.pictures.pictures import get_latest_published, list_pictures
from surveys.queries.pictures.situations import list_waiting
from surveys.queries.pictures.sources import list_changed_claims
from surveys.queries.pictures.views import PictureSummary
from surveys.queries.plans.statutory import DutyState, list_legal_duties
from surveys.queries.progress.judgements import list_unjudged
from surveys.queries.promises.promises import PromiseSummary, list_promises


class StepKind(enum.Enum):
    """Something that waits for the municipality and the police to do."""

    READ_ANSWERS = "read_answers"  # a dialogue is open
    WRITE_PICTURE = "write_picture"  # answers have come, and no picture since
    PUBLISH_PICTURE = "publish_picture"
    WRITE_MONTH = "write_month"  # a lägesbild is due, late or missed without a reason
    CHECK_PICTURE = "check_picture"  # the data behind a sentence have changed since
    WRITE_PROMISE = "write_promise"  # a picture is out, and no promise runs or is being written
    PUBLISH_PROMISE = "publish_promise"
    UPDATE_PROMISE = "update_promise"  # nothing has been said about it for long
    JUDGE_PROMISE = "judge_promise"  # it is over, and a party has not said how it was kept
    LEGAL_DUTIES = "legal_duties"  # what the law asks for is missing, late or soon due


@dataclass(frozen=True, slots=True)
class Step:
    """One next step; ``slug`` and ``title`` are of what it is about, where that is one thing.

    ``n`` is how many things it is about, and ``due_on`` the first of their days.
    """

    kind: StepKind
    title: str = ""
    slug: str = ""
    n: int = 1
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class DialogueState:
    """A dialogue with its answers so far; ``closes_at`` is aware."""

    title: str
    slug: str
    phase: DialoguePhase
    opens_at: datetime
    closes_at: datetime
    n_responses: int


@dataclass(frozen=True, slots=True)
class Overview:
    """All of the above, the latest first."""

    dialogues: tuple[DialogueState, ...]
    pictures: tuple[PictureSummary, ...]
    promises: tuple[PromiseSummary, ...]
    steps: tuple[Step, ...]


def get_overview(
    session: Session, municipality: Municipality, now: datetime, today: date
) -> Overview:
    """The state of ``municipality``'s work at ``now``, which is ``today`` in Sweden."""
    counts = _count_responses(session, municipality)
    dialogues = tuple(
        _state(dialogue, counts.get(dialogue.id, 0), now)
        for dialogue in list_dialogues(session, municipality)
    )
    pictures = list_pictures(session, municipality)
    promises = list_promises(session, municipality, today)
    steps = [*_dialogue_steps(dialogues, pictures), *_picture_steps(pictures, promises)]
    steps += _month_steps(session, municipality, today)
    steps += _changed_steps(session, municipality)
    steps += _promise_steps(promises)
    steps += [
        Step(StepKind.JUDGE_PROMISE, over.title, over.slug)
        for over in list_unjudged(session, municipality, today)
    ]
    steps += _legal_steps(session, municipality, today)
    return Overview(dialogues, pictures, promises, tuple(steps))


def _state(dialogue: Dialogue, n_responses: int, now: datetime) -> DialogueState:
    return DialogueState(
        title=dialogue.title,
        slug=dialogue.slug,
        phase=dialogue.phase(now),
        opens_at=dialogue.opens_at,
        closes_at=dialogue.closes_at,
        n_responses=n_responses,
    )


def _dialogue_steps(
    dialogues: tuple[DialogueState, ...], pictures: tuple[PictureSummary, ...]
) -> list[Step]:
    steps = [
        Step(StepKind.READ_ANSWERS, dialogue.title, dialogue.slug)
        for dialogue in dialogues
        if dialogue.phase is DialoguePhase.OPEN and dialogue.n_responses
    ]
    closed = [d for d in dialogues if d.phase is DialoguePhase.CLOSED and d.n_responses]
    latest = max((picture.created_at for picture in pictures), default=None)
    if closed and (latest is None or latest < closed[0].closes_at):
        steps.append(Step(StepKind.WRITE_PICTURE, closed[0].title, closed[0].slug))
    return steps


def _picture_steps(
    pictures: tuple[PictureSummary, ...], promises: tuple[PromiseSummary, ...]
) -> list[Step]:
    steps = [
        Step(StepKind.PUBLISH_PICTURE, picture.title, picture.slug)
        for picture in pictures
        if picture.published_at is None
    ]
    under_way = any(promise.time.is_running or not promise.is_published for promise in promises)
    if not under_way and any(picture.published_at for picture in pictures):
        steps.append(Step(StepKind.WRITE_PROMISE))
    return steps


def _month_steps(session: Session, municipality: Municipality, today: date) -> list[Step]:
    """One step, for the month that has waited longest: ``slug`` is the month, as YYYY-MM."""
    waiting = list_waiting(session, municipality, today)
    return [Step(StepKind.WRITE_MONTH, slug=waiting[0].month.strftime("%Y-%m"))] if waiting else []


def _changed_steps(session: Session, municipality: Municipality) -> list[Step]:
    """The latest published picture, where it rests on what no longer says the same."""
    latest = get_latest_published(session, municipality)
    if latest is None or not list_changed_claims(latest, get_checks(session, municipality)):
        return []
    return [Step(StepKind.CHECK_PICTURE, latest.head.title, latest.head.slug)]


def _promise_steps(promises: tuple[PromiseSummary, ...]) -> list[Step]:
    drafts = [
        Step(StepKind.PUBLISH_PROMISE, promise.title, promise.slug)
        for promise in promises
        if not promise.is_published
    ]
    silent = [
        Step(StepKind.UPDATE_PROMISE, promise.title, promise.slug)
        for promise in promises
        if promise.is_published and promise.time.is_running and promise.stale_days is not None
    ]
    return [*drafts, *silent]


def _legal_steps(session: Session, municipality: Municipality, today: date) -> list[Step]:
    waiting = [
        duty
        for duty in list_legal_duties(session, municipality, today)
        if duty.state is not DutyState.MET
    ]
    days = [duty.due_on for duty in waiting if duty.due_on is not None]
    step = Step(StepKind.LEGAL_DUTIES, n=len(waiting), due_on=min(days, default=None))
    return [step] if waiting else []


def _count_responses(session: Session, municipality: Municipality) -> dict[int, int]:
    statement = (
        select(Response.dialogue_id, func.count())
        .where(Response.municipality_id == municipality.id, Response.is_counted.is_(True))
        .group_by(Response.dialogue_id)
    )
    return {row[0]: row[1] for row in session.execute(statement)}
