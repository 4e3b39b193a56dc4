"""Moving codings from one theme to another: two themes become one, or one becomes two.

Frozen evidence stands as it was; figures that are counted anew follow the codebook as it is now.
"""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, exists, select, update
from sqlalchemy.orm import Session, aliased

from surveys.days import whole_hour
from surveys.drafts.themes import SplitDraft
from surveys.errors import InvalidInput
from surveys.models.coding import Coding, CodingTheme, ThemeSuggestion
from surveys.models.municipality import Municipality
from surveys.models.theme import Theme, ThemeChangeKind
from surveys.queries.texts.themes import get_theme
from surveys.services.texts.codebook import Change, check_changeable, create_theme, draft_of, record

_IDS_A_STATEMENT = 500


def merge_themes(
    session: Session,
    municipality: Municipality,
    theme_id: int,
    into_id: int,
    *,
    by: str,
    now: datetime,
) -> int:
    """Let all codings of one theme be codings of another; return how many carried the first.

    Two codes on one coding become one where they stand on the same axis. The first theme is
    retired and its narrower themes go under the other. Raise InvalidInput, NotFound.
    """
    if theme_id == into_id:
        raise InvalidInput("theme_itself", "into")
    first, second = (
        get_theme(session, municipality, each, lock=True) for each in sorted((theme_id, into_id))
    )
    theme, into = (first, second) if first.id == theme_id else (second, first)
    for each in (theme, into):
        check_changeable(each)
    if into.retired_at is not None or theme.retired_at is not None:
        raise InvalidInput("theme_retired", "into")
    before, before_into = draft_of(theme).as_json(), draft_of(into).as_json()
    moved = _move_codings(session, theme, into)
    _move_suggestions(session, theme, into)
    _lift(session, theme, into)
    theme.retired_at, theme.merged_into_id = whole_hour(now), into.id
    session.flush()
    told: dict[str, object] = {"into": into.title(), "codings": moved}
    record(session, theme, Change(ThemeChangeKind.MERGED, before, told), by=by, now=now)
    told = {"from": theme.title(), "codings": moved}
    record(session, into, Change(ThemeChangeKind.MERGED, before_into, told), by=by, now=now)
    session.expire_all()
    return moved


def split_theme(
    session: Session,
    municipality: Municipality,
    theme_id: int,
    draft: SplitDraft,
    *,
    by: str,
    now: datetime,
) -> Theme:
    """A new theme out of ``theme_id``: the codings of the draft's answers go over.

    Answers that do not carry the theme are passed over; raise InvalidInput where none does.
    """
    theme = get_theme(session, municipality, theme_id, lock=True)
    check_changeable(theme)
    if theme.retired_at is not None:
        raise InvalidInput("theme_retired", "name")
    before = draft_of(theme).as_json()
    new = create_theme(session, municipality, draft.theme, by=by, now=now)
    moved = 0
    for ids in _batches(sorted(draft.response_ids)):
        of_these = CodingTheme.coding_id.in_(
            select(Coding.id).where(
                Coding.municipality_id == municipality.id, Coding.response_id.in_(ids)
            )
        )
        moved += _rename(session, theme, new, of_these)
    if not moved:
        raise InvalidInput("split_nothing", "responses")
    told: dict[str, object] = {"into": new.title(), "codings": moved}
    record(session, theme, Change(ThemeChangeKind.SPLIT, before, told), by=by, now=now)
    session.expire_all()
    return new


def _lift(session: Session, theme: Theme, into: Theme) -> None:
    """Put what lies under ``theme`` under ``into``, which itself may have lain there."""
    above = into.parent
    while above is not None and above.id != theme.id:
        above = above.parent
    if above is not None:
        into.parent_id = theme.parent_id
    session.flush()
    narrower = select(Theme).where(
        Theme.municipality_id == theme.municipality_id,
        Theme.parent_id == theme.id,
        Theme.id != into.id,
    )
    for child in session.scalars(narrower):
        child.parent_id = into.id


def _move_codings(session: Session, theme: Theme, into: Theme) -> int:
    other = aliased(CodingTheme)
    both = exists().where(
        other.coding_id == CodingTheme.coding_id,
        other.polarity == CodingTheme.polarity,
        other.theme_id == into.id,
    )
    gone = session.execute(
        delete(CodingTheme)
        .where(CodingTheme.theme_id == theme.id, both)
        .execution_options(synchronize_session=False)
        .returning(CodingTheme.coding_id)
    ).all()
    return len(gone) + _rename(session, theme, into)


def _rename(session: Session, theme: Theme, into: Theme, *conditions: ColumnElement[bool]) -> int:
    """Let the codes be those of ``into``; none may stand in the same coding yet."""
    changed = session.execute(
        update(CodingTheme)
        .where(CodingTheme.theme_id == theme.id, *conditions)
        .values(theme_id=into.id)
        .execution_options(synchronize_session=False)
        .returning(CodingTheme.coding_id)
    )
    return len(changed.all())


def _move_suggestions(session: Session, theme: Theme, into: Theme) -> None:
    other = aliased(ThemeSuggestion)
    both = exists().where(
        other.response_id == ThemeSuggestion.response_id, other.theme_id == into.id
    )
    mine = ThemeSuggestion.theme_id == theme.id
    options = {"synchronize_session": False}
    session.execute(delete(ThemeSuggestion).where(mine, both).execution_options(**options))
    session.execute(
        update(ThemeSuggestion).where(mine).values(theme_id=into.id).execution_options(**options)
    )


def _batches(ids: Sequence[uuid.UUID]) -> list[Sequence[uuid.UUID]]:
    return [ids[i : i + _IDS_A_STATEMENT] for i in range(0, len(ids), _IDS_A_STATEMENT)]
