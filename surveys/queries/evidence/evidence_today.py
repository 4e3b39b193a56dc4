"""Asking again what a piece of evidence was frozen from: what does the same question give today?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.errors import InvalidInput, NotFound
from surveys.models.dialogue import Dialogue
from surveys.models.evidence import Evidence, EvidenceKind, EvidenceState
from surveys.models.municipality import Municipality
from surveys.models.response import Response
from surveys.queries.dialogues.dialogues import get_dialogue
from surveys.queries.figures.comparison_figures import ComparisonFigure, get_comparison_figure
from surveys.queries.figures.edition_figures import (
    EditionFigure,
    get_edition_figure,
    is_from_edition,
)
from surveys.queries.figures.figures import HOTSPOT_PREFIX, MapFinding, SurveyFigure, get_figure
from surveys.queries.figures.place_figures import PLACE_QUERY, PlaceFigure, get_place_figure
from surveys.queries.figures.table_figures import (
    PublicMapFigure,
    TableFigure,
    TableQuery,
    get_public_map_figure,
    get_table_figure,
)
from surveys.queries.maps.hotspots import get_latest_run, to_tenths, to_two_digits

Figure = (
    SurveyFigure
    | MapFinding
    | TableFigure
    | PublicMapFigure
    | ComparisonFigure
    | EditionFigure
    | PlaceFigure
)
# Of a figure's numbers: about which run or which time, and not what it says.
_BESIDE = frozenset(
    {
        "dialogue",
        "run_id",
        "computed_at",
        "data_hash",
        "settings",
        "rank",
        "geometry",
        "earlier",
        "edition",
        "drawing",
        "works",
    }
)
# What findings on a map had with more digits before an upgrade, as it is told now.
_IN_FEWER_DIGITS = {"z": to_tenths, "p_value": to_two_digits}


@dataclass(frozen=True, slots=True)
class Today:
    """What the same gives now. ``figure`` is None where it gives nothing that may be told."""

    state: EvidenceState
    figure: Figure | None = None

    @property
    def n(self) -> int | None:
        """Respondents behind it now."""
        return None if self.figure is None else self.figure.n


def ask_again(session: Session, municipality: Municipality, evidence: Evidence) -> Today | None:
    """What ``evidence`` would say if it were frozen now; None for what comes from outside."""
    if evidence.kind is EvidenceKind.EXTERNAL_SOURCE or evidence.dialogue is None:
        return None
    if evidence.kind is EvidenceKind.QUOTE:
        return Today(_state_of_quote(session, municipality, evidence))
    try:
        figure = _figure_now(session, municipality, evidence)
    except (NotFound, InvalidInput):
        return Today(EvidenceState.GONE)
    if figure.n < municipality.min_respondents:
        return Today(EvidenceState.GONE)
    now, then = _numbers(figure.as_json()), _numbers(evidence.figures)
    if isinstance(figure, MapFinding):
        then |= {name: told(then[name]) for name, told in _IN_FEWER_DIGITS.items() if name in then}
    # What an older version kept besides, or did not keep, is no change.
    is_same = all(now[name] == then[name] for name in now.keys() & then.keys())
    return Today(EvidenceState.CURRENT if is_same else EvidenceState.CHANGED, figure)


def _figure_now(session: Session, municipality: Municipality, evidence: Evidence) -> Figure:
    dialogue = evidence.dialogue
    if dialogue is None:
        raise NotFound("dialogue")
    if is_from_edition(evidence):
        return get_edition_figure(session, municipality, dialogue, evidence.query["table"])
    if evidence.kind is EvidenceKind.MAP_FINDING:
        return _finding_now(session, municipality, dialogue, evidence.figures)
    if evidence.kind in (EvidenceKind.TABLE, EvidenceKind.CHART):
        query = TableQuery.from_json(evidence.query)
        return get_table_figure(session, municipality, dialogue, query)
    if evidence.kind is EvidenceKind.PUBLIC_MAP:
        return get_public_map_figure(session, municipality, dialogue)
    if evidence.kind is EvidenceKind.COMPARISON:
        return _compared_now(session, municipality, dialogue, evidence.query)
    position = evidence.figures["position"]
    return get_figure(session, municipality, dialogue, f"q{position}")


def _compared_now(
    session: Session, municipality: Municipality, later: Dialogue, query: Mapping[str, Any]
) -> Figure:
    both = (get_dialogue(session, municipality, query["earlier"]), later)
    if query["name"] == PLACE_QUERY:
        return get_place_figure(session, municipality, both, int(query["place"]))
    return get_comparison_figure(session, municipality, both, query["measure"])


def _finding_now(
    session: Session, municipality: Municipality, dialogue: Dialogue, figures: Mapping[str, Any]
) -> Figure:
    """The area of the same name in the latest analysis, the one nearest in rank."""
    run = get_latest_run(session, municipality, dialogue)
    ranks = [h.rank for h in run.hotspots if h.name == figures["name"]] if run else []
    if not ranks:
        raise NotFound("hotspot")
    rank = min(ranks, key=lambda each: abs(each - int(figures["rank"])))
    return get_figure(session, municipality, dialogue, f"{HOTSPOT_PREFIX}{rank}")


def _numbers(figures: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in figures.items() if name not in _BESIDE}


def _state_of_quote(
    session: Session, municipality: Municipality, evidence: Evidence
) -> EvidenceState:
    if evidence.blanked_on is not None:
        return EvidenceState.GONE
    is_counted = session.scalar(
        select(Response.is_counted).where(
            Response.municipality_id == municipality.id, Response.id == evidence.response_id
        )
    )
    return EvidenceState.CURRENT if is_counted else EvidenceState.GONE
