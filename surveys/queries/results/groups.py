"""What answers can be split by: the columns of a crossed table."""

import enum
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import SQLColumnExpression, String, literal, select
from sqlalchemy.orm import Session

from surveys.models.dialogue import Channel, Dialogue
from surveys.models.geography import Area, AreaKind
from surveys.models.municipality import Municipality
from surveys.models.response import AgeBand, Gender, Response
from surveys.models.theme import Theme
from surveys.queries.results.filters import AGE_GROUPS, iso_week

NOT_STATED = "*none"  # a background question left out, an answer without a day or an occasion
ALL = ""  # the column of everybody


class Group(enum.Enum):
    """A way to split answers. MUNICIPALITY is for joint dialogues."""

    GENDER = "gender"
    AGE_GROUP = "age_group"
    AGE_BAND = "age_band"
    AREA = "area"  # as the respondent said
    CHANNEL = "channel"
    LANGUAGE = "language"
    EVENT = "event"
    WEEK = "week"
    THEME = "theme"  # one answer may have several
    DESO = "deso"  # where the marks lie: for places only
    REGSO = "regso"
    DISTRICT = "district"
    MUNICIPALITY = "municipality"


MARK_AREAS: dict[Group | None, AreaKind] = {
    Group.DESO: AreaKind.DESO,
    Group.REGSO: AreaKind.REGSO,
    Group.DISTRICT: AreaKind.DISTRICT,
}
# One respondent may stand in several columns of these, so that columns do not add up.
OVERLAPPING = frozenset({Group.THEME, *(group for group in MARK_AREAS if group)})
BY_AGE = frozenset({Group.AGE_BAND, Group.AGE_GROUP})


def column_of(by: Group | None) -> SQLColumnExpression[Any]:
    """The column of ``Response`` that ``by`` reads; a constant for everybody."""
    columns: dict[Group | None, SQLColumnExpression[Any]] = {
        Group.GENDER: Response.gender,
        Group.AGE_BAND: Response.age_band,
        Group.AGE_GROUP: Response.age_band,
        Group.AREA: Response.area,
        Group.CHANNEL: Response.channel,
        Group.LANGUAGE: Response.language,
        Group.EVENT: Response.event_id,
        Group.WEEK: Response.answered_on,
    }
    return columns.get(by, literal(ALL, String))


def key_of(by: Group | None, value: object) -> str:
    """A stored value as the key of its column."""
    if by is None:
        return ALL
    if value is None or value == "":
        return NOT_STATED
    if isinstance(value, date):
        return iso_week(value)
    return str(value.value if isinstance(value, enum.Enum) else value)


def order_columns(
    session: Session, municipality: Municipality, dialogue: Dialogue, by: Group, keys: Iterable[str]
) -> list[tuple[str, str | None]]:
    """The columns with these keys in their usual order, with a title where data has one.

    The page words the others: bands, genders, channels, languages and weeks.
    """
    titles: dict[str, str | None] = dict(_titled(session, municipality, dialogue, by))
    known = [key for key in titles if key in set(keys)]
    rest = sorted(key for key in keys if key not in titles and key != NOT_STATED)
    last = [NOT_STATED] if NOT_STATED in set(keys) else []
    return [(key, titles.get(key)) for key in [*known, *rest, *last]]


def _titled(
    session: Session, municipality: Municipality, dialogue: Dialogue, by: Group
) -> list[tuple[str, str | None]]:
    fixed: dict[Group, list[str]] = {
        Group.GENDER: [member.value for member in Gender],
        Group.AGE_BAND: [member.value for member in AgeBand],
        Group.AGE_GROUP: list(AGE_GROUPS),
        Group.CHANNEL: [member.value for member in Channel],
    }
    if by in fixed:
        return [(key, None) for key in fixed[by]]
    if by is Group.EVENT:
        return [(event.code, event.title) for event in dialogue.events]
    if by is Group.THEME:
        themes = session.scalars(
            select(Theme)
            .where(Theme.municipality_id == municipality.id)
            .order_by(Theme.position, Theme.id)
        )
        return [(theme.code, theme.title()) for theme in themes]
    if by in MARK_AREAS:
        areas = session.execute(
            select(Area.code, Area.name)
            .where(Area.municipality_id == municipality.id, Area.kind == MARK_AREAS[by])
            .order_by(Area.name, Area.code)
        )
        return [(code, name) for code, name in areas]
    return []
