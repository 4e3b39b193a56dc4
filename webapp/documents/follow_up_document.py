"""The yearly follow-up of a promise or of a plan: counts, occasions, reports and judgements."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from surveys.models.plan import OccasionState
from surveys.queries.editions.edition_files import Look
from surveys.queries.plans.page import AreaView, PlanPage
from surveys.queries.plans.yearly import ActivityYear, FollowUpDone
from surveys.queries.progress.judgements import ClosingPage, JudgementView
from surveys.queries.promises.counters import OccasionView, PointState
from surveys.queries.promises.history import UpdateView
from surveys.queries.promises.other_targets import OtherTarget
from surveys.queries.promises.page import PointPage, PromisePage
from webapp.documents.blocks import (
    Block,
    Bullets,
    Document,
    Heading,
    Paragraph,
    Sides,
    Table,
    Ticks,
    Units,
)
from webapp.documents.document_parts import Head, counted_document, facts, paragraphs
from webapp.documents.progress_words import (
    activity_count,
    condition_in,
    count_of,
    expected_words,
    occasion_cells,
    pace_words,
    status_words,
    year_words,
)
from webapp.formatters import date_long, day_range
from webapp.words.counter import listed, tally_words, target_words, times_words
from webapp.words.rubric import carry_over_words, side_words, verdict_words

MAX_UNITS = 12
MAX_ROWS = 14  # more occasions than this are told by their notes alone
MAX_NOTES = 60


@dataclass(frozen=True, slots=True)
class Followed:
    """What a follow-up is of: in whose look, which edition, which year, seen on which day."""

    look: Look
    year: int
    today: date
    edition: tuple[int, str] | None  # number and control sum of what is followed up
    dnr: str | None


def promise_follow_up(page: PromisePage, followed: Followed, closing: ClosingPage) -> Document:
    """One year of a promise."""
    blocks: list[Block] = [
        facts(
            [
                (_("Promise"), page.summary.title),
                (_("Holds"), _period(page)),
                (_("Given by"), listed([*page.summary.official_names])),
                (_("Year"), str(followed.year)),
                *_edition_rows(followed),
            ]
        )
    ]
    for number, point in enumerate(page.points, start=1):
        blocks += _point(number, point, followed)
    blocks += _reports(_in_year(page.updates, followed.year), 1)
    blocks += _judgements(closing)
    blocks += _how_counted()
    head = Head(_("Follow-up %(year)s", year=followed.year), page.summary.title, page.summary.label)
    return _counted(followed, head, blocks)


def plan_follow_up(
    page: PlanPage,
    followed: Followed,
    years: dict[int, ActivityYear],
    done: Sequence[FollowUpDone],
) -> Document:
    """One year of a plan: an activity is told once, under the first of its areas."""
    blocks: list[Block] = [
        facts(
            [
                (_("Holds"), day_range(page.window.starts_on, page.window.ends_on)),
                (_("Year"), str(followed.year)),
                (_("Carried out"), times_words(sum(year.held for year in years.values()))),
                *_edition_rows(followed),
            ]
        )
    ]
    told: set[int] = set()
    for area in page.areas:
        blocks += _area(area, followed, years, told)
    if done:
        blocks.append(Heading(_("Follow-ups that were made")))
        heads = (_("Activity"), _("Area"), _("Day"), _("What it came to"))
        rows = tuple((d.activity, d.area, date_long(d.done_on), d.outcome or "–") for d in done)
        blocks.append(Table("", heads, rows, (30, 20, 18, 32)))
    blocks += _how_counted()
    head = Head(_("Follow-up %(year)s", year=followed.year), page.title)
    return _counted(followed, head, blocks)


def _counted(followed: Followed, head: Head, blocks: Sequence[Block]) -> Document:
    return counted_document(
        followed.look, head, followed.today, blocks, dnr=followed.dnr, edition=followed.edition
    )


def _edition_rows(followed: Followed) -> list[tuple[str, str | None]]:
    if followed.edition is None:
        return []
    return [(_("Follows up"), _("edition %(number)s", number=followed.edition[0]))]


def _period(page: PromisePage) -> str:
    window = page.summary.time.window
    return day_range(window.starts_on, window.ends_on) if window else _("Not decided")


def _point(number: int, page: PointPage, followed: Followed) -> Iterator[Block]:
    point = page.state
    occasions = [o for o in point.occasions if o.held_on.year == followed.year]
    held = sum(o.state is OccasionState.HELD for o in occasions)
    yield Heading(f"{number}. {point.title}")
    yield from _standing(point, followed.today)
    rows = [
        (_("State"), status_words(point.status, point.status_reason)),
        (_("Carried out in %(year)s", year=followed.year), _times(point, held)),
        (_("Whole period"), pace_words(point, followed.today)),
        (_("Pace"), expected_words(point.counter, followed.today)),
        (_("Condition"), point.condition),
        (_("Condition in %(year)s", year=followed.year), condition_in(occasions)),
    ]
    yield facts(rows)
    yield from _others(page.others, followed.today)
    yield from _occasions(point, occasions)
    yield from _reports(_in_year(page.updates, followed.year), 2)


def _times(point: PointState, held: int) -> str:
    """How many; nothing of a point that is neither counted nor logged."""
    return times_words(held) if held or point.counter else ""


def _standing(point: PointState, today: date) -> Iterator[Block]:
    counter = point.counter
    if counter and counter.weeks:
        for year, ticks in counter.weeks.rows:
            if year <= today.year:
                words = _("Weeks of %(year)s: %(n)s held.", year=year, n=_held(ticks))
                yield Ticks(str(year), tuple(tick.value for tick in ticks), words)
        yield Paragraph(count_of(point), "strong")
    elif counter and counter.wanted and counter.wanted <= MAX_UNITS:
        yield Units(min(counter.held, counter.wanted), counter.wanted, count_of(point))
    elif counter:
        yield Paragraph(count_of(point), "strong")


def _held(ticks: Sequence[object]) -> int:
    return sum(getattr(tick, "value", "") == "held" for tick in ticks)


def _others(others: Sequence[OtherTarget], today: date) -> Iterator[Block]:
    """The same count may meet one target and miss another: both are told."""
    for other in others:
        where = _("the action plan") if other.is_plan else other.title
        yield Paragraph(
            _(
                "The same occasions are counted in %(where)s, %(target)s: %(tally)s. %(status)s.",
                where=where,
                target=target_words(other.counter.target),
                tally=tally_words(other.counter, today),
                status=status_words(other.counter.status),
            ),
            "muted",
        )


def _occasions(point: PointState, occasions: Sequence[OccasionView]) -> Iterator[Block]:
    shown = occasions
    if len(occasions) > MAX_ROWS:
        shown = [o for o in occasions if o.note or o.state is not OccasionState.HELD][:MAX_NOTES]
        told = ngettext("%(num)s occasion", "%(num)s occasions", len(occasions))
        yield Paragraph(
            _("%(n)s are logged. Those with a note, or that did not take place:", n=told), "muted"
        )
    if shown:
        heads = (_("Day"), _("What became of it"), _("What is told"))
        rows = tuple(occasion_cells(occasion) for occasion in shown)
        yield Table(_("Occasions: %(title)s", title=point.title), heads, rows, (22, 22, 56))


def _in_year(updates: Sequence[UpdateView], year: int) -> list[UpdateView]:
    return [update for update in updates if update.dated_on.year == year]


def _reports(updates: Sequence[UpdateView], level: int) -> Iterator[Block]:
    if not updates:
        return
    yield Heading(_("Reports"), level)
    for update in sorted(updates, key=lambda u: u.dated_on):
        yield from paragraphs(update.text)
        yield Paragraph(f"{update.author}, {date_long(update.dated_on)}", "muted")


def _judgements(closing: ClosingPage) -> Iterator[Block]:
    if not closing.is_begun:
        return
    yield Heading(_("What the parties judge at the end"))
    for part in closing.begun:
        yield Heading(_("The promise as a whole") if part.point_id is None else part.title, 2)
        if part.disagrees:
            yield Paragraph(_("The parties judge differently."), "strong")
        yield Sides(tuple((side_words(s), _judged(s.judgement)) for s in part.sides if s.judgement))


def _judged(judgement: JudgementView) -> tuple[str, ...]:
    carry = f"{carry_over_words(judgement.carry_over)}." if judgement.carry_over else ""
    parts = (
        verdict_words(judgement.verdict),
        judgement.reason,
        judgement.ground,
        carry,
        f"{judgement.role}, {date_long(judgement.judged_on)}",
    )
    return tuple(part for part in parts if part)


def _area(
    area: AreaView, followed: Followed, years: dict[int, ActivityYear], told: set[int]
) -> Iterator[Block]:
    lines = [line for line in area.lines if line.id not in told]
    again = [line.name for line in area.lines if line.id in told]
    told |= {line.id for line in lines}
    yield Heading(area.name)
    if area.goals:
        yield Bullets(area.goals)
    if lines:
        heads = (
            _("Activity"),
            _("When"),
            _("Carried out in %(year)s", year=followed.year),
            _("Whole period"),
            _("State"),
        )
        rows = tuple(
            (
                line.name,
                line.when_text or "–",
                year_words(years.get(line.id, ActivityYear())),
                activity_count(line.counter, line.n_occasions),
                status_words(line.counter.status) if line.counter else "–",
            )
            for line in lines
        )
        yield Table("", heads, rows, (30, 22, 18, 16, 14))
    notes = [
        f"{line.name}, {date_long(day)}: {note}"
        for line in lines
        for day, note in years.get(line.id, ActivityYear()).notes
    ]
    if notes:
        yield Heading(_("What is told of the occasions"), 2)
        yield Bullets(tuple(notes[:MAX_NOTES]))
    if again:
        yield Paragraph(_("Told above: %(names)s.", names=listed(again)), "muted")


def _how_counted() -> Iterator[Block]:
    yield Heading(_("How it is counted"))
    yield Paragraph(
        _(
            "The numbers are counted from the occasions that are logged, on the day of this"
            " document. No percentage is put in by hand. A kept promise does not surely mean that"
            " more people feel safe: that is what we ask in the next dialogue."
        ),
        "muted",
    )
