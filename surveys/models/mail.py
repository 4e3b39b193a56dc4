"""Mail that goes out, who has asked for it, and which reminders have been sent."""

import enum
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.db import Base
from surveys.models.municipality import Municipality
from surveys.models.owner import Owner
from surveys.models.promise import Promise


class Subscription(Base):
    """An address that wants news of one promise, or of all of a municipality.

    Nothing is sent to it before whoever reads its mail has said yes. It goes when they say no.
    """

    __tablename__ = "subscription"
    __table_args__ = (Index("ix_subscription_tenant", "municipality_id", "email"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"))
    promise_id: Mapped[int | None] = mapped_column(ForeignKey("promise.id"), index=True)
    email: Mapped[str] = mapped_column(String(255))
    language: Mapped[str] = mapped_column(String(20))
    token: Mapped[str] = mapped_column(String(64), unique=True)  # says yes, and says no
    first_asked_on: Mapped[date]  # asked again, an address without a yes is kept no longer
    asked_on: Mapped[date]
    confirmed_on: Mapped[date | None]
    told_until: Mapped[datetime | None]  # what happened before has been told

    municipality: Mapped[Municipality] = relationship()
    promise: Mapped[Promise | None] = relationship()


class OutgoingMail(Base):
    """A mail that is stored with what caused it and sent by the worker. Emptied once sent."""

    __tablename__ = "outgoing_mail"

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    # One mail for one cause, however often the job that writes it runs.
    cause: Mapped[str] = mapped_column(String(120), unique=True)
    recipient: Mapped[str] = mapped_column(String(255))
    subject: Mapped[str] = mapped_column(String(300))
    body: Mapped[str] = mapped_column(Text)
    unsubscribe_url: Mapped[str | None] = mapped_column(String(500))
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    failed_because: Mapped[str | None] = mapped_column(String(300))

    municipality: Mapped[Municipality] = relationship()


class ReminderKind(enum.Enum):
    """When somebody is reminded, and who."""

    BEFORE = "before"
    AFTER = "after"
    ESCALATED = "escalated"  # the coordinator is told, since the owner has not answered or has left


class Reminder(Base):
    """That somebody was reminded of something due. Once for each day it was due."""

    __tablename__ = "reminder"
    __table_args__ = (UniqueConstraint("municipality_id", "about", "due_on", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    about: Mapped[str] = mapped_column(String(80))  # "follow_up:12", "point:4", "lagesbild:2026-10"
    due_on: Mapped[date]
    kind: Mapped[ReminderKind]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("owner.id"))
    sent_at: Mapped[datetime]

    owner: Mapped[Owner | None] = relationship()
