"""Handlingsplan: prioritised areas, activities, and the occasions at which they took place."""

import enum
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.db import Base
from surveys.models.body import Body
from surveys.models.municipality import Agreement, Municipality
from surveys.models.owner import Owner
from surveys.models.picture import ProblemPicture
from surveys.models.place import NamedPlace


class Comparator(enum.Enum):
    """How a count relates to its target."""

    AT_LEAST = ">="
    EXACTLY = "="


class TargetPeriod(enum.Enum):
    """The span after which a counter starts again; ``PERIOD`` is the whole time of its document."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    TERM = "term"  # vår- and hösttermin
    HALF_YEAR = "half_year"
    YEAR = "year"
    PERIOD = "period"


class OccasionState(enum.Enum):
    """Whether an expected occasion took place."""

    HELD = "held"
    MISSED = "missed"
    EXCUSED = "excused"  # a public holiday, an agreed break


class ActionPlan(Base):
    """A lokal handlingsplan for a period."""

    __tablename__ = "action_plan"
    __table_args__ = (
        UniqueConstraint("municipality_id", "slug"),
        CheckConstraint("starts_on <= ends_on", name="period_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    slug: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(200))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    authors: Mapped[list[str]] = mapped_column(default=list)  # roles
    introduction: Mapped[str] = mapped_column(Text, default="")
    evaluation_text: Mapped[str | None] = mapped_column(Text)
    evaluate_after: Mapped[date | None]
    evaluation_owners: Mapped[list[str]] = mapped_column(default=list)
    # Where it is told of: {"name", "municipality", "police"}, the roles that answer for it.
    channels: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    is_joint: Mapped[bool] = mapped_column(default=True, server_default=true())
    dnr: Mapped[str | None] = mapped_column(String(60))
    # The decision that the law asks for (2023:196, 5 §) and the picture that it rests on.
    decided_on: Mapped[date | None]
    decided_by: Mapped[str | None] = mapped_column(String(160))
    decision_paragraph: Mapped[str | None] = mapped_column(String(60))
    picture_id: Mapped[int | None] = mapped_column(ForeignKey("problem_picture.id"))
    agreement_id: Mapped[int | None] = mapped_column(ForeignKey("agreement.id"))
    council_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"))  # that it is led from
    methods: Mapped[list[str]] = mapped_column(default=list, server_default="[]")  # "EST", "SSP"
    other_plans: Mapped[list[str]] = mapped_column(default=list, server_default="[]")  # "ANDT"
    report_to: Mapped[list[str]] = mapped_column(default=list, server_default="[]")  # roles
    summary_due_on: Mapped[date | None]  # the written summary, no later than this
    # When the whole plan was last followed up (2023:196, 6 §), and what came of it, for readers.
    followed_up_on: Mapped[date | None]
    followed_up_text: Mapped[str | None] = mapped_column(Text)
    # Goes up with each change: a form that was opened before somebody else's change is refused.
    revision: Mapped[int] = mapped_column(default=1, server_default="1")
    review_asked_at: Mapped[datetime | None]
    review_asked_by: Mapped[str | None] = mapped_column(String(120))  # the role
    review_asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    # It is being changed: readers go on seeing its last published edition.
    changing_since: Mapped[datetime | None]
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    published_by: Mapped[str | None] = mapped_column(String(120))

    municipality: Mapped[Municipality] = relationship()
    picture: Mapped[ProblemPicture | None] = relationship()
    agreement: Mapped[Agreement | None] = relationship()
    council: Mapped[Body | None] = relationship()
    areas: Mapped[list["PriorityArea"]] = relationship(
        back_populates="plan", order_by="PriorityArea.position", cascade="all, delete-orphan"
    )
    activities: Mapped[list["Activity"]] = relationship(
        back_populates="plan", order_by="Activity.id", cascade="all, delete-orphan"
    )


class PriorityArea(Base):
    """A prioriterat område with its goals, several and some of them not measurable."""

    __tablename__ = "priority_area"
    __table_args__ = (UniqueConstraint("plan_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("action_plan.id"), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(120))
    goals: Mapped[list[str]] = mapped_column(default=list)

    plan: Mapped[ActionPlan] = relationship(back_populates="areas")
    links: Mapped[list["ActivityArea"]] = relationship(
        back_populates="area", order_by="ActivityArea.position", cascade="all, delete-orphan"
    )


class Activity(Base):
    """One activity, counted once however many areas it stands under.

    Its own target is the plan's. A promise that counts the same occasions may have another: both
    are shown, since the same count can meet one and miss the other.
    """

    __tablename__ = "activity"
    __table_args__ = (
        CheckConstraint("target_count is null or target_count > 0", name="target_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("action_plan.id"), index=True)
    name: Mapped[str] = mapped_column(String(300))
    when_text: Mapped[str] = mapped_column(Text)  # the plan's own words: "2 gånger/år"
    who_text: Mapped[str] = mapped_column(Text, default="")
    target_count: Mapped[int | None]
    comparator: Mapped[Comparator | None]
    per: Mapped[TargetPeriod | None]
    # 0 = Monday, for what is held on a fixed day of the week: a public holiday then excuses it.
    weekday: Mapped[int | None]
    # ``when_text`` as it was read, in the form that ``analyse schedule`` prints, and confirmed.
    schedule: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("owner.id"), index=True)
    methods: Mapped[list[str]] = mapped_column(default=list, server_default="[]")  # "SIG", "PSS"
    # Given up, with the reason and the role that said so. What was done still counts.
    cancelled_on: Mapped[date | None]
    cancelled_because: Mapped[str | None] = mapped_column(Text)
    cancelled_by: Mapped[str | None] = mapped_column(String(120))
    # Where it takes place, if it does so at one place; an occasion may have a place of its own.
    named_place_id: Mapped[int | None] = mapped_column(ForeignKey("named_place.id"))
    created_at: Mapped[datetime]

    municipality: Mapped[Municipality] = relationship()
    named_place: Mapped[NamedPlace | None] = relationship()
    owner: Mapped[Owner | None] = relationship()
    plan: Mapped[ActionPlan | None] = relationship(back_populates="activities")
    links: Mapped[list["ActivityArea"]] = relationship(
        back_populates="activity", cascade="all, delete-orphan"
    )
    occasions: Mapped[list["Occasion"]] = relationship(
        back_populates="activity", order_by="Occasion.held_on", cascade="all, delete-orphan"
    )
    checks: Mapped[list["ActivityCheck"]] = relationship(
        back_populates="activity", order_by="ActivityCheck.checked_on", cascade="all, delete-orphan"
    )


class ActivityArea(Base):
    """An activity under one area. Follow-up belongs here: areas may set different dates."""

    __tablename__ = "activity_area"
    __table_args__ = (UniqueConstraint("activity_id", "area_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"), index=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("priority_area.id"), index=True)
    position: Mapped[int]

    activity: Mapped[Activity] = relationship(back_populates="links")
    area: Mapped[PriorityArea] = relationship(back_populates="links")
    follow_up: Mapped["FollowUp | None"] = relationship(
        back_populates="link", cascade="all, delete-orphan"
    )


class FollowUp(Base):
    """Planned follow-up of an activity under an area; absent where the plan has none."""

    __tablename__ = "follow_up"

    id: Mapped[int] = mapped_column(primary_key=True)
    link_id: Mapped[int] = mapped_column(ForeignKey("activity_area.id"), unique=True)
    text: Mapped[str] = mapped_column(Text)
    due_on: Mapped[date | None]
    schedule: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"))  # that it is reported to
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("owner.id"), index=True)
    done_on: Mapped[date | None]
    outcome: Mapped[str | None] = mapped_column(Text)  # what it came to, for readers
    done_by: Mapped[str | None] = mapped_column(String(120))  # the role that told of it

    body: Mapped[Body | None] = relationship()
    owner: Mapped[Owner | None] = relationship()
    link: Mapped[ActivityArea] = relationship(back_populates="follow_up")


class Occasion(Base):
    """One time that an activity took place, or was expected and did not."""

    __tablename__ = "occasion"

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"), index=True)
    held_on: Mapped[date]
    state: Mapped[OccasionState] = mapped_column(default=OccasionState.HELD)
    working_days: Mapped[float | None]
    hours: Mapped[float | None]
    took_part: Mapped[str | None] = mapped_column(String(300))  # roles and bodies, never persons
    n_took_part: Mapped[int | None]
    condition_met: Mapped[bool | None]  # all that were asked about; None where none was
    # Point id -> whether its condition was met, where several points count the occasion.
    conditions_met: Mapped[dict[str, bool] | None] = mapped_column(JSON(none_as_null=True))
    note: Mapped[str | None] = mapped_column(Text)  # public; never about a person
    named_place_id: Mapped[int | None] = mapped_column(ForeignKey("named_place.id"))
    logged_by: Mapped[str] = mapped_column(String(120))  # the role
    logged_at: Mapped[datetime]

    activity: Mapped[Activity] = relationship(back_populates="occasions")
    named_place: Mapped[NamedPlace | None] = relationship()


class ActivityCheck(Base):
    """That somebody looked whether an activity without fixed times was needed, and when.

    "När behov uppstår" is never late by a date: it tells its count and when it was last checked.
    """

    __tablename__ = "activity_check"

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"), index=True)
    checked_on: Mapped[date]
    note: Mapped[str | None] = mapped_column(Text)
    checked_by: Mapped[str] = mapped_column(String(120))  # the role
    created_at: Mapped[datetime]

    activity: Mapped[Activity] = relationship(back_populates="checks")
