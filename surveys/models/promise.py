"""Medborgarlöften: what police and municipality promise, for how long, and who has signed."""

import enum
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    ForeignKey,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.db import Base
from surveys.models.evidence import Direction
from surveys.models.municipality import Agreement, LocalPoliceArea, Municipality
from surveys.models.owner import Owner
from surveys.models.party import Party
from surveys.models.picture import Claim
from surveys.models.place import NamedPlace
from surveys.models.plan import Activity, Comparator, TargetPeriod


class PointMeasure(enum.Enum):
    """How a point is followed up."""

    COUNT = "count"  # occasions against a target
    DONE = "done"  # done or not, by a date
    NONE = "none"  # cannot be measured as it is written, and says so


class PointStatus(enum.Enum):
    """A status that somebody has set by hand because no count can tell it."""

    ONGOING = "ongoing"
    DONE = "done"
    CANCELLED = "cancelled"
    NOT_MEASURABLE = "not_measurable"


point_activity = Table(
    "point_activity",
    Base.metadata,
    Column("point_id", ForeignKey("promise_point.id"), primary_key=True),
    Column("activity_id", ForeignKey("activity.id"), primary_key=True, index=True),
)

point_place = Table(
    "point_place",
    Base.metadata,
    Column("point_id", ForeignKey("promise_point.id"), primary_key=True),
    Column("named_place_id", ForeignKey("named_place.id"), primary_key=True, index=True),
)

# The sentences of a picture that are the reason for just this point.
point_claim = Table(
    "point_claim",
    Base.metadata,
    Column("point_id", ForeignKey("promise_point.id"), primary_key=True),
    Column("claim_id", ForeignKey("claim.id"), primary_key=True, index=True),
)

promise_claim = Table(
    "promise_claim",
    Base.metadata,
    Column("promise_id", ForeignKey("promise.id"), primary_key=True),
    Column("claim_id", ForeignKey("claim.id"), primary_key=True, index=True),
)


class PointAim(enum.Enum):
    """What a point promises: that something is done, or that something comes of it."""

    ACTIVITY = "activity"
    RESULT = "result"
    LEGAL_OUTCOME = "legal_outcome"  # care under LVM or LVU: decided by others than the parties


