"""Sentences that a promise may build on."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models.municipality import Municipality
from surveys.models.picture import Claim, ProblemArea, ProblemPicture


@dataclass(frozen=True, slots=True)
class ClaimChoice:
    """A sentence and the picture that it stands in."""

    id: int
    text: str
    picture: str
    is_published: bool


def list_claim_choices(session: Session, municipality: Municipality) -> tuple[ClaimChoice, ...]:
    """Every sentence of the municipality's pictures, the latest picture first."""
    statement = (
        select(Claim.id, Claim.text, ProblemPicture.title, ProblemPicture.published_at)
        .join(ProblemArea, ProblemArea.id == Claim.area_id)
        .join(ProblemPicture)
        .where(ProblemPicture.municipality_id == municipality.id)
        .order_by(ProblemPicture.id.desc(), ProblemArea.rank, Claim.position)
    )
    return tuple(
        ClaimChoice(id_, text, title, published_at is not None)
        for id_, text, title, published_at in session.execute(statement)
    )
