"""The public calendar, read with the icalendar package and a recurrence expander."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from icalendar import Calendar
from sqlalchemy.orm import Session

from surveys.drafts.approvals import EditionDraft
from surveys.models.body import Body, BodyKind, BodyMeeting
from surveys.models.dialogue import Channel, DialogueEvent, EventKind
from surveys.models.municipality import Municipality
from surveys.models.picture import SituationCadence
from surveys.models.plan import ActionPlan, Activity, ActivityArea, FollowUp
from surveys.models.promise import Promise
from surveys.queries.pictures.situations import list_months
from surveys.queries.plans.content import plan_content
from surveys.queries.promises.content import promise_content
from surveys.schedule.grammar import parse
from surveys.schedule.readback import to_json
from surveys.services.editions.document_editions import freeze_edition
from tests.factories.dialogues import make_dialogue
from tests.factories.promises import PUBLISHED_AT, make_activity, make_plan, make_promise
from tests.page import PageClient

PATH = "/soderhamn/kalender.ics"
STOCKHOLM = ZoneInfo("Europe/Stockholm")
ALL = (date(2022, 1, 1), date(2024, 12, 31))


@pytest.fixture
def promise(session: Session, municipality: Municipality) -> Promise:
    return make_promise(session, municipality)


@pytest.fixture
def plan(session: Session, municipality: Municipality) -> ActionPlan:
    return make_plan(session, municipality)


def read(session: Session, client: PageClient) -> Calendar:
    session.commit()
    response = client.client.get(PATH)
    assert response.status_code == 200
    assert response.mimetype == "text/calendar"
    raw = response.get_data()
    assert max(map(len, raw.split(b"\r\n"))) <= 75  # RFC 5545, 3.1
    assert b"\n" not in raw.replace(b"\r\n", b"")
    return Calendar.from_ical(raw)


def days(calendar: Calendar, words: str = "", span: tuple[date, date] = ALL) -> list[str]:
    found = recurring_ical_events.of(calendar).between(*span)
    told = [(str(e["DTSTART"].dt), str(e["SUMMARY"])) for e in found if words in str(e["SUMMARY"])]
    return [day for day, _ in sorted(told)]


def follow_up(
    session: Session, plan: ActionPlan, words: str | None, due_on: date | None = None
) -> ActivityArea:
    """An activity under the plan's first area, followed up as ``words`` say."""
    activity = make_activity(session, plan.municipality, plan, name=f"Aktivitet {words}")
    schedule = to_json(parse(words)) if words else None
    return add_link(
        session,
        activity,
        plan.areas[0].id,
        FollowUp(text=words or "", schedule=schedule, due_on=due_on),
    )


def add_link(
    session: Session, activity: Activity, area_id: int, follow_up: FollowUp
) -> ActivityArea:
    link = ActivityArea(
        activity_id=activity.id, area_id=area_id, position=activity.id, follow_up=follow_up
    )
    session.add(link)
    session.flush()
    return link


def test_a_meeting_each_monday_leaves_out_red_days(
    session: Session, plan: ActionPlan, client: PageClient
) -> None:
    follow_up(session, plan, "varje måndag kl. 14.00")
    calendar = read(session, client)
    found = days(calendar, "Uppföljning")
    assert len(found) == 98
    assert found[0] == "2022-01-03 14:00:00+01:00"
    assert found[20].endswith("14:00:00+02:00")  # in summer time too it is two o'clock
    assert not [day for day in found if day.startswith(("2022-04-18", "2023-05-01", "2022-06-06"))]
    event = next(e for e in calendar.walk("VEVENT") if "RRULE" in e)
    assert event["DTSTART"].params["TZID"] == "Europe/Stockholm"
    assert event["RRULE"]["UNTIL"] == [datetime(2023, 12, 31, 22, 59, 59, tzinfo=UTC)]


def test_a_promise_followed_up_each_half_year_has_the_last_day_of_each(
    session: Session, promise: Promise, client: PageClient
) -> None:
    promise.follow_up_schedule = to_json(parse("varje halvår"))
    told = days(read(session, client), "följas upp")
    # June 2022 was more than a year ago: a calendar holds no older days.
    assert told == ["2022-12-31", "2023-06-30", "2023-12-31"]


