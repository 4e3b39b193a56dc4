"""Staff accounts and the municipalities they work in."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.db import Base
from surveys.models.municipality import Municipality
from surveys.permissions import Permission, StaffRole, has_permission


class User(Base):
    """A staff account. Residents have none.

    The columns are those that the sign-in library asks for; it adds its behaviour in the web
    process by a subclass of the same table (``webapp.accounts``), since the domain imports no web.
    """

    __tablename__ = "user"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(255), unique=True)
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    title: Mapped[str] = mapped_column(String(120))  # the role shown to others, never a name
    created_at: Mapped[datetime]

    memberships: Mapped[list["Membership"]] = relationship(
        back_populates="user", cascade="all, delete-orphan"
    )

    def membership_in(self, municipality: Municipality) -> "Membership | None":
        """The account's membership in ``municipality``, if it has one."""
        return next((m for m in self.memberships if m.municipality_id == municipality.id), None)

    def can(self, permission: Permission, municipality: Municipality) -> bool:
        """Whether this account may do ``permission`` in ``municipality``."""
        membership = self.membership_in(municipality)
        return membership is not None and has_permission(
            membership.role, permission, municipality.decided_for_police
        )


class Membership(Base):
    """The role that an account has in one municipality."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("municipality_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    role: Mapped[StaffRole]

    user: Mapped[User] = relationship(back_populates="memberships")
    municipality: Mapped[Municipality] = relationship()
