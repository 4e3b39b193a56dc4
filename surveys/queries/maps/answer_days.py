"""On which day answers came: what a public map rests on is looked at by day before it is published.

The day is all that is kept of when an answer came (docs/privacy.md), so hours and minutes cannot be
asked for.
"""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models.dialogue import Channel, Dialogue
from surveys.models.municipality import Municipality
from surveys.models.response import Response


def list_web_days(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> dict[str, date]:
    """The day of each counted answer that was sent over the web, by the answer's id in hex.

    What staff have typed in or brought in from a file is left out: they know where it is from.
    """
    rows = session.execute(
        select(Response.id, Response.answered_on).where(
            Response.municipality_id == municipality.id,
            Response.dialogue_id == dialogue.id,
            Response.is_counted.is_(True),
            Response.channel == Channel.WEB,
            Response.answered_on.is_not(None),
        )
    )
    return {answer.hex: day for answer, day in rows if day is not None}