class Promise(Base):
    """A medborgarlöfte. ``municipality_id`` is the one that registers it; all are linked."""

    __tablename__ = "promise"
    __table_args__ = (
        UniqueConstraint("municipality_id", "slug"),
        CheckConstraint(
            "starts_on is null or ends_on is null or starts_on <= ends_on", name="period_order"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    agreement_id: Mapped[int | None] = mapped_column(ForeignKey("agreement.id"))
    police_area_id: Mapped[int] = mapped_column(ForeignKey("local_police_area.id"))
    slug: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(200))
    label: Mapped[str] = mapped_column(String(120))  # "Medborgarlöfte 2022–2023"
    said: Mapped[str] = mapped_column(Text, default="")  # Ni sa
    said_ground: Mapped[str] = mapped_column(Text, default="")
    pledge: Mapped[str] = mapped_column(Text, default="")  # Vi lovar
    # Whether pledge and points stand word for word as signed, or are retold.
    is_verbatim: Mapped[bool] = mapped_column(default=False)
    vision: Mapped[str | None] = mapped_column(Text)
    follow_up_text: Mapped[str | None] = mapped_column(Text)
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    # Months from the last signature, for promises whose end is undefined until they are signed.
    months_from_signing: Mapped[int | None]
    # The period before this one. Nothing of its counts or judgements is inherited.
    carried_from_id: Mapped[int | None] = mapped_column(ForeignKey("promise.id"))
    report_to: Mapped[list[str]] = mapped_column(default=list, server_default="[]")  # roles
    summary_due_on: Mapped[date | None]  # the written summary, no later than this
    # ``follow_up_text`` as it was read ("årsvis"), in the form that ``analyse schedule`` prints.
    follow_up_schedule: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    # Why it is published although something is missing for "konkret och tidsatt", and who said so.
    gate_reason: Mapped[str | None] = mapped_column(Text)
    gate_passed_by: Mapped[str | None] = mapped_column(String(120))
    # Goes up with each change: a form that was opened before somebody else's change is refused.
    revision: Mapped[int] = mapped_column(default=1, server_default="1")
    review_asked_at: Mapped[datetime | None]
    review_asked_by: Mapped[str | None] = mapped_column(String(120))  # the role
    review_asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    # Its words are being changed: readers go on seeing its last published edition.
    changing_since: Mapped[datetime | None]
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    published_by: Mapped[str | None] = mapped_column(String(120))
    # Taken away from readers, and why: they are told so where the promise stood.
    taken_down_at: Mapped[datetime | None]
    taken_down_by: Mapped[str | None] = mapped_column(String(120))  # the role
    taken_down_because: Mapped[str | None] = mapped_column(Text)

    municipality: Mapped[Municipality] = relationship()
    agreement: Mapped[Agreement | None] = relationship()
    police_area: Mapped[LocalPoliceArea] = relationship()
    parties: Mapped[list["PromiseMunicipality"]] = relationship(
        back_populates="promise", cascade="all, delete-orphan"
    )
    points: Mapped[list["PromisePoint"]] = relationship(
        back_populates="promise", order_by="PromisePoint.position", cascade="all, delete-orphan"
    )
    signatories: Mapped[list["Signatory"]] = relationship(
        back_populates="promise", order_by="Signatory.position", cascade="all, delete-orphan"
    )
    claims: Mapped[list[Claim]] = relationship(secondary=promise_claim, order_by=Claim.id)
    carried_from: Mapped["Promise | None"] = relationship(remote_side="Promise.id")


class PromiseMunicipality(Base):
    """A municipality that gives the promise, with its own diary number and document date.

    Every promise has at least one: this link is what a municipality's list of promises reads.
    """

    __tablename__ = "promise_municipality"
    __table_args__ = (UniqueConstraint("municipality_id", "promise_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    promise_id: Mapped[int] = mapped_column(ForeignKey("promise.id"), index=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"))
    dnr: Mapped[str | None] = mapped_column(String(60))
    dated_on: Mapped[date | None]

    promise: Mapped[Promise] = relationship(back_populates="parties")
    municipality: Mapped[Municipality] = relationship()


class PromisePoint(Base):
    """One point of a promise: who carries it, what is counted, and under which condition."""

    __tablename__ = "promise_point"
    __table_args__ = (
        UniqueConstraint("promise_id", "position"),
        CheckConstraint("target_count is null or target_count > 0", name="target_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    promise_id: Mapped[int] = mapped_column(ForeignKey("promise.id"), index=True)
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    area: Mapped[str | None] = mapped_column(String(120))  # "Trafik": a heading inside the promise
    responsible: Mapped[Party]
    third_parties: Mapped[str | None] = mapped_column(String(200))
    measure: Mapped[PointMeasure]
    target_count: Mapped[int | None]
    comparator: Mapped[Comparator | None]
    per: Mapped[TargetPeriod | None]
    unit: Mapped[str | None] = mapped_column(String(80))  # "insatser mot narkotika"
    due_on: Mapped[date | None]
    condition: Mapped[str | None] = mapped_column(Text)
    target_group: Mapped[str | None] = mapped_column(String(200))  # "personer under 21 år"
    baseline: Mapped[str | None] = mapped_column(String(200))  # "utöver den dagliga verksamheten"
    place_text: Mapped[str | None] = mapped_column(String(300))  # where, in words
    methods: Mapped[list[str]] = mapped_column(default=list, server_default="[]")  # "PSS", "SSP"
    aim: Mapped[PointAim] = mapped_column(
        default=PointAim.ACTIVITY, server_default=PointAim.ACTIVITY.value
    )
    wanted: Mapped[Direction | None]  # which way a figure is to go: more reports may be the goal
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("owner.id"), index=True)
    # The target's words as they were read, in the form that ``analyse schedule`` prints.
    schedule: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    # Taken out by a later edition. It is kept, since its occasions and its past are.
    ended_on: Mapped[date | None]
    status: Mapped[PointStatus] = mapped_column(default=PointStatus.ONGOING)
    status_reason: Mapped[str | None] = mapped_column(Text)
    # When the status was set by hand, and the role that set it.
    status_on: Mapped[date | None]
    status_by: Mapped[str | None] = mapped_column(String(120))

    promise: Mapped[Promise] = relationship(back_populates="points")
    owner: Mapped[Owner | None] = relationship()
    places: Mapped[list[NamedPlace]] = relationship(secondary=point_place, order_by=NamedPlace.id)
    activities: Mapped[list[Activity]] = relationship(
        secondary=point_activity, order_by=Activity.id
    )
    claims: Mapped[list[Claim]] = relationship(secondary=point_claim, order_by=Claim.id)


class Signatory(Base):
    """A role that signs the promise; place and date stay empty until it has signed."""

    __tablename__ = "signatory"
    __table_args__ = (UniqueConstraint("promise_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    promise_id: Mapped[int] = mapped_column(ForeignKey("promise.id"), index=True)
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipality.id"))
    position: Mapped[int]
    party: Mapped[Party]
    title: Mapped[str] = mapped_column(String(160))  # the role: "Lokalpolisområdeschef"
    is_acting: Mapped[bool] = mapped_column(default=False)
    place: Mapped[str | None] = mapped_column(String(120))
    signed_on: Mapped[date | None]
    # The signed document itself is kept in the diary; here is what tells that it is the same.
    document_name: Mapped[str | None] = mapped_column(String(200))
    document_sha256: Mapped[str | None] = mapped_column(String(64))
    recorded_by: Mapped[str | None] = mapped_column(String(120))  # the role

    promise: Mapped[Promise] = relationship(back_populates="signatories")
    municipality: Mapped[Municipality | None] = relationship()
