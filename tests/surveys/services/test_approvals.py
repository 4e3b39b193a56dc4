"""Nobody publishes for another: each party says yes to the text as it stands."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from surveys.db import WRITE_OPTION
from surveys.drafts.approvals import CommentDraft
from surveys.drafts.plans import PlanDraft
from surveys.errors import Conflict, InvalidInput, PermissionDenied
from surveys.models.account import Membership, User
from surveys.models.approval import Approval, EditorialState
from surveys.models.municipality import Municipality
from surveys.models.party import Party
from surveys.models.promise import Promise, PromiseMunicipality
from surveys.permissions import StaffRole
from surveys.queries.editions.approvals import Subject, view_editorial
from surveys.queries.municipalities.municipalities import get_municipality
from surveys.services.editions.approvals import (
    NotApproved,
    add_comment,
    approve,
    ask_for_review,
    require_approved,
    settle_comment,
)
from surveys.services.editions.revisions import begin_change
from surveys.services.plans.plans import edit_plan
from tests.factories.municipalities import make_account, make_municipality
from tests.factories.promises import make_plan, make_promise

NOW = datetime(2022, 1, 5, 9, 0, tzinfo=UTC)


@pytest.fixture
def coordinator(session: Session, municipality: Municipality) -> User:
    return make_account(session, municipality, email="samordnare@soderhamn.example")


@pytest.fixture
def officer(session: Session, municipality: Municipality) -> User:
    return make_account(
        session, municipality, email="polis@soderhamn.example", role=StaffRole.POLICE
    )


def _approve(session: Session, here: Municipality, subject: Subject, account: User) -> None:
    approve(session, here, subject, account, revision=subject.revision, now=NOW)


def test_a_text_is_approved_when_police_and_municipality_have_said_yes(
    session: Session, municipality: Municipality, coordinator: User, officer: User
) -> None:
    promise = make_promise(session, municipality, published_at=None)
    assert view_editorial(session, municipality, promise).state is EditorialState.DRAFT
    ask_for_review(session, promise, coordinator, now=NOW)
    _approve(session, municipality, promise, coordinator)
    seen = view_editorial(session, municipality, promise)
    assert seen.state is EditorialState.REVIEW
    assert [party.party for party in seen.missing] == [Party.POLICE]
    with pytest.raises(NotApproved):
        require_approved(session, municipality, promise)
    _approve(session, municipality, promise, officer)
    require_approved(session, municipality, promise)
    assert view_editorial(session, municipality, promise).state is EditorialState.APPROVED


def test_a_change_makes_a_yes_void_and_an_old_reading_cannot_be_approved(
    session: Session, municipality: Municipality, coordinator: User, officer: User
) -> None:
    promise = make_promise(session, municipality, published_at=None)
    ask_for_review(session, promise, coordinator, now=NOW)
    _approve(session, municipality, promise, officer)
    promise.revision += 1
    police = view_editorial(session, municipality, promise).parties[0]
    assert police.is_void
    assert not police.is_given
    with pytest.raises(Conflict):
        approve(session, municipality, promise, officer, revision=1, now=NOW)


def test_who_speaks_for_no_party_cannot_approve(
    session: Session, municipality: Municipality, coordinator: User
) -> None:
    promise = make_promise(session, municipality, published_at=None)
    ask_for_review(session, promise, coordinator, now=NOW)
    analyst = make_account(
        session, municipality, email="analytiker@soderhamn.example", role=StaffRole.ANALYST
    )
    with pytest.raises(PermissionDenied):
        _approve(session, municipality, promise, analyst)


def test_a_plan_of_the_municipality_alone_is_read_by_a_second_person(
    session: Session, municipality: Municipality, coordinator: User
) -> None:
    plan = make_plan(session, municipality)
    plan.is_joint, plan.published_at = False, None
    ask_for_review(session, plan, coordinator, now=NOW)
    with pytest.raises(InvalidInput, match="four_eyes"):
        _approve(session, municipality, plan, coordinator)
    other = make_account(session, municipality, email="chef@soderhamn.example")
    _approve(session, municipality, plan, other)
    require_approved(session, municipality, plan)


def test_what_is_written_after_review_was_asked_for_is_read_by_a_second_person_too(
    session: Session, municipality: Municipality, coordinator: User
) -> None:
    plan = make_plan(session, municipality)
    plan.is_joint, plan.published_at = False, None
    other = make_account(session, municipality, email="chef@soderhamn.example")
    ask_for_review(session, plan, other, now=NOW)
    begin_change(session, plan, now=NOW)  # by the coordinator, who then says yes to it alone
    with pytest.raises(InvalidInput, match="no_review"):
        _approve(session, municipality, plan, coordinator)
    ask_for_review(session, plan, coordinator, now=NOW)
    _approve(session, municipality, plan, other)
    require_approved(session, municipality, plan)


def test_a_joint_plan_that_becomes_one_party_s_is_reviewed_anew(
    session: Session, municipality: Municipality, coordinator: User, officer: User
) -> None:
    plan = make_plan(session, municipality)
    plan.published_at = None
    ask_for_review(session, plan, officer, now=NOW)
    draft = PlanDraft(
        title=plan.title, starts_on=plan.starts_on, ends_on=plan.ends_on, is_joint=False
    )
    edit_plan(session, municipality, plan.slug, draft, now=NOW)
    with pytest.raises(InvalidInput, match="no_review"):
        _approve(session, municipality, plan, coordinator)


def test_a_comment_is_settled_once_and_keeps_whose_it_is(
    session: Session, municipality: Municipality, coordinator: User, officer: User
) -> None:
    promise = make_promise(session, municipality, published_at=None)
    draft = CommentDraft("Vem ansvarar?", "Minst fyra insatser")
    comment = add_comment(session, municipality, promise, officer, draft, now=NOW)
    assert comment.party is Party.POLICE
    assert len(view_editorial(session, municipality, promise).open_comments) == 1
    settle_comment(session, promise, comment.id, coordinator, now=NOW)
    settle_comment(session, promise, comment.id, officer, now=NOW)
    [seen] = view_editorial(session, municipality, promise).comments
    assert seen.settled_by == coordinator.title


def test_one_account_at_two_parties_says_yes_for_one_of_them_also_at_the_same_moment(
    session: Session, municipality: Municipality, engine: Engine
) -> None:
    """The police of one municipality and the coordinator of another, in two windows."""
    neighbour = make_municipality(session, slug="bollnas", code="2183", name="Bollnäs")
    promise = make_promise(session, municipality, published_at=None)
    promise.parties.append(PromiseMunicipality(municipality_id=neighbour.id))
    both = make_account(session, municipality, StaffRole.POLICE)
    both.memberships.append(Membership(municipality_id=neighbour.id, role=StaffRole.COORDINATOR))
    ask_for_review(session, promise, both, now=NOW)
    promise_id, account_id, revision = promise.id, both.id, promise.revision
    session.commit()
    both_ready = threading.Barrier(2)

    def press(slug: str) -> str:
        with Session(engine) as own:
            both_ready.wait(timeout=30)
            own.connection(execution_options={WRITE_OPTION: True})
            here, account = get_municipality(own, slug), own.get_one(User, account_id)
            text = own.get_one(Promise, promise_id)
            try:
                approve(own, here, text, account, revision=revision, now=NOW)
            except InvalidInput as refused:
                return refused.code
            own.commit()
            return "given"

    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(press, ["soderhamn", "bollnas"]))
    assert sorted(said) == ["four_eyes", "given"]


def test_the_database_keeps_one_yes_of_an_account_to_a_revision(
    session: Session, municipality: Municipality, coordinator: User
) -> None:
    promise = make_promise(session, municipality, published_at=None)
    session.add_all(
        Approval(
            municipality_id=municipality.id, promise_id=promise.id, party=party,
            for_id=municipality.id, revision=1, role="Samordnare", user_id=coordinator.id,
            approved_at=NOW,
        )
        for party in (Party.POLICE, Party.MUNICIPALITY)
    )  # fmt: skip
    with pytest.raises(IntegrityError):
        session.flush()
