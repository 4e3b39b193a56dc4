"""Writers for evidence: a figure, a map finding or a source is frozen as it stands now.

The numbers are read and frozen in one transaction. Their words belong to the edge, which hands in
a function that turns the numbers into a statement (``FigureWords``); number and statement can thus
never come from two different readings. A frozen row is never changed: what has changed since is
frozen again beside it, and the same content twice is one row.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from surveys.days import swedish_day, whole_hour
from surveys.drafts.evidence import SourceDraft, Wording
from surveys.errors import InvalidInput, NotFound
from surveys.limits import MAX_COUNT, MAX_SHORT, MAX_SOURCE, MAX_TITLE
from surveys.models.dialogue import Dialogue
from surveys.models.evidence import Evidence, EvidenceKind
from surveys.models.municipality import Municipality
from surveys.models.place import NamedPlace
from surveys.queries.dialogues.dialogues import get_dialogue
from surveys.queries.evidence.evidence import get_evidence_row
from surveys.queries.evidence.evidence_sums import content_hash
from surveys.queries.evidence.evidence_today import Figure, ask_again
from surveys.queries.figures.comparison_figures import ComparisonFigure
from surveys.queries.figures.edition_figures import EditionFigure
from surveys.queries.figures.figures import MapFinding, SurveyFigure, get_figure
from surveys.queries.figures.place_figures import PlaceFigure
from surveys.queries.figures.table_figures import PublicMapFigure, TableFigure
from surveys.queries.results.versions import get_versions
from surveys.services.editions.input_rules import optional_text, required_text
from surveys.services.evidence.evidence_outside import outside_columns


@dataclass(frozen=True, slots=True)
class FigureAddress:
    """Which figure: the dialogue's address part, and ``q1``-``q3`` or ``hotspot-<rank>``."""

    dialogue: str
    figure: str


class FigureWords(Protocol):
    """How the edge puts a figure into words."""

    def __call__(self, figure: Figure, /) -> Wording: ...


def freeze_figure(
    session: Session,
    municipality: Municipality,
    address: FigureAddress,
    words: FigureWords,
    *,
    by: str,
    now: datetime,
) -> Evidence:
    """Freeze one figure as it stands now, in the name of the role ``by``.

    Raise NotFound for a dialogue or a figure that is not there, and InvalidInput ``too_few`` where
    it rests on fewer respondents than may be told.
    """
    dialogue = get_dialogue(session, municipality, address.dialogue)
    found = get_figure(session, municipality, dialogue, address.figure)
    query = {"name": "figure", "figure": address.figure} | _place(session, municipality, found)
    return freeze_found(
        session, begin_evidence(municipality, dialogue, query), found, words, by=by, now=now
    )


def freeze_again(
    session: Session,
    municipality: Municipality,
    evidence_id: int,
    words: FigureWords,
    *,
    by: str,
    now: datetime,
) -> Evidence:
    """Freeze what the question behind this evidence gives now. The old row stays as it is.

    Raise NotFound, and InvalidInput ``gone`` where the same can no longer be told.
    """
    before = get_evidence_row(session, municipality, evidence_id)
    today = ask_again(session, municipality, before)
    if today is None or today.figure is None or before.dialogue is None:
        raise InvalidInput("gone", "figure")
    query = dict(before.query) | _place(session, municipality, today.figure)
    fresh = begin_evidence(municipality, before.dialogue, query)
    return freeze_found(session, fresh, today.figure, words, by=by, now=now)


def _place(session: Session, municipality: Municipality, found: Figure) -> dict[str, Any]:
    """The place that a finding is named from, by its id: it may be renamed, and marked as sensitive
    under another name.
    """
    if not isinstance(found, MapFinding) or not found.name:
        return {}
    place = session.scalar(
        select(NamedPlace.id).where(
            NamedPlace.municipality_id == municipality.id, NamedPlace.name == found.name
        )
    )
    return {} if place is None else {"place": place}


