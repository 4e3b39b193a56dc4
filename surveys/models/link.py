"""Short addresses to a dialogue, one for each way in which it is spread."""

from datetime import date

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.db import Base
from surveys.models.dialogue import Channel, Dialogue
from surveys.models.municipality import Municipality

# What is spread by an address. Paper forms and files are counted where they are brought in.
LINK_CHANNELS = (
    Channel.FACEBOOK,
    Channel.POSTER,
    Channel.SCHOOL,
    Channel.NEWSLETTER,
    Channel.MEETING,
    Channel.WEB,
)


class ShortLink(Base):
    """``/s/<word>``: leads to the survey and tells by which channel an answer came."""

    __tablename__ = "short_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"), index=True)
    word: Mapped[str] = mapped_column(String(40), unique=True)
    channel: Mapped[Channel]

    municipality: Mapped[Municipality] = relationship()
    dialogue: Mapped[Dialogue] = relationship()
    visits: Mapped[list["LinkVisits"]] = relationship(
        back_populates="link", cascade="all, delete-orphan"
    )


class LinkVisits(Base):
    """How often a short address was opened on one day: a number, and nothing about anybody."""

    __tablename__ = "link_visits"
    __table_args__ = (UniqueConstraint("link_id", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    link_id: Mapped[int] = mapped_column(ForeignKey("short_link.id"))
    day: Mapped[date]
    n: Mapped[int]

    link: Mapped[ShortLink] = relationship(back_populates="visits")
