"""Who has to say yes to a text before readers get it, and who has."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from surveys.limits import MAX_SOURCE
from surveys.models.account import User
from surveys.models.approval import Approval, Comment, EditorialState
from surveys.models.document_edition import DocumentEdition
from surveys.models.municipality import Municipality
from surveys.models.party import Party
from surveys.models.picture import ProblemPicture
from surveys.models.plan import ActionPlan
from surveys.models.promise import Promise
from surveys.permissions import Permission, StaffRole

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


def own_party(municipality: Municipality, subject: Subject, account: User) -> PartyApproval | None:
    """The needed party that ``account`` may say yes for; None where it speaks for none of them."""
    if not account.can(Permission.APPROVE, municipality):
        return None
    own = speaks_for(municipality, account)
    for party in needed_parties(municipality, subject):
        if party.party is own and (own is Party.POLICE or party.for_id == municipality.id):
            return party
    return None


def speaks_for(municipality: Municipality, account: User) -> Party:
    """The party that an account belongs to in ``municipality``."""
    membership = account.membership_in(municipality)
    if membership is not None and membership.role is StaffRole.POLICE:
        return Party.POLICE
    return Party.MUNICIPALITY


def list_sentences(subject: Subject) -> tuple[str, ...]:
    """What a comment may be about, in order: each sentence, point or activity in its own words.

    At most ``MAX_SOURCE`` characters of each, which is what a comment keeps.
    """
    return tuple(dict.fromkeys(text[:MAX_SOURCE] for text in _sentences(subject) if text))


def _sentences(subject: Subject) -> list[str]:
    if isinstance(subject, ProblemPicture):
        found = [subject.title, subject.summary]
        for area in subject.areas:
            found += [area.title, area.text, *(claim.text for claim in area.claims)]
        return found
    if isinstance(subject, Promise):
        return [subject.title, subject.pledge, *(point.title for point in subject.points)]
    areas = [area.name for area in subject.areas]
    return [subject.title, *areas, *(activity.name for activity in subject.activities)]


def subject_key(subject: Subject) -> dict[str, int]:
    """The column of ``subject`` in tables whose rows belong to a text of any kind, and its id."""
    if isinstance(subject, ProblemPicture):
        return {"picture_id": subject.id}
    if isinstance(subject, Promise):
        return {"promise_id": subject.id}
    return {"plan_id": subject.id}


def of_subject(
    table: type[Approval | Comment | DocumentEdition], subject: Subject
) -> ColumnElement[bool]:
    """The condition that a row of ``table`` belongs to ``subject``."""
    [(column, id_)] = subject_key(subject).items()
    condition: ColumnElement[bool] = getattr(table, column) == id_
    return condition


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
    is_changing = getattr(subject, "changing_since", None) is not None
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