def test_time_is_told_with_the_rules_of_swedish_time(
    session: Session, municipality: Municipality, client: PageClient
) -> None:
    make_dialogue(session, municipality)
    calendar = read(session, client)
    (zone,) = calendar.walk("VTIMEZONE")
    assert zone["TZID"] == "Europe/Stockholm"
    own = zone.to_tz(lookup_tzid=False)
    for year in (2022, 2026):
        for month in (1, 4, 7, 11):
            at = datetime(year, month, 15, 12, tzinfo=STOCKHOLM)
            assert at.replace(tzinfo=own).utcoffset() == at.utcoffset()


def test_a_dialogue_opens_at_its_hour_and_has_a_last_day(
    session: Session, municipality: Municipality, client: PageClient
) -> None:
    make_dialogue(session, municipality)
    calendar = read(session, client)
    assert days(calendar, "Frågorna öppnar") == ["2023-07-01 08:00:00+02:00"]
    assert days(calendar, "Sista dag att svara") == ["2023-08-31"]


def test_what_is_followed_up_yearly_is_due_at_the_end_of_each_year(
    session: Session, promise: Promise, client: PageClient
) -> None:
    promise.follow_up_schedule = to_json(parse("årsvis"))
    promise.summary_due_on = date(2024, 2, 29)
    calendar = read(session, client)
    assert days(calendar, "Löftet ska följas upp") == ["2022-12-31", "2023-12-31"]
    assert days(calendar, "Löftet slutar") == ["2023-12-31"]
    assert days(calendar, "Skriftlig sammanfattning") == ["2024-02-29"]


def test_a_day_of_follow_up_stands_once_however_many_areas_it_is_under(
    session: Session, plan: ActionPlan, client: PageClient
) -> None:
    first = follow_up(session, plan, None, date(2023, 2, 6))
    again = FollowUp(text="", due_on=date(2023, 2, 6))
    add_link(session, first.activity, plan.areas[1].id, again)
    assert days(read(session, client), "Uppföljning") == ["2023-02-06"]


@pytest.mark.parametrize("words", ["löpande", "efter varje insats", "en gång/vecka", "5 ggr/år"])
def test_what_names_no_day_gets_none(
    session: Session, plan: ActionPlan, client: PageClient, words: str
) -> None:
    follow_up(session, plan, words)
    assert days(read(session, client)) == []


def test_a_bodys_public_meetings_are_told_and_no_others(
    session: Session, municipality: Municipality, client: PageClient
) -> None:
    for name, is_public in (("Trygghetsrådet", True), ("Lägesbildsgruppen", False)):
        body = Body(
            municipality_id=municipality.id,
            name=name,
            kind=BodyKind.COUNCIL,
            members=[],
            is_public=is_public,
            created_at=PUBLISHED_AT,
        )
        for day, is_open in ((4, True), (18, False)):
            body.meetings.append(
                BodyMeeting(
                    municipality_id=municipality.id,
                    held_on=date(2023, 9, day),
                    is_public=is_open,
                    note="Internt",
                )
            )
        session.add(body)
    calendar = read(session, client)
    assert days(calendar) == ["2023-09-04"]
    assert "Internt" not in calendar.to_ical().decode()


def test_talks_with_staff_are_not_told(
    session: Session, municipality: Municipality, client: PageClient
) -> None:
    dialogue = make_dialogue(session, municipality)
    for number, kind in enumerate((EventKind.SAFETY_WALK, EventKind.EMPLOYEE_DIALOGUE)):
        session.add(
            DialogueEvent(
                dialogue_id=dialogue.id,
                code=f"e{number}",
                kind=kind,
                channel=Channel.MEETING,
                title=f"Träff {number}",
                venue="Stadshuset, entré 2; plan 3",
                held_on=date(2023, 8, 20),
            )
        )
    calendar = read(session, client)
    assert days(calendar, "Träff") == ["2023-08-20"]
    event = next(e for e in calendar.walk("VEVENT") if str(e["SUMMARY"]) == "Träff 0")
    assert str(event["LOCATION"]) == "Stadshuset, entré 2; plan 3"


