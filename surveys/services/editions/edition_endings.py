"""How a published edition is taken down, of a map and of results alike."""

from datetime import datetime

from surveys.days import whole_hour
from surveys.errors import Conflict, InvalidInput
from surveys.limits import MAX_TAKE_DOWN_REASON
from surveys.models.map_edition import EditionState, MapEdition
from surveys.models.result_edition import ResultEdition


def take_down(edition: MapEdition | ResultEdition, *, reason: str, now: datetime) -> None:
    """End ``edition`` with a reason that readers see.

    Raises InvalidInput without a reason or with one that is too long, and Conflict where it is not
    the published one.
    """
    if not reason.strip():
        raise InvalidInput("missing", "reason")
    if len(reason) > MAX_TAKE_DOWN_REASON:
        raise InvalidInput("too_long", "reason")
    if edition.state is not EditionState.PUBLISHED:
        raise Conflict("the edition is not published")
    edition.state, edition.ended_at = EditionState.WITHDRAWN, whole_hour(now)
    edition.ended_because = reason.strip()
