"""Reminders over a year of mornings: before, after, then to the coordinator, each thing once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.drafts.occasions import OutcomeDraft
from surveys.drafts.owners import LeavingDraft, OwnerDraft
from surveys.drafts.settings import ReminderDraft
from surveys.errors import InvalidInput
from surveys.models.mail import OutgoingMail, ReminderKind
from surveys.models.municipality import Municipality
from surveys.models.owner import Owner
from surveys.models.party import Party
from surveys.models.picture import SituationCadence
from surveys.models.plan import FollowUp
from surveys.permissions import StaffRole
from surveys.queries.progress.reminders import ReminderLetter, Why
from surveys.services.progress.follow_ups import finish_follow_up
from surveys.services.progress.owners import add_owner, choose_owner, leave
from surveys.services.progress.reminders import queue_reminders, save_reminder_settings
from tests.conftest import NOW
from tests.factories.municipalities import make_account
from tests.factories.promises import hold, make_activity, make_plan, make_point, make_promise

OWNER, COORDINATOR = "ifo@soderhamn.example", "samordnare@soderhamn.example"
DUE = date(2023, 6, 15)
LAST = DUE + timedelta(days=70)


class Post:
    """Mornings of a year, and what each brought: (day, address, kind, about, why)."""

    def __init__(self, session: Session, municipality: Municipality) -> None:
        self.session, self.municipality = session, municipality
        self.got: list[tuple[date, str, ReminderKind, str, Why | None]] = []
        self.day = DUE - timedelta(days=20)

    def until(self, last: date) -> None:
        """Every morning until ``last``."""
        while self.day < last:
            self.day += timedelta(days=1)
            self.again()

    def again(self) -> None:
        """The job once more, the same day."""
        now = datetime(self.day.year, self.day.month, self.day.day, 7, tzinfo=UTC)
        queue_reminders(self.session, self.municipality, self._write, now=now)

    def _write(self, letter: ReminderLetter) -> tuple[str, str]:
        self.got += [
            (self.day, letter.address, item.kind, item.thing.about, item.why)
            for item in letter.items
        ]
        return "Ämne", "Brev"

    def of(self, thing: str) -> list[tuple[date, str, ReminderKind, Why | None]]:
        return [
            (day, address, kind, why)
            for day, address, kind, about, why in self.got
            if about.startswith(thing)
        ]


@pytest.fixture
def post(session: Session, municipality: Municipality) -> Post:
    make_account(session, municipality, StaffRole.COORDINATOR, email=COORDINATOR)
    make_account(session, municipality, StaffRole.POLICE, email="polis@soderhamn.example")
    return Post(session, municipality)


@pytest.fixture
def owner(session: Session, municipality: Municipality) -> Owner:
    return add_owner(session, municipality, OwnerDraft("IFO", Party.MUNICIPALITY, OWNER), now=NOW)


@pytest.fixture
def follow_up(session: Session, municipality: Municipality, owner: Owner) -> FollowUp:
    """One of a plan whose activity is held as often as was planned, so that it stays quiet."""
    plan = make_plan(session, municipality)
    activity = make_activity(
        session, municipality, plan, ("Rapport till BRÅ",), target_count=None, per=None
    )
    found = activity.links[0].follow_up
    assert found is not None
    found.due_on = DUE
    choose_owner(session, municipality, found, owner.id)
    return found


def mails(session: Session, municipality: Municipality) -> list[OutgoingMail]:
    statement = select(OutgoingMail).where(OutgoingMail.municipality_id == municipality.id)
    return list(session.scalars(statement))


def finish(session: Session, municipality: Municipality, found: FollowUp, day: date) -> None:
    finish_follow_up(
        session,
        municipality,
        found.id,
        OutcomeDraft(day, "Rapporten är lämnad."),
        role="Trygghetssamordnare",
        now=datetime(day.year, day.month, day.day, 12, tzinfo=UTC),
    )


def test_a_year_of_mornings_reminds_before_after_and_then_the_coordinator(
    session: Session, municipality: Municipality, post: Post, follow_up: FollowUp
) -> None:
    post.day = date(2022, 12, 31)
    post.until(date(2023, 12, 31))
    post.again()
    assert post.of("follow_up") == [
        (DUE - timedelta(days=14), OWNER, ReminderKind.BEFORE, None),
        (DUE + timedelta(days=7), OWNER, ReminderKind.AFTER, None),
        (DUE + timedelta(days=14), COORDINATOR, ReminderKind.ESCALATED, Why.NO_ANSWER),
    ]
    assert len(mails(session, municipality)) == 3


def test_what_is_done_is_no_longer_reminded_of(
    session: Session, municipality: Municipality, post: Post, follow_up: FollowUp
) -> None:
    post.until(DUE - timedelta(days=10))
    finish(session, municipality, follow_up, DUE - timedelta(days=10))
    post.until(LAST)
    assert [kind for _day, _to, kind, _why in post.of("follow_up")] == [ReminderKind.BEFORE]


@pytest.mark.parametrize("why", [Why.HAS_LEFT, Why.NO_ADDRESS, Why.NO_OWNER])
def test_the_coordinator_hears_where_no_owner_can(
    session: Session,
    municipality: Municipality,
    post: Post,
    owner: Owner,
    follow_up: FollowUp,
    why: Why,
) -> None:
    if why is Why.HAS_LEFT:
        leave(session, municipality, owner.id, LeavingDraft(date(2023, 2, 1)), today=DUE)
    elif why is Why.NO_ADDRESS:
        owner.email = None
    else:
        choose_owner(session, municipality, follow_up, None)
    post.until(LAST)
    assert post.of("follow_up") == [
        (DUE - timedelta(days=14), COORDINATOR, ReminderKind.BEFORE, why),
        (DUE + timedelta(days=7), COORDINATOR, ReminderKind.AFTER, why),
    ]


def test_a_worker_that_was_away_makes_up_for_it_and_says_nothing_of_what_is_old(
    session: Session, municipality: Municipality, post: Post, follow_up: FollowUp
) -> None:
    post.day = DUE + timedelta(days=19)
    post.until(DUE + timedelta(days=20))
    kinds = {kind for _day, _to, kind, _why in post.of("follow_up")}
    assert kinds == {ReminderKind.AFTER, ReminderKind.ESCALATED}
    post.got.clear()
    follow_up.due_on = date(2022, 12, 1)
    post.until(DUE + timedelta(days=30))
    assert post.of("follow_up") == []


def test_a_new_day_is_reminded_of_anew(
    session: Session, municipality: Municipality, post: Post, follow_up: FollowUp
) -> None:
    post.until(DUE - timedelta(days=5))
    follow_up.due_on = DUE + timedelta(days=30)
    post.until(DUE + timedelta(days=29))
    days = [day for day, _to, _kind, _why in post.of("follow_up")]
    assert days == [DUE - timedelta(days=14), DUE + timedelta(days=16)]


def test_a_meeting_behind_its_rhythm_is_asked_about_once_for_each_missing_day(
    session: Session, municipality: Municipality, post: Post, owner: Owner
) -> None:
    plan = make_plan(session, municipality)
    activity = make_activity(
        session, municipality, plan, ("x",), name="Möte", target_count=2, when_text="2 ggr/år"
    )
    choose_owner(session, municipality, activity, owner.id)
    hold(session, activity, date(2022, 3, 1), date(2022, 9, 1))
    post.day = date(2023, 6, 25)
    post.until(date(2023, 7, 20))
    told = [(day, to, kind) for day, to, kind, _why in post.of("activity")]
    first = date(2023, 1, 1) + timedelta(days=183)  # half of the year has gone without any
    assert told == [
        (first + timedelta(days=7), OWNER, ReminderKind.AFTER),
        (first + timedelta(days=14), COORDINATOR, ReminderKind.ESCALATED),
    ]
    post.got.clear()
    hold(session, activity, date(2023, 7, 20))
    post.until(date(2023, 8, 20))
    assert post.of("activity") == [], "the next one is due at the end of the year"


def test_a_point_and_a_summary_have_their_days(
    session: Session, municipality: Municipality, post: Post, owner: Owner
) -> None:
    promise = make_promise(session, municipality, summary_due_on=DUE)
    point = make_point(session, promise, due_on=DUE)
    choose_owner(session, municipality, point, owner.id)
    activity = make_activity(session, municipality)
    point.activities = [activity]
    hold(session, activity, *(date(2023, 1, day) for day in (2, 9, 16, 23)))
    unmet = make_point(session, promise, "Ljus", due_on=DUE, target_count=4)
    choose_owner(session, municipality, unmet, owner.id)
    post.until(LAST)
    assert {about for *_rest, about, _why in post.got if about.startswith("point")} == {
        f"point:{unmet.id}"
    }, "the other has reached its target"
    assert [(day, to) for day, to, _kind, _why in post.of("promise_summary")] == [
        (DUE - timedelta(days=14), COORDINATOR),
        (DUE + timedelta(days=7), COORDINATOR),
    ]


def test_a_month_of_the_lagesbild_has_its_day_and_a_pause_has_none(
    session: Session, municipality: Municipality, post: Post
) -> None:
    session.add(
        SituationCadence(
            municipality_id=municipality.id,
            starts_on=date(2023, 5, 1),
            every_months=1,
            pauses=[7],
            due_day=10,
            purpose="",
        )
    )
    session.flush()
    post.until(date(2023, 8, 12))
    assert [(about, day) for day, _to, _kind, about, _why in post.got] == [
        ("lagesbild:2023-05", date(2023, 5, 27)),
        ("lagesbild:2023-05", date(2023, 6, 17)),
        ("lagesbild:2023-06", date(2023, 6, 26)),
        ("lagesbild:2023-06", date(2023, 7, 17)),
    ]


def test_drafts_and_what_is_given_up_remind_nobody(
    session: Session, municipality: Municipality, post: Post, follow_up: FollowUp
) -> None:
    follow_up.link.activity.plan.published_at = None
    post.until(LAST)
    assert post.got == []


def test_the_municipality_decides_when(
    session: Session, municipality: Municipality, post: Post, follow_up: FollowUp
) -> None:
    draft = ReminderDraft(before=0, after=1, escalate=30, quiet=90, silent=180)
    save_reminder_settings(session, municipality, draft)
    post.until(LAST)
    days = [(day, kind) for day, _to, kind, _why in post.of("follow_up")]
    assert days == [
        (DUE + timedelta(days=1), ReminderKind.AFTER),
        (DUE + timedelta(days=30), ReminderKind.ESCALATED),
    ]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ((61, 7, 14, 90, 180), "days_outside"),
        ((14, 0, 14, 90, 180), "days_outside"),
        ((14, 7, 6, 90, 180), "escalates_first"),
        ((14, 7, 14, 90, 90), "silent_before_quiet"),
    ],
)
def test_days_that_make_no_sense_are_refused(
    session: Session, municipality: Municipality, values: tuple[int, ...], code: str
) -> None:
    with pytest.raises(InvalidInput, match=code):
        save_reminder_settings(session, municipality, ReminderDraft(*values))
    assert municipality.remind_days_after == 7


def test_another_municipality_is_not_told(
    session: Session, municipality: Municipality, post: Post
) -> None:
    post.until(LAST)
    assert post.got == []