def freeze_source(
    session: Session, municipality: Municipality, draft: SourceDraft, *, by: str, now: datetime
) -> Evidence:
    """Freeze an external source as it was reported. Raise InvalidInput."""
    if draft.n is not None and not 0 <= draft.n <= MAX_COUNT:
        raise InvalidInput("out_of_range", "n")
    if draft.dated_on is not None and draft.dated_on > swedish_day(now):
        raise InvalidInput("in_future", "dated_on")
    evidence = Evidence(
        municipality_id=municipality.id,
        kind=EvidenceKind.EXTERNAL_SOURCE,
        title=required_text(draft.title, "title", MAX_TITLE),
        statement=required_text(draft.statement, "statement"),
        source=required_text(draft.source, "source", MAX_SOURCE),
        period=optional_text(draft.period, "period", MAX_SHORT),
        method=optional_text(draft.method, "method"),
        caveat=optional_text(draft.caveat, "caveat"),
        n=draft.n,
        dated_on=draft.dated_on,
        **outside_columns(draft),
    )
    return freeze_evidence(session, evidence, by=by, now=now)


def freeze_evidence(session: Session, evidence: Evidence, *, by: str, now: datetime) -> Evidence:
    """Freeze ``evidence`` in the name of the role ``by``; the same content twice is one row."""
    evidence.content_hash = content_hash(evidence)
    evidence.frozen_at, evidence.frozen_by = whole_hour(now), by
    try:
        with session.begin_nested():
            session.add(evidence)
    except IntegrityError:  # the same content has been frozen before, perhaps a moment ago
        kept = session.scalar(
            select(Evidence).where(
                Evidence.municipality_id == evidence.municipality_id,
                Evidence.content_hash == evidence.content_hash,
            )
        )
        if kept is None:
            raise
        return kept
    return evidence


def begin_evidence(
    municipality: Municipality, dialogue: Dialogue, query: dict[str, Any]
) -> Evidence:
    """A row that knows whose it is and what was asked for, to be filled by ``freeze_found``."""
    return Evidence(
        municipality_id=municipality.id,
        municipality=municipality,
        dialogue_id=dialogue.id,
        dialogue=dialogue,
        query=query,
    )


def freeze_found(
    session: Session,
    evidence: Evidence,
    found: Figure,
    words: FigureWords,
    *,
    by: str,
    now: datetime,
) -> Evidence:
    """Fill in what was found, in words and in numbers, and freeze it."""
    found_in = evidence.dialogue
    if found_in is None:
        raise NotFound("dialogue")
    if found.n < evidence.municipality.min_respondents:
        raise InvalidInput("too_few", "figure")
    wording = words(found)
    evidence.kind = _kind_of(found)
    evidence.title = wording.title[:MAX_TITLE]
    evidence.statement = wording.statement
    evidence.source = wording.source[:MAX_SOURCE]
    evidence.period = wording.period[:MAX_SHORT]
    evidence.method, evidence.caveat = wording.method, wording.caveat
    evidence.n, evidence.dated_on = found.n, found.dialogue.last_on
    evidence.figures = found.as_json()
    evidence.versions = get_versions(session, evidence.municipality, found_in)
    evidence.versions |= _more_versions(found)
    return freeze_evidence(session, evidence, by=by, now=now)


def _kind_of(found: Figure) -> EvidenceKind:
    if isinstance(found, TableFigure):
        return EvidenceKind.CHART if found.is_chart else EvidenceKind.TABLE
    kinds: dict[type[Figure], EvidenceKind] = {
        SurveyFigure: EvidenceKind.SURVEY_FIGURE,
        MapFinding: EvidenceKind.MAP_FINDING,
        PublicMapFigure: EvidenceKind.PUBLIC_MAP,
        ComparisonFigure: EvidenceKind.COMPARISON,
        PlaceFigure: EvidenceKind.COMPARISON,
        EditionFigure: EvidenceKind.TABLE,
    }
    return kinds[type(found)]


def _more_versions(found: Figure) -> dict[str, Any]:
    if isinstance(found, MapFinding):
        return {"hotspot_run": found.run_id}
    if isinstance(found, PlaceFigure):
        return {"round_map": found.drawing}
    if isinstance(found, PublicMapFigure):
        return {"edition": found.edition.number}
    if isinstance(found, EditionFigure):
        return {"edition": found.edition}
    return {}
