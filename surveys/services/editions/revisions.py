"""Two editors at once: a change is made to the text as its writer saw it, or not at all.

Each form carries the revision that it was opened at. Whoever saves first raises it; the second one
is told what has changed, keeps what was typed, and saves again knowing it.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from surveys.errors import Conflict
from surveys.models.plan import ActionPlan
from surveys.models.promise import Promise
from surveys.queries.editions.approvals import Subject
from surveys.services.editions.approvals import end_review


class ChangedMeanwhile(Conflict):
    """Somebody else has saved since the form was opened; the text is now at ``revision``."""

    def __init__(self, revision: int) -> None:
        super().__init__("changed")
        self.revision = revision


def begin_change(
    session: Session, subject: Subject, revision: int | None = None, *, now: datetime
) -> None:
    """Hold ``subject`` until the transaction ends and give it its next revision.

    Raise ChangedMeanwhile where it is no longer at ``revision``; None asks for no check. Approvals
    of the text as it was are void from here on, and review of a plan that one party alone approves
    is to be asked for anew. Readers of a published promise or plan go on seeing its last edition
    until the change is approved and published.
    """
    session.refresh(subject, attribute_names=["revision"], with_for_update=True)
    if revision is not None and subject.revision != revision:
        raise ChangedMeanwhile(subject.revision)
    subject.revision += 1
    if isinstance(subject, ActionPlan) and not subject.is_joint:
        # Whoever asked for review has not read this change, and no other party will.
        end_review(subject)
    if isinstance(subject, Promise | ActionPlan) and subject.published_at is not None:
        subject.changing_since = subject.changing_since or now
