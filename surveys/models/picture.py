"""Problembild and lägesbild: one class, in editions, whose claims cite evidence."""

import enum
from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint, true
from sqlalchemy.ext.associationproxy import AssociationProxy, association_proxy
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.db import Base
from surveys.models.body import Body
from surveys.models.evidence import Evidence
from surveys.models.municipality import Municipality
from surveys.models.party import Party


class PictureKind(enum.Enum):
    """The yearly ground for promises, or the monthly public picture."""

    PROBLEM_PICTURE = "problem_picture"
    SITUATION_REPORT = "situation_report"


class PicturePart(enum.Enum):
    """What the law says that a lägesbild consists of (2023:196, 4 §)."""

    CRIME = "crime"  # the mapping of crime, its extent and consequences
    OTHER = "other"  # other relevant information, such as what residents answer
    ANALYSIS = "analysis"


class ProblemPicture(Base):
    """One edition of the joint picture of a municipality."""

    __tablename__ = "problem_picture"
    __table_args__ = (UniqueConstraint("municipality_id", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    slug: Mapped[str] = mapped_column(String(60))
    kind: Mapped[PictureKind]
    title: Mapped[str] = mapped_column(String(200))
    period: Mapped[str] = mapped_column(String(120))
    summary: Mapped[str] = mapped_column(Text, default="")
    next_edition: Mapped[str | None] = mapped_column(String(200))
    # The month that a lägesbild tells of, by its first day: what the yearly count is held to.
    month: Mapped[date | None]
    # The edition that this one was made from, and what readers are told of the difference.
    origin_id: Mapped[int | None] = mapped_column(ForeignKey("problem_picture.id"))
    change_note: Mapped[str | None] = mapped_column(Text)
    # Why these of the ranked areas were chosen, and not the others.
    motive: Mapped[str | None] = mapped_column(Text)
    # Sentences that tell of few people, each with why it is published all the same:
    # [{"text": …, "reason": …, "by": the role}]. A sentence that is rewritten needs a new reason.
    small_groups: Mapped[list[dict[str, str]]] = mapped_column(
        JSON, default=list, server_default="[]"
    )
    # Goes up with each change: a form that was opened before somebody else's change is refused.
    revision: Mapped[int] = mapped_column(default=1)
    review_asked_at: Mapped[datetime | None]
    review_asked_by: Mapped[str | None] = mapped_column(String(120))  # the role
    review_asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    published_by: Mapped[str | None] = mapped_column(String(120))

    municipality: Mapped[Municipality] = relationship()
    areas: Mapped[list["ProblemArea"]] = relationship(
        back_populates="picture", order_by="ProblemArea.rank", cascade="all, delete-orphan"
    )
    origin: Mapped["ProblemPicture | None"] = relationship(remote_side="ProblemPicture.id")
    sources: Mapped[list["PictureSource"]] = relationship(
        back_populates="picture", order_by="PictureSource.position", cascade="all, delete-orphan"
    )


class ProblemArea(Base):
    """A subject in the picture ("Narkotika"), in rank order."""

    __tablename__ = "problem_area"
    __table_args__ = (UniqueConstraint("picture_id", "rank"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    picture_id: Mapped[int] = mapped_column(ForeignKey("problem_picture.id"), index=True)
    rank: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text, default="")
    is_chosen: Mapped[bool] = mapped_column(default=True, server_default=true())
    not_chosen_because: Mapped[str | None] = mapped_column(Text)
    season: Mapped[str | None] = mapped_column(String(120))  # "somrarna": when it is worst
    part: Mapped[PicturePart | None]

    picture: Mapped[ProblemPicture] = relationship(back_populates="areas")
    claims: Mapped[list["Claim"]] = relationship(
        back_populates="area", order_by="Claim.position", cascade="all, delete-orphan"
    )


class Claim(Base):
    """A sentence of the picture. It cites evidence, or says that it is a judgement and whose."""

    __tablename__ = "claim"
    __table_args__ = (
        UniqueConstraint("area_id", "position"),
        CheckConstraint(
            "is_judgement = false or judged_by is not null", name="judgement_has_judge"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("problem_area.id"), index=True)
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    # Whose half of the picture it stands in.
    party: Mapped[Party] = mapped_column(default=Party.BOTH, server_default=Party.BOTH.value)
    is_judgement: Mapped[bool] = mapped_column(default=False)
    judged_by: Mapped[str | None] = mapped_column(String(120))
    dated_on: Mapped[date | None]

    area: Mapped[ProblemArea] = relationship(back_populates="claims")
    citations: Mapped[list["Citation"]] = relationship(
        back_populates="claim", order_by="Citation.evidence_id", cascade="all, delete-orphan"
    )
    evidence: AssociationProxy[list[Evidence]] = association_proxy(
        "citations", "evidence", creator=lambda evidence: Citation(evidence=evidence)
    )


class Citation(Base):
    """Evidence cited by a claim. Evidence that says otherwise is cited too, and marked so."""

    __tablename__ = "claim_evidence"

    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"), primary_key=True)
    evidence_id: Mapped[int] = mapped_column(
        ForeignKey("evidence.id"), primary_key=True, index=True
    )
    disagrees: Mapped[bool] = mapped_column(default=False)

    claim: Mapped[Claim] = relationship(back_populates="citations")
    evidence: Mapped[Evidence] = relationship()


class PictureSource(Base):
    """A source that was looked at for an edition: used, or dropped and why.

    A body's monthly contribution is one too. ``note`` is for staff; what readers get is in claims.
    """

    __tablename__ = "picture_source"
    __table_args__ = (UniqueConstraint("picture_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    picture_id: Mapped[int] = mapped_column(ForeignKey("problem_picture.id"), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    party: Mapped[Party]
    body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"))
    received_on: Mapped[date | None]
    is_used: Mapped[bool]
    dropped_because: Mapped[str | None] = mapped_column(Text)
    limits: Mapped[str | None] = mapped_column(Text)  # what it cannot tell; readers see it
    note: Mapped[str | None] = mapped_column(Text)

    picture: Mapped[ProblemPicture] = relationship(back_populates="sources")
    body: Mapped[Body | None] = relationship()


class SituationCadence(Base):
    """How often a municipality has said that it publishes its lägesbild."""

    __tablename__ = "situation_cadence"

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), unique=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    every_months: Mapped[int]  # 1: each month
    pauses: Mapped[list[int]] = mapped_column(JSON, default=list)  # months without one: [7]
    due_day: Mapped[int]  # of the month after the one that it tells of
    purpose: Mapped[str] = mapped_column(Text, default="")  # what it is for, in readers' words

    municipality: Mapped[Municipality] = relationship()


class MissedMonth(Base):
    """Why no lägesbild came for a month. The month stays missed; now it says why."""

    __tablename__ = "missed_month"
    __table_args__ = (UniqueConstraint("municipality_id", "month"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    month: Mapped[date]
    reason: Mapped[str] = mapped_column(Text)
    noted_by: Mapped[str] = mapped_column(String(120))  # the role
    noted_at: Mapped[datetime]
