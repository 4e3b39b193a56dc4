"""What staff decided about suspicious answers: a log, added to and never edited."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.db import Base
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.models.response import Suspicion, SuspicionReview


class SuspicionDecision(Base):
    """One decision about one answer (``response_id``) or about all with one mark (``suspicion``).

    ``n`` is how many answers it was about; ``decided_by`` is the role, never a person.
    """

    __tablename__ = "suspicion_decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"), index=True)
    response_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("response.id"), index=True)
    suspicion: Mapped[Suspicion | None]
    review: Mapped[SuspicionReview]
    n: Mapped[int]
    decided_by: Mapped[str] = mapped_column(String(120))
    decided_at: Mapped[datetime]

    municipality: Mapped[Municipality] = relationship()
    dialogue: Mapped[Dialogue] = relationship()
