"""What the answers to a dialogue say, question by question."""

from dataclasses import dataclass

from flask import render_template

from surveys.models.dialogue import Dialogue, QuestionKind
from surveys.permissions import Permission
from surveys.privacy import limits_of
from surveys.queries.dialogues.dialogues import get_dialogue
from surveys.queries.dialogues.suspicions import summarise_left_out
from surveys.queries.results.crosstabs import Crosstab, Filters, Group, make_crosstab
from surveys.queries.results.marked_places import MemberCount
from surveys.queries.results.results import (
    QuestionResult,
    ScaleSeries,
    YesNoSeries,
    summarise_results,
)
from surveys.statistics.proportions import FEW_ANSWERS, Proportion, estimate_share
from webapp.access import requires
from webapp.clock import now
from webapp.extensions import db
from webapp.labels import answer_label, label
from webapp.looks import log_looks, sees_rows
from webapp.navigation import dialogue_tabs
from webapp.table_views import view_table
from webapp.tenancy import current_municipality
from webapp.views.staff.blueprint import blueprint
from webapp.words.filter import write_table
from webapp.words.finding import finding_heading


@dataclass(frozen=True, slots=True)
class Bar:
    """A part of a figure: the words, the share of the base and the count."""

    label: str
    share: float
    n: int
    low: float = 0.0
    high: float = 0.0


@blueprint.get("/<slug:kommun>/handlaggning/dialoger/<slug:slug>/resultat")
@requires(Permission.READ_RESULTS)
def results(slug: str) -> str:
    """Counts, shares and intervals of each question, with who answered."""
    session, municipality = db.session(), current_municipality()
    dialogue = get_dialogue(session, municipality, slug)
    found = summarise_results(session, municipality, dialogue, sees_rows=sees_rows())
    by_gender = _by_gender(dialogue) if found.n_responses else None
    has_below = found.has_below or (by_gender is not None and by_gender.has_below)
    log_looks([dialogue], has_below=has_below)
    limits = limits_of(municipality)
    return render_template(
        "staff/results.html",
        dialogue=dialogue,
        left_out=summarise_left_out(session, municipality, dialogue),
        phase=dialogue.phase(now()),
        results=found,
        headings={q.position: finding_heading(q) for q in found.questions},
        scale_parts={q.position: _scale_parts(q.scale) for q in found.questions},
        opposites={q.position: _opposites(q) for q in found.questions},
        reasons=_member_bars(found.places.reasons, found.places.n_with_reason or 0),
        times=_member_bars(found.places.times, found.places.n_with_time or 0),
        by_gender=view_table(by_gender) if by_gender is not None else None,
        figures=_figures(dialogue),
        few_answers=FEW_ANSWERS,
        min_respondents=limits.min_respondents,
        min_crossed=limits.min_crossed,
        **_frame(dialogue),
    )


def _by_gender(dialogue: Dialogue) -> Crosstab | None:
    """The first question on the scale, split by gender as all official statistics are."""
    scale = next((q for q in dialogue.questions if q.kind is QuestionKind.SCALE), None)
    if scale is None:
        return None
    return make_crosstab(
        db.session(),
        current_municipality(),
        dialogue,
        measure=f"q{scale.position}",
        by=Group.GENDER,
        sees_rows=sees_rows(),
    )


def _figures(dialogue: Dialogue) -> dict[str, dict[str, object]]:
    """What each figure of the page is, for what can be done with it."""
    asked: dict[str, tuple[str, Group | None]] = {
        f"q{q.position}": (f"q{q.position}", None) for q in dialogue.questions
    }
    asked |= {"gender": ("q1", Group.GENDER), "reasons": ("reasons", None)}
    asked |= {"times": ("times", None), "seasons": ("seasons", None)}
    return {
        anchor: {
            "anchor": anchor,
            "dialogue": dialogue.slug,
            "parameters": write_table(measure, by, Filters()),
        }
        for anchor, (measure, by) in asked.items()
    }


def _frame(dialogue: Dialogue) -> dict[str, object]:
    return {"staff_tabs": dialogue_tabs(dialogue), "staff_label": dialogue.title}


def _scale_parts(scale: ScaleSeries | None) -> list[Bar]:
    """The parts of the bar that may be told; fewer than five and there is no bar."""
    if scale is None:
        return []
    return [
        _interval(answer_label(part.value), estimate_share(part.n, scale.n))
        for part in scale.values
        if part.n is not None
    ]


def _opposites(question: QuestionResult) -> list[Bar]:
    """Ja and nej of Q2 with their intervals; nothing where the base is too small for shares."""
    series: YesNoSeries | None = question.yes_no
    if series is None or question.scale is not None or series.yes is None or series.no is None:
        return []
    if series.yes.is_small:
        return []
    pairs = ((answer_label("ja"), series.yes), (answer_label("nej"), series.no))
    return [_interval(words, share) for words, share in pairs]


def _member_bars(rows: tuple[MemberCount, ...], base: int) -> list[Bar]:
    """Reasons or times as shares of those who gave any, where the base carries shares."""
    if base < FEW_ANSWERS:
        return []
    return [
        _interval(label(row.member), estimate_share(row.n_respondents, base))
        for row in rows
        if row.n_respondents is not None
    ]


def _interval(words: str, share: Proportion) -> Bar:
    return Bar(words, share.share, share.count, share.low, share.high)
