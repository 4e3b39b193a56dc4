"""Readers for frozen evidence."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, object_session

from surveys.errors import NotFound
from surveys.models.evidence import (
    Clearance,
    Evidence,
    EvidenceCheck,
    EvidenceKind,
    EvidenceState,
)
from surveys.models.municipality import Municipality
from surveys.models.picture import Citation, Claim, ProblemArea, ProblemPicture
from surveys.privacy import MIN_RESPONDENTS
from surveys.queries.evidence.evidence_outside import OutsideView, view_outside
from surveys.queries.evidence.evidence_sums import Soundness, check_sum
from surveys.queries.figures.place_figures import change_of, is_of_place
from surveys.queries.ground.register import list_untold_ids, list_untold_names

PAGE_LENGTH = 200
# Evidence of an older day is told to be old where it is chosen and where it is read by staff.
OLD_AFTER_YEARS = 3


@dataclass(frozen=True, slots=True)
class PublicFinding:
    """What readers get of a finding on the map: near what, and the fewest it can rest on.

    Of a place before and after, ``change`` says which way it went: ``less``, ``more`` or
    ``unclear``.
    """

    place: str
    at_least: int
    change: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """A frozen figure or source with all that a reader needs to judge it."""

    id: int
    kind: EvidenceKind
    title: str
    statement: str
    source: str
    period: str | None
    method: str | None
    caveat: str | None
    n: int | None  # None: the source does not tell its base
    dated_on: date | None
    frozen_at: datetime
    frozen_by: str
    content_hash: str
    is_self_selected: bool  # made of answers by people who chose to answer
    blanked_on: date | None  # a quote whose writer has withdrawn the answer: no statement
    finding: PublicFinding | None = None  # in the place of statement and n, for readers
    outside: OutsideView | None = None  # what a source from outside says of itself

    def is_old(self, today: date) -> bool:
        """Whether what it tells is more than ``OLD_AFTER_YEARS`` old. No day, no warning."""
        day = self.dated_on
        if day is None:
            return False
        years = today.year - day.year - ((today.month, today.day) < (day.month, day.day))
        return years >= OLD_AFTER_YEARS


@dataclass(frozen=True, slots=True)
class EvidenceUse:
    """Evidence and how many claims cite it."""

    evidence: EvidenceView
    claims: int


@dataclass(frozen=True, slots=True)
class CheckView:
    """What became of the data behind a piece of evidence, when it was last looked at."""

    state: EvidenceState
    checked_at: datetime
    changed_at: datetime | None
    n_now: int | None


@dataclass(frozen=True, slots=True)
class ClearanceView:
    """That a figure of a closed source may be published: which role recorded it, who decided."""

    cleared_by: str
    decision: str
    cleared_at: datetime


@dataclass(frozen=True, slots=True)
class CitedIn:
    """A claim that cites the evidence, and the edition that it stands in."""

    picture_slug: str
    picture_title: str
    is_published: bool
    claim_id: int
    claim: str
    disagrees: bool


@dataclass(frozen=True, slots=True)
class EvidencePage:
    """One piece of evidence in full."""

    evidence: EvidenceView
    figures: dict[str, Any]
    query: dict[str, Any]
    versions: dict[str, Any]
    soundness: Soundness
    check: CheckView | None  # None: not looked at yet, or from outside
    clearance: ClearanceView | None  # None: not cleared yet, or it needs none
    cited_in: tuple[CitedIn, ...]
    dialogue: tuple[str, str] | None  # address part and title


def list_evidence(session: Session, municipality: Municipality) -> tuple[EvidenceUse, ...]:
    """The municipality's evidence, the latest first, at most ``PAGE_LENGTH``."""
    citations = (
        select(func.count())
        .where(Citation.evidence_id == Evidence.id)
        .correlate(Evidence)
        .scalar_subquery()
    )
    statement = (
        select(Evidence, citations)
        .where(Evidence.municipality_id == municipality.id)
        .order_by(Evidence.frozen_at.desc(), Evidence.id.desc())
        .limit(PAGE_LENGTH)
    )
    rows = session.execute(statement)
    return tuple(EvidenceUse(view_evidence(evidence), claims) for evidence, claims in rows)


def get_evidence_row(session: Session, municipality: Municipality, evidence_id: int) -> Evidence:
    """The row; raise NotFound."""
    evidence = session.scalar(
        select(Evidence).where(
            Evidence.municipality_id == municipality.id, Evidence.id == evidence_id
        )
    )
    if evidence is None:
        raise NotFound(f"evidence {evidence_id}")
    return evidence


