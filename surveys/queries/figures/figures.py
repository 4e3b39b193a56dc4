"""One figure of a dialogue with everything that must go with it when it is cited."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from surveys.errors import NotFound
from surveys.models.dialogue import Channel, Dialogue, QuestionKind
from surveys.models.municipality import Municipality
from surveys.queries.maps.hotspots import RunSummary, get_latest_run
from surveys.queries.results.marked_places import MemberCount
from surveys.queries.results.plain import as_json
from surveys.queries.results.results import DialogueResults, QuestionResult, summarise_results
from surveys.statistics.proportions import Proportion

HOTSPOT_PREFIX = "hotspot-"
# Of the settings of a map, what reproduces it and what its page shows. Not the sums by which a
# change is noticed: two of them, frozen at different times, would tell of the mark between.
_KEPT = (
    "state", "crs", "cell_m", "radius_m", "reach_m", "bandwidth_m", "bandwidth_rule",
    "false_discovery_rate", "min_respondents", "min_marks",
)  # fmt: skip
_KEPT_OF_SCAN = ("untested", "source", "dated_on", "cell_m", "simulations")


@dataclass(frozen=True, slots=True)
class DialogueFacts:
    """The dialogue behind a figure. Days are None where no answer has a date."""

    title: str
    opens_at: datetime
    closes_at: datetime
    first_on: date | None
    last_on: date | None
    n_responses: int | None
    channels: tuple[tuple[Channel, int | None], ...]  # None: withheld, too few


@dataclass(frozen=True, slots=True)
class PairOfShares:
    """Two opposite answers among ``n``: trygg and otrygg of the scale, or ja and nej."""

    n: int
    first: Proportion
    second: Proportion


@dataclass(frozen=True, slots=True)
class SurveyFigure:
    """One question's numbers. The scale and an imported ja/nej stay two series."""

    dialogue: DialogueFacts
    position: int
    code: str
    version: int
    kind: QuestionKind
    wording: str
    n: int  # responses with any answer, or where that is withheld on the scale or with ja or nej
    n_missing: int | None  # None: withheld
    n_dont_know: int | None
    n_texts: int | None
    scale: PairOfShares | None
    yes_no: PairOfShares | None

    def as_json(self) -> dict[str, Any]:
        """The numbers as they are stored."""
        return as_json(self)


@dataclass(frozen=True, slots=True)
class MapFinding:
    """One area of an analysis, with the settings of the run that it comes from."""

    dialogue: DialogueFacts
    run_id: int
    computed_at: datetime
    method: str
    settings: dict[str, Any]
    data_hash: str
    n_respondents_in_run: int | None  # who marked any place
    rank: int
    name: str
    geometry: dict[str, Any]
    n_marks: int
    n: int  # respondents with a mark in the area; where ``is_at_least`` rounded down
    is_at_least: bool
    baseline: str | None  # what expected counts rest on; None: density only
    expected: float | None
    relative_risk: float | None
    z: float | None
    p_value: float | None
    reasons: dict[str, int]  # reason -> respondents, those that may be told
    times: dict[str, int]

    def as_json(self) -> dict[str, Any]:
        """The numbers as they are stored."""
        return as_json(self)


def get_figure(
    session: Session, municipality: Municipality, dialogue: Dialogue, code: str
) -> SurveyFigure | MapFinding:
    """The figure ``q<position>`` or ``hotspot-<rank>`` of the latest analysis; raise NotFound."""
    results = summarise_results(session, municipality, dialogue)
    facts = _facts(dialogue, results)
    if code.startswith(HOTSPOT_PREFIX):
        run = get_latest_run(session, municipality, dialogue)
        return _map_finding(facts, run, code.removeprefix(HOTSPOT_PREFIX))
    question = next((q for q in results.questions if f"q{q.position}" == code), None)
    if question is None:
        raise NotFound(code)
    return _survey_figure(facts, question)


def get_facts(session: Session, municipality: Municipality, dialogue: Dialogue) -> DialogueFacts:
    """When ``municipality``'s answers to ``dialogue`` came, how many and by which ways."""
    return _facts(dialogue, summarise_results(session, municipality, dialogue))


def _survey_figure(facts: DialogueFacts, question: QuestionResult) -> SurveyFigure:
    scale, yes_no = question.scale, question.yes_no
    return SurveyFigure(
        dialogue=facts,
        position=question.position,
        code=question.code,
        version=question.version,
        kind=question.kind,
        wording=question.wording,
        n=_told_base(question),
        n_missing=question.n_missing,
        n_dont_know=question.n_dont_know,
        n_texts=question.n_texts,
        scale=_pair(scale.n, scale.safe, scale.unsafe) if scale else None,
        yes_no=_pair(yes_no.n, yes_no.yes, yes_no.no) if yes_no else None,
    )


def _pair(n: int, first: Proportion | None, second: Proportion | None) -> PairOfShares | None:
    """The pair, where both may be told."""
    return PairOfShares(n, first, second) if first and second else None


def _told_base(question: QuestionResult) -> int:
    """How many the figure rests on, of what may be told; 0 where nothing may."""
    scale, yes_no = question.scale, question.yes_no
    pairs = ((scale.safe, scale.unsafe) if scale else (), (yes_no.yes, yes_no.no) if yes_no else ())
    if not question.n_texts and not any(pair and None not in pair for pair in pairs):
        return 0
    series = scale or yes_no
    return question.n_answered or (series.n if series else 0)


def _map_finding(facts: DialogueFacts, run: RunSummary | None, rank: str) -> MapFinding:
    hotspot = next((h for h in run.hotspots if str(h.rank) == rank), None) if run else None
    if run is None or hotspot is None:
        raise NotFound(f"{HOTSPOT_PREFIX}{rank}")
    return MapFinding(
        dialogue=facts,
        run_id=run.id,
        computed_at=run.computed_at,
        method=run.method,
        settings=_kept(run.settings),
        data_hash=run.data_hash,
        n_respondents_in_run=run.n_respondents,
        rank=hotspot.rank,
        name=hotspot.name,
        geometry=dict(hotspot.geometry),
        n_marks=hotspot.n_marks,
        n=hotspot.n_respondents,
        is_at_least=hotspot.is_at_least,
        baseline=run.baseline,
        expected=hotspot.expected,
        relative_risk=hotspot.relative_risk,
        z=hotspot.z,
        p_value=hotspot.p_value,
        reasons=_told(hotspot.reasons),
        times=_told(hotspot.times),
    )


def _kept(settings: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: settings[name] for name in _KEPT if name in settings}
    scan = settings.get("scan")
    if scan is not None:
        kept["scan"] = {name: scan.get(name) for name in _KEPT_OF_SCAN}
    return kept


def _facts(dialogue: Dialogue, results: DialogueResults) -> DialogueFacts:
    return DialogueFacts(
        title=dialogue.title,
        opens_at=dialogue.opens_at,
        closes_at=dialogue.closes_at,
        first_on=results.first_on,
        last_on=results.last_on,
        n_responses=results.n_responses,
        channels=tuple((row.channel, row.n) for row in results.channels),
    )


def _told(counts: tuple[MemberCount, ...]) -> dict[str, int]:
    return {c.member.value: c.n_respondents for c in counts if c.n_respondents is not None}
