"""Many counted answers at once, by what was answered and by who answered."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from maps.places import Precision
from surveys.models.dialogue import Dialogue
from surveys.models.response import Gender, MarkedPlace, PlaceReason, Response
from surveys.services.dialogues.counts import count_responses
from tests.factories.dialogues import make_response


def give(
    session: Session,
    dialogue: Dialogue,
    times: int = 1,
    *,
    q1: str | None = None,
    q2: str | None = None,
    q3: str | None = None,
    reasons: frozenset[PlaceReason] = frozenset(),
    **values: Any,
) -> list[Response]:
    """``times`` respondents with the same answers; ``values`` are columns of ``Response``."""
    answers = {
        position: pair
        for position, pair in {1: (q1, None), 2: (q2, None), 3: (None, q3)}.items()
        if any(pair)
    }
    made = []
    for _ in range(times):
        marks = [MarkedPlace(reasons=reasons, precision=Precision.DISTRICT)] if reasons else []
        for mark in marks:
            mark.municipality_id = values.get("municipality_id", dialogue.municipality_id)
        made.append(make_response(session, dialogue, answers, marks, **values))
    count_responses(session, ((response, 1) for response in made))
    return made


def give_by_gender(
    session: Session, dialogue: Dialogue, counts: Mapping[Gender | None, Mapping[str | None, int]]
) -> None:
    """Answers to the first question: {gender: {value: respondents}}."""
    for gender, by_value in counts.items():
        for value, times in by_value.items():
            give(session, dialogue, times, q1=value, gender=gender)
