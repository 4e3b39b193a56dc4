"""Stored analyses of marked places. A run is never overwritten: a new one is added."""

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.db import Base
from surveys.models.dialogue import Dialogue


class RunState(enum.Enum):
    """How far a requested analysis has come."""

    QUEUED = "queued"
    DONE = "done"
    FAILED = "failed"
    VOID = "void"  # an answer that it was made of has been taken out: shown no more


# Why a run has no map: too few have answered since the last one, and the two could be compared.
TOO_FEW_NEW = "too_few_new"
# Why a map is void: a place that it may name has been marked as sensitive.
PLACE_MARKED = "place_marked"
# Why a map is void: it was drawn before an upgrade, when maps told more.
OLD_RULE = "old_rule"


class HotspotRun(Base):
    """One analysis of a dialogue's marked places, with the settings that reproduce it."""

    __tablename__ = "hotspot_run"
    __table_args__ = (Index("ix_hotspot_run_tenant", "municipality_id", "dialogue_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"))
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"), index=True)
    state: Mapped[RunState]
    requested_at: Mapped[datetime]
    computed_at: Mapped[datetime | None]
    failure: Mapped[str | None] = mapped_column(String(200))
    method: Mapped[str] = mapped_column(String(60))
    settings: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    seed: Mapped[int | None]
    baseline: Mapped[str | None] = mapped_column(String(40))  # what expected counts rest on
    filters: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    # The filters as one text that a query can compare; "": all marks of the dialogue.
    filter_key: Mapped[str] = mapped_column(String(200), default="", server_default="")
    # The figures of the map's layers by their keys; the query withholds what is too small.
    layers: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    n_marks: Mapped[int] = mapped_column(default=0)
    n_respondents: Mapped[int] = mapped_column(default=0)  # also those with no mark on the map
    n_outside: Mapped[int] = mapped_column(default=0)  # marks without a position on the map
    data_hash: Mapped[str] = mapped_column(String(64), default="")  # of the marks it was made from
    # The drawn map: three parts that the page serves from its own origin, never inline.
    map_html: Mapped[str | None] = mapped_column(Text)
    map_script: Mapped[str | None] = mapped_column(Text)
    map_style: Mapped[str | None] = mapped_column(Text)

    dialogue: Mapped[Dialogue] = relationship()
    hotspots: Mapped[list["Hotspot"]] = relationship(
        back_populates="run", order_by="Hotspot.rank", cascade="all, delete-orphan"
    )


class Hotspot(Base):
    """One area of a run where marks lie closer together than over the rest of the map."""

    __tablename__ = "hotspot"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("hotspot_run.id"), index=True)
    rank: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))  # from the nearest named place
    geometry: Mapped[dict[str, Any]]  # GeoJSON polygon, WGS 84
    n_marks: Mapped[int]
    n_respondents: Mapped[int]
    # Both rounded down: exact, they would tell how few are elsewhere.
    is_at_least: Mapped[bool] = mapped_column(default=False, server_default=false())
    expected: Mapped[float | None]
    relative_risk: Mapped[float | None]
    z: Mapped[float | None]
    p_value: Mapped[float | None]
    # Member -> respondents; None where the number, beside that of the results, tells of a few.
    reasons: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    times: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    run: Mapped[HotspotRun] = relationship(back_populates="hotspots")
