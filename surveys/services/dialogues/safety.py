"""The safety queue: answers that a person must read soon, and what was done about each.

A flag says nothing about anybody: kinds, days, and roles. What is done about a case is done and
written down outside this system.
"""

import uuid
from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from surveys.days import swedish_day
from surveys.errors import InvalidInput, NotFound
from surveys.limits import MAX_SHORT
from surveys.models.municipality import Municipality
from surveys.models.response import Response
from surveys.models.safety import SafetyFlag, SafetyKind, SafetyState
from surveys.services.texts.unmasking import AnswerAddress
from surveys.text.safety import find_safety_signs


def find_kinds(texts: Iterable[str | None]) -> frozenset[SafetyKind]:
    """Why a person should read an answer with these words soon."""
    signs = (find_safety_signs(text) for text in texts if text)
    return frozenset(SafetyKind(sign) for found in signs for sign in found)


def flag_new(session: Session, response: Response) -> SafetyFlag | None:
    """Put a response that has just been stored into the queue where its words ask for it."""
    words = [answer.text for answer in response.answers]
    kinds = find_kinds([*words, *(place.words for place in response.places)])
    if not kinds:
        return None
    flag = SafetyFlag(
        municipality_id=response.municipality_id,
        dialogue_id=response.dialogue_id,
        response_id=response.id,
        kinds=kinds,
        raised_on=response.answered_on,
    )
    session.add(flag)
    session.flush()
    return flag


def flag_imported(
    session: Session, rows: Iterable[tuple[dict[str, object], frozenset[SafetyKind]]], day: date
) -> None:
    """The same for rows of an import: (owner and response id, kinds); seen on ``day``."""
    flags = [owner | {"kinds": kinds, "raised_on": day} for owner, kinds in rows if kinds]
    if flags:
        session.execute(insert(SafetyFlag), flags)


def raise_flag(
    session: Session,
    municipality: Municipality,
    address: AnswerAddress,
    kinds: frozenset[SafetyKind],
    *,
    by: str,
    now: datetime,
) -> SafetyFlag:
    """Put an answer into the queue because a person says so; one that is there is opened again.

    Raise InvalidInput without any kind, NotFound.
    """
    if not kinds:
        raise InvalidInput("required", "kinds")
    response = session.scalar(
        select(Response)
        .where(
            Response.municipality_id == municipality.id,
            Response.dialogue_id == address.dialogue.id,
            Response.id == address.response_id,
        )
        .with_for_update()
    )
    if response is None:
        raise NotFound("answer")
    flag = session.scalar(
        select(SafetyFlag).where(
            SafetyFlag.municipality_id == municipality.id, SafetyFlag.response_id == response.id
        )
    )
    if flag is None:
        flag = SafetyFlag(
            municipality_id=municipality.id,
            dialogue_id=address.dialogue.id,
            response_id=response.id,
            kinds=kinds,
        )
        session.add(flag)
    flag.kinds = flag.kinds | kinds
    flag.raised_on, flag.raised_by = swedish_day(now), by
    flag.state = SafetyState.OPEN
    flag.routed_to = flag.closed_on = flag.closed_by = None
    session.flush()
    return flag


def close_flag(
    session: Session,
    municipality: Municipality,
    flag_id: uuid.UUID,
    routed_to: str | None,
    *,
    by: str,
    now: datetime,
) -> SafetyFlag:
    """Say that the answer was told on to the function ``routed_to``, or None: nothing to do.

    The first decision stands. Raise NotFound, InvalidInput ``required`` and ``too_long``.
    """
    flag = session.scalar(
        select(SafetyFlag)
        .where(SafetyFlag.municipality_id == municipality.id, SafetyFlag.id == flag_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if flag is None:
        raise NotFound("flag")
    if flag.state is not SafetyState.OPEN:
        return flag
    told = None if routed_to is None else " ".join(routed_to.split())
    if told == "":
        raise InvalidInput("required", "routed_to")
    if told is not None and len(told) > MAX_SHORT:
        raise InvalidInput("too_long", "routed_to")
    flag.state = SafetyState.NO_ACTION if told is None else SafetyState.ROUTED
    flag.routed_to, flag.closed_on, flag.closed_by = told, swedish_day(now), by
    session.flush()
    return flag
