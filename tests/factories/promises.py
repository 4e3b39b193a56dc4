"""Promises, plans and occasions to test with."""

from datetime import UTC, date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models.municipality import LocalPoliceArea, Municipality
from surveys.models.party import Party
from surveys.models.plan import (
    ActionPlan,
    Activity,
    ActivityArea,
    Comparator,
    FollowUp,
    Occasion,
    OccasionState,
    PriorityArea,
    TargetPeriod,
)
from surveys.models.promise import (
    PointMeasure,
    Promise,
    PromiseMunicipality,
    PromisePoint,
    Signatory,
)
from tests.factories.municipalities import make_police_area

CREATED_AT = datetime(2021, 12, 1, 8, 0, tzinfo=UTC)
PUBLISHED_AT = datetime(2022, 1, 10, 8, 0, tzinfo=UTC)
LOGGED_AT = datetime(2023, 7, 31, 12, 0, tzinfo=UTC)

SLUG = "farre-unga-i-kriminalitet-mindre-narkotika"


def police_area_of(session: Session, municipality: Municipality) -> LocalPoliceArea:
    """The municipality's police area, made where it has none."""
    area = session.scalar(
        select(LocalPoliceArea).where(LocalPoliceArea.municipalities.contains(municipality))
    )
    return area or make_police_area(session, municipality)


def make_promise(
    session: Session, municipality: Municipality, slug: str = SLUG, **values: object
) -> Promise:
    """A published promise for 2022–2023, with both parties' signatories and no points."""
    columns: dict[str, object] = {
        "municipality_id": municipality.id,
        "police_area": police_area_of(session, municipality),
        "slug": slug,
        "title": "Färre unga i kriminalitet, mindre narkotika",
        "label": "Medborgarlöfte 2022–2023",
        "said": "Ungdomskriminalitet och narkotika bidrar mest till otryggheten.",
        "said_ground": "18 medborgardialoger hösten 2021.",
        "pledge": "Vi lovar minst fyra gemensamma insatser mot narkotika.",
        "starts_on": date(2022, 1, 1),
        "ends_on": date(2023, 12, 31),
        "created_at": CREATED_AT,
        "published_at": PUBLISHED_AT,
        "published_by": "Trygghetssamordnare",
        "parties": [PromiseMunicipality(municipality_id=municipality.id, dnr="KS 21-100")],
        "signatories": [
            Signatory(
                position=1, party=Party.POLICE, title="Lokalpolisområdeschef", is_acting=True
            ),
            Signatory(
                municipality_id=municipality.id,
                position=2,
                party=Party.MUNICIPALITY,
                title="Kommunstyrelsens ordförande",
            ),
        ],
    } | values
    promise = Promise(**columns)
    session.add(promise)
    session.flush()
    return promise


def make_point(
    session: Session,
    promise: Promise,
    title: str = "Insatser mot narkotika",
    activities: list[Activity] | None = None,
    **values: object,
) -> PromisePoint:
    """A counted point, at least four in the whole period, unless told otherwise."""
    columns: dict[str, object] = {
        "position": len(promise.points) + 1,
        "title": title,
        "text": "Minst fyra insatser under 2022–2023.",
        "responsible": Party.BOTH,
        "measure": PointMeasure.COUNT,
        "target_count": 4,
        "comparator": Comparator.AT_LEAST,
        "per": TargetPeriod.PERIOD,
        "unit": "insatser mot narkotika",
        "activities": activities or [],
    } | values
    point = PromisePoint(**columns)
    promise.points.append(point)
    session.flush()
    return point


def make_plan(
    session: Session, municipality: Municipality, slug: str = "handlingsplan-2022-2023"
) -> ActionPlan:
    """A published plan for 2022–2023 with the areas Ungdomskriminalitet and Narkotika."""
    plan = ActionPlan(
        municipality_id=municipality.id,
        slug=slug,
        title="Handlingsplan 2022–2023",
        starts_on=date(2022, 1, 1),
        ends_on=date(2023, 12, 31),
        authors=["Kommunpolis", "Trygghetssamordnare"],
        created_at=CREATED_AT,
        published_at=PUBLISHED_AT,
        published_by="Trygghetssamordnare",
        areas=[
            PriorityArea(position=1, name="Ungdomskriminalitet", goals=["Upptäcka tidigt"]),
            PriorityArea(position=2, name="Narkotika", goals=["Minska tillgången"]),
        ],
    )
    session.add(plan)
    session.flush()
    return plan


def make_activity(
    session: Session,
    municipality: Municipality,
    plan: ActionPlan | None = None,
    follow_ups: tuple[str | None, ...] = (),
    **values: object,
) -> Activity:
    """An activity, at least two a year; one of ``follow_ups`` for each of the plan's areas."""
    columns: dict[str, object] = {
        "municipality_id": municipality.id,
        "plan": plan,
        "name": "Gemensamma narkotikainsatser",
        "when_text": "Minst 2 gånger/år",
        "who_text": "Polis och IFO",
        "target_count": 2,
        "comparator": Comparator.AT_LEAST,
        "per": TargetPeriod.YEAR,
        "created_at": CREATED_AT,
    } | values
    activity = Activity(**columns)
    session.add(activity)
    for area, text in zip(plan.areas if plan else [], follow_ups, strict=False):
        follow_up = FollowUp(text=text) if text else None
        activity.links.append(
            ActivityArea(area=area, position=len(area.links) + 1, follow_up=follow_up)
        )
    session.flush()
    return activity


def hold(
    session: Session,
    activity: Activity,
    *days: date,
    state: OccasionState = OccasionState.HELD,
    **values: object,
) -> list[Occasion]:
    """Occasions of the activity on these days."""
    columns: dict[str, object] = {
        "municipality_id": activity.municipality_id,
        "state": state,
        "logged_by": "Kommunpolis",
        "logged_at": LOGGED_AT,
    } | values
    occasions = [Occasion(held_on=day, **columns) for day in days]
    activity.occasions.extend(occasions)
    session.flush()
    return occasions
