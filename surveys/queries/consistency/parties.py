"""Rules about who: roles that sign twice, owners who have left, what a promise rests on."""

import re
from collections import defaultdict
from collections.abc import Iterator

from surveys.models.owner import Owner
from surveys.models.picture import ProblemPicture
from surveys.models.promise import Promise, PromisePoint, Signatory
from surveys.queries.consistency.documents import (
    Documents,
    activity_spot,
    picture_spot,
    point_spot,
    promise_spot,
)
from surveys.queries.consistency.findings import Finding, PlaceKind, Severity, Spot
from surveys.queries.consistency.follow_ups import stems
from surveys.queries.promises.gate import standing_points

_ACTING = re.compile(r"^(tf\.?|tillförordnad|t\.f\.)\s+", re.IGNORECASE)


def signed_twice(documents: Documents) -> Iterator[Finding]:
    """A role that signs twice for one party: an acting chief and the chief are one."""
    for promise in documents.promises:
        roles: dict[tuple[int | None, str], list[Signatory]] = defaultdict(list)
        for signatory in promise.signatories:
            title = _ACTING.sub("", signatory.title.strip()).casefold()
            roles[signatory.municipality_id, title].append(signatory)
        for twice in roles.values():
            if len(twice) > 1:
                spots = tuple(promise_spot(promise, _signature(one)) for one in twice)
                yield Finding("signs_twice", Severity.FAULT, spots, {"role": twice[0].title})


def owners_who_left(documents: Documents) -> Iterator[Finding]:
    """Something is left with an owner whose last day has passed."""
    for spot, owner in _owned(documents):
        if owner is not None and owner.left_on and owner.left_on < documents.today:
            day = owner.left_on.isoformat()
            other = Spot(PlaceKind.OWNER, owner.title, day, id=owner.id)
            yield Finding("owner_left", Severity.FAULT, (spot, other), {"day": day})


def _owned(documents: Documents) -> Iterator[tuple[Spot, Owner | None]]:
    for plan in documents.plans:
        for activity in plan.activities:
            yield activity_spot(activity, activity.who_text), activity.owner
        for area in plan.areas:
            for link in area.links:
                if link.follow_up:
                    spot = activity_spot(link.activity, link.follow_up.text, area.name)
                    yield spot, link.follow_up.owner
    for promise in documents.promises:
        for point in standing_points(promise):
            yield point_spot(point, point.text), point.owner


def promises_without_ground(documents: Documents) -> Iterator[Finding]:
    """A promise that does not say what it builds on."""
    for promise in documents.promises:
        if not promise.claims and not promise.said_ground.strip():
            yield Finding("no_provenance", Severity.GAP, (promise_spot(promise, promise.label),))


def areas_without_ground(documents: Documents) -> Iterator[Finding]:
    """A heading of a promise that is no chosen area of the picture it builds on (1F.4)."""
    for promise in documents.promises:
        pictures = {claim.area.picture for claim in promise.claims}
        headings: dict[str, list[PromisePoint]] = defaultdict(list)
        for point in standing_points(promise):
            if point.area:
                headings[point.area].append(point)
        for heading, points in headings.items():
            if pictures and not any(point.claims for point in points):
                yield from _ungrounded(promise, heading, points[0], pictures)


def _ungrounded(
    promise: Promise, heading: str, point: PromisePoint, pictures: set[ProblemPicture]
) -> Iterator[Finding]:
    areas = [area for picture in pictures for area in picture.areas]
    if any(stems(heading) & stems(area.title) for area in areas if area.is_chosen):
        return
    picture = min(pictures, key=lambda each: each.id)
    chosen = ", ".join(area.title for area in areas if area.is_chosen)
    spots = (
        Spot(PlaceKind.POINT, heading, point.text, promise.slug, point.id),
        picture_spot(picture, chosen),
    )
    yield Finding("area_without_ground", Severity.GAP, spots, {"area": heading})


def weak_agreements(documents: Documents) -> Iterator[Finding]:
    """A written agreement that does not say its purpose or its areas (2023:196, 9 §)."""
    for agreement in documents.agreements:
        if not agreement.purpose.strip() or not agreement.areas:
            spot = Spot(PlaceKind.AGREEMENT, agreement.title, id=agreement.id)
            yield Finding("agreement_lacks", Severity.GAP, (spot,))


def _signature(signatory: Signatory) -> str:
    title = f"Tf. {signatory.title}" if signatory.is_acting else signatory.title
    return f"{title}, {signatory.signed_on.isoformat()}" if signatory.signed_on else title
