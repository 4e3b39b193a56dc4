"""How many marks lie in no area of a division: what a table by area cannot show."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys.models.dialogue import Dialogue
from surveys.models.geography import Area, MarkArea
from surveys.models.municipality import Municipality
from surveys.models.response import Feeling, MarkedPlace
from surveys.privacy import limits_of
from surveys.queries.results.groups import MARK_AREAS, Group


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Those without a position or outside every area: at least and at most how many.

    Exact for those who may see rows; to others in steps of the limit, because the map tells by kind
    which marks are not on it, and their sum would tell the kind that is withheld there.
    """

    is_empty: bool  # no place is marked at all
    n_in_none: int
    at_most: int


def count_unplaced(
    session: Session,
    municipality: Municipality,
    dialogue: Dialogue,
    by: Group,
    *,
    sees_rows: bool = False,
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
    n = n_marks - (placed or 0)
    step = 1 if sees_rows or n == 0 else limits_of(municipality).min_respondents
    return Unplaced(n_marks == 0, n - n % step, n - n % step + step - 1)
