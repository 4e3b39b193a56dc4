"""How many marks lie in no area of a division: what a table by area cannot show."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys.models.dialogue import Dialogue
from surveys.models.geography import Area, MarkArea
from surveys.models.municipality import Municipality
from surveys.models.response import Feeling, MarkedPlace
from surveys.queries.results.groups import MARK_AREAS, Group


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Marks in all, and those of them without a position or outside every area."""

    n_marks: int
    n_in_none: int


def count_unplaced(
    session: Session, municipality: Municipality, dialogue: Dialogue, by: Group
) -> Unplaced | None:
    """Unsafe marks that lie in no area of the division ``by``; None where it is no division."""
    if by not in MARK_AREAS:
        return None
    mine = (
        MarkedPlace.municipality_id == municipality.id,
        MarkedPlace.dialogue_id == dialogue.id,
        MarkedPlace.is_counted.is_(True),
        MarkedPlace.feeling == Feeling.UNSAFE,
    )
    n_marks = session.scalar(select(func.count()).select_from(MarkedPlace).where(*mine)) or 0
    placed = session.scalar(
        select(func.count(MarkedPlace.id.distinct()))
        .join(MarkArea, MarkArea.mark_id == MarkedPlace.id)
        .join(Area, Area.id == MarkArea.area_id)
        .where(*mine, Area.municipality_id == municipality.id, Area.kind == MARK_AREAS[by])
    )
    return Unplaced(n_marks, n_marks - (placed or 0))
