"""Taking an answer back: out of every count, map and quote at once, whoever asks twice.

The content stays until a gallring decision (``surveys.services.dialogues.destruction``): what has
come in to an authority may not be destroyed because its sender asks for it.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.days import swedish_day
from surveys.models.evidence import Evidence
from surveys.models.municipality import Municipality
from surveys.models.response import Response
from surveys.queries.dialogues.receipts import find_by_code
from surveys.services.dialogues.counting import settle_counting


def withdraw_response(
    session: Session, municipality: Municipality, code: str, *, secret: str, now: datetime
) -> Response:
    """Withdraw the answer with this receipt code; raise NotFound.

    One that is withdrawn already keeps its first day.
    """
    response = find_by_code(session, municipality, code, secret=secret)
    if response.withdrawn_on is None:
        response.withdrawn_on = swedish_day(now)
    settle_counting(session, response, now=now)
    _blank_quotes(session, response)
    return response


def _blank_quotes(session: Session, response: Response) -> None:
    """Empty the quotes from ``response``: their words go, and that they were here stays."""
    quotes = select(Evidence).where(
        Evidence.municipality_id == response.municipality_id,
        Evidence.response_id == response.id,
        Evidence.blanked_on.is_(None),
    )
    for quote in session.scalars(quotes):
        quote.statement, quote.figures = "", {}
        # The control sum of the words would let anybody try whether a guess of them is right.
        quote.content_hash = f"blanked:{quote.id}"
        quote.blanked_on = response.withdrawn_on
    session.flush()
