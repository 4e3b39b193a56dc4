"""Approvals and comments: how the parties agree on a picture, a promise or a plan."""

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from surveys.db import Base
from surveys.models.party import Party

ONE_SUBJECT = (
    "(case when picture_id is null then 0 else 1 end"
    " + case when promise_id is null then 0 else 1 end"
    " + case when plan_id is null then 0 else 1 end) = 1"
)


class EditorialState(enum.Enum):
    """How far a text has come on its way to readers."""

    DRAFT = "draft"
    REVIEW = "review"
    APPROVED = "approved"  # by each party, as it stands
    PUBLISHED = "published"


class Approval(Base):
    """One party's yes to one revision of a text. A change after it makes it void."""

    __tablename__ = "approval"
    __table_args__ = (
        UniqueConstraint("picture_id", "party", "for_id", "revision"),
        UniqueConstraint("promise_id", "party", "for_id", "revision"),
        UniqueConstraint("plan_id", "party", "for_id", "revision"),
        # Four eyes: whoever has a role at two of the parties says yes to a text for one of them.
        UniqueConstraint("picture_id", "user_id", "revision"),
        UniqueConstraint("promise_id", "user_id", "revision"),
        UniqueConstraint("plan_id", "user_id", "revision"),
        CheckConstraint(ONE_SUBJECT, name="one_subject"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    picture_id: Mapped[int | None] = mapped_column(ForeignKey("problem_picture.id"), index=True)
    promise_id: Mapped[int | None] = mapped_column(ForeignKey("promise.id"), index=True)
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("action_plan.id"), index=True)
    party: Mapped[Party]  # the police, or a municipality
    # The municipality that says yes; the police say it once, for the one that registers the text.
    for_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"))
    revision: Mapped[int]
    role: Mapped[str] = mapped_column(String(120))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    approved_at: Mapped[datetime]
    # The text as it was approved, so that the party can see what has been changed since.
    content: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class Comment(Base):
    """What one of the parties says of a text before it is published. Readers never see it."""

    __tablename__ = "comment"
    __table_args__ = (CheckConstraint(ONE_SUBJECT, name="one_subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    picture_id: Mapped[int | None] = mapped_column(ForeignKey("problem_picture.id"), index=True)
    promise_id: Mapped[int | None] = mapped_column(ForeignKey("promise.id"), index=True)
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("action_plan.id"), index=True)
    about: Mapped[str | None] = mapped_column(String(300))  # the sentence or point, in its words
    text: Mapped[str] = mapped_column(Text)
    party: Mapped[Party]
    role: Mapped[str] = mapped_column(String(120))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    written_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[str | None] = mapped_column(String(120))
