"""Who in an organisation answers for an activity, a point or a follow-up, by role."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.db import Base
from surveys.models.municipality import Municipality
from surveys.models.party import Party


class Owner(Base):
    """A role that answers for something and may be reminded of it by e-mail.

    It needs no account: "IFO" or "Polis och socialtjänst" seldom has one. One that has left is
    kept with its last day, since what it answered for is to be told and handed over.
    """

    __tablename__ = "owner"

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    party: Mapped[Party]
    title: Mapped[str] = mapped_column(String(160))  # the role or the unit
    email: Mapped[str | None] = mapped_column(String(255))
    left_on: Mapped[date | None]
    created_at: Mapped[datetime]

    municipality: Mapped[Municipality] = relationship()
