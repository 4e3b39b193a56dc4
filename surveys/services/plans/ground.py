"""What a plan rests on: the picture, the agreement and the council, each the municipality's own."""

from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.drafts.plans import GroundDraft
from surveys.errors import NotFound
from surveys.models.body import Body
from surveys.models.municipality import Agreement, AgreementMunicipality, Municipality
from surveys.models.picture import ProblemPicture
from surveys.models.plan import ActionPlan

_Row = TypeVar("_Row")


def choose_ground(
    session: Session, municipality: Municipality, plan: ActionPlan, ground: GroundDraft
) -> None:
    """Let ``plan`` rest on these; raise NotFound for what is not the municipality's."""
    plan.picture = _one(
        session.scalar(
            select(ProblemPicture).where(
                ProblemPicture.id == ground.picture_id,
                ProblemPicture.municipality_id == municipality.id,
            )
        ),
        ground.picture_id,
    )
    plan.agreement = _one(
        session.scalar(
            select(Agreement)
            .join(AgreementMunicipality)
            .where(
                Agreement.id == ground.agreement_id,
                AgreementMunicipality.municipality_id == municipality.id,
            )
        ),
        ground.agreement_id,
    )
    plan.council = find_body(session, municipality, ground.council_id)


def find_body(session: Session, municipality: Municipality, body_id: int | None) -> Body | None:
    """The municipality's body with this id, None for none; raise NotFound."""
    if body_id is None:
        return None
    found = session.scalar(
        select(Body).where(Body.id == body_id, Body.municipality_id == municipality.id)
    )
    return _one(found, body_id)


def _one(found: _Row | None, wanted: int | None) -> _Row | None:
    if wanted is not None and found is None:
        raise NotFound(str(wanted))
    return found
