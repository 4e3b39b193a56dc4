"""The text behind an address, by what it is: a picture, a promise or a plan."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.errors import NotFound
from surveys.models.municipality import Municipality
from surveys.models.picture import ProblemPicture
from surveys.models.plan import ActionPlan
from surveys.queries.editions.approvals import Subject
from surveys.queries.editions.edition_files import PICTURE, PROMISE
from surveys.queries.promises.promises import get_promise


def get_subject(session: Session, municipality: Municipality, kind: str, slug: str) -> Subject:
    """The row, a draft too, without what belongs to it; raise NotFound."""
    if kind == PROMISE:
        return get_promise(session, municipality, slug)
    found: ProblemPicture | ActionPlan | None
    if kind == PICTURE:
        found = session.scalar(
            select(ProblemPicture).where(
                ProblemPicture.municipality_id == municipality.id, ProblemPicture.slug == slug
            )
        )
    else:
        found = session.scalar(
            select(ActionPlan).where(
                ActionPlan.municipality_id == municipality.id, ActionPlan.slug == slug
            )
        )
    if found is None:
        raise NotFound(slug)
    return found


def get_public_subject(
    session: Session, municipality: Municipality, kind: str, slug: str
) -> Subject:
    """The same where readers have it; raise NotFound for a draft and for what is taken away."""
    found = get_subject(session, municipality, kind, slug)
    if found.published_at is None:
        raise NotFound(slug)
    return found
