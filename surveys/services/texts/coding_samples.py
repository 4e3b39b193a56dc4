"""Drawing answers to be coded twice, so that it can be told how far coders agree."""

import random
import uuid
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from surveys.days import whole_hour
from surveys.errors import InvalidInput
from surveys.models.coding import Coding, CodingPurpose, CodingSample, CodingSampleMember
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.models.response import Response
from surveys.queries.texts.coded_texts import has_text
from surveys.queries.texts.coding import in_sample

LEAST_SHARE = 0.10
LEAST = 50  # fewer say little of a theme that one in ten mentions
MAX_SEED = 2**31 - 1


def draw_sample(
    session: Session,
    municipality: Municipality,
    dialogue: Dialogue,
    *,
    seed: int,
    by: str,
    now: datetime,
) -> CodingSample:
    """Draw a tenth of the answers with text, at least 50, or all: the same for the same ``seed``.

    An answer that somebody has coded with the machine's suggestions before their eyes is drawn
    only where there are too few others: what it says of agreement is worth less. Those drawn
    before are not drawn again. Raises InvalidInput where nothing is left.
    """
    rows = _list_undrawn(session, municipality, dialogue)
    size = min(len(rows), max(LEAST, round(LEAST_SHARE * len(rows))))
    if not size:
        raise InvalidInput("sample_empty", "sample")
    chance = random.Random(seed)  # noqa: S311 - a draw that can be repeated, not a secret
    fresh = [key for key, is_anchored in rows if not is_anchored]
    rest = [key for key, is_anchored in rows if is_anchored]
    drawn = chance.sample(fresh, min(size, len(fresh)))
    drawn += chance.sample(rest, size - len(drawn))
    sample = CodingSample(
        municipality_id=municipality.id,
        dialogue_id=dialogue.id,
        drawn_at=whole_hour(now),
        drawn_by=by,
        seed=seed,
        size=size,
        members=[CodingSampleMember(response_id=key) for key in drawn],
    )
    session.add(sample)
    session.flush()
    return sample


def _list_undrawn(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> list[tuple[uuid.UUID, bool]]:
    """Answers that may be drawn, and whether somebody has coded them with the machine's help."""
    anchored = exists().where(
        Coding.response_id == Response.id,
        Coding.purpose == CodingPurpose.CODED,
        Coding.saw_suggestions.is_(True),
    )
    statement = (
        select(Response.id, anchored)
        .where(
            Response.municipality_id == municipality.id,
            Response.dialogue_id == dialogue.id,
            Response.is_counted.is_(True),
            has_text(),
            ~in_sample(),
        )
        .order_by(Response.id)
    )
    return [(row[0], bool(row[1])) for row in session.execute(statement)]