def get_evidence(session: Session, municipality: Municipality, evidence_id: int) -> EvidencePage:
    """One piece of evidence with its numbers, its sum and where it is cited; raise NotFound."""
    row = get_evidence_row(session, municipality, evidence_id)
    return EvidencePage(
        evidence=view_evidence(row),
        figures=row.figures,
        query=row.query,
        versions=row.versions,
        soundness=check_sum(row),
        check=get_checks(session, municipality).get(row.id),
        clearance=_clearance(session, row.id),
        cited_in=_cited_in(session, municipality, row.id),
        dialogue=(row.dialogue.slug, row.dialogue.title) if row.dialogue else None,
    )


def get_checks(session: Session, municipality: Municipality) -> dict[int, CheckView]:
    """What became of the data behind each piece of the municipality's evidence, by its id."""
    rows = session.scalars(
        select(EvidenceCheck).where(EvidenceCheck.municipality_id == municipality.id)
    )
    return {
        row.evidence_id: CheckView(row.state, row.checked_at, row.changed_at, row.n_now)
        for row in rows
    }


def _clearance(session: Session, evidence_id: int) -> ClearanceView | None:
    row = session.scalar(select(Clearance).where(Clearance.evidence_id == evidence_id))
    return None if row is None else ClearanceView(row.cleared_by, row.decision, row.cleared_at)


def _cited_in(
    session: Session, municipality: Municipality, evidence_id: int
) -> tuple[CitedIn, ...]:
    rows = session.execute(
        select(ProblemPicture, Claim, Citation.disagrees)
        .join(ProblemArea, ProblemArea.picture_id == ProblemPicture.id)
        .join(Claim, Claim.area_id == ProblemArea.id)
        .join(Citation, Citation.claim_id == Claim.id)
        .where(
            ProblemPicture.municipality_id == municipality.id, Citation.evidence_id == evidence_id
        )
        .order_by(ProblemPicture.id.desc(), ProblemArea.rank, Claim.position)
    )
    return tuple(
        CitedIn(
            picture_slug=picture.slug,
            picture_title=picture.title,
            is_published=picture.published_at is not None,
            claim_id=claim.id,
            claim=claim.text,
            disagrees=disagrees,
        )
        for picture, claim, disagrees in rows
    )


def view_evidence(evidence: Evidence) -> EvidenceView:
    """The row in full."""
    return EvidenceView(
        id=evidence.id,
        kind=evidence.kind,
        title=evidence.title,
        statement=evidence.statement,
        source=evidence.source,
        period=evidence.period,
        method=evidence.method,
        caveat=evidence.caveat,
        n=evidence.n,
        dated_on=evidence.dated_on,
        frozen_at=evidence.frozen_at,
        frozen_by=evidence.frozen_by,
        content_hash=evidence.content_hash,
        blanked_on=evidence.blanked_on,
        is_self_selected=evidence.kind is not EvidenceKind.EXTERNAL_SOURCE,
        outside=view_outside(evidence),
    )


def place_id_of(evidence: Evidence) -> int | None:
    """The place of the register that the evidence is of; None of other evidence, and of findings
    that were frozen before ids were kept with them.
    """
    found = evidence.query.get("place")
    return None if found is None else int(found)


def list_untold_evidence(session: Session, municipality_id: int) -> frozenset[int]:
    """The ids of the evidence whose place may not be told today, whatever it was called then."""
    places = list_untold_ids(session, municipality_id)
    if not places:
        return frozenset()
    rows = session.scalars(select(Evidence).where(Evidence.municipality_id == municipality_id))
    return frozenset(row.id for row in rows if place_id_of(row) in places)


def _is_untold(session: Session, evidence: Evidence, name: str) -> bool:
    """Whether readers are not given its place today, by the name that it has there or by its id."""
    tenant = evidence.municipality_id
    return name in list_untold_names(session, tenant) or (
        place_id_of(evidence) in list_untold_ids(session, tenant)
    )


def view_for_readers(evidence: Evidence) -> EvidenceView:
    """The row as everybody may read it. Of a finding on the map: no count, and no day of an answer.

    Analyses follow each other while answers come in, so that a count, or a class of counts, could
    move for one person. The fewest that any finding rests on never moves.
    """
    view, is_place = view_evidence(evidence), is_of_place(evidence)
    if evidence.kind is not EvidenceKind.MAP_FINDING and not is_place:
        return view
    name, session = str(evidence.figures.get("name") or ""), object_session(evidence)
    if session is not None and _is_untold(session, evidence, name):
        # Marked as sensitive since the finding was kept, whose title has the name too.
        view, name = replace(view, title=view.title.replace(name, "").rstrip(" :")), ""
    change = change_of(evidence.figures) if is_place else ""
    finding = PublicFinding(name, MIN_RESPONDENTS, change)
    return replace(
        view, statement="", method=None, n=None, period=None, dated_on=None, finding=finding
    )
