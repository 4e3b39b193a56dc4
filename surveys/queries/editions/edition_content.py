"""What a frozen edition may tell today: its words without places that have become sensitive since.

The edition and its control sum stay as they were. What is made of it for readers asks here.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from surveys.models.document_edition import DocumentEdition
from surveys.models.promise import Promise
from surveys.queries.evidence.evidence import list_untold_evidence
from surveys.queries.ground.register import list_untold_names
from surveys.queries.promises.edition import content_today


def told_today(session: Session, edition: DocumentEdition) -> dict[str, Any]:
    """The content of an edition of a promise, a picture or a plan as readers may have it now."""
    content = edition.content
    if edition.promise_id is not None:
        promise = session.get(Promise, edition.promise_id)
        return content_today(session, promise, content) if promise else content
    if edition.picture_id is None:
        return content  # a plan's documents name no places
    untold = _Untold(
        list_untold_names(session, edition.municipality_id),
        list_untold_evidence(session, edition.municipality_id),
    )
    return content | {"areas": [_area(area, untold) for area in content["areas"]]}


@dataclass(frozen=True, slots=True)
class _Untold:
    """Names that readers are not given today, and the evidence whose place is not told."""

    names: Collection[str]
    evidence: Collection[int]

    def told(self, evidence: dict[str, Any]) -> dict[str, Any]:
        """The evidence of a claim, without a place that is not told."""
        if not evidence.get("place"):
            return evidence
        is_untold = evidence["place"] in self.names or evidence["id"] in self.evidence
        return evidence | {"place": ""} if is_untold else evidence


def _area(area: dict[str, Any], untold: _Untold) -> dict[str, Any]:
    return area | {"claims": [_claim(claim, untold) for claim in area["claims"]]}


def _claim(claim: dict[str, Any], untold: _Untold) -> dict[str, Any]:
    sides = ("supporting", "disagreeing")
    return claim | {side: [untold.told(e) for e in claim[side]] for side in sides}
