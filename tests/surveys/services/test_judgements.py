"""Closing judgements: each party for itself, after the period, side by side and never averaged."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from surveys.drafts.approvals import EditionDraft
from surveys.drafts.judgements import JudgementDraft
from surveys.errors import AboutPerson, InvalidInput, NotFound, PermissionDenied
from surveys.models.account import User
from surveys.models.judgement import CarryOver, Verdict
from surveys.models.municipality import Municipality
from surveys.models.party import Party
from surveys.models.promise import Promise, PromiseMunicipality
from surveys.permissions import StaffRole
from surveys.queries.progress.judgements import get_closing
from surveys.queries.promises.content import promise_content
from surveys.rubric import RUBRICS
from surveys.services.editions.document_editions import freeze_edition
from surveys.services.progress.judgements import judge
from tests.factories.municipalities import make_account, make_municipality
from tests.factories.promises import make_point, make_promise
from webapp.words.rubric import rubric_words

AFTER = datetime(2024, 1, 15, 12, tzinfo=UTC)
LAST_DAY = datetime(2023, 12, 31, 12, tzinfo=UTC)
TODAY = date(2024, 1, 15)


@pytest.fixture
def promise(session: Session, municipality: Municipality) -> Promise:
    promise = make_promise(session, municipality)
    make_point(session, promise)
    return promise


def account(session: Session, municipality: Municipality, role: StaffRole) -> User:
    return make_account(
        session, municipality, role, email=f"{role.value}@{municipality.slug}.example"
    )


def draft(verdict: Verdict, **values: object) -> JudgementDraft:
    said = {"reason": "Fyra av fyra insatser.", "ground": "Räknaren."} | values
    return JudgementDraft(verdict=verdict, **said)  # type: ignore[arg-type]


def test_police_and_municipality_judge_apart_and_the_difference_is_shown(
    session: Session, municipality: Municipality, promise: Promise
) -> None:
    for role, verdict in (
        (StaffRole.POLICE, Verdict.KEPT),
        (StaffRole.COORDINATOR, Verdict.PARTLY_KEPT),
    ):
        who = account(session, municipality, role)
        judge(session, municipality, promise.slug, draft(verdict), account=who, now=AFTER)
    whole = get_closing(session, promise, TODAY).whole
    assert whole.disagrees
    assert [(s.party, s.judgement and s.judgement.verdict) for s in whole.sides] == [
        (Party.POLICE, Verdict.KEPT),
        (Party.MUNICIPALITY, Verdict.PARTLY_KEPT),
    ]


def test_one_party_alone_leaves_the_other_missing(
    session: Session, municipality: Municipality, promise: Promise
) -> None:
    police = account(session, municipality, StaffRole.POLICE)
    point = promise.points[0].id
    said = draft(Verdict.KEPT, point_id=point, carry_over=CarryOver.CONTINUE)
    judge(session, municipality, promise.slug, said, account=police, now=AFTER)
    page = get_closing(session, promise, TODAY)
    assert page.is_begun
    assert not page.whole.is_begun
    assert [side.party for side in page.points[0].missing] == [Party.MUNICIPALITY]
    assert not page.points[0].disagrees


def test_before_the_period_is_over_nobody_judges(
    session: Session, municipality: Municipality, promise: Promise
) -> None:
    police = account(session, municipality, StaffRole.POLICE)
    with pytest.raises(InvalidInput, match="not_over"):
        judge(
            session, municipality, promise.slug, draft(Verdict.KEPT), account=police, now=LAST_DAY
        )
    promise.starts_on = promise.ends_on = None
    with pytest.raises(InvalidInput, match="not_over"):
        judge(session, municipality, promise.slug, draft(Verdict.KEPT), account=police, now=AFTER)


def test_a_period_that_is_only_proposed_to_be_shorter_is_not_over(
    session: Session, municipality: Municipality, promise: Promise
) -> None:
    content = promise_content(session, promise, LAST_DAY.date())
    edition = EditionDraft(content, None)
    freeze_edition(session, municipality, promise, edition, by="Samordnare", now=LAST_DAY)
    promise.changing_since, promise.ends_on = LAST_DAY, date(2023, 6, 30)
    police = account(session, municipality, StaffRole.POLICE)
    kept = draft(Verdict.KEPT)
    with pytest.raises(InvalidInput, match="not_over"):
        judge(session, municipality, promise.slug, kept, account=police, now=LAST_DAY)


def test_a_judgement_is_added_and_the_latest_holds(
    session: Session, municipality: Municipality, promise: Promise
) -> None:
    police = account(session, municipality, StaffRole.POLICE)
    for verdict in (Verdict.KEPT, Verdict.KEPT, Verdict.NOT_KEPT):  # the second is a second press
        judge(session, municipality, promise.slug, draft(verdict), account=police, now=AFTER)
    side = get_closing(session, promise, TODAY).whole.sides[0]
    assert side.judgement is not None
    assert (side.judgement.verdict, side.judgement.n_earlier) == (Verdict.NOT_KEPT, 1)


def test_each_municipality_of_a_joint_promise_has_its_own(
    session: Session, municipality: Municipality, promise: Promise
) -> None:
    neighbour = make_municipality(session, slug="bollnas", code="2183", name="Bollnäs")
    promise.parties.append(PromiseMunicipality(municipality=neighbour, dnr="2022/9"))
    session.flush()
    theirs = account(session, neighbour, StaffRole.COORDINATOR)
    judge(session, neighbour, promise.slug, draft(Verdict.NOT_KEPT), account=theirs, now=AFTER)
    sides = get_closing(session, promise, TODAY).whole.sides
    assert [side.name for side in sides if side.judgement] == [neighbour.official_name]
    assert len(sides) == 3


def test_nothing_is_inherited_by_the_next_period(
    session: Session, municipality: Municipality, promise: Promise
) -> None:
    police = account(session, municipality, StaffRole.POLICE)
    judge(session, municipality, promise.slug, draft(Verdict.KEPT), account=police, now=AFTER)
    later = make_promise(
        session,
        municipality,
        slug="nasta",
        carried_from_id=promise.id,
        starts_on=date(2024, 1, 1),
        ends_on=date(2025, 12, 31),
    )
    make_point(session, later)
    page = get_closing(session, later, date(2026, 1, 2))
    assert page.is_over
    assert not page.is_begun


@pytest.mark.parametrize("role", [StaffRole.ANALYST, StaffRole.ADMINISTRATOR])
def test_who_speaks_for_no_party_does_not_judge(
    session: Session, municipality: Municipality, promise: Promise, role: StaffRole
) -> None:
    who = account(session, municipality, role)
    with pytest.raises(PermissionDenied):
        judge(session, municipality, promise.slug, draft(Verdict.KEPT), account=who, now=AFTER)


def test_a_judgement_has_its_reason_its_ground_and_no_person_in_it(
    session: Session, municipality: Municipality, promise: Promise
) -> None:
    police = account(session, municipality, StaffRole.POLICE)
    for field in ("reason", "ground"):
        said = draft(Verdict.KEPT, **{field: " "})
        with pytest.raises(InvalidInput, match="required"):
            judge(session, municipality, promise.slug, said, account=police, now=AFTER)
    named = draft(Verdict.KEPT, reason="Tack vare Anna Svensson.")
    with pytest.raises(AboutPerson):
        judge(session, municipality, promise.slug, named, account=police, now=AFTER)
    unknown = draft(Verdict.KEPT, point_id=999_999)
    with pytest.raises(NotFound):
        judge(session, municipality, promise.slug, unknown, account=police, now=AFTER)


def test_every_version_of_the_rubric_has_words_for_each_verdict() -> None:
    assert [rubric.number for rubric in RUBRICS] == list(range(1, len(RUBRICS) + 1))
    for rubric in RUBRICS:
        for verdict in rubric.verdicts:
            assert rubric_words(rubric.number, verdict)
