"""The dated campaign, its questions and the occasions at which it was held."""

import enum
from datetime import date, datetime

from sqlalchemy import Column, ForeignKey, String, Table, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.db import Base
from surveys.models.municipality import Agreement, Municipality


class Channel(enum.Enum):
    """How an answer reached us. New members go last: the dashboards group by these."""

    WEB = "web"
    PAPER = "paper"
    MEETING = "meeting"
    FACEBOOK = "facebook"
    IMPORT = "import"
    POSTER = "poster"
    SCHOOL = "school"
    NEWSLETTER = "newsletter"


class EventKind(enum.Enum):
    """Kinds of occasion inside a dialogue."""

    CITIZEN_DIALOGUE = "citizen_dialogue"
    EMPLOYEE_DIALOGUE = "employee_dialogue"
    SAFETY_WALK = "safety_walk"
    FACEBOOK_THREAD = "facebook_thread"


class HeadCountKind(enum.Enum):
    """What a number of participants is worth."""

    COUNTED = "counted"
    ESTIMATED = "estimated"
    LOWER_BOUND = "lower_bound"


class QuestionKind(enum.Enum):
    """What a question asks for, and so how it is answered and summarised."""

    SCALE = "scale"
    PLACES = "places"
    TEXT = "text"


class SamplingDesign(enum.Enum):
    """How those who answered came to be asked. Rounds of different designs make no series."""

    SELF_SELECTED = "self_selected"  # open to whoever wished
    RANDOM_SAMPLE = "random_sample"
    EVERYONE_ASKED = "everyone_asked"  # all of a group, such as a school's pupils
    UNKNOWN = "unknown"


class DialoguePhase(enum.Enum):
    """Where a dialogue stands at a given time."""

    UPCOMING = "upcoming"
    OPEN = "open"
    CLOSED = "closed"


# A joint dialogue opens under each linked municipality's address; the owner is linked too.
dialogue_municipality = Table(
    "dialogue_municipality",
    Base.metadata,
    Column("dialogue_id", ForeignKey("dialogue.id"), primary_key=True),
    Column("municipality_id", ForeignKey("municipality.id"), primary_key=True, index=True),
)


class Dialogue(Base):
    """A medborgardialog (one round): open for answers from ``opens_at`` until ``closes_at``."""

    __tablename__ = "dialogue"
    __table_args__ = (UniqueConstraint("municipality_id", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    agreement_id: Mapped[int | None] = mapped_column(ForeignKey("agreement.id"))
    slug: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(200))
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    # Two numbers that may overlap and are never added: who came, and who answered on a form.
    head_count: Mapped[int | None]
    head_count_kind: Mapped[HeadCountKind | None]
    head_count_note: Mapped[str | None] = mapped_column(Text)
    sampling: Mapped[SamplingDesign] = mapped_column(
        default=SamplingDesign.SELF_SELECTED, server_default="self_selected"
    )
    asks_age_band: Mapped[bool] = mapped_column(default=True)
    asks_gender: Mapped[bool] = mapped_column(default=True)
    asks_area: Mapped[bool] = mapped_column(default=True)
    asks_safe_places: Mapped[bool] = mapped_column(default=False, server_default=false())
    pin_cell_m: Mapped[int] = mapped_column(
        default=50, server_default="50"
    )  # pins are snapped to it

    municipality: Mapped[Municipality] = relationship()
    agreement: Mapped[Agreement | None] = relationship()
    municipalities: Mapped[list[Municipality]] = relationship(
        secondary=dialogue_municipality, order_by="Municipality.name"
    )
    questions: Mapped[list["Question"]] = relationship(
        back_populates="dialogue", order_by="Question.position", cascade="all, delete-orphan"
    )
    events: Mapped[list["DialogueEvent"]] = relationship(
        back_populates="dialogue", order_by="DialogueEvent.held_on", cascade="all, delete-orphan"
    )

    def phase(self, now: datetime) -> DialoguePhase:
        """Where the dialogue stands at ``now`` (aware). It is open at both limits."""
        if now < self.opens_at:
            return DialoguePhase.UPCOMING
        return DialoguePhase.OPEN if now <= self.closes_at else DialoguePhase.CLOSED


class Question(Base):
    """A question as one dialogue asks it.

    ``code`` is stable over rounds and ``version`` changes with the wording: only answers to the
    same code and version may stand in one series. The wording is never edited after opening.
    """

    __tablename__ = "question"
    __table_args__ = (
        UniqueConstraint("dialogue_id", "position"),
        UniqueConstraint("dialogue_id", "code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"), index=True)
    position: Mapped[int]  # 1, 2, 3: also the number in the form field's name
    code: Mapped[str] = mapped_column(String(40))
    version: Mapped[int] = mapped_column(default=1)
    kind: Mapped[QuestionKind]
    wording: Mapped[dict[str, str]]  # language -> text, Swedish always present

    dialogue: Mapped[Dialogue] = relationship(back_populates="questions")

    def text(self, language: str = "sv") -> str:
        """The wording in ``language``, in Swedish where that language has none."""
        return self.wording[self.language_of_text(language)]

    def language_of_text(self, language: str) -> str:
        """``language``, or Swedish where the question has no wording in it."""
        return language if self.wording.get(language) else "sv"


class DialogueEvent(Base):
    """One occasion inside a dialogue: a meeting, a safety walk or a thread."""

    __tablename__ = "dialogue_event"
    __table_args__ = (UniqueConstraint("dialogue_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"), index=True)
    code: Mapped[str] = mapped_column(String(60))  # what an import's "event" column names
    kind: Mapped[EventKind]
    channel: Mapped[Channel]
    title: Mapped[str] = mapped_column(String(200))
    venue: Mapped[str | None] = mapped_column(String(200))
    organiser: Mapped[str | None] = mapped_column(String(200))
    held_on: Mapped[date]
    head_count: Mapped[int | None]
    head_count_kind: Mapped[HeadCountKind | None]

    dialogue: Mapped[Dialogue] = relationship(back_populates="events")
