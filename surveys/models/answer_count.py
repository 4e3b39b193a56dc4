"""Kept counts of answers."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from surveys.db import Base
from surveys.models.dialogue import Channel


class AnswerCount(Base):
    """Kept counts for the dashboards: responses by question, value, channel, day and gender.

    ``value`` is an answer's coded value, TEXT_VALUE for any text, NONE_VALUE for an item left out.
    Written in the transaction that stores the response; ``trygghetsdialog counts`` verifies them.
    """

    __tablename__ = "answer_count"
    __table_args__ = (
        UniqueConstraint(
            "municipality_id",
            "dialogue_id",
            "question_id",
            "value",
            "channel",
            "day",
            "gender",
            name="uq_answer_count_key",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"))
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"), index=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"))
    value: Mapped[str] = mapped_column(String(12))
    channel: Mapped[Channel]
    # The empty string where no day is known: NULL would let one count have two rows.
    day: Mapped[str] = mapped_column(String(10), default="")
    gender: Mapped[str] = mapped_column(String(40), default="", server_default="")
    n: Mapped[int]
