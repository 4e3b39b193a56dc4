"""Who has to say yes to a text before readers get it, and who has."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from surveys.models.approval import Approval, Comment, EditorialState
from surveys.models.municipality import Municipality
from surveys.models.party import Party
from surveys.models.picture import ProblemPicture
from surveys.models.plan import ActionPlan
from surveys.models.promise import Promise

Subject = ProblemPicture | Promise | ActionPlan
"""What parties approve."""


@dataclass(frozen=True, slots=True)
class PartyApproval:
    """One party's part: ``role`` and ``approved_at`` are None until it has said yes.

    ``is_void`` tells that it had said yes to the text as it was before the last change.
    """

    party: Party
    for_id: int
    name: str  # the municipality or the police area
    role: str | None = None
    user_id: int | None = None
    approved_at: datetime | None = None
    is_void: bool = False

    @property
    def is_given(self) -> bool:
        return self.approved_at is not None and not self.is_void


@dataclass(frozen=True, slots=True)
class CommentView:
    """One comment, as staff of the parties see it."""

    id: int
    about: str | None
    text: str
    party: Party
    role: str
    written_at: datetime
    settled_at: datetime | None
    settled_by: str | None


@dataclass(frozen=True, slots=True)
class EditorialView:
    """How far a text has come on its way to readers."""

    state: EditorialState
    revision: int
    review_asked_at: datetime | None
    review_asked_by: str | None
    parties: tuple[PartyApproval, ...]
    comments: tuple[CommentView, ...]

    @property
    def missing(self) -> tuple[PartyApproval, ...]:
        return tuple(party for party in self.parties if not party.is_given)

    @property
    def open_comments(self) -> tuple[CommentView, ...]:
        return tuple(comment for comment in self.comments if comment.settled_at is None)


def view_editorial(session: Session, municipality: Municipality, subject: Subject) -> EditorialView:
    """The state of ``subject``, whose registering or giving municipality has been checked."""
    parties = list_party_approvals(session, municipality, subject)
    return EditorialView(
        state=_state(subject, parties),
        revision=subject.revision,
        review_asked_at=subject.review_asked_at,
        review_asked_by=subject.review_asked_by,
        parties=parties,
        comments=_comments(session, subject),
    )


def list_party_approvals(
    session: Session, municipality: Municipality, subject: Subject
) -> tuple[PartyApproval, ...]:
    """Each party that has to approve ``subject``, with its latest yes if it has given one."""
    latest: dict[tuple[Party, int], Approval] = {}
    statement = select(Approval).where(of_subject(Approval, subject)).order_by(Approval.revision)
    for approval in session.scalars(statement):
        latest[(approval.party, approval.for_id)] = approval
    return tuple(
        _with_approval(party, latest.get((party.party, party.for_id)), subject.revision)
        for party in needed_parties(municipality, subject)
    )


def needed_parties(municipality: Municipality, subject: Subject) -> tuple[PartyApproval, ...]:
    """Who has to approve: the police, and each municipality that the text speaks for.

    A plan of the municipality alone is approved by it alone.
    """
    if isinstance(subject, Promise):
        giving = sorted((party.municipality for party in subject.parties), key=lambda m: m.name)
        police = PartyApproval(Party.POLICE, subject.municipality_id, subject.police_area.name)
        return (police, *map(_municipal, giving))
    own = _municipal(subject.municipality)
    if isinstance(subject, ActionPlan) and not subject.is_joint:
        return (own,)
    areas = ", ".join(area.name for area in municipality.police_areas)
    return (PartyApproval(Party.POLICE, subject.municipality_id, areas), own)


def of_subject(table: type[Approval] | type[Comment], subject: Subject) -> ColumnElement[bool]:
    """The condition that a row of ``table`` belongs to ``subject``."""
    if isinstance(subject, ProblemPicture):
        return table.picture_id == subject.id
    if isinstance(subject, Promise):
        return table.promise_id == subject.id
    return table.plan_id == subject.id


def _municipal(municipality: Municipality) -> PartyApproval:
    return PartyApproval(Party.MUNICIPALITY, municipality.id, municipality.official_name)


def _with_approval(party: PartyApproval, approval: Approval | None, revision: int) -> PartyApproval:
    if approval is None:
        return party
    return PartyApproval(
        party=party.party,
        for_id=party.for_id,
        name=party.name,
        role=approval.role,
        user_id=approval.user_id,
        approved_at=approval.approved_at,
        is_void=approval.revision != revision,
    )


def _state(subject: Subject, parties: tuple[PartyApproval, ...]) -> EditorialState:
    is_changing = isinstance(subject, Promise) and subject.changing_since is not None
    if subject.published_at is not None and not is_changing:
        return EditorialState.PUBLISHED
    if subject.review_asked_at is None:
        return EditorialState.DRAFT
    if all(party.is_given for party in parties):
        return EditorialState.APPROVED
    return EditorialState.REVIEW


def _comments(session: Session, subject: Subject) -> tuple[CommentView, ...]:
    statement = select(Comment).where(of_subject(Comment, subject)).order_by(Comment.id)
    return tuple(
        CommentView(
            id=row.id,
            about=row.about,
            text=row.text,
            party=row.party,
            role=row.role,
            written_at=row.written_at,
            settled_at=row.settled_at,
            settled_by=row.settled_by,
        )
        for row in session.scalars(statement)
    )
