"""Coding answers: one coder's reading is stored once, and never over what another has said."""

import uuid
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from surveys.days import swedish_day
from surveys.drafts.coding import Codes, CodingDraft
from surveys.errors import Conflict, InvalidInput, NotFound
from surveys.models.account import User
from surveys.models.coding import Coding, CodingPurpose, CodingTheme
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.models.response import Response
from surveys.models.theme import Polarity, Theme
from surveys.queries.texts.coding import codes_of, fingerprint, is_in_sample, shown_coding


def save_coding(
    session: Session,
    municipality: Municipality,
    dialogue: Dialogue,
    account: User,
    draft: CodingDraft,
    *,
    now: datetime,
) -> Coding:
    """Store what ``account`` says of an answer; sent twice it is stored once.

    In a sample the coding stands beside the others, and the first is the one that counts. Else it
    takes the place of the one that was shown, which is kept. Raises Conflict where somebody has
    coded the answer since it was shown, InvalidInput, NotFound.
    """
    response = lock_response(session, municipality, dialogue, draft.response_id)
    codes = checked_codes(session, municipality, draft.codes)
    drawn = is_in_sample(session, municipality, response.id)
    shown = shown_coding(session, response.id, account, drawn)
    is_own = shown is not None and shown.coder_id == account.id
    if shown is not None and is_own and codes_of(shown) == codes:
        return shown
    if fingerprint(shown) != draft.base:
        raise Conflict("coding")
    codings = list_codings(session, response.id)
    own = next((c for c in codings if is_of(c, account, CodingPurpose.CODED)), None)
    if own is None:
        own = Coding(
            municipality_id=municipality.id,
            dialogue_id=dialogue.id,
            response_id=response.id,
            coder_id=account.id,
            saw_suggestions=False,
            is_current=False,
        )
    own.coder_title, own.coded_on = account.title, swedish_day(now)
    session.add(own)
    write_codes(own, codes)
    # What has been seen cannot be unseen.
    own.saw_suggestions = own.saw_suggestions or draft.saw_suggestions
    if not drawn or not any(c.is_current for c in codings):
        make_current(own, codings)
    session.flush()
    return own


def undo_coding(
    session: Session,
    municipality: Municipality,
    dialogue: Dialogue,
    account: User,
    response_id: uuid.UUID,
) -> bool:
    """Take the account's own coding away; what counted before it counts again.

    Returns whether there was one. What has been settled stays. Raises NotFound.
    """
    response = lock_response(session, municipality, dialogue, response_id)
    codings = list_codings(session, response.id)
    own = next((c for c in codings if is_of(c, account, CodingPurpose.CODED)), None)
    if own is None:
        return False
    rest = [coding for coding in codings if coding is not own]
    session.delete(own)
    if own.is_current and rest:
        make_current(max(rest, key=_counts_before), rest)
    session.flush()
    return True


def settle_coding(
    session: Session,
    municipality: Municipality,
    dialogue: Dialogue,
    account: User,
    draft: CodingDraft,
    *,
    now: datetime,
) -> Coding:
    """Store what coders who differed have agreed upon: from then on it is what counts.

    ``draft.base`` is the fingerprint of an earlier settling. Raises Conflict, InvalidInput,
    NotFound.
    """
    response = lock_response(session, municipality, dialogue, draft.response_id)
    codes = checked_codes(session, municipality, draft.codes)
    codings = list_codings(session, response.id)
    settled = next((c for c in codings if c.purpose is CodingPurpose.SETTLED), None)
    if settled is not None and codes_of(settled) == codes:
        return settled
    if fingerprint(settled) != draft.base:
        raise Conflict("coding")
    if settled is None:
        settled = Coding(
            municipality_id=municipality.id,
            dialogue_id=dialogue.id,
            response_id=response.id,
            purpose=CodingPurpose.SETTLED,
            saw_suggestions=draft.saw_suggestions,
            is_current=False,
        )
    settled.coder_id, settled.coder_title = account.id, account.title
    settled.coded_on = swedish_day(now)
    session.add(settled)
    write_codes(settled, codes)
    make_current(settled, codings)
    session.flush()
    return settled


def lock_response(
    session: Session, municipality: Municipality, dialogue: Dialogue, response_id: uuid.UUID
) -> Response:
    """The counted response, kept from others who code it at the same moment; raise NotFound."""
    statement = (
        select(Response)
        .where(
            Response.municipality_id == municipality.id,
            Response.dialogue_id == dialogue.id,
            Response.id == response_id,
            Response.is_counted.is_(True),
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    response = session.scalar(statement)
    if response is None:
        raise NotFound("no such answer to code")
    return response


def checked_codes(session: Session, municipality: Municipality, codes: Codes) -> Codes:
    """``codes`` with a theme for nothing on one axis only; raise InvalidInput.

    At least one theme, all of them in use, and "no theme" never beside another.
    """
    if not codes:
        raise InvalidInput("coding_empty", "codes")
    ids = {theme_id for theme_id, _axis in codes}
    statement = select(Theme).where(
        Theme.municipality_id == municipality.id, Theme.id.in_(ids), Theme.retired_at.is_(None)
    )
    themes = {theme.id: theme for theme in session.scalars(statement)}
    if themes.keys() != ids:
        raise InvalidInput("theme_retired", "codes")
    exclusive = {theme.id for theme in themes.values() if theme.is_exclusive}
    if exclusive and len(ids) > 1:
        raise InvalidInput("theme_alone", "codes")
    return frozenset((i, Polarity.PROBLEM if i in exclusive else axis) for i, axis in codes)


def list_codings(session: Session, response_id: uuid.UUID) -> list[Coding]:
    """All readings of a response, its themes with them."""
    statement = (
        select(Coding).where(Coding.response_id == response_id).options(selectinload(Coding.themes))
    )
    return list(session.scalars(statement))


def is_of(coding: Coding, account: User, purpose: CodingPurpose) -> bool:
    """Whether ``account`` made the coding for that purpose."""
    return coding.coder_id == account.id and coding.purpose is purpose


def write_codes(coding: Coding, codes: Codes) -> None:
    """Let the coding say ``codes``; rows that are right already are left alone."""
    kept = [c for c in coding.themes if (c.theme_id, c.polarity) in codes]
    there = {(c.theme_id, c.polarity) for c in kept}
    new = sorted(codes - there, key=lambda code: (code[0], code[1].value))
    coding.themes = kept + [CodingTheme(theme_id=i, polarity=axis) for i, axis in new]


def make_current(coding: Coding, others: list[Coding]) -> None:
    """Let ``coding`` be the one that counts."""
    for other in others:
        other.is_current = False
    coding.is_current = True


def _counts_before(coding: Coding) -> tuple[bool, bool, str]:
    """What goes before what where the one that counted is gone: settled, a person's, the latest."""
    is_person = coding.purpose is CodingPurpose.CODED
    return coding.purpose is CodingPurpose.SETTLED, is_person, coding.coded_on.isoformat()
