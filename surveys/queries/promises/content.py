"""A promise as an edition keeps it: plain JSON, for pages, documents and the open data.

Shape, with ``null`` where nothing is said; days as "YYYY-MM-DD", codes as in ``surveys.models``:

- ``title``, ``label``, ``said``, ``said_ground``, ``pledge``, ``is_verbatim``, ``vision``,
  ``follow_up_text`` and ``follow_up_schedule`` (as read), ``report_to`` (roles), ``summary_due_on``
- ``starts_on``, ``ends_on``, ``months_from_signing``: days are null until all have signed
- ``police_area``; ``municipalities``: ``slug``, ``name``, ``official_name``, ``dnr``, ``dated_on``.
  A diary number belongs to its municipality only: show no other's
- ``agreement``: ``id``, ``title``; ``carried_from``: ``slug``, ``title``, ``label``
- ``points``: ``id``, ``title``, ``text``, ``area``, ``responsible``, ``third_parties``, ``owner``
  (``title``, ``party``), ``measure``, ``target`` (``count``, ``comparator``, ``per``), ``unit``,
  ``due_on``, ``condition``, ``target_group``, ``baseline``, ``places`` (names that may be told),
  ``n_places_not_named``, ``place_text``, ``methods``, ``aim``, ``wanted``, ``claims`` (ids),
  ``schedule`` (the target's words as they were read, as ``analyse schedule`` prints them)
- ``signatories``: ``id``, ``title``, ``party``, ``body``, ``is_acting``: who signs, not whether
- ``claims``: ``id``, ``text``, ``judged_by``, ``picture`` (``title``, ``slug``, ``kommun``),
  ``grounds`` (``evidence_id``, ``source``, ``period``, ``caveat``, ``disagrees``): sentences of
  published pictures only
- ``gaps``: ``kind``, ``number``, ``title``, ``words``: what is missing for "konkret och tidsatt"
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from surveys.models.municipality import Agreement
from surveys.models.owner import Owner
from surveys.models.picture import Claim, ProblemPicture
from surveys.models.plan import Comparator, TargetPeriod
from surveys.models.promise import Promise, PromiseMunicipality, PromisePoint, Signatory
from surveys.queries.evidence.evidence import view_for_readers
from surveys.queries.ground.public_places import PlaceTold, tell_place
from surveys.queries.promises.gate import Gap, list_gaps, standing_points

PLAIN = ("title", "label", "said", "said_ground", "pledge", "is_verbatim", "vision")
PLAIN_OF_POINT = (
    "id", "title", "text", "area", "third_parties", "unit", "condition", "target_group",
    "baseline", "place_text", "schedule",
)  # fmt: skip


def promise_content(session: Session, promise: Promise, today: date) -> dict[str, Any]:
    """What an edition of ``promise`` made on ``today`` holds."""
    plain = {name: getattr(promise, name) for name in (*PLAIN, "follow_up_text")}
    pictures = list_shown_pictures(session, promise)
    before = promise.carried_from
    return plain | {
        "follow_up_schedule": promise.follow_up_schedule,
        "report_to": list(promise.report_to),
        "summary_due_on": _day(promise.summary_due_on),
        "starts_on": _day(promise.starts_on),
        "ends_on": _day(promise.ends_on),
        "months_from_signing": promise.months_from_signing,
        "police_area": promise.police_area.name,
        "municipalities": [_municipality(party) for party in promise.parties],
        "agreement": _agreement(promise.agreement),
        "carried_from": (
            {"slug": before.slug, "title": before.title, "label": before.label} if before else None
        ),
        "points": [_point(point) for point in standing_points(promise)],
        "signatories": [_signatory(signatory, promise) for signatory in promise.signatories],
        "claims": [
            _claim(claim, pictures[claim.area.picture_id])
            for claim in promise.claims
            if claim.area.picture_id in pictures
        ],
        "gaps": [_gap(gap) for gap in list_gaps(promise, today)],
    }


def list_shown_pictures(session: Session, promise: Promise) -> dict[int, ProblemPicture]:
    """The published pictures of the promise's claims: a draft's sentences are not public."""
    ids = {claim.area.picture_id for claim in promise.claims}
    statement = (
        select(ProblemPicture)
        .where(ProblemPicture.id.in_(ids), ProblemPicture.published_at.is_not(None))
        .options(joinedload(ProblemPicture.municipality))
        .order_by(ProblemPicture.id)
    )
    return {picture.id: picture for picture in session.scalars(statement)} if ids else {}


def told_places(point: PromisePoint) -> tuple[tuple[PlaceTold, ...], int]:
    """The point's places that readers may be given, and how many they may not.

    Homes and premises that could be pointed at are counted, never named.
    """
    found = [tell_place(place) for place in point.places]
    told = tuple(place for place in found if place is not None)
    return told, len(found) - len(told)


def signing_body(signatory: Signatory, promise: Promise) -> str:
    """The municipality or the police area that the role signs for."""
    municipality = signatory.municipality
    return municipality.official_name if municipality else promise.police_area.name


def _point(point: PromisePoint) -> dict[str, Any]:
    places, n_not_named = told_places(point)
    return {name: getattr(point, name) for name in PLAIN_OF_POINT} | {
        "responsible": point.responsible.value,
        "owner": _owner(point.owner),
        "measure": point.measure.value,
        "target": _target(point),
        "due_on": _day(point.due_on),
        "places": [place.name for place in places],
        "n_places_not_named": n_not_named,
        "methods": list(point.methods),
        "aim": point.aim.value,
        "wanted": point.wanted.value if point.wanted else None,
        "claims": [claim.id for claim in point.claims],
    }


def _target(point: PromisePoint) -> dict[str, Any] | None:
    if point.target_count is None:
        return None
    return {
        "count": point.target_count,
        "comparator": (point.comparator or Comparator.AT_LEAST).value,
        "per": (point.per or TargetPeriod.PERIOD).value,
    }


def _owner(owner: Owner | None) -> dict[str, Any] | None:
    return {"title": owner.title, "party": owner.party.value} if owner else None


def _municipality(party: PromiseMunicipality) -> dict[str, Any]:
    municipality = party.municipality
    return {
        "slug": municipality.slug,
        "name": municipality.name,
        "official_name": municipality.official_name,
        "dnr": party.dnr,
        "dated_on": _day(party.dated_on),
    }


def _agreement(agreement: Agreement | None) -> dict[str, Any] | None:
    return {"id": agreement.id, "title": agreement.title} if agreement else None


def _signatory(signatory: Signatory, promise: Promise) -> dict[str, Any]:
    return {
        "id": signatory.id,
        "title": signatory.title,
        "party": signatory.party.value,
        "body": signing_body(signatory, promise),
        "is_acting": signatory.is_acting,
    }


def _claim(claim: Claim, picture: ProblemPicture) -> dict[str, Any]:
    return {
        "id": claim.id,
        "text": claim.text,
        "judged_by": claim.judged_by if claim.is_judgement else None,
        "picture": {
            "title": picture.title,
            "slug": picture.slug,
            "kommun": picture.municipality.slug,
        },
        "grounds": list(_grounds(claim)),
    }


def _grounds(claim: Claim) -> Iterable[dict[str, Any]]:
    for citation in claim.citations:
        evidence = view_for_readers(citation.evidence)
        yield {
            "evidence_id": evidence.id,
            "source": evidence.source,
            "period": evidence.period,
            "caveat": evidence.caveat,
            "disagrees": citation.disagrees,
        }


def _gap(gap: Gap) -> dict[str, Any]:
    return {
        "kind": gap.kind.value,
        "number": gap.number,
        "title": gap.title,
        "words": gap.words,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
