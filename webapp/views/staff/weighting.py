"""Answers as they came and weighted to who lives there, and which groups are few among them."""

from dataclasses import dataclass

from flask import abort, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from flask_security import current_user

from surveys.permissions import Permission
from surveys.privacy import Limits, limits_of
from surveys.queries.dialogues.dialogues import get_dialogue
from surveys.queries.results.crosstabs import Crosstab, Group, make_crosstab
from surveys.queries.results.representation import Division, GroupShare, list_representation
from surveys.queries.results.rounds import told
from surveys.queries.results.weighting import (
    Refusal,
    WeightedQuestion,
    Weighting,
    WeightingPlan,
    get_weighting,
)
from surveys.statistics.weighting import HIGHEST_WEIGHT, LOWEST_WEIGHT, WeightedShare
from webapp.access import requires
from webapp.extensions import db
from webapp.formatters import EN_DASH, fewer, interval, number, share
from webapp.looks import log_looks
from webapp.navigation import dialogue_tabs
from webapp.round_figures import Mark, Pair, mark_of
from webapp.tenancy import current_municipality
from webapp.views.staff.blueprint import blueprint
from webapp.words.round import PLANS, division_key_words, group_words, points, row_words, told_words

DIVISIONS: dict[Group, LazyString] = {
    Group.AGE_BAND: _l("Age"),
    Group.GENDER: _l("Gender"),
    Group.AREA: _l("Area"),
}
REFUSALS: dict[Refusal, LazyString] = {
    Refusal.NO_POPULATION: _l("There are no population counts to weigh the answers to."),
    Refusal.NO_AREAS: _l("There are no population counts by area."),
    Refusal.THIN: _l(
        "These groups have fewer than 5 answers each, and so few cannot stand for all who live"
        " there:"
    ),
    Refusal.DOES_NOT_CONVERGE: _l(
        "The groups of one kind lie so much inside those of another that no weights fit all of"
        " them. Choose fewer kinds."
    ),
}


@dataclass(frozen=True, slots=True)
class WeightedPanel:
    """One question: as it was answered and weighted. ``rows`` are those of the table."""

    position: int
    wording: str
    n: str
    n_effective: str
    pairs: tuple[Pair, ...]
    rows: tuple[tuple[str, ...], ...]


@blueprint.get("/<slug:kommun>/handlaggning/dialoger/<slug:slug>/resultat/vagning")
@requires(Permission.READ_RESULTS)
def weighting(slug: str) -> str:
    """Raw and weighted side by side, what the weights cost, and each group's share."""
    session, here = db.session(), current_municipality()
    dialogue = get_dialogue(session, here, slug)
    plan = _plan(request.args.get("mot", ""))
    sees_rows = current_user.can(Permission.READ_ROWS, here)
    found = get_weighting(session, here, dialogue, plan)
    tables = {
        each.position: make_crosstab(
            session, here, dialogue, measure=f"q{each.position}", sees_rows=sees_rows
        )
        for each in found.questions
    }
    divisions = list_representation(session, here, dialogue, sees_rows=sees_rows)
    page = render_template(
        "staff/weighting.html",
        dialogue=dialogue,
        found=found,
        refusal=str(REFUSALS[found.refusal]) if found.refusal else "",
        thin=[group_words(group) for group in found.thin],
        facts=_facts(found, limits_of(here), sees_rows=bool(sees_rows)),
        plans=_plans(found),
        panels=[_panel(each, tables[each.position]) for each in found.questions if each.rows],
        divisions=[(str(DIVISIONS[each.by]), each, _groups(each)) for each in divisions],
        limits=(LOWEST_WEIGHT, HIGHEST_WEIGHT),
        staff_tabs=dialogue_tabs(dialogue),
        staff_label=dialogue.title,
    )
    few = limits_of(here).min_crossed if sees_rows else 0
    log_looks((dialogue,), has_below=_has_below(tables, divisions, few))
    return page


def _plan(word: str) -> WeightingPlan:
    if not word:
        return WeightingPlan.AGE_BY_GENDER
    try:
        return WeightingPlan(word)
    except ValueError:
        abort(404)


