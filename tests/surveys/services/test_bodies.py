"""Bodies with roles as members, the days on which they meet, and agreements between parties."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.drafts.bodies import AgreementDraft, BodyDraft, MeetingDraft
from surveys.drafts.plans import ActivityDraft, PlacementDraft, PlanDraft, PriorityAreaDraft
from surveys.errors import InvalidInput, NotFound
from surveys.models.body import Body, BodyKind
from surveys.models.municipality import Municipality
from surveys.models.plan import ActionPlan
from surveys.queries.municipalities.agreements import list_agreements, view_agreement
from surveys.queries.municipalities.bodies import list_bodies, list_public_meetings, view_body
from surveys.queries.plans.dates import list_plan_dates
from surveys.queries.plans.page import get_plan_page
from surveys.queries.readers.coming_dates import ComingKind, list_coming_dates
from surveys.services.municipalities.agreements import create_agreement, edit_agreement
from surveys.services.municipalities.bodies import (
    add_meetings,
    create_body,
    edit_body,
    end_body,
    remove_meeting,
)
from surveys.services.plans.activities import add_activity
from surveys.services.plans.plans import add_area, create_plan
from tests.conftest import NOW
from tests.factories.municipalities import make_municipality, make_police_area

TODAY = date(2023, 8, 1)
COUNCIL = BodyDraft(
    name="Lokalt BRÅ, styrgrupp",
    kind=BodyKind.COUNCIL,
    led_by="Kommunstyrelsens ordförande",
    members=("Kommunpolis", "Trygghetssamordnare"),
    meets_text="5 ggr/år",
)


@pytest.fixture
def council(session: Session, municipality: Municipality) -> Body:
    return create_body(session, municipality, COUNCIL, now=NOW)


def test_how_often_a_body_meets_is_read_and_held_to_its_days(
    session: Session, municipality: Municipality, council: Body
) -> None:
    days = (MeetingDraft(date(2023, month, 6)) for month in (2, 4, 9))
    add_meetings(session, municipality, council.id, days)
    view = view_body(session, municipality, council.id, TODAY)
    assert (view.this_year, view.expected, view.next_on) == (3, 5, date(2023, 9, 6))
    free = BodyDraft(name="Rådslag", kind=BodyKind.WORKING, meets_text="när vi hinner")
    loose = create_body(session, municipality, free, now=NOW)
    assert view_body(session, municipality, loose.id, TODAY).expected is None


def test_a_follow_up_at_every_meeting_has_the_body_s_next_day(
    session: Session, municipality: Municipality, council: Body
) -> None:
    draft = PlanDraft(title="Plan", starts_on=date(2022, 1, 1), ends_on=date(2023, 12, 31))
    plan: ActionPlan = create_plan(session, municipality, draft, now=NOW)
    area = add_area(session, municipality, plan.slug, PriorityAreaDraft("Narkotika"), now=NOW)
    place = PlacementDraft(area.id, "Vid varje styrgruppsmöte i BRÅ", body_id=council.id)
    cameras = ActivityDraft(name="Kameror", when_text="Under 2022", placements=(place,))
    session.refresh(plan)
    add_activity(session, municipality, plan.slug, cameras, now=NOW)
    days = (MeetingDraft(date(2023, 10, 23), is_public=True), MeetingDraft(date(2023, 9, 4)))
    add_meetings(session, municipality, council.id, days)

    [line] = get_plan_page(session, municipality, plan.slug, TODAY).areas[0].lines
    assert line.follow_up is not None
    assert (line.follow_up.body, line.follow_up.next_on) == (council.name, date(2023, 9, 4))
    # Readers are told the days that are public, and none of a plan that is not out.
    assert list_plan_dates(session, municipality, TODAY) == ()
    plan.published_at = NOW
    session.flush()
    assert [day.on for day in list_plan_dates(session, municipality, TODAY)] == [date(2023, 10, 23)]

    # A plan that is over is not followed up at the meetings that come after it.
    add_meetings(session, municipality, council.id, [MeetingDraft(date(2024, 2, 5), True)])
    after = date(2024, 1, 10)
    [line] = get_plan_page(session, municipality, plan.slug, after).areas[0].lines
    assert line.follow_up is not None
    assert line.follow_up.next_on is None
    assert list_plan_dates(session, municipality, after) == ()


def test_only_public_days_of_public_bodies_stand_in_the_calendar(
    session: Session, municipality: Municipality, council: Body
) -> None:
    public, private = MeetingDraft(date(2023, 9, 4), is_public=True), MeetingDraft(date(2023, 9, 5))
    add_meetings(session, municipality, council.id, (public, private))
    hidden = BodyDraft(name="Intern grupp", kind=BodyKind.WORKING, is_public=False)
    inner = create_body(session, municipality, hidden, now=NOW)
    add_meetings(session, municipality, inner.id, (public,))
    assert list_public_meetings(session, municipality, TODAY) == ((council.name, date(2023, 9, 4)),)
    coming = list_coming_dates(session, municipality, TODAY)
    assert [(item.kind, item.title) for item in coming] == [(ComingKind.MEETING, council.name)]


def test_a_day_is_kept_once_and_may_be_taken_away(
    session: Session, municipality: Municipality, council: Body
) -> None:
    day = date(2023, 9, 4)
    add_meetings(session, municipality, council.id, (MeetingDraft(day), MeetingDraft(day, True)))
    [meeting] = council.meetings
    assert meeting.is_public
    remove_meeting(session, municipality, council.id, meeting.id)
    assert council.meetings == []


def test_a_body_that_has_ended_is_kept_and_comes_last(
    session: Session, municipality: Municipality, council: Body
) -> None:
    group = BodyDraft(name="Arbetsgrupp", kind=BodyKind.WORKING, parent_id=council.id)
    create_body(session, municipality, group, now=NOW)
    end_body(session, municipality, council.id, date(2023, 6, 30))
    names = [(body.name, body.parent) for body in list_bodies(session, municipality, TODAY)]
    assert names == [("Arbetsgrupp", council.name), (council.name, None)]


def test_refused_bodies_say_why(
    session: Session, municipality: Municipality, council: Body
) -> None:
    with pytest.raises(InvalidInput, match="body_twice"):
        create_body(session, municipality, COUNCIL, now=NOW)
    child = BodyDraft(name="Beredning", kind=BodyKind.PREPARATORY, parent_id=council.id)
    preparing = create_body(session, municipality, child, now=NOW)
    circle = BodyDraft(name=council.name, kind=BodyKind.COUNCIL, parent_id=preparing.id)
    with pytest.raises(InvalidInput, match="body_circle"):
        edit_body(session, municipality, council.id, circle)
    theirs = session.scalars(select(Body.id).where(Body.municipality_id != municipality.id)).first()
    assert theirs is not None
    with pytest.raises(NotFound):
        view_body(session, municipality, theirs, TODAY)
    stolen = BodyDraft(name="Under deras", kind=BodyKind.WORKING, parent_id=theirs)
    with pytest.raises(NotFound):
        create_body(session, municipality, stolen, now=NOW)


def test_an_agreement_is_seen_by_its_parties_each_with_its_own_number(
    session: Session, municipality: Municipality
) -> None:
    neighbour = make_municipality(session, "hudiksvall", code="2184", name="Hudiksvall")
    outsider = make_municipality(session, "bollnas", code="2183", name="Bollnäs")
    area = make_police_area(session, municipality)
    area.municipalities.append(neighbour)
    session.flush()
    draft = AgreementDraft(title="Överenskommelse 2023–2026", dnr="KS 23-1")
    agreement = create_agreement(session, municipality, draft, area, [neighbour.id])
    said = AgreementDraft(
        title=agreement.title,
        purpose="Färre brott.",
        areas=("Trafik",),
        signed_on=date(2023, 1, 9),
        ends_on=date(2026, 12, 31),
        dnr="HUD 7",
    )
    edit_agreement(session, neighbour, agreement.id, said)
    own = view_agreement(session, municipality, agreement.id)
    assert (own.dnr, own.purpose, own.lacks) == ("KS 23-1", "Färre brott.", ())
    assert own.holds_on(TODAY)
    assert view_agreement(session, neighbour, agreement.id).dnr == "HUD 7"
    assert "HUD 7" not in repr(own)
    with pytest.raises(NotFound):
        edit_agreement(session, outsider, agreement.id, said)
    assert list_agreements(session, outsider) == ()
    with pytest.raises(InvalidInput, match="party_outside_area"):
        create_agreement(session, municipality, draft, area, [outsider.id])
