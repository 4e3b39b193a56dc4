"""What happens next: only one's own dates, only public ones, only those still to come."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from surveys.days import SWEDEN
from surveys.models.dialogue import Channel, DialogueEvent, EventKind
from surveys.models.municipality import Municipality
from surveys.queries.readers.coming_dates import ComingDate, list_coming_dates
from tests.factories.dialogues import make_dialogue
from tests.factories.municipalities import make_municipality, make_police_area
from tests.factories.promises import make_activity, make_plan, make_promise

TODAY = date(2023, 8, 1)


def add_dates(session: Session, municipality: Municipality, mark: str, *, is_public: bool) -> None:
    """A dialogue with a meeting, a plan with a follow-up, and a promise, all titled ``mark``."""
    closes_at = datetime(2023, 8, 31, 23, 59, tzinfo=SWEDEN)
    dialogue = make_dialogue(session, municipality, title=mark, closes_at=closes_at)
    dialogue.events = [
        meeting(EventKind.CITIZEN_DIALOGUE, mark, TODAY + timedelta(days=8)),
        meeting(EventKind.EMPLOYEE_DIALOGUE, f"{mark} bakom dörren", TODAY + timedelta(days=9)),
        meeting(EventKind.CITIZEN_DIALOGUE, f"{mark} i går", TODAY - timedelta(days=1)),
    ]
    plan, promise = make_plan(session, municipality), make_promise(session, municipality)
    promise.title = mark
    activity = make_activity(session, municipality, plan, ("Efter sommaren",), name=mark)
    follow_up = activity.links[0].follow_up
    assert follow_up is not None
    follow_up.due_on = date(2023, 9, 15)
    if not is_public:
        plan.published_at = promise.published_at = None
    session.flush()


def meeting(kind: EventKind, title: str, held_on: date) -> DialogueEvent:
    return DialogueEvent(
        code=title, kind=kind, channel=Channel.MEETING, title=title, held_on=held_on
    )


def told(dates: tuple[ComingDate, ...]) -> list[tuple[str, str, str]]:
    return [(item.on.isoformat(), item.kind.value, item.title) for item in dates]


@pytest.fixture
def neighbour(session: Session) -> Municipality:
    other = make_municipality(session, slug="ovanaker", code="2121", name="Ovanåker")
    make_police_area(session, other, "Gävleborgs kust")
    add_dates(session, other, "Grannens", is_public=True)
    return other


def test_the_next_dates_of_the_municipality_stand_in_order(
    session: Session, municipality: Municipality, neighbour: Municipality
) -> None:
    add_dates(session, municipality, "Vårt", is_public=True)
    assert told(list_coming_dates(session, municipality, TODAY)) == [
        ("2023-08-09", "event", "Vårt"),
        ("2023-08-31", "last_day_to_answer", "Vårt"),
        ("2023-09-15", "follow_up", "Vårt"),
        ("2023-12-31", "promise_ends", "Vårt"),
    ]


def test_drafts_are_not_told_of(
    session: Session, municipality: Municipality, neighbour: Municipality
) -> None:
    add_dates(session, municipality, "Vårt", is_public=False)
    kinds = [item.kind.value for item in list_coming_dates(session, municipality, TODAY)]
    assert kinds == ["event", "last_day_to_answer"]
