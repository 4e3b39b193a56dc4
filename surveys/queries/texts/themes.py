"""The codebook and its history, and which themes answers were coded with."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session, aliased

from surveys.errors import NotFound
from surveys.models.coding import Coding, CodingTheme
from surveys.models.municipality import Municipality
from surveys.models.response import Response
from surveys.models.theme import Theme, ThemeChange, ThemeChangeKind

MAX_CHANGES = 200


@dataclass(frozen=True, slots=True)
class ThemeView:
    """One code as it is shown. ``n_responses`` are counted answers whose coding carries it."""

    id: int
    code: str
    name: str
    definition: str
    counts: str
    does_not_count: str
    parent_id: int | None
    parent: str | None
    merged_into: str | None
    is_exclusive: bool
    is_retired: bool
    n_responses: int
    revision: int  # the number of its latest change


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A line of a codebook's history."""

    at: datetime
    by: str
    kind: ThemeChangeKind
    theme_id: int
    theme: str
    before: dict[str, Any]
    after: dict[str, Any]


def has_codebook(session: Session, municipality: Municipality) -> bool:
    """Whether ``municipality`` has any code, retired ones too."""
    statement = select(Theme.id).where(Theme.municipality_id == municipality.id).limit(1)
    return session.scalar(statement) is not None


def get_theme(
    session: Session, municipality: Municipality, theme_id: int, *, lock: bool = False
) -> Theme:
    """The theme; raise NotFound. ``lock`` keeps others from changing it meanwhile."""
    statement = select(Theme).where(Theme.municipality_id == municipality.id, Theme.id == theme_id)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    theme = session.scalar(statement)
    if theme is None:
        raise NotFound(f"theme {theme_id}")
    return theme


def list_themes(session: Session, municipality: Municipality) -> list[Theme]:
    """The codes in use, in the codebook's order."""
    statement = (
        select(Theme)
        .where(Theme.municipality_id == municipality.id, Theme.retired_at.is_(None))
        .order_by(Theme.position, Theme.id)
    )
    return list(session.scalars(statement))


def list_codebook(
    session: Session, municipality: Municipality, *, search: str = ""
) -> list[ThemeView]:
    """Every code, those in use first; ``search`` keeps those with that text in any of its words."""
    parent, into = aliased(Theme), aliased(Theme)
    statement = (
        select(Theme, parent, into)
        .outerjoin(parent, parent.id == Theme.parent_id)
        .outerjoin(into, into.id == Theme.merged_into_id)
        .where(Theme.municipality_id == municipality.id)
        .order_by(Theme.retired_at.is_not(None), Theme.position, Theme.id)
    )
    counts = _count_responses(session, municipality)
    revisions = _revisions(session, municipality)
    wanted = search.casefold()
    return [
        _view(theme, over, merged, counts.get(theme.id, 0), revisions.get(theme.id, 0))
        for theme, over, merged in session.execute(statement)
        if wanted in _words(theme)
    ]


def get_theme_view(session: Session, municipality: Municipality, theme_id: int) -> ThemeView:
    """One code as it is shown; raise NotFound."""
    views = list_codebook(session, municipality)
    found = next((view for view in views if view.id == theme_id), None)
    if found is None:
        raise NotFound(f"theme {theme_id}")
    return found


def list_changes(
    session: Session, municipality: Municipality, theme_id: int | None = None
) -> list[ChangeView]:
    """The history, latest first: of one theme, or of the whole codebook."""
    statement = (
        select(ThemeChange, Theme)
        .join(Theme, Theme.id == ThemeChange.theme_id)
        .where(ThemeChange.municipality_id == municipality.id)
        .order_by(ThemeChange.id.desc())
        .limit(MAX_CHANGES)
    )
    if theme_id is not None:
        statement = statement.where(ThemeChange.theme_id == theme_id)
    return [
        ChangeView(c.at, c.by, c.kind, theme.id, theme.title(), c.before, c.after)
        for c, theme in session.execute(statement)
    ]


def is_coded(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """That a response has a coding that counts; more ``conditions`` may be put on the coding."""
    return exists().where(
        Coding.response_id == Response.id, Coding.is_current.is_(True), *conditions
    )


def _count_responses(session: Session, municipality: Municipality) -> dict[int, int]:
    statement = (
        select(CodingTheme.theme_id, func.count(Coding.response_id.distinct()))
        .join(Coding, Coding.id == CodingTheme.coding_id)
        .join(Response, Response.id == Coding.response_id)
        .where(
            Coding.municipality_id == municipality.id,
            Coding.is_current.is_(True),
            Response.is_counted.is_(True),
        )
        .group_by(CodingTheme.theme_id)
    )
    return {row[0]: row[1] for row in session.execute(statement)}


def _revisions(session: Session, municipality: Municipality) -> dict[int, int]:
    statement = (
        select(ThemeChange.theme_id, func.max(ThemeChange.id))
        .where(ThemeChange.municipality_id == municipality.id)
        .group_by(ThemeChange.theme_id)
    )
    return {row[0]: row[1] for row in session.execute(statement)}


def _words(theme: Theme) -> str:
    texts = (*theme.name.values(), theme.code, theme.definition, theme.counts, theme.does_not_count)
    return "\n".join(texts).casefold()


def _view(
    theme: Theme, parent: Theme | None, into: Theme | None, n_responses: int, revision: int
) -> ThemeView:
    return ThemeView(
        id=theme.id,
        code=theme.code,
        name=theme.title(),
        definition=theme.definition,
        counts=theme.counts,
        does_not_count=theme.does_not_count,
        parent_id=theme.parent_id,
        parent=parent.title() if parent else None,
        merged_into=into.title() if into else None,
        is_exclusive=theme.is_exclusive,
        is_retired=theme.retired_at is not None,
        n_responses=n_responses,
        revision=revision,
    )
