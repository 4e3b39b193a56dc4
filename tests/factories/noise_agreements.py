"""Another municipality's approvals, editions, bodies, owners, mail and imports, for ``noise``."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from surveys.models.approval import Approval, Comment
from surveys.models.body import Body, BodyKind, BodyMeeting
from surveys.models.consistency import ConsistencyNote
from surveys.models.document_edition import DocumentEdition, EditionFile
from surveys.models.evidence import Clearance, Evidence
from surveys.models.judgement import CarryOver, Judgement, Verdict
from surveys.models.mail import OutgoingMail, Reminder, ReminderKind, Subscription
from surveys.models.owner import Owner
from surveys.models.party import Party
from surveys.models.picture import MissedMonth, PictureSource, ProblemPicture, SituationCadence
from surveys.models.plan import ActionPlan, Activity, ActivityCheck
from surveys.models.plan_import import PlanImport
from surveys.models.promise import Promise
from surveys.queries.pictures.content import picture_content
from surveys.queries.plans.content import plan_content
from surveys.queries.promises.content import promise_content
from tests.factories.municipalities import CREATED_AT, make_account

NOISE_DAY = date(2023, 3, 1)
NOISE_EMAIL = "brus@hagfors.example"


def add_noise_editorial(
    session: Session, subject: ProblemPicture | Promise | ActionPlan, text: str
) -> None:
    """A yes, a comment, an edition and a file of it."""
    account = make_account(
        session,
        subject.municipality,
        email=f"brus-{type(subject).__name__.lower()}-{subject.id}@x.example",
    )
    keys = {ProblemPicture: "picture_id", Promise: "promise_id", ActionPlan: "plan_id"}
    of = {"municipality_id": subject.municipality_id, keys[type(subject)]: subject.id}
    edition = DocumentEdition(
        number=1, content=_content(session, subject), content_hash="0" * 64, approvals=[],
        published_at=CREATED_AT, published_by=text, **of,
        files=[
            EditionFile(
                municipality_id=subject.municipality_id, kommun_id=subject.municipality_id,
                format="pdf", content=text.encode(), n_bytes=1, sha256="0" * 64,
                made_at=CREATED_AT,
            )
        ],
    )  # fmt: skip
    approval = Approval(
        party=Party.MUNICIPALITY, for_id=subject.municipality_id, revision=1, role=text,
        user_id=account.id, approved_at=CREATED_AT, **of,
    )  # fmt: skip
    comment = Comment(
        text=text, party=Party.MUNICIPALITY, role=text, user_id=account.id,
        written_at=CREATED_AT, **of,
    )  # fmt: skip
    session.add_all([edition, approval, comment])
    session.flush()


def _content(session: Session, subject: ProblemPicture | Promise | ActionPlan) -> dict[str, Any]:
    if isinstance(subject, ActionPlan):
        return plan_content(subject)
    if isinstance(subject, Promise):
        return promise_content(session, subject, NOISE_DAY)
    return picture_content(subject)


def add_noise_work(session: Session, activity: Activity, text: str) -> None:
    """A body that meets, an owner who is reminded, a check, an import, a contradiction, mail."""
    of = {"municipality_id": activity.municipality_id}
    owner = Owner(party=Party.POLICE, title=text, email=NOISE_EMAIL, created_at=CREATED_AT, **of)
    body = Body(
        name="Lokalt BRÅ", kind=BodyKind.COUNCIL, task=text, created_at=CREATED_AT,
        meetings=[BodyMeeting(held_on=NOISE_DAY, is_public=True, note=text, **of)], **of,
    )  # fmt: skip
    session.add_all([owner, body])
    session.flush()
    activity.owner_id = owner.id
    session.add_all(
        [
            ActivityCheck(
                activity_id=activity.id, checked_on=NOISE_DAY, note=text, checked_by=text,
                created_at=CREATED_AT, **of,
            ),
            Reminder(
                about="activity:1", due_on=NOISE_DAY, kind=ReminderKind.BEFORE,
                owner_id=owner.id, sent_at=CREATED_AT, **of,
            ),
            PlanImport(
                file_name=text, content={"rows": []}, read_by=text, read_at=CREATED_AT, **of
            ),
            ConsistencyNote(
                finding="0" * 64, reason=text, noted_by=text, noted_at=CREATED_AT, **of
            ),
            OutgoingMail(
                cause="noise:1", recipient=NOISE_EMAIL, subject=text, body=text,
                created_at=CREATED_AT, **of,
            ),
            Subscription(
                email=NOISE_EMAIL, language="sv", token="0" * 64, asked_on=NOISE_DAY,
                first_asked_on=NOISE_DAY,
                confirmed_on=NOISE_DAY, told_until=CREATED_AT, **of,
            ),
            SituationCadence(
                starts_on=date(2022, 1, 1), every_months=1, pauses=[7], due_day=10, purpose=text,
                **of,
            ),
            MissedMonth(month=NOISE_DAY, reason=text, noted_by=text, noted_at=CREATED_AT, **of),
        ]
    )  # fmt: skip
    session.flush()


def add_noise_judgement(session: Session, promise: Promise, text: str) -> None:
    """The police's judgement of a promise."""
    account = make_account(session, promise.municipality, email="brus-omdome@x.example")
    session.add(
        Judgement(
            municipality_id=promise.municipality_id, promise_id=promise.id, party=Party.POLICE,
            verdict=Verdict.NOT_KEPT, rubric_version=1, reason=text,
            carry_over=CarryOver.END, role=text, user_id=account.id, judged_at=CREATED_AT,
        )
    )  # fmt: skip
    session.flush()


def add_noise_sources(
    session: Session, picture: ProblemPicture, evidence: Evidence, text: str
) -> None:
    """A source that was dropped, and a figure that has been cleared."""
    picture.sources.append(
        PictureSource(
            position=1, name=text, party=Party.POLICE, is_used=False, dropped_because=text
        )
    )
    session.add(
        Clearance(
            municipality_id=evidence.municipality_id, evidence_id=evidence.id, cleared_by=text,
            decision=text, cleared_at=CREATED_AT,
        )
    )  # fmt: skip
    session.flush()
