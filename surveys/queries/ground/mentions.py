"""Texts that staff have written and that name a place: a person must change them, no rule can."""

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from surveys.models.municipality import Municipality
from surveys.models.picture import Claim, ProblemArea, ProblemPicture
from surveys.models.place import NamedPlace
from surveys.models.plan import ActionPlan, Activity, Occasion
from surveys.models.promise import Promise, PromisePoint

_AROUND = 80  # characters before the name and after it begins


class Mentioning(enum.Enum):
    """What the text is of."""

    PICTURE = "picture"
    PROMISE = "promise"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class Mention:
    """A text: which picture, promise or plan it stands in, and the words around the name."""

    kind: Mentioning
    slug: str
    title: str
    text: str


def list_mentions(
    session: Session, municipality: Municipality, place: NamedPlace
) -> tuple[Mention, ...]:
    """Free texts of pictures, promises, activities and occasions that name the place.

    By its name and its other names, wherever they stand in a word: "Torgets" names Torget.
    """
    names = [name for name in (place.name, *(place.aliases or ())) if len(name) > 2]
    found: dict[Mention, None] = {}
    for kind, statement, columns in _texts(municipality):
        for row in session.execute(statement.where(or_(*_named(columns, names)))):
            texts = [text for text in row[2:] if text and _names(text, names)]
            found |= {Mention(kind, row[0], row[1], _around(text, names)): None for text in texts}
    return tuple(found)


def _texts(municipality: Municipality) -> Iterator[tuple[Mentioning, Any, list[Any]]]:
    """Address part, title and texts of all that is written, by what it is of."""
    picture = (ProblemArea.title, ProblemArea.text, ProblemArea.not_chosen_because, Claim.text)
    promise = (Promise.title, Promise.said, Promise.pledge, Promise.vision, Promise.follow_up_text)
    point = (
        PromisePoint.title, PromisePoint.text, PromisePoint.condition, PromisePoint.place_text,
        PromisePoint.status_reason,
    )  # fmt: skip
    plan = (ActionPlan.introduction, ActionPlan.evaluation_text, ActionPlan.followed_up_text)
    activity = (Activity.name, Activity.when_text, Activity.cancelled_because, Occasion.note)
    mine = municipality.id
    of_picture = (
        select(ProblemPicture.slug, ProblemPicture.title, *picture)
        .join(ProblemArea, ProblemArea.picture_id == ProblemPicture.id)
        .outerjoin(Claim, Claim.area_id == ProblemArea.id)
        .where(ProblemPicture.municipality_id == mine)
    )
    of_promise = select(Promise.slug, Promise.title, *promise).where(
        Promise.municipality_id == mine
    )
    of_point = (
        select(Promise.slug, Promise.title, *point)
        .join(PromisePoint, PromisePoint.promise_id == Promise.id)
        .where(Promise.municipality_id == mine)
    )
    of_plan = select(ActionPlan.slug, ActionPlan.title, *plan).where(
        ActionPlan.municipality_id == mine
    )
    of_activity = (
        select(ActionPlan.slug, ActionPlan.title, *activity)
        .join(Activity, Activity.plan_id == ActionPlan.id)
        .outerjoin(Occasion, Occasion.activity_id == Activity.id)
        .where(Activity.municipality_id == mine)
    )
    yield Mentioning.PICTURE, of_picture, list(picture)
    yield Mentioning.PROMISE, of_promise, list(promise)
    yield Mentioning.PROMISE, of_point, list(point)
    yield Mentioning.PLAN, of_plan, list(plan)
    yield Mentioning.PLAN, of_activity, list(activity)


def _named(columns: list[Any], names: list[str]) -> Iterator[ColumnElement[bool]]:
    # SQLite folds the case of a-z only, so that "ågatan" would not find "Ågatan": try both cases.
    spellings = {spelt for n in names for spelt in (n, n.lower(), n.upper(), n.capitalize())}
    for column in columns:
        for spelling in sorted(spellings):
            yield column.icontains(spelling, autoescape=True)


def _names(text: str, names: list[str]) -> bool:
    return any(name.casefold() in text.casefold() for name in names)


def _around(text: str, names: list[str]) -> str:
    """The text around the first name, on one line."""
    line = " ".join(text.split())
    at = min((line.casefold().find(n.casefold()) for n in names if _names(line, [n])), default=0)
    start, end = max(0, at - _AROUND), at + _AROUND
    return f"{'…' if start else ''}{line[start:end].strip()}{'…' if end < len(line) else ''}"
