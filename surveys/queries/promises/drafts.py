"""A promise and its points as drafts: what a form shows, and what two editors may differ in."""

import enum
import json
from dataclasses import asdict
from datetime import date
from hashlib import sha256
from typing import Any

from surveys.drafts.promises import PointDraft, PromiseDraft, SignatureDraft, TargetDraft
from surveys.models.plan import Comparator, TargetPeriod
from surveys.models.promise import Promise, PromisePoint, Signatory

Draft = PromiseDraft | PointDraft | SignatureDraft


def promise_draft(promise: Promise) -> PromiseDraft:
    """What the promise says now."""
    from_signing = promise.months_from_signing is not None
    return PromiseDraft(
        title=promise.title,
        label=promise.label,
        said=promise.said,
        said_ground=promise.said_ground,
        pledge=promise.pledge,
        is_verbatim=promise.is_verbatim,
        vision=promise.vision,
        follow_up_text=promise.follow_up_text,
        # The days of a period from the signing follow from the signatures.
        starts_on=None if from_signing else promise.starts_on,
        ends_on=None if from_signing else promise.ends_on,
        months_from_signing=promise.months_from_signing,
        agreement_id=promise.agreement_id,
        carried_from_id=promise.carried_from_id,
        report_to=tuple(promise.report_to),
        summary_due_on=promise.summary_due_on,
    )


def point_draft(point: PromisePoint) -> PointDraft:
    """What the point says now."""
    return PointDraft(
        title=point.title,
        text=point.text,
        responsible=point.responsible,
        measure=point.measure,
        area=point.area,
        third_parties=point.third_parties,
        target=_target(point),
        words=point.schedule["text"] if point.schedule else None,
        unit=point.unit,
        due_on=point.due_on,
        condition=point.condition,
        target_group=point.target_group,
        baseline=point.baseline,
        place_text=point.place_text,
        place_ids=frozenset(place.id for place in point.places),
        methods=tuple(point.methods),
        aim=point.aim,
        wanted=point.wanted,
        owner_id=point.owner_id,
        claim_ids=frozenset(claim.id for claim in point.claims),
        activity_ids=frozenset(activity.id for activity in point.activities),
    )


def signature_draft(signatory: Signatory) -> SignatureDraft | None:
    """The recorded signature, without its document; None until the role has signed."""
    if signatory.signed_on is None or signatory.place is None:
        return None
    return SignatureDraft(signatory.place, signatory.signed_on)


def fingerprint(draft: Draft | None) -> str:
    """The same for the same draft, so that a form can tell whether others have changed it since."""
    content = json.dumps(asdict(draft) if draft else None, sort_keys=True, default=_plain)
    return sha256(content.encode()).hexdigest()[:32]


def _target(point: PromisePoint) -> TargetDraft | None:
    if point.target_count is None:
        return None
    weekdays = [a.weekday for a in point.activities if a.weekday is not None]
    return TargetDraft(
        count=point.target_count,
        comparator=point.comparator or Comparator.AT_LEAST,
        per=point.per or TargetPeriod.PERIOD,
        weekday=weekdays[0] if weekdays else None,
    )


def _plain(value: Any) -> Any:
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    raise TypeError(f"no plain form of {value!r}")
