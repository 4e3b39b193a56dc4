"""Entering a promise that was decided long ago: its points with their ground, and publishing."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from surveys.demo.approving import approve_by_all
from surveys.demo.plan_2022 import ROLE
from surveys.demo.promise_2022 import GATE_REASON
from surveys.drafts.promises import PointDraft, Publication
from surveys.models.municipality import Municipality
from surveys.models.promise import Promise
from surveys.services.promises.points import add_point
from surveys.services.promises.publishing import publish_promise


def add_points(
    session: Session,
    municipality: Municipality,
    promise: Promise,
    drafts: Iterable[PointDraft],
    grounds: Mapping[str, tuple[str, ...]],
    *,
    now: datetime,
) -> None:
    """Add the points. ``grounds``: heading of a point -> how the claims begin that it rests on."""
    for draft in drafts:
        begins = grounds.get(draft.area or "", ())
        claims = frozenset(c.id for c in promise.claims if c.text.startswith(begins))
        complete = replace(draft, claim_ids=claims if begins else frozenset())
        add_point(session, municipality, promise.slug, complete, now=now)


def publish_as_it_is(
    session: Session, municipality: Municipality, promise: Promise, *, now: datetime
) -> None:
    """Publish what has been decided, with what it lacks told."""
    approve_by_all(session, municipality, promise, now=now)
    publication = Publication(promise.revision, gate_reason=GATE_REASON)
    publish_promise(session, municipality, promise.slug, publication, role=ROLE, now=now)
