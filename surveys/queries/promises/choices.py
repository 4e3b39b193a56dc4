"""What a promise can be tied to: agreements, the promises before it, and its neighbours in time."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models.municipality import Agreement, AgreementMunicipality, Municipality
from surveys.models.promise import Promise, PromiseMunicipality
from surveys.queries.promises.time import window_of
from surveys.schedule.periods import Window


@dataclass(frozen=True, slots=True)
class Overlap:
    """Another promise of the same municipality and police area that holds at the same time."""

    title: str
    label: str
    slug: str
    window: Window
    is_published: bool


def list_agreements(
    session: Session, municipality: Municipality, police_area_id: int
) -> tuple[Agreement, ...]:
    """The municipality's agreements with the police of this area."""
    statement = (
        select(Agreement)
        .join(AgreementMunicipality)
        .where(
            AgreementMunicipality.municipality_id == municipality.id,
            Agreement.police_area_id == police_area_id,
        )
        .order_by(Agreement.id)
    )
    return tuple(session.scalars(statement).unique())


def list_earlier_promises(
    session: Session, municipality: Municipality, promise: Promise | None
) -> tuple[tuple[int, str], ...]:
    """Id and name of the municipality's other promises: what this one may go on from."""
    statement = (
        select(Promise)
        .join(PromiseMunicipality)
        .where(PromiseMunicipality.municipality_id == municipality.id)
        .order_by(Promise.created_at.desc(), Promise.id.desc())
    )
    return tuple(
        (row.id, f"{row.title} ({row.label})")
        for row in session.scalars(statement)
        if promise is None or row.id != promise.id
    )


def list_overlaps(session: Session, promise: Promise) -> tuple[Overlap, ...]:
    """Other promises whose period and area the promise shares, in order of their first day.

    It may be meant; two promises of one time are easily taken for one.
    """
    window = window_of(promise)
    if window is None:
        return ()
    giving = [party.municipality_id for party in promise.parties]
    statement = (
        select(Promise)
        .join(PromiseMunicipality)
        .where(
            PromiseMunicipality.municipality_id.in_(giving),
            Promise.police_area_id == promise.police_area_id,
            Promise.id != promise.id,
            Promise.starts_on <= window.ends_on,
            Promise.ends_on >= window.starts_on,
        )
        .order_by(Promise.starts_on, Promise.id)
    )
    return tuple(
        Overlap(row.title, row.label, row.slug, _window(row), row.published_at is not None)
        for row in session.scalars(statement).unique()
    )


def _window(promise: Promise) -> Window:
    return window_of(promise) or Window(date.min, date.max)
