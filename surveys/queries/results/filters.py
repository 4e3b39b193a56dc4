"""Which answers a figure is about: filters as they travel in an address and in frozen evidence."""

import enum
import re
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any, Self
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, Select, literal, select, type_coerce

from surveys.errors import InvalidInput
from surveys.models.coding import Coding, CodingTheme
from surveys.models.dialogue import Channel, Dialogue, DialogueEvent
from surveys.models.municipality import Municipality
from surveys.models.response import (
    AgeBand,
    Feeling,
    Gender,
    MarkedPlace,
    PlaceReason,
    Response,
    TimeOfDay,
)
from surveys.models.theme import Theme

POOLED = "alla"  # the municipalities of a joint dialogue together
_WEEK = re.compile(r"(\d{4})-W(\d{2})")


class AgeGroup:
    """Young, adult and old: the bands that each is made of."""

    YOUNG, ADULT, OLD = "unga", "vuxna", "aldre"


AGE_GROUPS: dict[str, tuple[AgeBand, ...]] = {
    AgeGroup.YOUNG: (AgeBand.UNDER_15, AgeBand.FROM_15_TO_24),
    AgeGroup.ADULT: (AgeBand.FROM_25_TO_44, AgeBand.FROM_45_TO_64),
    AgeGroup.OLD: (AgeBand.FROM_65_TO_79, AgeBand.FROM_80),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """Whole categories only; None: all. Values are the stored codes.

    ``age`` is a band's value or a group's; ``event`` and ``theme`` codes; ``week`` an ISO week
    ("2023-W31"); ``municipality`` a slug or POOLED, of a joint dialogue only.
    """

    channel: Channel | None = None
    language: str | None = None
    event: str | None = None
    age: str | None = None
    gender: Gender | None = None
    area: str | None = None
    week: str | None = None
    theme: str | None = None
    reason: PlaceReason | None = None
    time: TimeOfDay | None = None
    municipality: str | None = None

    def as_json(self) -> dict[str, str]:
        """What is set, as plain texts: for evidence, files and addresses."""
        set_ = ((field.name, getattr(self, field.name)) for field in fields(self))
        return {
            name: str(getattr(value, "value", value)) for name, value in set_ if value is not None
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """What ``as_json`` gave, as filters; raise InvalidInput for a value that does not exist."""
        enums = {"channel": Channel, "gender": Gender, "reason": PlaceReason, "time": TimeOfDay}
        values: dict[str, Any] = {}
        for field in fields(cls):
            raw = stored.get(field.name)
            if raw is None or raw == "":
                continue
            try:
                values[field.name] = enums[field.name](raw) if field.name in enums else str(raw)
            except ValueError:
                raise InvalidInput("unknown_filter", field.name) from None
        filters = cls(**values)
        filters.check()
        return filters

    def check(self) -> None:
        """Raise InvalidInput for an age or a week that there is none of."""
        if self.age is not None and not self.bands:
            raise InvalidInput("unknown_filter", "age")
        if self.week is not None:
            week_days(self.week)

    @property
    def key(self) -> str:
        """The filters as one text, the same for the same filters; "" for all answers."""
        return "&".join(f"{name}={value}" for name, value in sorted(self.as_json().items()))

    @property
    def of_respondents(self) -> dict[str, str]:
        """The filters that choose among respondents: all but the municipality."""
        return {name: value for name, value in self.as_json().items() if name != "municipality"}

    @property
    def bands(self) -> tuple[AgeBand, ...]:
        """The age bands that ``age`` stands for."""
        if self.age in AGE_GROUPS:
            return AGE_GROUPS[self.age]
        return tuple(band for band in AgeBand if band.value == self.age)

    def conditions(
        self, municipality: Municipality, dialogue: Dialogue
    ) -> tuple[ColumnElement[bool], ...]:
        """What a ``Response`` of ``municipality`` in ``dialogue`` must fulfil besides.

        An event of another dialogue, or a theme that is not in the codebook, leaves nobody.
        """
        chosen = (
            (self.channel, lambda: Response.channel == self.channel),
            (self.language, lambda: Response.language == self.language),
            (self.event, lambda: self._at_event(dialogue)),
            (self.age, lambda: Response.age_band.in_(self.bands)),
            (self.gender, lambda: Response.gender == self.gender),
            (self.area, lambda: Response.area == self.area),
            (self.week, self._in_week),
            (self.theme, lambda: Response.id.in_(self.with_theme(municipality, dialogue))),
            (self.reason, lambda: self._with_mark(municipality, dialogue, "reasons", self.reason)),
            (self.time, lambda: self._with_mark(municipality, dialogue, "times", self.time)),
        )
        return tuple(condition() for value, condition in chosen if value is not None)

    def _at_event(self, dialogue: Dialogue) -> ColumnElement[bool]:
        return Response.event_id.in_(
            select(DialogueEvent.id).where(
                DialogueEvent.code == self.event, DialogueEvent.dialogue_id == dialogue.id
            )
        )

    def _in_week(self) -> ColumnElement[bool]:
        first, last = week_days(self.week or "")
        return Response.answered_on.between(first, last)

    def with_theme(self, municipality: Municipality, dialogue: Dialogue) -> Select[UUID]:
        """The ids of those who said the theme, some of them more than once."""
        return (
            select(Coding.response_id)
            .join(CodingTheme)
            .join(Theme)
            .where(
                Coding.municipality_id == municipality.id,
                Coding.dialogue_id == dialogue.id,
                Coding.is_current.is_(True),
                Theme.municipality_id == municipality.id,
                Theme.code == self.theme,
            )
        )

    @staticmethod
    def _with_mark(
        municipality: Municipality, dialogue: Dialogue, column: str, member: enum.Enum | None
    ) -> ColumnElement[bool]:
        """Answers with a mark whose set ``column`` has the ``member``."""
        return Response.id.in_(
            select(MarkedPlace.response_id).where(
                MarkedPlace.municipality_id == municipality.id,
                MarkedPlace.dialogue_id == dialogue.id,
                MarkedPlace.is_counted.is_(True),
                MarkedPlace.feeling == Feeling.UNSAFE,
                _has_member(column, member),
            )
        )

    def of_marks(self) -> list[ColumnElement[bool]]:
        """What a ``MarkedPlace`` must fulfil: its own reason and time, not its respondent's."""
        asked = (("reasons", self.reason), ("times", self.time))
        return [_has_member(column, member) for column, member in asked if member is not None]


def _has_member(column: str, member: enum.Enum | None) -> ColumnElement[bool]:
    if member is None:
        return literal(True)
    bit = 1 << list(type(member)).index(member)
    return type_coerce(getattr(MarkedPlace, column), Integer).op("&")(bit) != 0


NO_FILTERS = Filters()


def iso_week(day: date) -> str:
    """The ISO week that ``day`` lies in, as "2023-W31"."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def week_days(week: str) -> tuple[date, date]:
    """Monday and Sunday of an ISO week; raise InvalidInput where there is no such week."""
    found = _WEEK.fullmatch(week)
    try:
        if found is None:
            raise ValueError
        monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
        return monday, monday + timedelta(days=6)
    except (ValueError, OverflowError):
        raise InvalidInput("unknown_filter", "week") from None
