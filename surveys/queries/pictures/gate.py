"""What keeps an edition of the picture from being published, and sentences about few people."""

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models.evidence import Clearance, Evidence
from surveys.models.picture import Citation, Claim, ProblemArea, ProblemPicture
from surveys.queries.pictures.content import picture_content
from surveys.text.small_groups import find_small_groups


class Lack(enum.Enum):
    """What keeps an edition from being published."""

    SUMMARY = "summary"
    AREAS = "areas"
    CLAIMS = "claims"  # an area says nothing
    GROUND = "ground"  # a claim neither cites evidence nor says whose judgement it is
    SMALL_GROUP = "small_group"  # a sentence tells of few people, and nobody has said why
    CLEARANCE = "clearance"  # a figure of a closed source that nobody has cleared
    # A figure of the municipality's own that readers may not get as it stands:
    TOLD_OTHERWISE = "told_otherwise"
    NO_EDITION = "no_edition"
    NOT_IN_EDITION = "not_in_edition"


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing, and where.

    ``where`` is the area's title, the claim's text, the sentence or the figure's title;
    ``dialogue`` the address part of the figure's dialogue.
    """

    lack: Lack
    where: str = ""
    area_id: int | None = None
    claim_id: int | None = None
    dialogue: str = ""
    evidence_id: int | None = None


@dataclass(frozen=True, slots=True)
class SmallGroup:
    """A sentence that tells of few people. ``reason``: why it is published all the same."""

    text: str
    phrases: tuple[str, ...]
    reason: str | None
    by: str | None  # the role


def list_small_groups(picture: ProblemPicture) -> tuple[SmallGroup, ...]:
    """The sentences of an edition that tell of few people, each once, in reading order."""
    passed = {row["text"]: row for row in picture.small_groups}
    found = []
    for text in dict.fromkeys(_texts(picture_content(picture))):
        phrases = find_small_groups(text)
        if phrases:
            row = passed.get(text, {})
            found.append(SmallGroup(text, phrases, row.get("reason"), row.get("by")))
    return tuple(found)


def list_uncleared(session: Session, picture: ProblemPicture) -> frozenset[int]:
    """Ids of the evidence that the edition cites and that nobody has cleared."""
    statement = (
        select(Evidence.id)
        .join(Citation, Citation.evidence_id == Evidence.id)
        .join(Claim, Claim.id == Citation.claim_id)
        .join(ProblemArea, ProblemArea.id == Claim.area_id)
        .outerjoin(Clearance, Clearance.evidence_id == Evidence.id)
        .where(
            ProblemArea.picture_id == picture.id,
            Evidence.municipality_id == picture.municipality_id,
            Evidence.needs_clearance.is_(True),
            Clearance.id.is_(None),
        )
    )
    return frozenset(session.scalars(statement))


# What readers get in words; of evidence only what somebody has written here.
_WORDS = (
    "title",
    "text",
    "period",
    "summary",
    "motive",
    "season",
    "not_chosen_because",
    "name",
    "limits",
    "dropped_because",
)


def _texts(content: Mapping[str, Any]) -> Iterable[str]:
    """Every text of ``content`` that readers get, in order."""
    for key, value in content.items():
        if isinstance(value, str) and (key in _WORDS or _is_statement(content, key)):
            yield value
        elif isinstance(value, list):
            for row in value:
                yield from _texts(row)


def _is_statement(content: Mapping[str, Any], key: str) -> bool:
    return key in {"statement", "caveat"} and content.get("kind") == "external_source"
