"""What a plan's draft calls an activity is not told, though what was done counts for a promise."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from surveys.models.document_edition import DocumentEdition
from surveys.models.municipality import Municipality
from surveys.models.plan import ActionPlan, Activity
from surveys.queries.plans.content import plan_content
from tests.factories.promises import SLUG, hold, make_activity, make_plan, make_point, make_promise
from tests.page import PageClient
from webapp.api.description import ROOT

PUBLIC = (
    f"/soderhamn/loften/{SLUG}",
    "/soderhamn/loften/",
    "/soderhamn/loften.atom",
    f"/soderhamn/loften/{SLUG}.atom",
    "/soderhamn/kalender.ics",
    f"{ROOT}/municipalities/soderhamn/activities",
    f"{ROOT}/municipalities/soderhamn/points",
    f"{ROOT}/municipalities/soderhamn/progress",
)
SECRET = "Dold insats mot gänget"


@pytest.fixture
def plan(session: Session, municipality: Municipality) -> ActionPlan:
    return make_plan(session, municipality)


@pytest.fixture
def activity(session: Session, municipality: Municipality, plan: ActionPlan) -> Activity:
    """Counted by a published promise, with one occasion."""
    promise = make_promise(session, municipality)
    made = make_activity(session, municipality, plan, ("Rapport",), name="Gemensamma insatser")
    make_point(session, promise, "Insatser mot narkotika", [made])
    hold(session, made, date(2022, 3, 7))
    session.commit()
    return made


def everything(client: PageClient) -> str:
    answers = [client.client.get(path) for path in PUBLIC]
    assert [answer.status_code for answer in answers] == [200] * len(PUBLIC)
    return "".join(answer.get_data(as_text=True) for answer in answers)


def test_an_activity_of_a_plan_that_nobody_has_published_is_told_of_in_the_promise_s_words(
    client: PageClient, session: Session, plan: ActionPlan, activity: Activity
) -> None:
    activity.name, plan.published_at = SECRET, None
    session.commit()
    told = everything(client)
    assert SECRET not in told
    page = client.get(f"/soderhamn/loften/{SLUG}")
    assert "1 tillfälle lades in: Insatser mot narkotika." in page.text
    feed = client.client.get("/soderhamn/loften.atom").get_data(as_text=True)
    assert "Insatser mot narkotika" in feed


def test_a_name_that_is_being_changed_is_that_of_the_last_edition(
    client: PageClient, session: Session, plan: ActionPlan, activity: Activity
) -> None:
    session.add(
        DocumentEdition(
            municipality_id=plan.municipality_id,
            plan_id=plan.id,
            number=1,
            content=plan_content(plan),
            content_hash="0" * 64,
            approvals=[],
            published_at=datetime(2022, 1, 10, 8, 0, tzinfo=UTC),
            published_by="Trygghetssamordnare",
        )
    )
    activity.name = SECRET
    plan.changing_since = datetime(2022, 2, 1, 8, 0, tzinfo=UTC)
    session.commit()
    told = everything(client)
    assert SECRET not in told
    assert "Gemensamma insatser" in told
