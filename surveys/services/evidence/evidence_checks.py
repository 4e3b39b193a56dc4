"""Writers of what became of the data behind frozen evidence. The evidence itself never changes.

The worker's round reads in one transaction what the same questions give now, and notes it in
another. What lies in an open dialogue is asked again at most once an hour: a finer time beside a
number of answers would tell when one came.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from surveys.days import whole_hour
from surveys.models.dialogue import Dialogue
from surveys.models.evidence import Evidence, EvidenceCheck, EvidenceKind, EvidenceState
from surveys.models.municipality import Municipality
from surveys.queries.evidence.evidence import get_evidence_row
from surveys.queries.evidence.evidence_today import ask_again
from surveys.queries.results.data_marks import get_data_mark

CHECKS_A_ROUND = 40  # maps wait for the same worker


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What one piece of evidence turned out to be when its question was asked again."""

    evidence_id: int
    municipality_id: int
    state: EvidenceState
    n_now: int | None
    data_mark: str


def check_now(
    session: Session, municipality: Municipality, evidence_id: int, *, now: datetime
) -> EvidenceCheck | None:
    """Ask again and note the answer; None for a source from outside. Raise NotFound."""
    evidence = get_evidence_row(session, municipality, evidence_id)
    result = _ask(session, evidence, {})
    return None if result is None else _note(session, result, now=now)


def read_checks(session: Session, *, now: datetime) -> list[CheckResult]:
    """Ask again for evidence whose data have changed since it was last asked for.

    At most ``CHECKS_A_ROUND``, those first that have waited longest.
    """
    results: list[CheckResult] = []
    marks: dict[int, str] = {}
    for evidence_id, dialogue_id, mark_then in _candidates(session, now):
        if len(results) == CHECKS_A_ROUND:
            break
        if mark_then == _mark(session, dialogue_id, marks):
            continue
        result = _ask(session, session.get_one(Evidence, evidence_id), marks)
        if result is not None:
            results.append(result)
    return results


def store_checks(session: Session, results: Iterable[CheckResult], *, now: datetime) -> None:
    """Note what ``read_checks`` found."""
    for result in results:
        _note(session, result, now=now)


def _candidates(session: Session, now: datetime) -> list[tuple[int, int, str | None]]:
    """Id, dialogue and the mark of the data as last asked; None where never asked."""
    statement = (
        select(Evidence.id, Evidence.dialogue_id, EvidenceCheck.data_mark)
        .outerjoin(EvidenceCheck, EvidenceCheck.evidence_id == Evidence.id)
        .where(
            Evidence.kind != EvidenceKind.EXTERNAL_SOURCE,
            Evidence.dialogue_id.is_not(None),
            or_(EvidenceCheck.evidence_id.is_(None), EvidenceCheck.checked_at < whole_hour(now)),
        )
        .order_by(EvidenceCheck.checked_at.is_not(None), EvidenceCheck.checked_at, Evidence.id)
    )
    return [
        (evidence_id, dialogue_id, mark)
        for evidence_id, dialogue_id, mark in session.execute(statement)
        if dialogue_id is not None
    ]


def _ask(session: Session, evidence: Evidence, marks: dict[int, str]) -> CheckResult | None:
    if evidence.dialogue_id is None:
        return None
    mark = _mark(session, evidence.dialogue_id, marks)  # before the answer: later changes show
    today = ask_again(session, evidence.municipality, evidence)
    if today is None:
        return None
    return CheckResult(evidence.id, evidence.municipality_id, today.state, today.n, mark)


def _mark(session: Session, dialogue_id: int, marks: dict[int, str]) -> str:
    if dialogue_id not in marks:
        marks[dialogue_id] = get_data_mark(session, session.get_one(Dialogue, dialogue_id))
    return marks[dialogue_id]


def _note(session: Session, result: CheckResult, *, now: datetime) -> EvidenceCheck:
    check = session.get(EvidenceCheck, result.evidence_id)
    if check is None:
        check = _first(session, result, now)
    moment = whole_hour(now)
    if result.state is EvidenceState.CURRENT:
        check.changed_at = None
    elif check.changed_at is None:
        check.changed_at = moment
    check.state, check.n_now, check.checked_at = result.state, result.n_now, moment
    check.data_mark = result.data_mark
    session.flush()
    return check


def _first(session: Session, result: CheckResult, now: datetime) -> EvidenceCheck:
    check = EvidenceCheck(
        evidence_id=result.evidence_id,
        municipality_id=result.municipality_id,
        state=EvidenceState.CURRENT,
        checked_at=whole_hour(now),
    )
    try:
        with session.begin_nested():
            session.add(check)
    except IntegrityError:  # somebody has pressed the button at the same moment
        return session.get_one(EvidenceCheck, result.evidence_id, populate_existing=True)
    return check
