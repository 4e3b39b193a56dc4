"""What the head of a plan can be tied to."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from surveys.models.municipality import Municipality
from surveys.models.picture import PictureKind, ProblemPicture


def list_picture_choices(
    session: Session, municipality: Municipality, chosen_id: int | None = None
) -> list[tuple[int, str]]:
    """(id, title) of the published problem pictures, the latest first, and of the chosen one."""
    statement = (
        select(ProblemPicture.id, ProblemPicture.title)
        .where(
            ProblemPicture.municipality_id == municipality.id,
            or_(
                ProblemPicture.id == chosen_id,
                ProblemPicture.published_at.is_not(None)
                & (ProblemPicture.kind == PictureKind.PROBLEM_PICTURE),
            ),
        )
        .order_by(ProblemPicture.published_at.desc(), ProblemPicture.id.desc())
    )
    return [(id_, title) for id_, title in session.execute(statement)]
