"""While a published promise or plan is being changed, readers everywhere have its last edition."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from surveys.drafts.approvals import EditionDraft
from surveys.models.judgement import Judgement, Verdict
from surveys.models.municipality import Municipality
from surveys.models.party import Party
from surveys.models.plan import ActionPlan
from surveys.models.progress import ProgressUpdate
from surveys.models.promise import Promise
from surveys.queries.municipalities.police_areas import get_police_area
from surveys.queries.plans.content import plan_content
from surveys.queries.progress.judgements import get_public_closing
from surveys.queries.promises.content import promise_content
from surveys.queries.promises.page import get_public_promise
from surveys.queries.readers.calendar import list_calendar
from surveys.queries.readers.news import list_news
from surveys.services.editions.document_editions import freeze_edition
from surveys.services.editions.revisions import begin_change
from tests.factories.municipalities import make_account
from tests.factories.promises import (
    PUBLISHED_AT,
    SLUG,
    hold,
    make_activity,
    make_plan,
    make_point,
    make_promise,
)

CHANGED_AT = datetime(2023, 6, 1, 9, 0, tzinfo=UTC)
TODAY = date(2024, 2, 1)
SINCE = date(2022, 1, 1)


@pytest.fixture
def promise(session: Session, municipality: Municipality) -> Promise:
    """Published, and since then with other words, another last day and another point."""
    promise = make_promise(session, municipality)
    point = make_point(session, promise, "Insatser")
    draft = EditionDraft(promise_content(session, promise, TODAY))
    freeze_edition(session, municipality, promise, draft, by="Roll", now=PUBLISHED_AT)
    begin_change(session, promise, now=CHANGED_AT)
    promise.title, promise.ends_on, point.title = "Ändrat", date(2024, 12, 31), "Ändrad punkt"
    added = make_point(session, promise, "Ny punkt")
    for about in (point, added):
        session.add(
            ProgressUpdate(
                municipality_id=municipality.id,
                promise=promise,
                point=about,
                dated_on=date(2023, 7, 25),
                text="Rapport.",
                party=Party.MUNICIPALITY,
                author="Roll",
                created_at=CHANGED_AT,
            )
        )
        session.add(
            Judgement(
                municipality_id=municipality.id,
                promise=promise,
                point=about,
                party=Party.POLICE,
                verdict=Verdict.KEPT,
                rubric_version=1,
                reason="Skäl.",
                role="Roll",
                user_id=make_account(session, municipality, email=f"{about.id}@example.se").id,
                judged_at=datetime(2024, 1, 15, tzinfo=UTC),
            )
        )
    session.commit()
    return promise


@pytest.fixture
def plan(session: Session, municipality: Municipality) -> ActionPlan:
    """Published, and since then with another name, another evaluation and another target."""
    plan = make_plan(session, municipality)
    plan.evaluate_after = date(2024, 3, 1)
    activity = make_activity(session, municipality, plan, target_count=2)
    hold(session, activity, date(2022, 5, 1))
    make_point(session, make_promise(session, municipality), "Delas", [activity])
    session.refresh(plan)
    draft = EditionDraft(plan_content(plan))
    freeze_edition(session, municipality, plan, draft, by="Roll", now=PUBLISHED_AT)
    begin_change(session, plan, now=CHANGED_AT)
    plan.title, plan.evaluate_after, activity.target_count = "Ändrad", date(2024, 5, 1), 9
    session.commit()
    return plan


def test_the_calendar_keeps_the_words_and_the_days_of_a_promise(
    session: Session, municipality: Municipality, promise: Promise
) -> None:
    told = {(entry.title, entry.day) for entry in list_calendar(session, municipality, SINCE)}
    assert told >= {("Färre unga i kriminalitet, mindre narkotika", date(2023, 12, 31))}
    assert "Ändrat" not in {title for title, _ in told}


def test_news_name_no_point_that_is_being_written(
    session: Session, municipality: Municipality, promise: Promise
) -> None:
    texts = {news.text for news in list_news(session, municipality)}
    assert texts == {"", "Insatser: Rapport.", "Insatser: Skäl."}


def test_judgements_stand_under_the_points_that_readers_have(
    session: Session, municipality: Municipality, promise: Promise
) -> None:
    page = get_public_closing(session, municipality, SLUG, TODAY)
    assert page.is_over
    assert [closing.title for closing in page.begun] == ["Insatser"]


def test_the_police_area_shows_the_promise_as_it_was_published(
    session: Session, municipality: Municipality, promise: Promise
) -> None:
    page = get_police_area(session, promise.police_area.slug, TODAY)
    [shown] = page.municipalities[0].promises
    assert shown.summary.title == "Färre unga i kriminalitet, mindre narkotika"
    assert [point.title for point in shown.summary.points] == ["Insatser"]


def test_the_calendar_and_news_keep_those_of_a_plan(
    session: Session, municipality: Municipality, plan: ActionPlan
) -> None:
    told = {(entry.title, entry.day) for entry in list_calendar(session, municipality, SINCE)}
    assert ("Handlingsplan 2022–2023", date(2024, 3, 1)) in told
    titles = {title for title, _ in told} | {n.title for n in list_news(session, municipality)}
    assert "Ändrad" not in titles


def test_a_point_names_the_target_of_the_plan_that_readers_have(
    session: Session, municipality: Municipality, plan: ActionPlan
) -> None:
    [point] = get_public_promise(session, municipality, SLUG, TODAY).points
    [other] = point.others
    assert other.title == "Handlingsplan 2022–2023"
    assert other.counter.target is not None
    assert other.counter.target.count == 2
