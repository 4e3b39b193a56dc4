"""A plan that was read from a file and waits for somebody to look it through."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.db import Base
from surveys.models.municipality import Municipality
from surveys.models.plan import ActionPlan


class PlanImport(Base):
    """What was read, row by row, with what is doubtful about it. Nothing of it is a plan yet."""

    __tablename__ = "plan_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    file_name: Mapped[str] = mapped_column(String(200))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)  # the head, the rows and their doubts
    revision: Mapped[int] = mapped_column(default=1)
    read_by: Mapped[str] = mapped_column(String(120))  # the role
    read_at: Mapped[datetime]
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("action_plan.id"))
    confirmed_at: Mapped[datetime | None]

    municipality: Mapped[Municipality] = relationship()
    plan: Mapped[ActionPlan | None] = relationship()
