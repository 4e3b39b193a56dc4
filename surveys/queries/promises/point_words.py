"""What a point of a promise says besides its target, and which promises it goes on from."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models.evidence import Direction
from surveys.models.municipality import Municipality
from surveys.models.promise import PointAim, Promise, PromiseMunicipality, PromisePoint
from surveys.queries.ground.public_places import PlaceTold
from surveys.queries.promises.content import told_places


@dataclass(frozen=True, slots=True)
class PromiseRef:
    """Another promise, as a link shows it."""

    slug: str
    title: str
    label: str


@dataclass(frozen=True, slots=True)
class PointWords:
    """What a point says besides its target. Places that may not be told are only counted."""

    words: str | None  # the target as it is written
    target_group: str | None
    baseline: str | None
    places: tuple[PlaceTold, ...]
    n_places_not_named: int
    place_text: str | None
    methods: tuple[str, ...]
    aim: PointAim
    wanted: Direction | None
    owner: str | None
    claims: tuple[str, ...]  # the sentences that are the reason for it


def point_words(point: PromisePoint) -> PointWords:
    """What the point says, for staff and readers alike."""
    places, n_not_named = told_places(point)
    reasons = {claim.id for claim in point.claims}
    return PointWords(
        words=point.schedule["text"] if point.schedule else None,
        target_group=point.target_group,
        baseline=point.baseline,
        places=places,
        n_places_not_named=n_not_named,
        place_text=point.place_text,
        methods=tuple(point.methods),
        aim=point.aim,
        wanted=point.wanted,
        owner=point.owner.title if point.owner else None,
        claims=tuple(c.text for c in point.promise.claims if c.id in reasons),
    )


def promise_ref(promise: Promise | None) -> PromiseRef | None:
    """A link to a promise that readers can open."""
    if promise is None or promise.published_at is None:
        return None
    return PromiseRef(promise.slug, promise.title, promise.label)


def list_carried_on(
    session: Session, municipality: Municipality, promise: Promise
) -> tuple[PromiseRef, ...]:
    """The published promises of ``municipality`` that go on from this one."""
    statement = (
        select(Promise)
        .join(PromiseMunicipality)
        .where(
            Promise.carried_from_id == promise.id,
            PromiseMunicipality.municipality_id == municipality.id,
        )
        .order_by(Promise.id)
    )
    found = (promise_ref(row) for row in session.scalars(statement))
    return tuple(ref for ref in found if ref is not None)
