"""What a dialogue's tables can be made of: measures, splits and the values of filters."""

from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from surveys.models.coding import Coding
from surveys.models.dialogue import Dialogue
from surveys.models.geography import Area, AreaKind
from surveys.models.municipality import Municipality
from surveys.models.response import AgeBand, Gender, PlaceReason, TimeOfDay
from surveys.models.theme import Theme
from surveys.queries.results.filters import AGE_GROUPS, POOLED, Filters
from surveys.queries.results.groups import MARK_AREAS, NOT_STATED, Group, order_columns
from surveys.queries.results.tallies import Scope, tally_sizes

_PLAIN = (Group.GENDER, Group.AGE_GROUP, Group.AGE_BAND)
_PRESENT = {
    "channel": Group.CHANNEL,
    "language": Group.LANGUAGE,
    "event": Group.EVENT,
    "area": Group.AREA,
    "week": Group.WEEK,
}

Values = tuple[tuple[str, str | None], ...]  # a stored value, and its title where data has one


@dataclass(frozen=True, slots=True)
class TableChoices:
    """``questions`` are (key, wording); ``values`` what each filter may be, by its name."""

    questions: tuple[tuple[str, str], ...]
    measures: tuple[str, ...]  # besides the questions
    groups: tuple[Group, ...]
    values: dict[str, Values]


def list_choices(
    session: Session, municipality: Municipality, dialogue: Dialogue, *, language: str = "sv"
) -> TableChoices:
    """What ``municipality`` can ask of its answers to ``dialogue``."""
    scope = Scope(municipality, dialogue, Filters())
    values: dict[str, Values] = {}
    groups = list(_PLAIN)
    for name, group in _PRESENT.items():
        keys = [key for key in tally_sizes(session, scope, group) if key != NOT_STATED]
        if keys:
            values[name] = tuple(order_columns(session, municipality, dialogue, group, keys))
            groups.append(group)
    values["gender"] = tuple((gender.value, None) for gender in Gender)
    bands = (band.value for band in AgeBand)
    values["age"] = tuple((key, None) for key in (*AGE_GROUPS, *bands))
    values |= _of_marks()
    has_codings = _has_codings(session, municipality, dialogue)
    if has_codings:
        codes = _theme_codes(session, municipality)
        values["theme"] = tuple(order_columns(session, municipality, dialogue, Group.THEME, codes))
        groups.append(Group.THEME)
    groups += _mark_areas(session, municipality)
    if len(dialogue.municipalities) > 1:
        values["municipality"] = (
            (POOLED, None),
            *((member.slug, member.name) for member in dialogue.municipalities),
        )
        groups.append(Group.MUNICIPALITY)
    themes = ("problems", "wishes") if has_codings else ()
    return TableChoices(
        questions=tuple((f"q{q.position}", q.text(language)) for q in dialogue.questions),
        measures=(*themes, "reasons", "times", "seasons", "place_kinds"),
        groups=tuple(groups),
        values=values,
    )


def list_map_choices(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> dict[str, Values]:
    """What a map of a part of ``municipality``'s marks can be a part of, by filter."""
    scope = Scope(municipality, dialogue, Filters())
    values = _of_marks()
    for name in ("event", "channel"):
        group = _PRESENT[name]
        keys = [key for key in tally_sizes(session, scope, group) if key != NOT_STATED]
        if keys:
            values[name] = tuple(order_columns(session, municipality, dialogue, group, keys))
    if _has_codings(session, municipality, dialogue):
        codes = _theme_codes(session, municipality)
        values["theme"] = tuple(order_columns(session, municipality, dialogue, Group.THEME, codes))
    return values


def _of_marks() -> dict[str, Values]:
    return {
        "reason": tuple((reason.value, None) for reason in PlaceReason),
        "time": tuple((time.value, None) for time in TimeOfDay),
    }


def _has_codings(session: Session, municipality: Municipality, dialogue: Dialogue) -> bool:
    coded = exists().where(
        Coding.municipality_id == municipality.id,
        Coding.dialogue_id == dialogue.id,
        Coding.is_current.is_(True),
    )
    return bool(session.scalar(select(coded)))


def _theme_codes(session: Session, municipality: Municipality) -> list[str]:
    """The codes of the codebook that are in use."""
    statement = select(Theme.code).where(
        Theme.municipality_id == municipality.id, Theme.retired_at.is_(None)
    )
    return list(session.scalars(statement))


def _mark_areas(session: Session, municipality: Municipality) -> list[Group]:
    kinds = set(
        session.scalars(select(Area.kind).where(Area.municipality_id == municipality.id).distinct())
    )
    return [group for group, kind in MARK_AREAS.items() if group and AreaKind(kind) in kinds]
