"""Which figures of a municipality's own everybody may read: those that a published edition tells.

Readers keep what they have seen. A count of another moment beside an edition's tells, by
subtraction, what one or two persons answered; so what a picture shows must stand in an edition.
"""

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models.dialogue import Dialogue
from surveys.models.evidence import Evidence, EvidenceKind
from surveys.models.municipality import Municipality
from surveys.models.picture import Citation, Claim, ProblemArea, ProblemPicture
from surveys.models.response import DONT_KNOW, NO, SCALE_VALUES, YES
from surveys.queries.dialogues.dialogues import get_dialogue
from surveys.queries.figures.edition_figures import count_in, find_table, is_from_edition, table_key
from surveys.queries.figures.place_figures import is_of_place
from surveys.queries.results.result_editions import (
    STILL_READABLE,
    ResultEditionView,
    get_public_results,
    list_told_editions,
)

# Exact counts of people. A published map obeys a rule of its own, and of a finding on the map
# readers get no count (``view_for_readers``); quotes and sources from outside count nobody here.
_COUNTED = frozenset(
    {
        EvidenceKind.SURVEY_FIGURE,
        EvidenceKind.TABLE,
        EvidenceKind.CHART,
        EvidenceKind.COMPARISON,
    }
)
_SAFE, _UNSAFE, _SCALE = ("5", "4"), ("2", "1"), tuple(SCALE_VALUES)
# What the rows of a comparison are called, as codes and as the base that they are a share of.
_COMPARED = {
    "safe": (_SAFE, _SCALE),
    "unsafe": (_UNSAFE, _SCALE),
    YES: ((YES,), (YES, NO)),
}


class Hold(enum.Enum):
    """Why a figure may not be read by everybody as it stands."""

    TOLD_OTHERWISE = "told_otherwise"  # the published edition tells it: that one may be shown
    NO_EDITION = "no_edition"  # nothing is published of the dialogue
    NOT_IN_EDITION = "not_in_edition"  # the editions do not tell it


@dataclass(frozen=True, slots=True)
class Held:
    """A figure that is held back, and of which dialogue (its address part)."""

    hold: Hold
    dialogue: str


def list_held(
    session: Session, municipality: Municipality, picture: ProblemPicture
) -> dict[int, Held]:
    """The cited evidence that readers may not get as it stands, by its id."""
    cited = {c.evidence for area in picture.areas for claim in area.claims for c in claim.citations}
    found: dict[int, Held] = {}
    for evidence in sorted(cited, key=lambda each: each.id):
        hold = find_hold(session, municipality, evidence)
        if hold is not None and evidence.dialogue is not None:
            found[evidence.id] = Held(hold, evidence.dialogue.slug)
    return found


def find_hold(session: Session, municipality: Municipality, evidence: Evidence) -> Hold | None:
    """Why readers may not get the evidence as it stands; None where they may."""
    if evidence.kind not in _COUNTED or evidence.dialogue is None:
        return None
    if is_of_place(evidence):
        return None  # readers get no count of it (``view_for_readers``)
    if evidence.kind is EvidenceKind.COMPARISON:
        return _hold_comparison(session, municipality, evidence)
    if is_from_edition(evidence):
        readable = _readable(session, municipality, evidence.dialogue)
        if evidence.figures["edition"] in {edition.number for edition in readable}:
            return None
    published = get_public_results(session, municipality, evidence.dialogue)
    if published is None:
        return Hold.NO_EDITION
    key = table_key(evidence)
    is_told = key is not None and find_table(published, key) is not None
    return Hold.TOLD_OTHERWISE if is_told else Hold.NOT_IN_EDITION


def is_near_what_pictures_told(
    session: Session, municipality: Municipality, dialogue: Dialogue, edition: ResultEditionView
) -> bool:
    """Whether a number of the edition lies nearer than the limit to one in a published picture.

    Of pictures that were published before they were held to editions, with counts of their own.
    """
    statement = (
        select(Evidence)
        .join(Citation, Citation.evidence_id == Evidence.id)
        .join(Claim, Claim.id == Citation.claim_id)
        .join(ProblemArea, ProblemArea.id == Claim.area_id)
        .join(ProblemPicture, ProblemPicture.id == ProblemArea.picture_id)
        .where(
            ProblemPicture.municipality_id == municipality.id,
            ProblemPicture.published_at.is_not(None),
            Evidence.dialogue_id == dialogue.id,
            Evidence.kind == EvidenceKind.SURVEY_FIGURE,
        )
    )
    for evidence in session.scalars(statement):
        table = find_table(edition, f"q{evidence.figures['position']}")
        for codes, told in _numbers_of(evidence.figures) if table else ():
            counted = count_in(table, codes) if table else None
            if counted is not None and 0 < abs(counted - told) < edition.least:
                return True
    return False


def _numbers_of(figures: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], int]]:
    for name, first, second, base in (
        ("scale", _SAFE, _UNSAFE, _SCALE),
        ("yes_no", (YES,), (NO,), (YES, NO)),
    ):
        if pair := figures.get(name):
            yield base, pair["n"]
            yield first, pair["first"]["count"]
            yield second, pair["second"]["count"]
    if figures.get("n_dont_know"):
        yield (DONT_KNOW,), figures["n_dont_know"]


def _hold_comparison(
    session: Session, municipality: Municipality, evidence: Evidence
) -> Hold | None:
    """A comparison may be read where each round's numbers stand in an edition of that round."""
    measure = evidence.figures["measure"]
    earlier = get_dialogue(session, municipality, evidence.query["earlier"])
    for name, dialogue in (("earlier", earlier), ("later", evidence.dialogue)):
        readable = _readable(session, municipality, dialogue) if dialogue else []
        if not readable:
            return Hold.NO_EDITION
        if not any(_tells(edition, measure, name) for edition in readable):
            return Hold.NOT_IN_EDITION
    return None


def _tells(edition: ResultEditionView, measure: Mapping[str, Any], name: str) -> bool:
    table = next(
        (
            one
            for one in edition.tables
            if one["kind"] == "one_way"
            and (one.get("question") or {}).get("code") == measure["code"] is not None
        ),
        None,
    )
    if table is None:
        return False
    for row in measure["rows"]:
        share = row[name]["share"]
        if share is None:
            continue
        codes, base = _COMPARED.get(row["key"], ((), ()))
        if (count_in(table, codes), count_in(table, base)) != (share["count"], share["n"]):
            return False
    return True


def _readable(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> list[ResultEditionView]:
    """The editions that readers can open, the latest first."""
    told = list_told_editions(session, municipality, dialogue)
    return [edition for edition in told if edition.state in STILL_READABLE]
