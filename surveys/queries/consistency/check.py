"""The check over all documents of a municipality: every rule, in one order."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models.consistency import ConsistencyNote
from surveys.models.municipality import Municipality
from surveys.queries.consistency import follow_ups, parties, targets, times, tone, words
from surveys.queries.consistency.documents import Documents, read_documents
from surveys.queries.consistency.findings import Finding, Severity

Rule = Callable[[Documents], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    follow_ups.differing_follow_ups,
    follow_ups.repeated_activities,
    follow_ups.activities_without_area,
    words.years_outside,
    words.doubled_numbers,
    words.mixed_scripts,
    times.days_outside,
    times.ended_agreements,
    parties.signed_twice,
    parties.owners_who_left,
    follow_ups.missing_follow_ups,
    follow_ups.activities_without_owner,
    targets.points_without_day,
    targets.promised_and_not_counted,
    times.undefined_ends,
    times.overlapping_periods,
    times.old_evidence,
    parties.promises_without_ground,
    parties.areas_without_ground,
    parties.weak_agreements,
    words.misspelt_headings,
    tone.blaming_words,
    targets.two_targets,
    targets.weekly_red_days,
)


@dataclass(frozen=True, slots=True)
class Noted:
    """Why somebody (a role) has said that a finding is as it should be."""

    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Listed:
    """A finding with its note, if it has one."""

    finding: Finding
    note: Noted | None = None

    @property
    def asks_for_something(self) -> bool:
        return self.note is None and self.finding.severity is not Severity.FINE


def list_findings(session: Session, municipality: Municipality, today: date) -> tuple[Listed, ...]:
    """What the rules find on ``today``: faults, then gaps, then what only looks like one.

    A finding that has been noted stays in the list until one of its places changes.
    """
    documents = read_documents(session, municipality, today)
    found = {f.digest: f for rule in RULES for f in rule(documents)}
    notes = _notes(session, municipality)
    order = list(Severity)
    rows = (Listed(finding, notes.get(digest)) for digest, finding in found.items())
    return tuple(
        sorted(rows, key=lambda row: (row.note is not None, order.index(row.finding.severity)))
    )


def _notes(session: Session, municipality: Municipality) -> dict[str, Noted]:
    statement = select(ConsistencyNote).where(ConsistencyNote.municipality_id == municipality.id)
    return {
        row.finding: Noted(row.reason, row.noted_by, row.noted_at)
        for row in session.scalars(statement)
    }
