"""Underlag: frozen figures and sources that claims may cite."""

import enum
import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Connection,
    ForeignKey,
    String,
    Text,
    UniqueConstraint,
    event,
    false,
    inspect,
)
from sqlalchemy.orm import Mapped, Mapper, mapped_column, object_session, relationship

from surveys.db import Base
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality


class EvidenceKind(enum.Enum):
    """Where a piece of evidence comes from."""

    SURVEY_FIGURE = "survey_figure"
    TABLE = "table"
    CHART = "chart"
    COMPARISON = "comparison"
    PUBLIC_MAP = "public_map"
    MAP_FINDING = "map_finding"
    EXTERNAL_SOURCE = "external_source"
    QUOTE = "quote"


class EvidenceState(enum.Enum):
    """What the same question gives today."""

    CURRENT = "current"
    CHANGED = "changed"
    GONE = "gone"  # it can no longer be asked, or its answer is too small to be told


class Direction(enum.Enum):
    """Which way a figure goes over its period, or which way is wanted."""

    UP = "up"
    DOWN = "down"
    STEADY = "steady"
    MIXED = "mixed"


class Evidence(Base):
    """A figure or a source as it stood when it was frozen. Its content never changes."""

    __tablename__ = "evidence"
    __table_args__ = (UniqueConstraint("municipality_id", "content_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    dialogue_id: Mapped[int | None] = mapped_column(ForeignKey("dialogue.id"))
    # The answer that a quote is from, and the day on which the quote was blanked at its withdrawal.
    response_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("response.id"), index=True)
    blanked_on: Mapped[date | None]
    kind: Mapped[EvidenceKind]
    title: Mapped[str] = mapped_column(String(200))
    statement: Mapped[str] = mapped_column(Text)  # the figure in words, ready to be read
    source: Mapped[str] = mapped_column(String(300))
    period: Mapped[str | None] = mapped_column(String(120))
    method: Mapped[str | None] = mapped_column(Text)
    caveat: Mapped[str | None] = mapped_column(Text)
    n: Mapped[int | None]
    # What a source from outside says of itself; all None for what is counted here.
    indicator: Mapped[str | None] = mapped_column(String(200))  # what is measured
    geography: Mapped[str | None] = mapped_column(String(200))  # where: may differ from the tenant
    comparison: Mapped[str | None] = mapped_column(Text)  # beside which other place or time
    direction: Mapped[Direction | None]
    wanted: Mapped[Direction | None]  # more reports may be the goal
    recurs: Mapped[str | None] = mapped_column(String(120))  # "vartannat år", "kvartalsvis"
    # [{"period": "2023 kv 1", "value": 2.0, "unit": "per 10 000"}]: a figure brings its table.
    series: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list, server_default="[]")
    # Comes from a source that may not be published before somebody has cleared it.
    needs_clearance: Mapped[bool] = mapped_column(default=False, server_default=false())
    dated_on: Mapped[date | None]
    figures: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # What was asked for (name, filters, limits) and the versions it was answered with, so that
    # the same can be asked for again; empty for what comes from outside.
    query: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    versions: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    content_hash: Mapped[str] = mapped_column(String(64))
    frozen_at: Mapped[datetime]
    frozen_by: Mapped[str] = mapped_column(String(120))  # the role, never a person

    municipality: Mapped[Municipality] = relationship()
    dialogue: Mapped[Dialogue | None] = relationship()


class Clearance(Base):
    """That a figure from a closed source may be published, and who said so."""

    __tablename__ = "clearance"

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id"), unique=True)
    cleared_by: Mapped[str] = mapped_column(String(120))  # the role
    decision: Mapped[str] = mapped_column(String(300))  # who decided, where it is kept
    cleared_at: Mapped[datetime]

    evidence: Mapped[Evidence] = relationship()


class EvidenceCheck(Base):
    """Whether the data behind a piece of evidence still say the same. The evidence itself stays."""

    __tablename__ = "evidence_check"

    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id"), primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    state: Mapped[EvidenceState]
    checked_at: Mapped[datetime]
    changed_at: Mapped[datetime | None]  # when it was first seen to differ
    n_now: Mapped[int | None]
    # Of the data as they were when it was checked: what has not changed since is not asked again.
    data_mark: Mapped[str] = mapped_column(String(64), default="", server_default="")

    evidence: Mapped[Evidence] = relationship()


# What the withdrawal of an answer takes out of a quote from it, and leaves in its place.
_BLANKED = {"statement": "", "figures": {}}
_CHANGED_BY_BLANKING = frozenset({*_BLANKED, "content_hash", "blanked_on"})


@event.listens_for(Evidence, "before_update")
def refuse_change(_mapper: Mapper[Evidence], _connection: Connection, evidence: Evidence) -> None:
    """A published claim must go on resting on what it rested on, so no code may edit a row.

    One change is allowed: a quote is emptied, once, when whoever wrote it withdraws the answer.
    """
    session = object_session(evidence)
    if session is None or not session.is_modified(evidence):
        return
    if not _is_blanking(evidence):
        raise TypeError("evidence is frozen: freeze what has changed as a new row")


def _is_blanking(evidence: Evidence) -> bool:
    state = inspect(evidence)
    changed = {a.key for a in state.attrs if a.history.has_changes()}
    before = state.attrs["blanked_on"].history.deleted
    return (
        evidence.kind is EvidenceKind.QUOTE
        and evidence.blanked_on is not None
        and not any(before or ())
        and changed <= _CHANGED_BY_BLANKING
        and all(getattr(evidence, name) == value for name, value in _BLANKED.items())
    )
