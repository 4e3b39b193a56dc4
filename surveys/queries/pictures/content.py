"""What an edition of a picture says, as plain JSON: what is frozen, approved and compared.

Of a quote only that it is cited: its words leave the system when whoever wrote them withdraws, and
a frozen edition would keep them. Of a finding on the map what readers get, which is no count.
"""

from typing import Any

from surveys.models.evidence import Evidence, EvidenceKind
from surveys.models.picture import Claim, PictureSource, ProblemArea, ProblemPicture
from surveys.queries.evidence.evidence import view_for_readers
from surveys.queries.evidence.evidence_sums import outside_values


def picture_content(picture: ProblemPicture) -> dict[str, Any]:
    """The words of ``picture`` as readers get them; keys in English, values as written."""
    return {
        "kind": picture.kind.value,
        "title": picture.title,
        "period": picture.period,
        "month": picture.month.strftime("%Y-%m") if picture.month else None,
        "summary": picture.summary,
        "motive": picture.motive,
        "next_edition": picture.next_edition,
        "areas": [_area(area) for area in picture.areas],
        "sources": [_source(source) for source in picture.sources],
    }


def _area(area: ProblemArea) -> dict[str, Any]:
    return {
        "rank": area.rank,
        "title": area.title,
        "text": area.text,
        "part": area.part.value if area.part else None,
        "season": area.season,
        "is_chosen": area.is_chosen,
        "not_chosen_because": area.not_chosen_because,
        "claims": [_claim(claim) for claim in area.claims],
    }


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "id": claim.id,
        "text": claim.text,
        "party": claim.party.value,
        "judged_by": claim.judged_by if claim.is_judgement else None,
        "dated_on": claim.dated_on.isoformat() if claim.dated_on else None,
        "supporting": [_evidence(c.evidence) for c in claim.citations if not c.disagrees],
        "disagreeing": [_evidence(c.evidence) for c in claim.citations if c.disagrees],
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    shown = view_for_readers(evidence)
    content: dict[str, Any] = {"id": shown.id, "kind": shown.kind.value, "source": shown.source}
    if evidence.kind is EvidenceKind.QUOTE:
        return content
    if shown.finding is not None:
        found = {"place": shown.finding.place, "at_least": shown.finding.at_least}
        if not shown.finding.change:
            return content | found
        return content | found | {"change": shown.finding.change, "caveat": shown.caveat}
    return content | {
        "title": shown.title,
        "statement": shown.statement,
        "period": shown.period,
        "n": shown.n,
        "method": shown.method,
        "caveat": shown.caveat,
        "content_hash": shown.content_hash,
        **outside_values(evidence),
        **({"figures": evidence.figures} if evidence.kind is EvidenceKind.EXTERNAL_SOURCE else {}),
    }


def _source(source: PictureSource) -> dict[str, Any]:
    return {
        "name": source.name,
        "party": source.party.value,
        "is_used": source.is_used,
        "dropped_because": source.dropped_because,
        "limits": source.limits,
    }
