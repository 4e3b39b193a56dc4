"""The codebook that a municipality keeps: what it begins with, and every change with its history.

A theme keeps its code whatever it is called, and is retired, never deleted: codings point at it.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.days import whole_hour
from surveys.drafts.themes import ThemeDraft
from surveys.errors import Conflict, InvalidInput
from surveys.limits import MAX_PARAGRAPHS, MAX_THEME_NAME, MAX_THEMES
from surveys.models.municipality import Municipality
from surveys.models.theme import Theme, ThemeChange, ThemeChangeKind
from surveys.queries.texts.themes import get_theme, has_codebook
from surveys.services.editions.input_rules import require
from surveys.services.texts.theme_groups import check_about_no_group
from surveys.text.codebook import NO_THEME, standard_codebook
from surveys.text.slugs import make_slug

MAX_CODE = 40
BY_SYSTEM = "Trygghetsdialog"


def ensure_codebook(session: Session, municipality: Municipality, *, now: datetime) -> None:
    """Give ``municipality`` the standard codebook unless it has one; asked twice, once."""
    # Two who open the codebook first at the same moment would otherwise both write it.
    session.execute(
        select(Municipality.id).where(Municipality.id == municipality.id).with_for_update()
    )
    if has_codebook(session, municipality):
        return
    themes = [
        Theme(
            municipality_id=municipality.id,
            code=entry.code,
            name={"sv": entry.name},
            definition=entry.definition,
            counts=entry.counts,
            does_not_count=entry.does_not_count,
            position=position,
            is_exclusive=entry.code == NO_THEME,
        )
        for position, entry in enumerate(standard_codebook())
    ]
    session.add_all(themes)
    session.flush()
    for theme in themes:
        record(session, theme, Change(ThemeChangeKind.CREATED), by=BY_SYSTEM, now=now)


def create_theme(
    session: Session, municipality: Municipality, draft: ThemeDraft, *, by: str, now: datetime
) -> Theme:
    """A new code, last in the codebook; its code is made of the name. Raise InvalidInput.

    ``by`` is the role that does it, never a person.
    """
    check_theme(session, municipality, draft)
    themes = _all_themes(session, municipality)
    if len(themes) >= MAX_THEMES:
        raise InvalidInput("too_many_themes", "name")
    theme = Theme(
        municipality_id=municipality.id,
        code=_new_code(draft.name, {theme.code for theme in themes}),
        position=max((theme.position for theme in themes), default=-1) + 1,
    )
    _write(session, municipality, theme, draft)
    session.add(theme)
    session.flush()
    record(session, theme, Change(ThemeChangeKind.CREATED), by=by, now=now)
    return theme


def edit_theme(
    session: Session,
    municipality: Municipality,
    theme_id: int,
    draft: ThemeDraft,
    *,
    by: str,
    now: datetime,
) -> Theme:
    """Change the words of a theme; nothing is kept of an edit that changes nothing.

    Raise Conflict where it has been changed since ``draft.revision``, InvalidInput, NotFound.
    """
    theme = get_theme(session, municipality, theme_id, lock=True)
    if draft.revision != latest_change(session, theme):
        raise Conflict("theme")
    check_theme(session, municipality, draft, theme)
    before = draft_of(theme).as_json()
    _write(session, municipality, theme, draft)
    session.flush()
    if draft_of(theme).as_json() != before:
        record(session, theme, Change(ThemeChangeKind.EDITED, before), by=by, now=now)
    return theme


def retire_theme(
    session: Session, municipality: Municipality, theme_id: int, *, by: str, now: datetime
) -> Theme:
    """Take a theme out of use; its codings stay. Retired already, it is left as it is."""
    theme = get_theme(session, municipality, theme_id, lock=True)
    check_changeable(theme)
    if theme.retired_at is None:
        theme.retired_at = whole_hour(now)
        record(
            session,
            theme,
            Change(ThemeChangeKind.RETIRED, draft_of(theme).as_json()),
            by=by,
            now=now,
        )
    return theme


def restore_theme(
    session: Session, municipality: Municipality, theme_id: int, *, by: str, now: datetime
) -> Theme:
    """Take a theme into use again. What was merged away from it stays where it went."""
    theme = get_theme(session, municipality, theme_id, lock=True)
    if theme.retired_at is not None:
        check_theme(session, municipality, draft_of(theme), theme)
        theme.retired_at, theme.merged_into_id = None, None
        record(session, theme, Change(ThemeChangeKind.RESTORED), by=by, now=now)
    return theme


def check_changeable(theme: Theme) -> None:
    """Refuse to retire, merge or split the code for "no theme": coding needs one."""
    if theme.is_exclusive:
        raise InvalidInput("theme_exclusive", "theme")


def check_theme(
    session: Session, municipality: Municipality, draft: ThemeDraft, theme: Theme | None = None
) -> None:
    """Refuse a draft without a name, too long, about a group of people, or named like another."""
    name = require(draft.name, "name_missing", "name")
    if len(name) > MAX_THEME_NAME:
        raise InvalidInput("too_long", "name")
    texts = {"definition": draft.definition, "counts": draft.counts}
    for part, text in {**texts, "does_not_count": draft.does_not_count}.items():
        if len(text) > MAX_PARAGRAPHS:
            raise InvalidInput("too_long", part)
    check_about_no_group({"name": name, **texts})
    for other in _all_themes(session, municipality):
        is_other = theme is None or other.id != theme.id
        if is_other and other.retired_at is None and other.title().casefold() == name.casefold():
            raise InvalidInput("theme_twice", "name")


def draft_of(theme: Theme) -> ThemeDraft:
    """What stands in ``theme`` now."""
    return ThemeDraft(
        name=theme.title(),
        definition=theme.definition,
        counts=theme.counts,
        does_not_count=theme.does_not_count,
        parent_code=theme.parent.code if theme.parent else None,
    )


@dataclass(frozen=True, slots=True)
class Change:
    """What is written down of a change: its kind, the theme before it, and what else belongs."""

    kind: ThemeChangeKind
    before: dict[str, str | None] = field(default_factory=dict)
    more: dict[str, object] = field(default_factory=dict)


def record(session: Session, theme: Theme, change: Change, *, by: str, now: datetime) -> None:
    """Add a line to the history: the theme as it was and as it is now."""
    session.flush()
    session.expire(theme, ["parent"])
    session.add(
        ThemeChange(
            municipality_id=theme.municipality_id,
            theme_id=theme.id,
            kind=change.kind,
            at=whole_hour(now),
            by=by,
            before=change.before,
            after=draft_of(theme).as_json() | change.more,
        )
    )


def latest_change(session: Session, theme: Theme) -> int:
    """The number of the theme's latest change: what an editor has seen, or not."""
    statement = (
        select(ThemeChange.id)
        .where(
            ThemeChange.municipality_id == theme.municipality_id, ThemeChange.theme_id == theme.id
        )
        .order_by(ThemeChange.id.desc())
        .limit(1)
    )
    return session.scalar(statement) or 0


