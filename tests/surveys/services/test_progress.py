"""Occasions and reports: counted at once, taken back in the open, never edited."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from surveys.drafts.occasions import OccasionDraft
from surveys.drafts.promises import ProgressDraft
from surveys.errors import InvalidInput, NotFound
from surveys.models.municipality import Municipality
from surveys.models.party import Party
from surveys.models.plan import Activity, Occasion, OccasionState, TargetPeriod
from surveys.models.promise import PointMeasure, PointStatus, Promise, PromiseMunicipality
from surveys.queries.promises.history import ChangeKind
from surveys.queries.promises.page import get_public_promise
from surveys.schedule.pace import Status
from surveys.services.progress.occasions import log_occasion, remove_occasion
from surveys.services.progress.progress import report_progress
from tests.conftest import NOW
from tests.factories.municipalities import make_municipality
from tests.factories.promises import hold, make_activity, make_plan, make_point, make_promise

TODAY = date(2023, 8, 1)
ROLE = "Kommunpolis"


@pytest.fixture
def promise(session: Session, municipality: Municipality) -> Promise:
    return make_promise(session, municipality)


@pytest.fixture
def activity(session: Session, municipality: Municipality, promise: Promise) -> Activity:
    """Counted by the promise (four in all) and by the plan (two a year)."""
    plan = make_plan(session, municipality)
    activity = make_activity(session, municipality, plan, ("Efter varje insats", None))
    make_point(session, promise, activities=[activity])
    return activity


def log(
    session: Session, municipality: Municipality, activity: Activity, draft: OccasionDraft
) -> Occasion:
    return log_occasion(session, municipality, activity.id, draft, role=ROLE, now=NOW)


def test_one_occasion_counts_towards_the_promise_and_the_plan(
    session: Session, municipality: Municipality, promise: Promise, activity: Activity
) -> None:
    hold(session, activity, date(2022, 4, 7), date(2022, 10, 12))
    occasion = OccasionDraft(held_on=date(2023, 5, 11), working_days=1.0, condition_met=True)
    log(session, municipality, activity, occasion)
    page = get_public_promise(session, municipality, promise.slug, TODAY)
    point = page.points[0]
    assert (point.state.counter.held, point.state.counter.wanted) == (3, 4)
    assert point.state.status is Status.ON_TRACK
    assert [o.working_days for o in point.state.times_held] == [None, None, 1.0]
    per_year = point.others[0].counter
    assert per_year.target.per is TargetPeriod.YEAR
    assert [(t.held, t.target) for t in per_year.standing.tallies] == [(2, 2), (1, 2)]


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (OccasionDraft(held_on=date(2023, 8, 2)), "day_to_come"),
        (OccasionDraft(held_on=date(2021, 5, 1)), "day_outside_period"),
        (OccasionDraft(held_on=date(202, 5, 1)), "day_unlikely"),
        (OccasionDraft(held_on=date(2023, 5, 1), working_days=0.0), "days_out_of_range"),
        (OccasionDraft(held_on=date(2023, 5, 1), working_days=99.0), "days_out_of_range"),
    ],
)
def test_refused_occasions_say_why(
    session: Session,
    municipality: Municipality,
    activity: Activity,
    draft: OccasionDraft,
    code: str,
) -> None:
    with pytest.raises(InvalidInput, match=code):
        log(session, municipality, activity, draft)
    assert activity.occasions == []


def test_a_double_tap_counts_once_and_a_second_the_same_day_is_said(
    session: Session, municipality: Municipality, activity: Activity
) -> None:
    day = date(2023, 5, 11)
    first = log(session, municipality, activity, OccasionDraft(held_on=day))
    assert log(session, municipality, activity, OccasionDraft(held_on=day)) is first
    second = OccasionDraft(held_on=day, note="På kvällen.")
    with pytest.raises(InvalidInput, match="occasion_twice"):
        log(session, municipality, activity, second)
    for _press in range(2):
        log(session, municipality, activity, replace(second, is_another=True))
    assert len(activity.occasions) == 2


def test_what_was_missed_has_no_working_days(
    session: Session, municipality: Municipality, activity: Activity
) -> None:
    missed = OccasionDraft(
        held_on=date(2023, 5, 11),
        state=OccasionState.MISSED,
        working_days=1.0,
        condition_met=True,
        note="Resurser saknades.",
    )
    occasion = log(session, municipality, activity, missed)
    assert (occasion.working_days, occasion.condition_met) == (None, None)


def test_a_wrong_occasion_is_taken_back_with_its_reason_on_the_page(
    session: Session, municipality: Municipality, promise: Promise, activity: Activity
) -> None:
    wrong = hold(session, activity, date(2022, 10, 21), date(2023, 5, 11))[0]
    remove_occasion(
        session,
        municipality,
        wrong.id,
        "Insatsen var den 12 oktober.",
        author=(ROLE, Party.POLICE),
        now=NOW,
    )
    page = get_public_promise(session, municipality, promise.slug, TODAY)
    assert page.points[0].state.counter.held == 1
    assert page.points[0].updates[0].text == "Insatsen var den 12 oktober."
    kinds = [change.kind for change in page.changes]
    assert kinds == [ChangeKind.REPORTED, ChangeKind.OCCASIONS, ChangeKind.PUBLISHED]


def test_taking_back_without_a_reason_is_refused(
    session: Session, municipality: Municipality, activity: Activity
) -> None:
    wrong = hold(session, activity, date(2022, 10, 21))[0]
    with pytest.raises(InvalidInput, match="reason_missing"):
        remove_occasion(session, municipality, wrong.id, "  ", author=(ROLE, Party.POLICE), now=NOW)


def test_another_municipality_s_occasion_is_out_of_reach(
    session: Session, municipality: Municipality, activity: Activity
) -> None:
    other = make_municipality(session, slug="bollnas", code="2183", name="Bollnäs")
    theirs = make_activity(session, other)
    with pytest.raises(NotFound):
        log(session, municipality, theirs, OccasionDraft(held_on=date(2023, 5, 11)))
    occasion = hold(session, theirs, date(2023, 5, 11))[0]
    with pytest.raises(NotFound):
        remove_occasion(
            session, municipality, occasion.id, "x", author=(ROLE, Party.POLICE), now=NOW
        )


def test_a_report_sets_the_status_and_keeps_the_earlier_ones(
    session: Session, municipality: Municipality, promise: Promise
) -> None:
    point = make_point(
        session,
        promise,
        "Omvärldsspaning",
        measure=PointMeasure.DONE,
        target_count=None,
        due_on=date(2022, 12, 31),
    )
    page = get_public_promise(session, municipality, promise.slug, TODAY)
    assert page.points[0].state.status is Status.BEHIND
    for text, status in (("Vi har börjat.", None), ("Klart i november.", PointStatus.DONE)):
        draft = ProgressDraft(text, date(2022, 11, 30), Party.MUNICIPALITY, point.id, status)
        report_progress(session, municipality, promise.slug, draft, role=ROLE, now=NOW)
    page = get_public_promise(session, municipality, promise.slug, TODAY)
    assert page.points[0].state.status is Status.DONE
    assert [u.text for u in page.points[0].updates] == ["Klart i november.", "Vi har börjat."]


def test_a_report_sent_twice_is_kept_once(
    session: Session, municipality: Municipality, promise: Promise
) -> None:
    draft = ProgressDraft("Allt löper på.", TODAY, Party.POLICE)
    first, second = (
        report_progress(session, municipality, promise.slug, draft, role=ROLE, now=NOW)
        for _ in range(2)
    )
    assert first is second


def test_what_is_counted_is_never_done_by_hand(
    session: Session, municipality: Municipality, promise: Promise, activity: Activity
) -> None:
    point = promise.points[0]
    done = ProgressDraft("Klart!", TODAY, Party.POLICE, point.id, PointStatus.DONE)
    with pytest.raises(InvalidInput, match="status_is_counted"):
        report_progress(session, municipality, promise.slug, done, role=ROLE, now=NOW)
    cancelled = ProgressDraft(
        "Resurser saknas.", TODAY, Party.POLICE, point.id, PointStatus.CANCELLED
    )
    report_progress(session, municipality, promise.slug, cancelled, role=ROLE, now=NOW)
    page = get_public_promise(session, municipality, promise.slug, TODAY)
    assert page.points[0].state.status is Status.CANCELLED
    assert page.points[0].state.status_reason == "Resurser saknas."


def test_three_and_one_keeps_the_promise_and_misses_the_plan_on_the_page(
    session: Session, municipality: Municipality, promise: Promise, activity: Activity
) -> None:
    days = (date(2022, 2, 1), date(2022, 5, 1), date(2022, 9, 1), date(2023, 5, 1))
    hold(session, activity, *days)
    page = get_public_promise(session, municipality, promise.slug, date(2024, 1, 8))
    assert page.points[0].state.status is Status.DONE
    assert page.points[0].others[0].counter.status is Status.NOT_REACHED


def test_a_joint_promise_counts_each_municipality_s_occasions(
    session: Session, municipality: Municipality, promise: Promise, activity: Activity
) -> None:
    neighbour = make_municipality(session, slug="bollnas", code="2183", name="Bollnäs")
    promise.parties.append(PromiseMunicipality(municipality_id=neighbour.id, dnr="2022/9"))
    theirs = make_activity(session, neighbour, name="Insatser i Bollnäs")
    promise.points[0].activities.append(theirs)
    hold(session, activity, date(2022, 4, 7))
    hold(session, theirs, date(2022, 5, 7))
    for side, dnr in ((municipality, "KS 21-100"), (neighbour, "2022/9")):
        page = get_public_promise(session, side, promise.slug, TODAY)
        assert page.points[0].state.counter.held == 2
        assert page.dnr == dnr
    # The plan of one municipality is no business of the other's page.
    assert get_public_promise(session, neighbour, promise.slug, TODAY).points[0].others == ()
