"""Bodies: councils and groups in which the parties meet, and those who report to them."""

import enum
from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.db import Base
from surveys.models.municipality import Municipality


class BodyKind(enum.Enum):
    """What a body is for."""

    COUNCIL = "council"  # lokalt brottsförebyggande råd, trygghetsråd: leads (2023:196, 10 §)
    PREPARATORY = "preparatory"  # beredningsgrupp
    SITUATION = "situation"  # lägesbildsgrupp
    WORKING = "working"  # arbetsgrupp
    CONTRIBUTOR = "contributor"  # gives its picture each month: skola, handel, föreningsliv …
    DECIDING = "deciding"  # kommunstyrelse, nämnd, fullmäktige


class Body(Base):
    """A body of one municipality. Its members are roles and organisations, never persons."""

    __tablename__ = "body"
    __table_args__ = (UniqueConstraint("municipality_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    name: Mapped[str] = mapped_column(String(160))
    kind: Mapped[BodyKind]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"))
    led_by: Mapped[str | None] = mapped_column(String(160))  # the role
    members: Mapped[list[str]] = mapped_column(default=list)
    meets_text: Mapped[str | None] = mapped_column(String(200))  # "5 ggr/år"
    task: Mapped[str] = mapped_column(Text, default="")
    is_public: Mapped[bool] = mapped_column(default=True)
    ended_on: Mapped[date | None]
    created_at: Mapped[datetime]

    municipality: Mapped[Municipality] = relationship()
    meetings: Mapped[list["BodyMeeting"]] = relationship(
        back_populates="body", order_by="BodyMeeting.held_on", cascade="all, delete-orphan"
    )


class BodyMeeting(Base):
    """One meeting of a body, to come or held: what "at every meeting" is counted from."""

    __tablename__ = "body_meeting"
    __table_args__ = (UniqueConstraint("body_id", "held_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    held_on: Mapped[date]
    is_public: Mapped[bool] = mapped_column(default=False)  # its day stands in the public calendar
    note: Mapped[str | None] = mapped_column(Text)

    body: Mapped[Body] = relationship(back_populates="meetings")
