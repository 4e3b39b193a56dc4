"""Showing single points: with a reason, and written into the log of access each time."""

from datetime import datetime

from sqlalchemy.orm import Session

from surveys.drafts.points import PointsDraft, PointsReason
from surveys.errors import InvalidInput
from surveys.limits import MAX_REASON
from surveys.models.access_record import AccessKind
from surveys.models.account import User
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.queries.maps.exact_points import ExactPoints, read_points
from surveys.queries.results.filters import Filters
from surveys.services.municipalities.access import record_access


def show_points(  # noqa: PLR0913 - whose look at what, by which filters, and why
    session: Session,
    municipality: Municipality,
    account: User,
    dialogue: Dialogue,
    filters: Filters,
    draft: PointsDraft,
    *,
    now: datetime,
) -> ExactPoints:
    """The points, with the look written into the log of access; flush.

    Raise InvalidInput ``reason_words_missing`` without own words to another reason.
    """
    words = " ".join(draft.words.split())
    # A mark that nobody sees is no reason.
    if draft.reason is PointsReason.OTHER and not any(map(str.isalnum, words)):
        raise InvalidInput("reason_words_missing", "words")
    if len(words) > MAX_REASON:
        raise InvalidInput("too_long", "words")
    record_access(
        session,
        municipality,
        account,
        AccessKind.EXACT_POINTS,
        now=now,
        dialogue=dialogue,
        reason=f"{draft.reason.value}: {words}" if words else draft.reason.value,
    )
    return read_points(session, municipality, dialogue, filters)