def test_where_and_when_efforts_are_made_is_never_told_beforehand(
    session: Session, plan: ActionPlan, client: PageClient
) -> None:
    make_activity(
        session,
        plan.municipality,
        plan,
        name="Gemensam insats",
        schedule=to_json(parse("varje fredag kl. 22.00")),
    )
    assert days(read(session, client)) == []


def test_the_picture_is_due_eleven_times_a_year(
    session: Session, municipality: Municipality, client: PageClient
) -> None:
    session.add(
        SituationCadence(
            municipality_id=municipality.id,
            starts_on=date(2023, 1, 1),
            every_months=1,
            pauses=[7],
            due_day=10,
        )
    )
    found = days(read(session, client), "Ny lägesbild", (date(2023, 2, 1), date(2024, 1, 31)))
    assert len(found) == 11
    assert "2023-08-10" not in found
    assert found[0] == "2023-02-10"


@pytest.mark.parametrize(
    ("every_months", "due"),
    [(3, ["2023-02-10", "2023-05-10"]), (5, ["2023-02-10", "2023-07-10", "2023-12-10"])],
)
def test_the_calendar_and_the_duty_list_have_the_same_days_to_the_last(
    session: Session,
    municipality: Municipality,
    client: PageClient,
    every_months: int,
    due: list[str],
) -> None:
    cadence = SituationCadence(
        municipality_id=municipality.id,
        starts_on=date(2023, 1, 1),
        ends_on=date(2023, 4, 30) if every_months == 3 else date(2023, 11, 30),
        every_months=every_months,
        pauses=[],
        due_day=10,
    )
    session.add(cadence)
    assert days(read(session, client), "Ny lägesbild") == due
    months = list_months(session, municipality, date(2024, 1, 31))
    assert [str(month.due_on) for month in months] == due


def test_drafts_are_not_told(
    session: Session, promise: Promise, plan: ActionPlan, client: PageClient
) -> None:
    follow_up(session, plan, None, date(2023, 9, 1))
    promise.published_at = plan.published_at = None
    assert days(read(session, client)) == []


def test_what_is_being_changed_is_told_once_it_is_published(
    session: Session, promise: Promise, plan: ActionPlan, client: PageClient
) -> None:
    here = promise.municipality
    link = follow_up(session, plan, None, date(2023, 9, 1))
    promise.summary_due_on = date(2024, 2, 29)
    for subject, content in (
        (promise, promise_content(session, promise, PUBLISHED_AT.date())),
        (plan, plan_content(plan)),
    ):
        edition = EditionDraft(content, None)
        freeze_edition(session, here, subject, edition, by="Samordnare", now=PUBLISHED_AT)
        subject.changing_since = PUBLISHED_AT
    before = read(session, client)
    promise.title = plan.title = link.activity.name = "Ett utkast"
    promise.ends_on = plan.ends_on = date(2024, 6, 30)
    promise.summary_due_on = link.follow_up.due_on = date(2024, 7, 1)
    plan.evaluate_after = date(2024, 8, 1)
    follow_up(session, plan, "varje måndag kl. 14.00")
    after = read(session, client)
    assert days(after) == days(before)
    assert "Ett utkast" not in after.to_ical().decode()


def test_names_are_stable_and_what_is_unchanged_is_not_sent_again(
    session: Session, promise: Promise, plan: ActionPlan, client: PageClient
) -> None:
    follow_up(session, plan, "varje måndag kl. 14.00")
    before = read(session, client)
    first = client.client.get(PATH)
    again = client.client.get(PATH, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    promise.title = "Ett annat namn"
    after = read(session, client)
    uids = [[str(e["UID"]) for e in c.walk("VEVENT")] for c in (before, after)]
    assert uids[0] == uids[1]
    assert len(set(uids[0])) == len(uids[0])
    assert all(uid.endswith("@localhost") for uid in uids[0])
