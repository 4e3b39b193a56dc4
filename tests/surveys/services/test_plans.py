"""A plan whose activities stand under several areas and are counted once."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from surveys.demo.approving import approve_by_all
from surveys.drafts.plans import ActivityDraft, PlacementDraft, PlanDraft, PriorityAreaDraft
from surveys.drafts.promises import TargetDraft
from surveys.errors import InvalidInput, NotFound
from surveys.models.municipality import Municipality
from surveys.models.plan import ActionPlan, TargetPeriod
from surveys.queries.plans.page import get_plan_page, get_public_plan
from surveys.queries.plans.plans import list_public_plans
from surveys.queries.progress.activities import list_activities
from surveys.services.editions.approvals import NotApproved
from surveys.services.plans.activities import add_activity, edit_activity, remove_activity
from surveys.services.plans.plans import add_area, create_plan, edit_plan
from surveys.services.plans.publishing import publish_plan
from tests.conftest import NOW
from tests.factories.noise import NOISE_TEXT
from tests.factories.promises import hold, make_activity, make_plan

TODAY = date(2023, 8, 1)
DRAFT = PlanDraft(
    title="Lokal handlingsplan 2022–2023",
    starts_on=date(2022, 1, 1),
    ends_on=date(2023, 12, 31),
    authors=("Kommunpolis",),
)


@pytest.fixture
def plan(session: Session, municipality: Municipality) -> ActionPlan:
    plan = create_plan(session, municipality, DRAFT, now=NOW)
    for name in ("Ungdomskriminalitet", "Samverkan"):
        area = PriorityAreaDraft(name, ("Öka tryggheten",))
        add_area(session, municipality, plan.slug, area, now=NOW)
    return plan


def monday_meeting(plan: ActionPlan) -> ActivityDraft:
    youth, cooperation = plan.areas
    return ActivityDraft(
        name="Avstämningar mellan polis och IFO",
        when_text="Varje måndag kl. 14.00",
        who_text="Kommunpolis och utsedd socialsekreterare",
        target=TargetDraft(count=1, per=TargetPeriod.WEEK, weekday=0),
        placements=(
            PlacementDraft(youth.id, "Kort rapport till styrgruppen", date(2023, 2, 6)),
            PlacementDraft(cooperation.id, "Kort rapport till styrgruppen", date(2022, 10, 24)),
        ),
    )


def test_one_meeting_under_two_areas_has_two_follow_ups_and_counts_once(
    session: Session, municipality: Municipality, plan: ActionPlan
) -> None:
    activity = add_activity(session, municipality, plan.slug, monday_meeting(plan), now=NOW)
    hold(session, activity, date(2022, 1, 3), date(2022, 1, 10))
    page = get_plan_page(session, municipality, plan.slug, TODAY)
    lines = [line for area in page.areas for line in area.lines]
    assert [line.follow_up and line.follow_up.due_on for line in lines] == [
        date(2023, 2, 6),
        date(2022, 10, 24),
    ]
    assert [line.also_under for line in lines] == [("Samverkan",), ("Ungdomskriminalitet",)]
    assert (page.n_activities, page.n_occasions, page.n_shared) == (1, 2, 1)


def test_a_missing_follow_up_is_a_gap_and_nothing_is_made_up(
    session: Session, municipality: Municipality, plan: ActionPlan
) -> None:
    council = ActivityDraft(
        name="Rådslag",
        when_text="När behov uppstår",
        placements=(PlacementDraft(plan.areas[0].id),),
    )
    add_activity(session, municipality, plan.slug, council, now=NOW)
    page = get_plan_page(session, municipality, plan.slug, TODAY)
    assert page.areas[0].lines[0].follow_up is None
    assert page.n_without_follow_up == 1


def test_moving_an_activity_keeps_its_occasions(
    session: Session, municipality: Municipality, plan: ActionPlan
) -> None:
    activity = add_activity(session, municipality, plan.slug, monday_meeting(plan), now=NOW)
    hold(session, activity, date(2022, 1, 3))
    moved = ActivityDraft(
        name="Avstämningar",
        when_text="Varje måndag kl. 15.00",
        placements=(PlacementDraft(plan.areas[1].id, "Årligen"),),
    )
    edit_activity(session, municipality, plan.slug, activity.id, moved, now=NOW)
    session.expire_all()
    page = get_plan_page(session, municipality, plan.slug, TODAY)
    assert page.areas[0].lines == ()
    [line] = page.areas[1].lines
    assert line.follow_up is not None
    assert line.follow_up.text == "Årligen"
    assert page.n_occasions == 1


def test_refused_plans_say_why(
    session: Session, municipality: Municipality, plan: ActionPlan
) -> None:
    def code_of(draft: ActivityDraft) -> str:
        with pytest.raises(InvalidInput) as refused:
            add_activity(session, municipality, plan.slug, draft, now=NOW)
        return refused.value.code

    here = (PlacementDraft(plan.areas[0].id),)
    assert code_of(ActivityDraft(name="A", when_text="Löpande")) == "activity_without_area"
    assert code_of(ActivityDraft(name="", when_text="x", placements=here)) == "name_missing"
    assert code_of(ActivityDraft(name="A", when_text=" ", placements=here)) == "when_missing"
    dated = (PlacementDraft(plan.areas[0].id, "", date(2023, 1, 1)),)
    undated = ActivityDraft(name="A", when_text="x", placements=dated)
    assert code_of(undated) == "follow_up_without_words"
    with pytest.raises(InvalidInput, match="area_twice"):
        add_area(session, municipality, plan.slug, PriorityAreaDraft("samverkan"), now=NOW)
    backwards = PlanDraft(title="P", starts_on=date(2023, 1, 1), ends_on=date(2022, 1, 1))
    with pytest.raises(InvalidInput, match="end_before_start"):
        edit_plan(session, municipality, plan.slug, backwards, now=NOW)


def test_a_plan_is_public_once_published(
    session: Session, municipality: Municipality, plan: ActionPlan
) -> None:
    with pytest.raises(NotFound):
        get_public_plan(session, municipality, plan.slug, TODAY)
    with pytest.raises(InvalidInput, match="plan_without_activity"):
        publish_plan(session, municipality, plan.slug, role="Kommunpolis", now=NOW)
    add_activity(session, municipality, plan.slug, monday_meeting(plan), now=NOW)
    with pytest.raises(NotApproved):
        publish_plan(session, municipality, plan.slug, role="Kommunpolis", now=NOW)
    approve_by_all(session, municipality, plan, now=NOW)
    publish_plan(session, municipality, plan.slug, role="Kommunpolis", now=NOW)
    assert get_public_plan(session, municipality, plan.slug, TODAY).published_by == "Kommunpolis"
    assert [p.slug for p in list_public_plans(session, municipality)] == [plan.slug]


def test_what_has_happened_is_not_removed_with_its_activity(
    session: Session, municipality: Municipality
) -> None:
    plan = make_plan(session, municipality)
    used = make_activity(session, municipality, plan, (None,))
    unused = make_activity(session, municipality, plan, (None,), name="Rådslag")
    hold(session, used, date(2022, 5, 1))
    with pytest.raises(InvalidInput, match="activity_has_occasions"):
        remove_activity(session, municipality, plan.slug, used.id, now=NOW)
    remove_activity(session, municipality, plan.slug, unused.id, now=NOW)
    rows = list_activities(session, municipality)
    assert [row.name for row in rows] == ["Gemensamma narkotikainsatser"]


def test_another_municipality_s_plan_at_the_same_address_stays_theirs(
    session: Session, municipality: Municipality
) -> None:
    with pytest.raises(NotFound):
        get_plan_page(session, municipality, "handlingsplan-2022-2023", TODAY)
    make_plan(session, municipality)
    page = get_plan_page(session, municipality, "handlingsplan-2022-2023", TODAY)
    assert NOISE_TEXT not in repr(page)