def _plans(found: Weighting) -> list[tuple[str, str, bool]]:
    """Words, address part and whether it is shown; areas only where their counts are known."""
    areas = bool(found.population and found.population.areas)
    return [
        (str(words), plan.value, plan is found.plan)
        for plan, words in PLANS.items()
        if areas or not plan.has_area
    ]


def _facts(found: Weighting, limits: Limits, *, sees_rows: bool) -> list[tuple[str, str]]:
    """What the weights did and cost, as words and values."""
    weights = found.weights
    if weights is None or found.population is None:
        return []
    n_trimmed = weights.n_trimmed
    trimmed = (
        _("nobody")
        if n_trimmed == 0
        else number(n_trimmed)
        if sees_rows
        else fewer(n_trimmed, limits.min_crossed)
    )
    facts = [
        (_("Answers"), number(found.n_respondents)),
        (_("Effective number of answers (Kish)"), number(weights.n_effective)),
        (_("Design effect"), number(weights.design_effect, 2)),
        (_("Answers whose weight was trimmed"), trimmed),
    ]
    if sees_rows:
        facts.append(
            (_("Answers in a group of their own, with the share they have"), number(found.n_kept))
        )
    if weights.largest_gap >= 0.0005:
        gap = _("%(points)s percentage points", points=number(weights.largest_gap * 100, 1))
        facts.append((_("Largest distance left to the population, after trimming"), gap))
    return facts


def _panel(question: WeightedQuestion, table: Crosstab) -> WeightedPanel:
    pairs, rows = [], []
    for row in question.rows:
        raw = told(table, row.key)
        raw_mark = mark_of(raw.share, told_words(raw))
        hidden = raw.is_withheld
        weighted = Mark(_("not shown")) if hidden else _weighted_mark(row.weighted, raw_mark)
        moved = row.weighted.share - raw_mark.share
        note = _change(moved) if weighted.is_drawn else _("Too few answers for a share.")
        pairs.append(Pair(row_words(row.key), raw_mark, weighted, note))
        change = points(moved, 1) if weighted.is_drawn else EN_DASH
        rows.append((row_words(row.key), raw_mark.words, weighted.words, change))
    n, effective = table.columns[0].n, question.rows[0].weighted.n_effective
    return WeightedPanel(
        position=question.position,
        wording=table.wording or "",
        n=number(n) if n is not None else _("not shown"),
        # It is close to the number that is not shown.
        n_effective=number(effective) if n is not None else _("not shown"),
        pairs=tuple(pairs),
        rows=tuple(rows),
    )


def _weighted_mark(found: WeightedShare, raw: Mark) -> Mark:
    if not raw.is_drawn:
        return Mark(EN_DASH)  # fewer than thirty answers: a number, and no share of any kind
    words = interval(found.share, found.low, found.high)
    return Mark(words, True, found.share, found.low, found.high)


def _change(difference: float) -> str:
    return _("Weighting moves it by %(points)s percentage points.", points=points(difference, 1))


def _groups(division: Division) -> list[tuple[str, GroupShare, str]]:
    """Each group with its words and what there is to say of it."""
    return [(division_key_words(each.key), each, _ratio_words(each)) for each in division.groups]


def _ratio_words(group: GroupShare) -> str:
    found = group.found
    if found is None:
        return _("Not shown: too few answers.")
    if found.among.is_small:
        return _("Too few answers for a share.")
    return _(
        "%(share)s of the population; %(ratio)s times as many answered (%(low)s–%(high)s).",
        share=share(found.of_population),
        ratio=number(found.ratio, 1),
        low=number(found.low, 1),
        high=number(found.high, 1),
    )


def _has_below(tables: dict[int, Crosstab], divisions: tuple[Division, ...], few: int) -> bool:
    """Whether a number under ``few`` was shown: 0 for those who may not see rows."""
    if any(table.has_below for table in tables.values()):
        return True
    groups = [each.found for division in divisions for each in division.groups]
    return any(found is not None and 0 < found.among.count < few for found in groups)
