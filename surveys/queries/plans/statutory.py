"""What Act 2023:196 on municipal crime prevention asks of a municipality, and how it stands today.

Each duty is computed from what is kept here: nobody ticks it off. Days are those of the rows that
show it; where the law asks for something again, the next day is so many months later.
"""

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.days import swedish_day
from surveys.models.body import BodyKind
from surveys.models.document_edition import DocumentEdition
from surveys.models.municipality import Municipality
from surveys.models.picture import PictureKind, ProblemPicture
from surveys.models.plan import ActionPlan
from surveys.queries.municipalities.agreements import AgreementView, list_agreements
from surveys.queries.municipalities.bodies import list_active
from surveys.schedule.periods import add_months

SOON = timedelta(days=90)
# 13 § says "continuously". A year without a report is told; the law sets no number.
REPORT_MONTHS = 12


class LegalDuty(enum.Enum):
    """One duty; the paragraph stands in ``PARAGRAPHS``."""

    PICTURE = "picture"
    PICTURE_UPDATED = "picture_updated"
    PLAN_DECIDED = "plan_decided"
    PLAN_FOLLOWED_UP = "plan_followed_up"
    AGREEMENT = "agreement"
    COUNCIL = "council"
    COORDINATION = "coordination"
    INFORMATION = "information"
    REPORT = "report"


PARAGRAPHS = {
    LegalDuty.PICTURE: "4 §",
    LegalDuty.PLAN_DECIDED: "5 §",
    LegalDuty.PICTURE_UPDATED: "6 §",
    LegalDuty.PLAN_FOLLOWED_UP: "6 §",
    LegalDuty.AGREEMENT: "9 §",
    LegalDuty.COUNCIL: "10 §",
    LegalDuty.COORDINATION: "11–12 §§",
    LegalDuty.INFORMATION: "12 §",
    LegalDuty.REPORT: "13 §",
}


class DutyState(enum.Enum):
    """How a duty stands on one day."""

    MET = "met"
    SOON = "soon"  # met, and due again within three months
    LATE = "late"
    MISSING = "missing"


class ProofKind(enum.Enum):
    """What kind of page shows that a duty is met."""

    PICTURE = "picture"
    PLAN = "plan"
    AGREEMENT = "agreement"
    BODY = "body"
    SETTINGS = "settings"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Proof:
    """What shows it, by its address part or id."""

    kind: ProofKind
    title: str
    slug: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class DutyView:
    """One duty. ``due_on`` is when it is to be done (again), ``lacks`` codes of what is missing."""

    duty: LegalDuty
    state: DutyState
    done_on: date | None = None
    due_on: date | None = None
    proof: Proof | None = None
    lacks: tuple[str, ...] = ()

    @property
    def paragraph(self) -> str:
        return PARAGRAPHS[self.duty]


def list_legal_duties(
    session: Session, municipality: Municipality, today: date
) -> tuple[DutyView, ...]:
    """Every duty in the order of the Act, as it stands on ``today``."""
    picture = _latest_picture(session, municipality)
    plans = _decided_plans(session, municipality)
    found = {
        view.duty: view
        for view in (
            *_of_picture(picture, municipality.statutory_months, today),
            _plan_decided(plans, today),
            _plan_followed_up(plans, municipality.statutory_months, today),
            _agreement(list_agreements(session, municipality), today),
            _council(session, municipality, today),
            _coordination(municipality),
            _information(session, municipality, today),
            _report(municipality, today),
        )
    }
    return tuple(found[duty] for duty in PARAGRAPHS)


def _latest_picture(session: Session, municipality: Municipality) -> ProblemPicture | None:
    return session.scalars(
        select(ProblemPicture)
        .where(
            ProblemPicture.municipality_id == municipality.id,
            ProblemPicture.kind == PictureKind.PROBLEM_PICTURE,
            ProblemPicture.published_at.is_not(None),
        )
        .order_by(ProblemPicture.published_at.desc())
        .limit(1)
    ).first()


def _decided_plans(session: Session, municipality: Municipality) -> list[ActionPlan]:
    """The latest decided first."""
    statement = (
        select(ActionPlan)
        .where(ActionPlan.municipality_id == municipality.id, ActionPlan.decided_on.is_not(None))
        .order_by(ActionPlan.decided_on.desc(), ActionPlan.id.desc())
    )
    return list(session.scalars(statement))


def _of_picture(picture: ProblemPicture | None, months: int, today: date) -> Iterator[DutyView]:
    if picture is None or picture.published_at is None:
        yield DutyView(LegalDuty.PICTURE, DutyState.MISSING)
        yield DutyView(LegalDuty.PICTURE_UPDATED, DutyState.MISSING)
        return
    done = swedish_day(picture.published_at)
    proof = Proof(ProofKind.PICTURE, picture.title, picture.slug)
    yield DutyView(LegalDuty.PICTURE, DutyState.MET, done, proof=proof)
    yield _again(LegalDuty.PICTURE_UPDATED, done, months, proof, today)