def _write(session: Session, municipality: Municipality, theme: Theme, draft: ThemeDraft) -> None:
    parent = _parent(session, municipality, theme, draft.parent_code)
    theme.name = {**(theme.name or {}), "sv": draft.name.strip()}
    theme.definition = draft.definition.strip()
    theme.counts = draft.counts.strip()
    theme.does_not_count = draft.does_not_count.strip()
    theme.parent_id = parent.id if parent else None


def _parent(
    session: Session, municipality: Municipality, theme: Theme, code: str | None
) -> Theme | None:
    """The broader theme of that code: in use, and not under ``theme`` itself."""
    if not code:
        return None
    by_code = {other.code: other for other in _all_themes(session, municipality)}
    parent = by_code.get(code)
    if parent is None or parent.retired_at is not None or parent.is_exclusive or theme.is_exclusive:
        raise InvalidInput("theme_parent", "parent")
    above: Theme | None = parent
    while above is not None:
        if above.id == theme.id:
            raise InvalidInput("theme_circle", "parent")
        above = above.parent
    return parent


def _all_themes(session: Session, municipality: Municipality) -> list[Theme]:
    statement = select(Theme).where(Theme.municipality_id == municipality.id)
    return list(session.scalars(statement))


def _new_code(name: str, taken: set[str]) -> str:
    code = re.sub("-", "_", make_slug(name, fallback="tema"))[:MAX_CODE].rstrip("_")
    if code not in taken:
        return code
    number = 2
    while f"{code[: MAX_CODE - 4]}_{number}" in taken:
        number += 1
    return f"{code[: MAX_CODE - 4]}_{number}"
