"""A plan is decided, approved by each party, and given to readers in editions that stand."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.demo.approving import approve_by_all
from surveys.drafts.plans import (
    ActivityDraft,
    ChannelDraft,
    DecisionDraft,
    GroundDraft,
    PlacementDraft,
    PlanDraft,
    PlanFollowUpDraft,
    PriorityAreaDraft,
)
from surveys.drafts.promises import TargetDraft
from surveys.errors import InvalidInput, NotFound
from surveys.models.municipality import Municipality
from surveys.models.picture import ProblemPicture
from surveys.models.plan import ActionPlan, TargetPeriod
from surveys.permissions import StaffRole
from surveys.queries.editions.approvals import list_party_approvals
from surveys.queries.editions.document_editions import list_editions
from surveys.queries.plans.page import get_plan_page, get_public_plan, get_public_plan_edition
from surveys.queries.plans.plans import list_public_plans
from surveys.services.editions.approvals import NotApproved, approve, ask_for_review
from surveys.services.editions.revisions import ChangedMeanwhile
from surveys.services.plans.activities import add_activity, edit_activity
from surveys.services.plans.plans import (
    add_area,
    create_plan,
    edit_plan,
    record_plan_follow_up,
    remove_area,
)
from surveys.services.plans.publishing import publish_plan, withdraw_plan
from tests.conftest import NOW
from tests.factories.municipalities import make_account, make_police_area
from tests.factories.pictures import make_picture
from tests.factories.promises import hold

TODAY = date(2023, 8, 1)
ROLE = "Trygghetssamordnare"
PLAN = PlanDraft(
    title="Handlingsplan 2022–2023", starts_on=date(2022, 1, 1), ends_on=date(2023, 12, 31)
)


def effort(plan: ActionPlan, count: int = 2, **more: object) -> ActivityDraft:
    values: dict[str, object] = {
        "name": "Insatser mot narkotika",
        "when_text": f"Minst {count} gånger/år",
        "target": TargetDraft(count=count, per=TargetPeriod.YEAR),
        "placements": (PlacementDraft(plan.areas[0].id, "Efter varje insats"),),
    } | more
    return ActivityDraft(**values)  # type: ignore[arg-type]


@pytest.fixture
def plan(session: Session, municipality: Municipality) -> ActionPlan:
    make_police_area(session, municipality)
    plan = create_plan(session, municipality, PLAN, now=NOW)
    add_area(session, municipality, plan.slug, PriorityAreaDraft("Narkotika"), now=NOW)
    session.refresh(plan)
    add_activity(session, municipality, plan.slug, effort(plan), now=NOW)
    return plan


def publish(session: Session, municipality: Municipality, plan: ActionPlan, note: str = "") -> None:
    approve_by_all(session, municipality, plan, now=NOW)
    publish_plan(session, municipality, plan.slug, role=ROLE, now=NOW, change_note=note)


def test_a_joint_plan_waits_for_both_and_a_change_makes_their_yes_void(
    session: Session, municipality: Municipality, plan: ActionPlan
) -> None:
    officer = make_account(session, municipality, StaffRole.POLICE)
    ask_for_review(session, plan, officer, now=NOW)
    approve(session, municipality, plan, officer, revision=plan.revision, now=NOW)
    with pytest.raises(NotApproved) as refused:
        publish_plan(session, municipality, plan.slug, role=ROLE, now=NOW)
    assert [party.name for party in refused.value.missing] == ["Söderhamns kommun"]
    edit_activity(session, municipality, plan.slug, plan.activities[0].id, effort(plan, 3), now=NOW)
    voids = [party.is_void for party in list_party_approvals(session, municipality, plan)]
    assert voids == [True, False]


def test_the_municipality_s_own_plan_asks_nobody_else(
    session: Session, municipality: Municipality, plan: ActionPlan
) -> None:
    own = PlanDraft(
        title=PLAN.title, starts_on=PLAN.starts_on, ends_on=PLAN.ends_on, is_joint=False
    )
    edit_plan(session, municipality, plan.slug, own, now=NOW)
    publish(session, municipality, plan)
    [edition] = list_editions(session, plan)
    assert [approval["name"] for approval in edition.approvals] == ["Söderhamns kommun"]
    words = get_public_plan(session, municipality, plan.slug, TODAY).words
    assert (words["is_joint"], words["police_areas"]) == (False, [])


def test_readers_keep_the_last_edition_while_the_plan_is_changed_and_counts_are_of_today(
    session: Session, municipality: Municipality, plan: ActionPlan
) -> None:
    publish(session, municipality, plan)
    [activity] = plan.activities
    renamed = PlanDraft(title="Ny plan", starts_on=date(2022, 1, 1), ends_on=date(2022, 12, 31))
    edit_plan(session, municipality, plan.slug, renamed, now=NOW)
    changed = effort(plan, 9, name="Insatser")
    edit_activity(session, municipality, plan.slug, activity.id, changed, now=NOW)
    hold(session, activity, date(2023, 5, 11))

    page = get_public_plan(session, municipality, plan.slug, TODAY)
    [line] = page.areas[0].lines
    assert (page.title, line.name) == ("Handlingsplan 2022–2023", "Insatser mot narkotika")
    assert line.counter is not None
    assert line.counter.target is not None
    assert (line.counter.target.count, line.counter.held) == (2, 1)
    assert [p.title for p in list_public_plans(session, municipality)] == [PLAN.title]
    assert get_plan_page(session, municipality, plan.slug, TODAY).title == "Ny plan"

    with pytest.raises(NotApproved):
        publish_plan(session, municipality, plan.slug, role=ROLE, now=NOW)
    publish(session, municipality, plan, "Målet är höjt till nio insatser.")
    page = get_public_plan(session, municipality, plan.slug, TODAY)
    assert (page.title, page.number) == ("Ny plan", 2)
    assert page.editions[0].change_note == "Målet är höjt till nio insatser."
    old = get_public_plan_edition(session, municipality, plan.slug, 1, TODAY)
    assert (old.title, old.is_old) == ("Handlingsplan 2022–2023", True)
    assert old.areas[0].lines[0].counter is None


def test_publishing_twice_makes_one_edition_and_withdrawing_keeps_it(
    session: Session, municipality: Municipality, plan: ActionPlan
) -> None:
    publish(session, municipality, plan)
    publish_plan(session, municipality, plan.slug, role=ROLE, now=NOW)
    assert [edition.number for edition in list_editions(session, plan)] == [1]
    withdraw_plan(session, municipality, plan.slug)
    with pytest.raises(NotFound):
        get_public_plan(session, municipality, plan.slug, TODAY)
    with pytest.raises(NotFound):
        get_public_plan_edition(session, municipality, plan.slug, 1, TODAY)
    assert len(list_editions(session, plan)) == 1


def test_who_comes_second_is_refused_and_the_first_one_s_words_stand(
    session: Session, municipality: Municipality, plan: ActionPlan
) -> None:
    seen = plan.revision
    values = {"starts_on": PLAN.starts_on, "ends_on": PLAN.ends_on, "revision": seen}
    first = PlanDraft(title="Den första", **values)  # type: ignore[arg-type]
    second = PlanDraft(title="Den andra", **values)  # type: ignore[arg-type]
    edit_plan(session, municipality, plan.slug, first, now=NOW)
    with pytest.raises(ChangedMeanwhile) as refused:
        edit_plan(session, municipality, plan.slug, second, now=NOW)
    assert refused.value.revision == seen + 1
    assert plan.title == "Den första"


def test_the_decision_names_its_day_body_and_paragraph(
    session: Session, municipality: Municipality, plan: ActionPlan
) -> None:
    picture = make_picture(session, municipality)

    def draft(decision: DecisionDraft, picture_id: int | None = None) -> PlanDraft:
        return PlanDraft(
            title=PLAN.title,
            starts_on=PLAN.starts_on,
            ends_on=PLAN.ends_on,
            dnr="KS 21-300",
            decision=decision,
            ground=GroundDraft(picture_id),
            channels=(
                ChannelDraft("Veckobrev", "Kommunikatör", "Kommunpolis"),
                ChannelDraft("Möten och sammankomster"),
            ),
            other_plans=("ANDT-planen",),
            report_to=("Chefen för lokalpolisområdet", "Kommunalrådet"),
            summary_due_on=date(2024, 2, 29),
        )

    whole = DecisionDraft(date(2022, 1, 31), "Kommunstyrelsen", "§ 12")
    edit_plan(session, municipality, plan.slug, draft(whole, picture.id), now=NOW)
    publish(session, municipality, plan)
    words = get_public_plan(session, municipality, plan.slug, TODAY).words
    assert words["decision"] == {"on": "2022-01-31", "by": "Kommunstyrelsen", "paragraph": "§ 12"}
    assert words["picture"]["title"] == picture.title
    assert words["channels"] == [
        {"name": "Veckobrev", "municipality": "Kommunikatör", "police": "Kommunpolis"},
        {"name": "Möten och sammankomster", "municipality": None, "police": None},
    ]
    assert (words["other_plans"], words["summary_due_on"]) == (["ANDT-planen"], "2024-02-29")
    for decision, code in (
        (DecisionDraft(date(2022, 1, 31)), "decided_by_missing"),
        (DecisionDraft(by="Kommunstyrelsen"), "decided_on_missing"),
    ):
        with pytest.raises(InvalidInput, match=code):
            edit_plan(session, municipality, plan.slug, draft(decision), now=NOW)


def test_a_plan_never_rests_on_another_municipality_s_picture(
    session: Session, municipality: Municipality, plan: ActionPlan
) -> None:
    theirs = session.scalars(
        select(ProblemPicture.id).where(ProblemPicture.municipality_id != municipality.id)
    ).first()
    draft = PlanDraft(
        title=PLAN.title,
        starts_on=PLAN.starts_on,
        ends_on=PLAN.ends_on,
        ground=GroundDraft(picture_id=theirs),
    )
    assert theirs is not None
    with pytest.raises(NotFound):
        edit_plan(session, municipality, plan.slug, draft, now=NOW)


def test_plans_whose_periods_overlap_are_told_of(
    session: Session, municipality: Municipality, plan: ActionPlan
) -> None:
    later = PlanDraft(title="2024", starts_on=date(2024, 1, 1), ends_on=date(2025, 12, 31))
    create_plan(session, municipality, later, now=NOW)
    across = PlanDraft(title="Över", starts_on=date(2023, 12, 31), ends_on=date(2024, 6, 30))
    create_plan(session, municipality, across, now=NOW)
    page = get_plan_page(session, municipality, plan.slug, TODAY)
    assert [other.title for other in page.overlaps] == ["Över"]


def test_the_whole_plan_is_followed_up_and_readers_see_what_it_came_to(
    session: Session, municipality: Municipality, plan: ActionPlan
) -> None:
    publish(session, municipality, plan)
    told = PlanFollowUpDraft(TODAY, "Tre av fyra aktiviteter är gjorda.")
    record_plan_follow_up(session, municipality, plan.slug, told, now=NOW)
    page = get_public_plan(session, municipality, plan.slug, TODAY)
    assert (page.followed_up_on, page.followed_up_text) == (TODAY, told.text)
    ahead = PlanFollowUpDraft(TODAY + timedelta(days=1), "I morgon")
    with pytest.raises(InvalidInput, match="day_to_come"):
        record_plan_follow_up(session, municipality, plan.slug, ahead, now=NOW)


def test_an_area_goes_once_nothing_stands_under_it(
    session: Session, municipality: Municipality, plan: ActionPlan
) -> None:
    with pytest.raises(InvalidInput, match="area_has_activities"):
        remove_area(session, municipality, plan.slug, plan.areas[0].id, now=NOW)
    empty = add_area(session, municipality, plan.slug, PriorityAreaDraft("Trafik"), now=NOW)
    remove_area(session, municipality, plan.slug, empty.id, now=NOW)
    assert [area.name for area in plan.areas] == ["Narkotika"]