def _plan_decided(plans: list[ActionPlan], today: date) -> DutyView:
    if not plans:
        return DutyView(LegalDuty.PLAN_DECIDED, DutyState.MISSING)
    plan = plans[0]
    lacks = [] if plan.picture is not None else ["picture"]
    if plan.picture is not None and plan.picture.published_at is None:
        lacks.append("picture_published")
    state = DutyState.MISSING if lacks else state_by(plan.ends_on, today)
    return DutyView(
        LegalDuty.PLAN_DECIDED, state, plan.decided_on, plan.ends_on, _of_plan(plan), tuple(lacks)
    )


def _plan_followed_up(plans: list[ActionPlan], months: int, today: date) -> DutyView:
    followed = [plan for plan in plans if plan.followed_up_on is not None]
    if followed:
        latest = max(followed, key=lambda plan: plan.followed_up_on or date.min)
        done = latest.followed_up_on or date.min
        return _again(LegalDuty.PLAN_FOLLOWED_UP, done, months, _of_plan(latest), today)
    if not plans:
        return DutyView(LegalDuty.PLAN_FOLLOWED_UP, DutyState.MISSING)
    first = plans[-1]
    due = add_months(first.decided_on or first.starts_on, months)
    state = state_by(due, today)
    return DutyView(LegalDuty.PLAN_FOLLOWED_UP, state, due_on=due, proof=_of_plan(first))


def _agreement(agreements: tuple[AgreementView, ...], today: date) -> DutyView:
    if not agreements:
        return DutyView(LegalDuty.AGREEMENT, DutyState.MISSING)
    best = min(agreements, key=lambda a: (not a.holds_on(today), len(a.lacks), -_ordinal(a)))
    proof = Proof(ProofKind.AGREEMENT, best.title, id=best.id)
    state = state_by(best.ends_on, today)
    if best.lacks:
        state = DutyState.MISSING
    return DutyView(
        LegalDuty.AGREEMENT, state, best.signed_on, best.ends_on, proof, tuple(best.lacks)
    )


def _ordinal(agreement: AgreementView) -> int:
    return agreement.signed_on.toordinal() if agreement.signed_on else 0


def _council(session: Session, municipality: Municipality, today: date) -> DutyView:
    councils = list_active(session, municipality, today, BodyKind.COUNCIL)
    if not councils:
        return DutyView(LegalDuty.COUNCIL, DutyState.MISSING)
    council = min(councils, key=lambda body: (body.led_by is None, not body.members))
    lacks = tuple(
        code
        for code, value in (("led_by", council.led_by), ("members", council.members))
        if not value
    )
    state = DutyState.MISSING if lacks else DutyState.MET
    proof = Proof(ProofKind.BODY, council.name, id=council.id)
    return DutyView(LegalDuty.COUNCIL, state, proof=proof, lacks=lacks)


def _coordination(municipality: Municipality) -> DutyView:
    contact = municipality.municipal_contact
    if not contact:
        return DutyView(LegalDuty.COORDINATION, DutyState.MISSING)
    return DutyView(LegalDuty.COORDINATION, DutyState.MET, proof=Proof(ProofKind.SETTINGS, contact))


def _information(session: Session, municipality: Municipality, today: date) -> DutyView:
    """Readers were given something within the time that the picture may grow old."""
    latest = session.scalar(
        select(DocumentEdition.published_at)
        .where(DocumentEdition.municipality_id == municipality.id)
        .order_by(DocumentEdition.published_at.desc())
        .limit(1)
    )
    if latest is None:
        return DutyView(LegalDuty.INFORMATION, DutyState.MISSING)
    proof = Proof(ProofKind.PUBLIC, municipality.official_name)
    months = municipality.statutory_months
    return _again(LegalDuty.INFORMATION, swedish_day(latest), months, proof, today)


def _report(municipality: Municipality, today: date) -> DutyView:
    if municipality.reported_on is None:
        return DutyView(LegalDuty.REPORT, DutyState.MISSING)
    proof = Proof(ProofKind.SETTINGS, municipality.reported_dnr or "")
    return _again(LegalDuty.REPORT, municipality.reported_on, REPORT_MONTHS, proof, today)


def _again(duty: LegalDuty, done: date, months: int, proof: Proof, today: date) -> DutyView:
    due = add_months(done, months)
    return DutyView(duty, state_by(due, today), done, due, proof)


def _of_plan(plan: ActionPlan) -> Proof:
    return Proof(ProofKind.PLAN, plan.title, plan.slug)


def state_by(due: date | None, today: date) -> DutyState:
    """Met until three months before ``due``, then soon, and late from the day after it."""
    if due is None:
        return DutyState.MET
    if due < today:
        return DutyState.LATE
    return DutyState.SOON if due - today <= SOON else DutyState.MET
