"""Codings that come from outside: one coder's file of an imported dialogue, stored in bulk."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import exists, insert, select
from sqlalchemy.orm import Session

from surveys.days import swedish_day
from surveys.drafts.coding import Codes
from surveys.models.coding import Coding, CodingPurpose, CodingTheme
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.models.response import Response
from surveys.services.texts.coding import checked_codes


def import_codings(
    session: Session,
    municipality: Municipality,
    dialogue: Dialogue,
    codings: Mapping[str, Codes],
    *,
    title: str,
    now: datetime,
) -> int:
    """Store ``codings`` (by the answers' own ids in their file) as one coder's; return how many.

    Answers that are coded already are left as they are, so that it can be run twice, and ids that
    the dialogue lacks are passed over. Raises InvalidInput for themes that may not stand so.
    """
    checked = {
        codes: checked_codes(session, municipality, codes) for codes in set(codings.values())
    }
    statement = select(Response.id, Response.external_id).where(
        Response.municipality_id == municipality.id,
        Response.dialogue_id == dialogue.id,
        Response.external_id.in_(list(codings)),
        ~exists().where(Coding.response_id == Response.id),
    )
    rows = [
        (uuid.uuid4(), row[0], checked[codings[row[1] or ""]]) for row in session.execute(statement)
    ]
    if not rows:
        return 0
    shared = {
        "municipality_id": municipality.id,
        "dialogue_id": dialogue.id,
        "coder_title": title,
        "purpose": CodingPurpose.IMPORTED,
        "is_current": True,
        "coded_on": swedish_day(now),
        "saw_suggestions": False,
    }
    session.execute(insert(Coding), [shared | {"id": k, "response_id": r} for k, r, _c in rows])
    themes = [
        {"coding_id": key, "theme_id": theme_id, "polarity": axis}
        for key, _response_id, codes in rows
        for theme_id, axis in codes
    ]
    session.execute(insert(CodingTheme), themes)
    return len(rows)
