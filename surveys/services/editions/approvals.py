"""Writers of the way to readers: ask for review, approve for one's own party, comment.

A yes is given to one revision. Whoever changes the words afterwards makes it void, so that nothing
is published that a party has not seen. No party can say yes for another.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from surveys.drafts.approvals import CommentDraft
from surveys.errors import Conflict, InvalidInput, NotFound, PermissionDenied
from surveys.limits import MAX_SOURCE
from surveys.models.account import User
from surveys.models.approval import Approval, Comment, EditorialState
from surveys.models.municipality import Municipality
from surveys.models.picture import ProblemPicture
from surveys.queries.editions.approvals import (
    PartyApproval,
    Subject,
    list_party_approvals,
    of_subject,
    own_party,
    speaks_for,
    subject_key,
    view_editorial,
)
from surveys.queries.pictures.content import picture_content
from surveys.services.editions.input_rules import optional_text, required_text


class NotApproved(InvalidInput):
    """The text cannot be published yet; ``missing`` names each party that has not said yes."""

    def __init__(self, missing: tuple[PartyApproval, ...]) -> None:
        super().__init__("not_approved")
        self.missing = missing


def ask_for_review(session: Session, subject: Subject, account: User, *, now: datetime) -> None:
    """Say that the text is ready to be read by the other party. Asking twice changes nothing."""
    if subject.review_asked_at is not None:
        return
    subject.review_asked_at = now
    subject.review_asked_by, subject.review_asked_by_id = account.title, account.id
    session.flush()


def approve(
    session: Session,
    municipality: Municipality,
    subject: Subject,
    account: User,
    *,
    revision: int,
    now: datetime,
) -> Approval:
    """Say yes to ``revision`` for the party that the account speaks for.

    Raise PermissionDenied where it speaks for none of the parties, Conflict ``text_changed`` where
    the text is no longer at ``revision``, and InvalidInput ``no_review`` before review is asked
    for, or ``four_eyes`` where the text would then have been seen by one person only.
    """
    party = _party_of(municipality, subject, account)
    session.flush()
    # One yes after the other: two that come at once would each miss the other's.
    session.refresh(subject, attribute_names=["revision"], with_for_update=True)
    if subject.revision != revision:
        raise Conflict("text_changed")
    if subject.review_asked_at is None:
        raise InvalidInput("no_review")
    _check_four_eyes(session, municipality, subject, account, party)
    given = _given(session, subject, party)
    if given is not None:
        return given
    approval = Approval(
        municipality_id=subject.municipality_id,
        party=party.party,
        for_id=party.for_id,
        revision=revision,
        role=account.title,
        user_id=account.id,
        approved_at=now,
        content=_content(subject),
        **subject_key(subject),
    )
    return _kept(session, subject, party, approval)


def take_back_approval(
    session: Session, municipality: Municipality, subject: Subject, account: User
) -> None:
    """Take back what one's own party has said yes to; raise Conflict once it is published."""
    if view_editorial(session, municipality, subject).state is EditorialState.PUBLISHED:
        raise Conflict("published")
    party = _party_of(municipality, subject, account)
    session.execute(
        delete(Approval).where(
            of_subject(Approval, subject),
            Approval.party == party.party,
            Approval.for_id == party.for_id,
            Approval.revision == subject.revision,
        )
    )
    session.flush()


def require_approved(session: Session, municipality: Municipality, subject: Subject) -> None:
    """Raise NotApproved unless each party has said yes to the text as it stands."""
    parties = list_party_approvals(session, municipality, subject)
    missing = tuple(party for party in parties if not party.is_given)
    if missing:
        raise NotApproved(missing)


def end_review(subject: Subject) -> None:
    """After publishing, or when a text goes back to its writers: the next change begins anew."""
    subject.review_asked_at = subject.review_asked_by = subject.review_asked_by_id = None


def add_comment(
    session: Session,
    municipality: Municipality,
    subject: Subject,
    account: User,
    draft: CommentDraft,
    *,
    now: datetime,
) -> Comment:
    """Say something of the text, or of one of its sentences. Raise InvalidInput."""
    comment = Comment(
        municipality_id=subject.municipality_id,
        about=optional_text(draft.about, "about", MAX_SOURCE),
        text=required_text(draft.text, "text"),
        party=speaks_for(municipality, account),
        role=account.title,
        user_id=account.id,
        written_at=now,
        **subject_key(subject),
    )
    session.add(comment)
    session.flush()
    return comment


def settle_comment(
    session: Session, subject: Subject, comment_id: int, account: User, *, now: datetime
) -> Comment:
    """Mark a comment as seen to. Raise NotFound."""
    comment = session.scalar(
        select(Comment).where(of_subject(Comment, subject), Comment.id == comment_id)
    )
    if comment is None:
        raise NotFound(str(comment_id))
    if comment.settled_at is None:
        comment.settled_at, comment.settled_by = now, account.title
        session.flush()
    return comment


def _party_of(municipality: Municipality, subject: Subject, account: User) -> PartyApproval:
    """The needed party that the account speaks for; PermissionDenied where there is none."""
    party = own_party(municipality, subject, account)
    if party is None:
        raise PermissionDenied("approve")
    return party


def _check_four_eyes(
    session: Session,
    municipality: Municipality,
    subject: Subject,
    account: User,
    party: PartyApproval,
) -> None:
    """Somebody else than the first reader has to have seen the text once all have said yes."""
    others = [
        other
        for other in list_party_approvals(session, municipality, subject)
        if (other.party, other.for_id) != (party.party, party.for_id)
    ]
    if any(other.is_given and other.user_id == account.id for other in others):
        raise InvalidInput("four_eyes")
    if not others and subject.review_asked_by_id == account.id:
        raise InvalidInput("four_eyes")


def _kept(session: Session, subject: Subject, party: PartyApproval, approval: Approval) -> Approval:
    try:
        with session.begin_nested():
            session.add(approval)
    except IntegrityError as error:  # pressed twice at the same moment
        kept = _given(session, subject, party)
        if kept is None:  # by one person, for two parties
            raise InvalidInput("four_eyes") from error
        return kept
    return approval


def _given(session: Session, subject: Subject, party: PartyApproval) -> Approval | None:
    return session.scalar(
        select(Approval).where(
            of_subject(Approval, subject),
            Approval.party == party.party,
            Approval.for_id == party.for_id,
            Approval.revision == subject.revision,
        )
    )


def _content(subject: Subject) -> dict[str, Any]:
    """What is approved, so that the party can later see what was changed; {} where none is kept."""
    return picture_content(subject) if isinstance(subject, ProblemPicture) else {}
