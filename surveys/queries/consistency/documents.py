"""All documents of a municipality, read once for every rule of the check."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from surveys.models.municipality import Agreement, AgreementMunicipality, Municipality
from surveys.models.picture import ProblemArea, ProblemPicture
from surveys.models.plan import ActionPlan, Activity, ActivityArea, FollowUp, PriorityArea
from surveys.models.plan_import import PlanImport
from surveys.models.promise import Promise, PromiseMunicipality, PromisePoint
from surveys.queries.consistency.findings import PlaceKind, Spot
from surveys.queries.promises.gate import standing_points
from surveys.queries.promises.time import window_of
from surveys.schedule.periods import Window


@dataclass(frozen=True, slots=True)
class Documents:
    """The documents as their writers have them, drafts too."""

    municipality: Municipality
    today: date
    plans: tuple[ActionPlan, ...]
    promises: tuple[Promise, ...]
    pictures: tuple[ProblemPicture, ...]
    agreements: tuple[Agreement, ...]
    imports: tuple[PlanImport, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """One text with where it stands. ``years`` are those that it may speak of; None = any."""

    spot: Spot
    text: str
    is_heading: bool = False
    years: tuple[int, int] | None = None


def read_documents(session: Session, municipality: Municipality, today: date) -> Documents:
    """Everything that the rules look at."""
    here = municipality.id
    links = selectinload(ActionPlan.areas).selectinload(PriorityArea.links)
    plans = (
        select(ActionPlan)
        .where(ActionPlan.municipality_id == here)
        .options(
            selectinload(ActionPlan.activities).selectinload(Activity.occasions),
            selectinload(ActionPlan.activities).selectinload(Activity.links),
            links.selectinload(ActivityArea.follow_up).selectinload(FollowUp.owner),
        )
    )
    promises = (
        select(Promise)
        .join(PromiseMunicipality)
        .where(PromiseMunicipality.municipality_id == here)
        .options(
            selectinload(Promise.points).selectinload(PromisePoint.activities),
            selectinload(Promise.signatories),
            selectinload(Promise.claims),
        )
    )
    pictures = (
        select(ProblemPicture)
        .where(ProblemPicture.municipality_id == here)
        .options(selectinload(ProblemPicture.areas).selectinload(ProblemArea.claims))
    )
    agreements = (
        select(Agreement)
        .join(AgreementMunicipality)
        .where(AgreementMunicipality.municipality_id == here)
    )
    imports = select(PlanImport).where(
        PlanImport.municipality_id == here, PlanImport.confirmed_at.is_(None)
    )
    return Documents(
        municipality,
        today,
        tuple(session.scalars(plans.order_by(ActionPlan.starts_on, ActionPlan.id))),
        tuple(session.scalars(promises.order_by(Promise.id))),
        tuple(session.scalars(pictures.order_by(ProblemPicture.id))),
        tuple(session.scalars(agreements.order_by(Agreement.id))),
        tuple(session.scalars(imports.order_by(PlanImport.id))),
    )


def plan_spot(plan: ActionPlan, words: str = "") -> Spot:
    """The plan's head."""
    return Spot(PlaceKind.PLAN, plan.title, words, plan.slug, plan.id)


def activity_spot(activity: Activity, words: str = "", area: str = "") -> Spot:
    """An activity, and the area that it stands under."""
    title = f"{activity.name} ({area})" if area else activity.name
    slug = activity.plan.slug if activity.plan else ""
    return Spot(PlaceKind.ACTIVITY, title, words, slug, activity.id)


def promise_spot(promise: Promise, words: str = "") -> Spot:
    """The promise's head."""
    return Spot(PlaceKind.PROMISE, promise.title, words, promise.slug, promise.id)


def point_spot(point: PromisePoint, words: str = "") -> Spot:
    """A point of a promise."""
    return Spot(PlaceKind.POINT, point.title, words, point.promise.slug, point.id)


def picture_spot(picture: ProblemPicture, words: str = "") -> Spot:
    """A problem picture."""
    return Spot(PlaceKind.PICTURE, picture.title, words, picture.slug, picture.id)


def period_words(window: Window) -> str:
    """The period as its two days."""
    return f"{window.starts_on.isoformat()} – {window.ends_on.isoformat()}"


def plan_period(plan: ActionPlan) -> Window:
    """The plan's period."""
    return Window(plan.starts_on, plan.ends_on)


def list_words(documents: Documents) -> Iterator[Words]:
    """Every text of every document."""
    for plan in documents.plans:
        yield from _plan_words(plan)
    for promise in documents.promises:
        yield from _promise_words(promise)
    for picture in documents.pictures:
        yield from _picture_words(picture)
    for agreement in documents.agreements:
        spot = Spot(PlaceKind.AGREEMENT, agreement.title, id=agreement.id)
        for text in (agreement.title, agreement.purpose, *agreement.areas):
            yield Words(spot, text)
    for kept in documents.imports:
        spot = Spot(PlaceKind.IMPORT, kept.file_name, id=kept.id)
        yield from (Words(spot, text) for text in _strings(kept.content))


def _plan_words(plan: ActionPlan) -> Iterator[Words]:
    years = (plan.starts_on.year, plan.ends_on.year)
    after = (years[0], years[1] + 1)  # what is followed up is followed up afterwards too
    spot = plan_spot(plan)
    yield Words(spot, plan.title, is_heading=True, years=years)
    yield Words(spot, plan.introduction)
    yield Words(spot, plan.evaluation_text or "", years=after)
    for area in plan.areas:
        yield Words(spot, area.name, is_heading=True)
        yield from (Words(spot, goal, years=after) for goal in area.goals)
        for link in area.links:
            if link.follow_up:
                place = activity_spot(link.activity, area=area.name)
                yield Words(place, link.follow_up.text, years=after)
    for activity in plan.activities:
        place = activity_spot(activity)
        yield Words(place, activity.name)
        yield Words(place, activity.when_text, years=years)
        yield Words(place, activity.who_text)


def _promise_words(promise: Promise) -> Iterator[Words]:
    window = window_of(promise)
    years = (window.starts_on.year, window.ends_on.year) if window else None
    after = (years[0], years[1] + 1) if years else None
    spot = promise_spot(promise)
    yield Words(spot, promise.title, is_heading=True, years=years)
    yield Words(spot, promise.label, years=years)
    yield from (Words(spot, text) for text in (promise.said, promise.said_ground))
    yield Words(spot, promise.pledge, years=after)
    yield Words(spot, promise.vision or "")
    yield Words(spot, promise.follow_up_text or "", years=after)
    for point in standing_points(promise):
        place = point_spot(point)
        yield Words(place, point.title, is_heading=True, years=after)
        yield Words(place, point.area or "", is_heading=True)
        yield from (Words(place, text or "", years=after) for text in (point.text, point.condition))


def _picture_words(picture: ProblemPicture) -> Iterator[Words]:
    spot = picture_spot(picture)
    yield from (Words(spot, text) for text in (picture.title, picture.summary))
    for area in picture.areas:
        yield Words(spot, area.title, is_heading=True)
        yield Words(spot, area.text)
        yield from (Words(spot, claim.text) for claim in area.claims)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
