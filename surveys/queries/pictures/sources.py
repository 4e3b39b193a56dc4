"""Who may give something to an edition, who has not yet, and what in it has changed since."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models.body import Body, BodyKind
from surveys.models.evidence import EvidenceState
from surveys.models.municipality import Municipality
from surveys.queries.evidence.evidence import CheckView
from surveys.queries.pictures.views import ClaimView, PictureView


@dataclass(frozen=True, slots=True)
class Contributor:
    """A body that may give its picture."""

    id: int
    name: str
    kind: BodyKind


def list_contributors(
    session: Session, municipality: Municipality, today: date
) -> tuple[Contributor, ...]:
    """The bodies of ``municipality`` at work at ``today``, those that give a picture first.

    An open list: a municipality writes in as many as it has, and ends them when they stop.
    """
    statement = select(Body).where(Body.municipality_id == municipality.id).order_by(Body.name)
    bodies = [b for b in session.scalars(statement) if b.ended_on is None or b.ended_on >= today]
    bodies.sort(key=lambda body: body.kind is not BodyKind.CONTRIBUTOR)
    return tuple(Contributor(body.id, body.name, body.kind) for body in bodies)


def list_silent(
    session: Session, municipality: Municipality, picture: PictureView, today: date
) -> tuple[Contributor, ...]:
    """The contributors that have given nothing to this edition yet."""
    given = {source.body_id for source in picture.sources if source.received_on is not None}
    return tuple(
        body
        for body in list_contributors(session, municipality, today)
        if body.kind is BodyKind.CONTRIBUTOR and body.id not in given
    )


def list_changed_claims(
    picture: PictureView, checks: dict[int, CheckView]
) -> tuple[ClaimView, ...]:
    """The sentences that rest on evidence whose data no longer say the same."""
    return tuple(
        claim
        for area in picture.areas
        for claim in area.claims
        if any(
            checks[evidence.id].state is not EvidenceState.CURRENT
            for evidence in (*claim.supporting, *claim.disagreeing)
            if evidence.id in checks
        )
    )
