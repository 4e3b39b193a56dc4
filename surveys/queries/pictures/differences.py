"""What has changed between two wordings of a picture, paragraph by paragraph."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.errors import NotFound
from surveys.models.approval import Approval
from surveys.models.municipality import Municipality
from surveys.queries.editions.approvals import list_party_approvals, of_subject
from surveys.queries.pictures.content import picture_content
from surveys.queries.pictures.pictures import get_picture_row
from surveys.text.differences import ChangedParagraph, Paragraph, compare_paragraphs

ORIGIN = "utgavan-fore"  # in addresses: the edition that it was made from


@dataclass(frozen=True, slots=True)
class Difference:
    """The paragraphs of both wordings, and what the older one is.

    ``title`` is of the edition before; ``party`` and ``approved_at`` of a party's earlier yes.
    """

    paragraphs: tuple[ChangedParagraph, ...]
    title: str | None = None
    party: str | None = None
    approved_at: datetime | None = None

    @property
    def is_changed(self) -> bool:
        return any(paragraph.is_changed for paragraph in self.paragraphs)


def get_difference(
    session: Session, municipality: Municipality, slug: str, against: str
) -> Difference:
    """How the picture differs from the edition before (``against`` = ``ORIGIN``), or from the text
    that a party approved (its ``Party`` value, such as "police"); raise NotFound.
    """
    picture = get_picture_row(session, municipality, slug)
    after = tuple(_paragraphs(picture_content(picture)))
    if against == ORIGIN:
        if picture.origin is None:
            raise NotFound(ORIGIN)
        before = tuple(_paragraphs(picture_content(picture.origin)))
        return Difference(compare_paragraphs(before, after), title=picture.origin.title)
    for party in list_party_approvals(session, municipality, picture):
        if party.party.value == against and party.approved_at is not None:
            statement = (
                select(Approval.content)
                .where(of_subject(Approval, picture), Approval.party == party.party)
                .order_by(Approval.revision.desc())
                .limit(1)
            )
            before = tuple(_paragraphs(session.scalar(statement) or {}))
            compared = compare_paragraphs(before, after)
            return Difference(compared, party=party.name, approved_at=party.approved_at)
    raise NotFound(against)


def _paragraphs(content: Mapping[str, Any]) -> Iterator[Paragraph]:
    for kind in ("title", "period", "summary", "motive", "next_edition"):
        yield from _some(kind, content.get(kind))
    for area in content.get("areas", ()):
        yield from _some("area", area["title"])
        for kind in ("season", "not_chosen_because", "text"):
            yield from _some(kind, area.get(kind))
        for claim in area["claims"]:
            yield from _some("claim", claim["text"])
            yield from _some("judged_by", claim["judged_by"])
            for side in ("supporting", "disagreeing"):
                yield from _some(side, "; ".join(map(_cited, claim[side])))
    for source in content.get("sources", ()):
        parts = (source["name"], source["dropped_because"], source["limits"])
        yield from _some("source", ". ".join(part for part in parts if part))


def _some(kind: str, text: str | None) -> Iterator[Paragraph]:
    if text:
        yield Paragraph(kind, text)


def _cited(evidence: Mapping[str, Any]) -> str:
    """Evidence by its title; of a quote and of a finding on the map by its source."""
    return str(evidence.get("title") or evidence["source"])
