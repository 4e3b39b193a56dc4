"""What Act 2023:196 asks for, computed from what is kept."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from surveys.demo.approving import approve_by_all
from surveys.drafts.bodies import AgreementDraft, BodyDraft
from surveys.drafts.plans import (
    ActivityDraft,
    DecisionDraft,
    GroundDraft,
    PlacementDraft,
    PlanDraft,
    PlanFollowUpDraft,
    PriorityAreaDraft,
)
from surveys.errors import InvalidInput
from surveys.models.body import BodyKind
from surveys.models.municipality import Municipality
from surveys.models.picture import PictureKind
from surveys.queries.dialogues.overview import StepKind, get_overview
from surveys.queries.plans.statutory import (
    PARAGRAPHS,
    DutyState,
    DutyView,
    LegalDuty,
    list_legal_duties,
)
from surveys.services.municipalities.agreements import create_agreement
from surveys.services.municipalities.bodies import create_body, end_body
from surveys.services.plans.activities import add_activity
from surveys.services.plans.plans import add_area, create_plan, record_plan_follow_up
from surveys.services.plans.publishing import publish_plan
from surveys.services.plans.statutory import record_council_report, save_statutory_months
from tests.conftest import NOW
from tests.factories.municipalities import make_police_area
from tests.factories.pictures import make_picture

TODAY = date(2023, 8, 1)


@dataclass
class Law:
    """The duties of one municipality, by name."""

    session: Session
    municipality: Municipality

    def on(self, today: date = TODAY) -> dict[LegalDuty, DutyView]:
        views = list_legal_duties(self.session, self.municipality, today)
        return {view.duty: view for view in views}

    def state(self, duty: LegalDuty, today: date = TODAY) -> DutyState:
        return self.on(today)[duty].state


@pytest.fixture
def law(session: Session, municipality: Municipality) -> Law:
    return Law(session, municipality)


def decide_plan(session: Session, here: Municipality, picture_id: int | None = None) -> str:
    draft = PlanDraft(
        title="Åtgärdsplan",
        starts_on=date(2023, 1, 1),
        ends_on=date(2024, 12, 31),
        decision=DecisionDraft(date(2023, 1, 16), "Kommunfullmäktige", "§ 4"),
        ground=GroundDraft(picture_id=picture_id),
    )
    return create_plan(session, here, draft, now=NOW).slug


def test_where_nothing_is_kept_every_duty_is_missing(law: Law) -> None:
    law.municipality.municipal_contact = None
    duties = law.on()
    assert list(duties) == list(PARAGRAPHS)
    assert {view.state for view in duties.values()} == {DutyState.MISSING}
    assert duties[LegalDuty.PLAN_DECIDED].paragraph == "5 §"


def test_the_picture_is_due_again_after_two_years_and_told_three_months_before(law: Law) -> None:
    make_picture(law.session, law.municipality, kind=PictureKind.PROBLEM_PICTURE, published_at=NOW)
    view = law.on()[LegalDuty.PICTURE_UPDATED]
    assert (view.done_on, view.due_on) == (TODAY, date(2025, 8, 1))
    duty, due = LegalDuty.PICTURE_UPDATED, date(2025, 8, 1)
    days = {due - timedelta(days=91): "met", due - timedelta(days=90): "soon", due: "soon"}
    days[due + timedelta(days=1)] = "late"
    assert {day: law.state(duty, day).value for day in days} == days
    assert law.state(LegalDuty.PICTURE, due + timedelta(days=400)) is DutyState.MET


def test_a_month_s_picture_is_not_the_picture_that_the_law_asks_for(law: Law) -> None:
    make_picture(law.session, law.municipality, kind=PictureKind.SITUATION_REPORT)
    assert law.state(LegalDuty.PICTURE) is DutyState.MISSING


def test_a_decided_plan_has_to_rest_on_a_published_picture(law: Law) -> None:
    decide_plan(law.session, law.municipality)
    view = law.on()[LegalDuty.PLAN_DECIDED]
    assert (view.state, view.lacks) == (DutyState.MISSING, ("picture",))
    draft = make_picture(law.session, law.municipality, "utkast", published_at=None)
    decide_plan(law.session, law.municipality, draft.id)
    assert law.on()[LegalDuty.PLAN_DECIDED].lacks == ("picture_published",)
    picture = make_picture(law.session, law.municipality, "bild")
    decide_plan(law.session, law.municipality, picture.id)
    view = law.on()[LegalDuty.PLAN_DECIDED]
    assert (view.state, view.done_on) == (DutyState.MET, date(2023, 1, 16))
    assert law.state(LegalDuty.PLAN_DECIDED, date(2025, 1, 1)) is DutyState.LATE


def test_the_plan_is_followed_up_two_years_after_its_decision_and_then_again(law: Law) -> None:
    slug = decide_plan(law.session, law.municipality)
    assert law.on()[LegalDuty.PLAN_FOLLOWED_UP].due_on == date(2025, 1, 16)
    told = PlanFollowUpDraft(TODAY, "Tre av fyra.")
    record_plan_follow_up(law.session, law.municipality, slug, told, now=NOW)
    view = law.on()[LegalDuty.PLAN_FOLLOWED_UP]
    assert (view.done_on, view.due_on, view.state) == (TODAY, date(2025, 8, 1), DutyState.MET)
    save_statutory_months(law.session, law.municipality, 12)
    assert law.on()[LegalDuty.PLAN_FOLLOWED_UP].due_on == date(2024, 8, 1)
    for months in (0, 25):
        with pytest.raises(InvalidInput, match="months_beyond_law"):
            save_statutory_months(law.session, law.municipality, months)


def test_an_agreement_counts_when_it_is_signed_says_why_and_holds(law: Law) -> None:
    area = make_police_area(law.session, law.municipality)
    bare = AgreementDraft(title="Bar", signed_on=date(2022, 1, 1))
    create_agreement(law.session, law.municipality, bare, area)
    assert law.on()[LegalDuty.AGREEMENT].lacks == ("purpose", "areas")
    whole = AgreementDraft(
        title="Hel",
        purpose="Färre brott",
        areas=("Trafik",),
        signed_on=date(2022, 1, 1),
        ends_on=date(2023, 9, 30),
    )
    create_agreement(law.session, law.municipality, whole, area)
    assert law.state(LegalDuty.AGREEMENT) is DutyState.SOON
    assert law.state(LegalDuty.AGREEMENT, date(2023, 10, 1)) is not DutyState.MET


def test_a_council_that_somebody_leads_until_it_ends(law: Law) -> None:
    unled = BodyDraft(name="Trygghetsrådet", kind=BodyKind.COUNCIL)
    create_body(law.session, law.municipality, unled, now=NOW)
    assert law.on()[LegalDuty.COUNCIL].lacks == ("led_by", "members")
    led = BodyDraft(name="BRÅ", kind=BodyKind.COUNCIL, led_by="Kommunalråd", members=("LPO-chef",))
    body = create_body(law.session, law.municipality, led, now=NOW)
    assert law.state(LegalDuty.COUNCIL) is DutyState.MET
    end_body(law.session, law.municipality, body.id, date(2023, 7, 31))
    assert law.state(LegalDuty.COUNCIL) is DutyState.MISSING


def test_readers_are_informed_by_what_is_published_and_the_council_by_a_report(law: Law) -> None:
    here = law.municipality
    make_police_area(law.session, here)
    slug = decide_plan(law.session, here)
    area = add_area(law.session, here, slug, PriorityAreaDraft("Trafik"), now=NOW)
    place = PlacementDraft(area.id)
    activity = ActivityDraft(name="Kontroller", when_text="Löpande", placements=(place,))
    plan = add_activity(law.session, here, slug, activity, now=NOW).plan
    assert plan is not None
    law.session.refresh(plan)
    approve_by_all(law.session, here, plan, now=NOW)
    publish_plan(law.session, here, slug, role="Kommunpolis", now=NOW)
    assert law.state(LegalDuty.INFORMATION) is DutyState.MET
    record_council_report(law.session, here, date(2022, 8, 10), "KF 22-9", today=TODAY)
    view = law.on()[LegalDuty.REPORT]
    assert (view.state, view.due_on) == (DutyState.SOON, date(2023, 8, 10))
    with pytest.raises(InvalidInput, match="day_to_come"):
        record_council_report(law.session, here, TODAY + timedelta(days=1), None, today=TODAY)


def test_the_overview_says_how_many_wait_and_the_first_day(law: Law) -> None:
    make_picture(law.session, law.municipality, kind=PictureKind.PROBLEM_PICTURE, published_at=NOW)
    later = date(2025, 7, 1)
    steps = get_overview(law.session, law.municipality, NOW, later).steps
    [step] = [step for step in steps if step.kind is StepKind.LEGAL_DUTIES]
    assert (step.n, step.due_on) == (7, date(2025, 8, 1))
