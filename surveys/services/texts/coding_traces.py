"""What coding leaves behind of an answer, and what of it goes with the answer."""

import uuid
from collections.abc import Iterator, Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from surveys.models.coding import Coding, CodingTheme, ThemeSuggestion

_IDS_A_STATEMENT = 1000


def drop_suggestions(session: Session, ids: Sequence[uuid.UUID]) -> None:
    """Take away what the machine says of answers, with the words of theirs that it quotes."""
    for part in _parts(ids):
        session.execute(delete(ThemeSuggestion).where(ThemeSuggestion.response_id.in_(part)))


def drop_codings(session: Session, ids: Sequence[uuid.UUID]) -> None:
    """Take away what people coded answers with: of those that were withdrawn nothing is kept.

    Codings of an old answer stay when its words are destroyed: they are what figures are made of.
    """
    for part in _parts(ids):
        coded = select(Coding.id).where(Coding.response_id.in_(part))
        session.execute(delete(CodingTheme).where(CodingTheme.coding_id.in_(coded)))
        session.execute(delete(Coding).where(Coding.response_id.in_(part)))


def _parts(ids: Sequence[uuid.UUID]) -> Iterator[Sequence[uuid.UUID]]:
    for start in range(0, len(ids), _IDS_A_STATEMENT):
        yield ids[start : start + _IDS_A_STATEMENT]
