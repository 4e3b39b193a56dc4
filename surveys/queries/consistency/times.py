"""Rules about days: periods, signatures, follow-ups and evidence against each other."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations

from surveys.models.picture import Claim, ProblemPicture
from surveys.models.plan import ActionPlan
from surveys.models.promise import Promise
from surveys.queries.consistency.documents import (
    Documents,
    activity_spot,
    period_words,
    picture_spot,
    plan_period,
    plan_spot,
    point_spot,
    promise_spot,
)
from surveys.queries.consistency.findings import Finding, PlaceKind, Severity, Spot
from surveys.queries.consistency.follow_ups import day_of
from surveys.queries.promises.gate import standing_points
from surveys.queries.promises.time import window_of
from surveys.schedule.periods import Window, add_months

FOLLOWED_WITHIN_MONTHS = 12  # after a period its follow-up may still come


def overlapping_periods(documents: Documents) -> Iterator[Finding]:
    """Two plans, or two promises, that hold on the same days."""
    plans = [(plan_period(p), plan_spot(p, period_words(plan_period(p)))) for p in documents.plans]
    promises = [
        (window, promise_spot(promise, period_words(window)))
        for promise in documents.promises
        if (window := window_of(promise)) is not None
    ]
    for group in (plans, promises):
        yield from _overlaps(group)


def _overlaps(group: Sequence[tuple[Window, Spot]]) -> Iterator[Finding]:
    for (one, spot), (other, other_spot) in combinations(group, 2):
        if one.starts_on <= other.ends_on and other.starts_on <= one.ends_on:
            yield Finding("periods_overlap", Severity.GAP, (spot, other_spot))


def undefined_ends(documents: Documents) -> Iterator[Finding]:
    """A promise that counts from its signing and is not signed by all (1F.7), or has no period."""
    for promise in documents.promises:
        if window_of(promise) is not None:
            continue
        if promise.months_from_signing is None:
            yield Finding("end_missing", Severity.GAP, (promise_spot(promise, promise.label),))
            continue
        waiting = [s.title for s in promise.signatories if s.signed_on is None]
        values = {"months": str(promise.months_from_signing), "who": ", ".join(waiting)}
        spots = (promise_spot(promise, promise.label),)
        yield Finding("unsigned_end", Severity.GAP, spots, values)


def days_outside(documents: Documents) -> Iterator[Finding]:
    """A day of a follow-up, a point or a summary that does not fit the document's period."""
    for plan in documents.plans:
        yield from _follow_up_days(plan)
        yield from _head_days(plan)
    for promise in documents.promises:
        yield from _promise_days(promise)


def _follow_up_days(plan: ActionPlan) -> Iterator[Finding]:
    period = plan_period(plan)
    head = plan_spot(plan, period_words(period))
    last = add_months(period.ends_on, FOLLOWED_WITHIN_MONTHS)
    for area in plan.areas:
        for link in area.links:
            day = day_of(link)
            if day and not period.starts_on <= day <= last and link.follow_up:
                spot = activity_spot(link.activity, link.follow_up.text, area.name)
                yield _outside(spot, head, day)


def _head_days(plan: ActionPlan) -> Iterator[Finding]:
    head = plan_spot(plan, period_words(plan_period(plan)))
    evaluated, summed, decided = plan.evaluate_after, plan.summary_due_on, plan.decided_on
    wrong = (
        evaluated if evaluated and evaluated < plan.starts_on else None,
        summed if summed and summed < plan.ends_on else None,
        decided if decided and decided > plan.ends_on else None,
    )
    for day in wrong:
        if day is not None:
            yield _outside(plan_spot(plan, day.isoformat()), head, day)


def _promise_days(promise: Promise) -> Iterator[Finding]:
    window = window_of(promise)
    if window is None:
        return
    head = promise_spot(promise, period_words(window))
    for point in standing_points(promise):
        if point.due_on and not window.holds(point.due_on):
            yield _outside(point_spot(point, point.due_on.isoformat()), head, point.due_on)
    if promise.summary_due_on and promise.summary_due_on < window.ends_on:
        day = promise.summary_due_on
        yield _outside(promise_spot(promise, day.isoformat()), head, day)
    for signatory in promise.signatories:
        day_signed = signatory.signed_on
        if day_signed and day_signed > window.ends_on:
            words = f"{signatory.title}, {day_signed.isoformat()}"
            yield _outside(promise_spot(promise, words), head, day_signed)


def _outside(spot: Spot, head: Spot, day: date) -> Finding:
    return Finding("day_outside", Severity.FAULT, (spot, head), {"day": day.isoformat()})


def old_evidence(documents: Documents) -> Iterator[Finding]:
    """A claim of a draft, or of the latest picture, whose evidence is older than the law's time."""
    months = documents.municipality.statutory_months
    oldest = add_months(documents.today, -months)
    published = [p for p in documents.pictures if p.published_at is not None]
    latest = max(published, key=lambda p: p.published_at or p.created_at, default=None)
    for picture in documents.pictures:
        if picture.published_at is None or picture is latest:
            for claim in (claim for area in picture.areas for claim in area.claims):
                yield from _old(picture, claim, oldest, months)


def _old(picture: ProblemPicture, claim: Claim, oldest: date, months: int) -> Iterator[Finding]:
    for evidence in claim.evidence:
        if evidence.dated_on is not None and evidence.dated_on < oldest:
            words = f"{evidence.statement} ({evidence.dated_on.isoformat()})"
            spots = (
                picture_spot(picture, claim.text),
                Spot(PlaceKind.EVIDENCE, evidence.title, words, id=evidence.id),
            )
            values = {"months": str(months), "day": evidence.dated_on.isoformat()}
            yield Finding("evidence_old", Severity.GAP, spots, values)


def ended_agreements(documents: Documents) -> Iterator[Finding]:
    """A plan or a promise that goes on after the agreement that it rests on."""
    rests = [
        (plan.agreement, plan_period(plan), plan_spot(plan, period_words(plan_period(plan))))
        for plan in documents.plans
    ]
    rests += [
        (promise.agreement, window, promise_spot(promise, period_words(window)))
        for promise in documents.promises
        if (window := window_of(promise)) is not None
    ]
    for agreement, window, spot in rests:
        if agreement and agreement.ends_on and agreement.ends_on < window.ends_on:
            day = agreement.ends_on.isoformat()
            other = Spot(PlaceKind.AGREEMENT, agreement.title, day, id=agreement.id)
            yield Finding("agreement_ends_before", Severity.FAULT, (spot, other), {"day": day})
