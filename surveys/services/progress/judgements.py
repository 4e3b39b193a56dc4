"""Closing judgements: each party for itself, by a versioned rubric, once the period is over."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.days import swedish_day
from surveys.drafts.judgements import JudgementDraft
from surveys.errors import InvalidInput, NotFound, PermissionDenied
from surveys.limits import MAX_PARAGRAPHS, MAX_SUMMARY
from surveys.models.account import User
from surveys.models.judgement import Judgement
from surveys.models.municipality import Municipality
from surveys.models.party import Party
from surveys.models.promise import Promise
from surveys.permissions import Permission
from surveys.queries.editions.approvals import speaks_for
from surveys.queries.promises.edition import as_published
from surveys.queries.promises.promises import get_promise
from surveys.queries.promises.time import Phase, promise_time
from surveys.rubric import rubric_at
from surveys.services.editions.case_guard import check_no_case
from surveys.services.editions.input_rules import required_text
from surveys.services.promises.points import find_point


def judge(
    session: Session,
    municipality: Municipality,
    slug: str,
    draft: JudgementDraft,
    *,
    account: User,
    now: datetime,
) -> Judgement:
    """Say how the promise, or one of its points, was kept, for the account's own party.

    Raise PermissionDenied for an account that speaks for no party, InvalidInput ``not_over``
    before the period has ended. A second judgement does not change the first: it is added, and the
    latest holds.
    """
    if not account.can(Permission.APPROVE, municipality):
        raise PermissionDenied("judge")
    promise = get_promise(session, municipality, slug)
    _check_over(as_published(session, promise), now)
    if draft.point_id is not None:
        find_point(promise, draft.point_id)
    party = speaks_for(municipality, account)
    judgement = Judgement(
        municipality_id=promise.municipality_id,
        promise_id=promise.id,
        point_id=draft.point_id,
        party=party,
        for_id=None if party is Party.POLICE else municipality.id,
        verdict=draft.verdict,
        rubric_version=rubric_at(swedish_day(now)).number,
        reason=required_text(draft.reason, "reason", MAX_PARAGRAPHS),
        ground=required_text(draft.ground, "ground", MAX_SUMMARY),
        carry_over=draft.carry_over,
        role=account.title,
        user_id=account.id,
        judged_at=now,
    )
    check_no_case(judgement.reason, "reason", is_confirmed=draft.is_no_person)
    check_no_case(judgement.ground, "ground", is_confirmed=draft.is_no_person)
    same = _last_of_same(session, judgement)
    if same is not None:
        return same
    session.add(judgement)
    session.flush()
    return judgement


def _check_over(promise: Promise, now: datetime) -> None:
    # A period that is being shortened is over when the parties have approved that it is.
    if promise.published_at is None:
        raise NotFound(promise.slug)
    if promise_time(promise, swedish_day(now)).phase is not Phase.ENDED:
        raise InvalidInput("not_over")


def _last_of_same(session: Session, said: Judgement) -> Judgement | None:
    """The party's latest judgement, where it says the same already: the form was sent twice."""
    last = session.scalar(
        select(Judgement)
        .where(
            Judgement.promise_id == said.promise_id,
            Judgement.point_id.is_(None)
            if said.point_id is None
            else Judgement.point_id == said.point_id,
            Judgement.party == said.party,
            Judgement.for_id.is_(None) if said.for_id is None else Judgement.for_id == said.for_id,
        )
        .order_by(Judgement.judged_at.desc(), Judgement.id.desc())
        .limit(1)
    )
    told = ("verdict", "reason", "ground", "carry_over", "rubric_version")
    is_same = last is not None and all(getattr(last, n) == getattr(said, n) for n in told)
    return last if is_same else None
