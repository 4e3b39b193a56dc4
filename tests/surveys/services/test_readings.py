"""What is written about time is read, said back, and counted by once somebody has said yes."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from surveys.models.municipality import Municipality
from surveys.models.plan import TargetPeriod
from surveys.queries.plans.readings import list_plan_readings
from surveys.queries.promises.counters import activity_counter, point_counter
from surveys.schedule.grammar import parse
from surveys.schedule.pace import Status
from surveys.schedule.periods import Window
from surveys.schedule.readback import to_json
from surveys.services.plans.readings import confirm_plan_readings
from tests.conftest import NOW
from tests.factories.promises import hold, make_activity, make_plan, make_point, make_promise

TODAY = date(2023, 8, 1)


def test_every_when_is_read_once_and_every_follow_up_under_its_area(
    session: Session, municipality: Municipality
) -> None:
    plan = make_plan(session, municipality)
    make_activity(session, municipality, plan, ("Efter varje insats", "2023-02-06"))
    readings = list_plan_readings(plan)
    assert [(r.spoken.value, r.schedule.kind.value, r.waits) for r in readings] == [
        ("when", "counted", True),
        ("follow-up", "after_each", True),
        ("follow-up", "deadline", True),
    ]


def test_a_confirmed_reading_sets_the_target_and_the_day_of_the_follow_up(
    session: Session, municipality: Municipality
) -> None:
    plan = make_plan(session, municipality)
    activity = make_activity(
        session,
        municipality,
        plan,
        ("Rapport till styrgruppen 2023-02-06",),
        when_text="Varje måndag kl. 14.00",
        target_count=None,
        comparator=None,
        per=None,
    )
    revision = plan.revision
    assert confirm_plan_readings(session, municipality, plan.slug, now=NOW) == 2
    assert (activity.target_count, activity.per, activity.weekday) == (1, TargetPeriod.WEEK, 0)
    follow_up = activity.links[0].follow_up
    assert follow_up is not None
    assert follow_up.due_on == date(2023, 2, 6)
    assert plan.revision == revision + 1  # a yes to what was there before is no yes to this
    assert not any(reading.waits for reading in list_plan_readings(plan))
    assert confirm_plan_readings(session, municipality, plan.slug, now=NOW) == 0


def test_only_what_was_chosen_is_kept_and_what_cannot_be_read_stays_text(
    session: Session, municipality: Municipality
) -> None:
    plan = make_plan(session, municipality)
    one = make_activity(session, municipality, plan, ("Enligt plan",))
    other = make_activity(session, municipality, plan, ("Löpande",), name="Skolteam")
    chosen = frozenset({f"when-{one.id}", f"follow-up-{one.links[0].id}"})
    assert confirm_plan_readings(session, municipality, plan.slug, chosen, now=NOW) == 1
    assert one.schedule is not None
    assert one.links[0].follow_up is not None
    assert one.links[0].follow_up.schedule is None
    assert other.schedule is None


def test_a_changed_text_and_a_number_filled_in_by_hand_ask_again(
    session: Session, municipality: Municipality
) -> None:
    plan = make_plan(session, municipality)
    activity = make_activity(session, municipality, plan, ("Löpande",))
    confirm_plan_readings(session, municipality, plan.slug, now=NOW)
    assert activity_counter(activity, TODAY).schedule is not None
    activity.target_count = 3
    assert activity_counter(activity, TODAY).schedule is None
    activity.when_text = "Minst 3 gånger/år"
    assert [r.waits for r in list_plan_readings(plan)] == [True, False]


@pytest.mark.parametrize(
    ("when", "days", "state"),
    [
        ("Måndagar och onsdagar", [date(2022, 1, 3)], (1, Status.BEHIND)),
        ("Varje kvartal", [date(2022, 2, 1)], (1, Status.BEHIND)),
        ("September varje år", [date(2022, 9, 5)], (1, Status.ON_TRACK)),
        ("När behov uppstår", [], (0, Status.ONGOING)),
        ("Under 2022", [date(2022, 5, 1)], (1, Status.DONE)),
        ("Senast 2022-06-30", [], (0, Status.BEHIND)),
    ],
)
def test_pace_goes_by_the_confirmed_reading_on_the_day_of_reading(
    session: Session,
    municipality: Municipality,
    when: str,
    days: list[date],
    state: tuple[int, Status],
) -> None:
    plan = make_plan(session, municipality)
    activity = make_activity(session, municipality, plan, ("Löpande",), when_text=when)
    hold(session, activity, *days)
    confirm_plan_readings(session, municipality, plan.slug, now=NOW)
    session.refresh(activity)
    counter = activity_counter(activity, TODAY)
    assert (counter.held, counter.status) == state
    assert counter.is_asked is (when != "När behov uppstår")


def test_a_point_counts_by_the_words_of_its_target_and_by_a_number_put_in_their_place(
    session: Session, municipality: Municipality
) -> None:
    promise = make_promise(session, municipality)
    words = "måndagar och onsdagar"
    schedule = to_json(parse(words, Window(date(2022, 1, 1), date(2023, 12, 31))))
    point = make_point(session, promise, schedule=schedule, target_count=2, per=TargetPeriod.WEEK)
    counter = point_counter(point, TODAY)
    assert counter.weeks is not None
    assert not counter.weeks.is_weekly
    point.target_count, point.per = 4, TargetPeriod.PERIOD
    assert point_counter(point, TODAY).wanted == 4
