"""What a promise still lacks: what it cannot be published without, and what makes it weak.

A promise is to be "konkret och tidsatt". What is not is named, and it may be published all the same
with a reason. Readers are told what is missing.
"""

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from surveys.models.promise import PointMeasure, Promise, PromisePoint
from surveys.text.soft_words import find_soft_words


@dataclass(frozen=True, slots=True)
class Missing:
    """One missing thing; ``municipality`` names whose, where it is somebody's."""

    code: str
    municipality: str | None = None


class GapKind(enum.Enum):
    """What keeps a point from being followed up."""

    OWNER = "owner"  # nobody in particular answers for it
    OWNER_LEFT = "owner_left"
    MEASURE = "measure"
    TARGET = "target"
    TIME = "time"
    EVIDENCE = "evidence"
    SOFT_WORDS = "soft_words"


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing missing for "konkret och tidsatt".

    ``number`` and ``title`` are the point's, None where the whole promise lacks it. ``words`` are
    the soft words, as they stand.
    """

    kind: GapKind
    number: int | None = None
    title: str | None = None
    words: str | None = None


def standing_points(promise: Promise) -> list[PromisePoint]:
    """The points that the promise has, without those that a later edition has taken out."""
    return [point for point in promise.points if point.ended_on is None]


def list_missing(promise: Promise) -> tuple[Missing, ...]:
    """What is missing: a point, a period, somebody who signs for each party."""
    missing = []
    if not standing_points(promise):
        missing.append(Missing("no_points"))
    if promise.months_from_signing is None and promise.ends_on is None:
        missing.append(Missing("no_period"))
    signing = {signatory.municipality_id for signatory in promise.signatories}
    if None not in signing:
        missing.append(Missing("no_police_signatory"))
    missing += [
        Missing("no_municipal_signatory", party.municipality.official_name)
        for party in promise.parties
        if party.municipality_id not in signing
    ]
    return tuple(missing)


def list_gaps(promise: Promise, today: date) -> tuple[Gap, ...]:
    """What is missing for "konkret och tidsatt" on ``today``, point by point."""
    gaps = [
        gap
        for number, point in enumerate(standing_points(promise), start=1)
        for gap in _gaps_of(point, number, today, names_evidence=bool(promise.claims))
    ]
    if not promise.claims:
        gaps.append(Gap(GapKind.EVIDENCE))
    return tuple(gaps)


def _gaps_of(
    point: PromisePoint, number: int, today: date, *, names_evidence: bool
) -> Iterator[Gap]:
    for kind in (_owner_gap(point, today), _measure_gap(point)):
        if kind is not None:
            yield Gap(kind, number, point.title)
    if point.measure is PointMeasure.DONE and point.due_on is None:
        yield Gap(GapKind.TIME, number, point.title)
    if names_evidence and not point.claims:
        yield Gap(GapKind.EVIDENCE, number, point.title)
    soft = find_soft_words(point.text)
    if soft is not None:
        yield Gap(GapKind.SOFT_WORDS, number, point.title, soft)


def _owner_gap(point: PromisePoint, today: date) -> GapKind | None:
    owner = point.owner
    if owner is None:
        return GapKind.OWNER
    return GapKind.OWNER_LEFT if owner.left_on is not None and owner.left_on < today else None


def _measure_gap(point: PromisePoint) -> GapKind | None:
    if point.measure is PointMeasure.NONE:
        return GapKind.MEASURE
    if point.measure is PointMeasure.COUNT and point.target_count is None:
        return GapKind.TARGET
    return None
