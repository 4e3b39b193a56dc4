"""A local police area with its municipalities side by side, each with its own promises."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from surveys.errors import NotFound
from surveys.models.municipality import LocalPoliceArea
from surveys.models.promise import Promise
from surveys.queries.promises.edition import as_published
from surveys.queries.promises.promises import PromiseSummary, summarise_promises, whole_promise


@dataclass(frozen=True, slots=True)
class GivenBy:
    """A municipality that gives a joint promise, with its own diary number and no other's."""

    name: str
    slug: str
    dnr: str | None


@dataclass(frozen=True, slots=True)
class AreaPromise:
    """A promise in the area. ``parties`` is one municipality, or those that give it together."""

    summary: PromiseSummary
    parties: tuple[GivenBy, ...]


@dataclass(frozen=True, slots=True)
class AreaMunicipality:
    """A municipality of the area with the promises that it gives alone with the police."""

    name: str
    official_name: str
    slug: str
    promises: tuple[AreaPromise, ...]
    n_joint: int


@dataclass(frozen=True, slots=True)
class PoliceAreaPage:
    """All that is public in the area, as it stands on one day."""

    name: str
    slug: str
    district: str | None
    region: str | None
    municipalities: tuple[AreaMunicipality, ...]
    joint: tuple[AreaPromise, ...]


def get_police_area(session: Session, slug: str, today: date) -> PoliceAreaPage:
    """The area with this address part; raise NotFound.

    It belongs to no municipality, so there is none to ask through: everything in it is published.
    """
    area = session.scalar(
        select(LocalPoliceArea)
        .where(LocalPoliceArea.slug == slug)
        .options(selectinload(LocalPoliceArea.municipalities))
    )
    if area is None:
        raise NotFound(slug)
    promises = _promises(session, area, today)
    return PoliceAreaPage(
        name=area.name,
        slug=area.slug,
        district=area.police_district,
        region=area.police_region,
        municipalities=tuple(
            AreaMunicipality(
                name=municipality.name,
                official_name=municipality.official_name,
                slug=municipality.slug,
                promises=tuple(
                    p for p in promises if [g.slug for g in p.parties] == [municipality.slug]
                ),
                n_joint=sum(
                    len(p.parties) > 1 and municipality.slug in {g.slug for g in p.parties}
                    for p in promises
                ),
            )
            for municipality in area.municipalities
        ),
        joint=tuple(p for p in promises if len(p.parties) > 1),
    )


def _promises(session: Session, area: LocalPoliceArea, today: date) -> list[AreaPromise]:
    statement = (
        select(Promise)
        .where(Promise.police_area_id == area.id, Promise.published_at.is_not(None))
        .options(*whole_promise())
    )
    promises = [as_published(session, row) for row in session.scalars(statement).all()]
    found = map(AreaPromise, summarise_promises(session, promises, today), map(_given_by, promises))
    return sorted(found, key=lambda p: (p.summary.time.phase.order, p.summary.time.sort_key))


def _given_by(promise: Promise) -> tuple[GivenBy, ...]:
    return tuple(
        GivenBy(party.municipality.name, party.municipality.slug, party.dnr)
        for party in sorted(promise.parties, key=lambda p: p.municipality.name)
    )
