"""The report to kommunfullmäktige on a year's work (2023:196, 13 §), in plain Swedish."""

from collections.abc import Iterator, Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from surveys.queries.editions.edition_files import Look
from surveys.queries.plans.council_report import CouncilReport, PlanYear
from surveys.queries.plans.page import ActivityLine, AreaView
from surveys.queries.plans.statutory import DutyView
from surveys.queries.progress.judgements import JudgementView
from surveys.queries.promises.promises import PromiseSummary
from surveys.schedule.pace import Status
from webapp.documents.blocks import Block, Bullets, Document, Heading, Paragraph, Sides, Table
from webapp.documents.document_parts import Head, counted_document, day_words, decision_words, facts
from webapp.documents.progress_words import count_of, status_words, year_words
from webapp.formatters import date_long, day_range, number
from webapp.labels import label
from webapp.words.counter import listed, times_words
from webapp.words.law import duty_name, duty_state
from webapp.words.rubric import side_words, verdict_words


def council_document(
    report: CouncilReport, look: Look, duties: Sequence[tuple[str, str, str]]
) -> Document:
    """The report. ``duties`` are of the law: which, its state in words, and its last day."""
    blocks: list[Block] = [
        *_short(report),
        *_done(report),
        *_picture(report),
        *_plans(report),
        *_duties(duties),
        *_promises(report),
        *_results(report),
    ]
    head = Head(
        _("Report to the municipal council"),
        _("The work for trygghet in %(year)s", year=report.year),
        _(
            "By 13 § of the act (2023:196) on the municipalities' responsibility for preventing"
            " crime."
        ),
    )
    return counted_document(look, head, report.today, blocks)


def duty_rows(duties: Sequence[DutyView]) -> tuple[tuple[str, str, str], ...]:
    """Each duty of the act with its paragraph, its state and when it is to be done (again)."""
    return tuple(
        (f"{duty_name(view.duty)} ({view.paragraph})", _duty_state(view), date_long(view.due_on))
        for view in duties
    )


def _duty_state(view: DutyView) -> str:
    done = date_long(view.done_on)
    state = duty_state(view.state)
    return f"{state}, {done}" if done else state


def _short(report: CouncilReport) -> Iterator[Block]:
    n_held = sum(plan.n_held for plan in report.plans)
    running = [p for p in report.promises if p.time.is_running]
    behind = [p for p in running if p.status is Status.BEHIND]
    yield Heading(_("In short"))
    said = [
        _("%(n)s are logged in the action plans.", n=times_words(n_held)),
        ngettext(
            "%(num)s promise holds or has held during the year.",
            "%(num)s promises hold or have held during the year.",
            len(report.promises),
        ),
    ]
    if running:
        said.append(
            ngettext(
                "%(num)s of those that are running is behind plan.",
                "%(num)s of those that are running are behind plan.",
                len(behind),
            )
        )
    if report.pictures:
        said.append(
            ngettext(
                "%(num)s picture of the situation has been published.",
                "%(num)s pictures of the situation have been published.",
                len(report.pictures),
            )
        )
    yield Bullets(tuple(said))


def _done(report: CouncilReport) -> Iterator[Block]:
    yield Heading(_("What has been done"))
    rows = [
        (line.name, area.name, line.when_text or "–", year_words(plan.years[line.id]))
        for plan in report.plans
        for area, line in _once(plan)
        if line.id in plan.years
    ]
    if rows:
        heads = (
            _("Activity"),
            _("Area"),
            _("When"),
            _("Carried out in %(year)s", year=report.year),
        )
        yield Table(_("Activities with anything logged"), heads, tuple(rows), (36, 20, 24, 20))
    else:
        yield Paragraph(_("Nothing is logged in any action plan for this year."))
    if report.follow_ups:
        yield Heading(_("Follow-ups that were made"), 2)
        yield Bullets(
            tuple(
                f"{date_long(done.done_on)}: {done.activity}. {done.outcome or ''}".strip()
                for done in report.follow_ups
            )
        )
    if report.meetings:
        yield Heading(_("Meetings"), 2)
        yield Bullets(tuple(f"{name}: {number(n)}" for name, n in report.meetings))


def _once(plan: PlanYear) -> Iterator[tuple[AreaView, ActivityLine]]:
    told: set[int] = set()
    for area in plan.page.areas:
        for line in area.lines:
            if line.id not in told:
                told.add(line.id)
                yield area, line


def _picture(report: CouncilReport) -> Iterator[Block]:
    yield Heading(_("The picture of the situation"))
    latest = report.latest_picture
    if latest is None:
        yield Paragraph(_("No picture is published."))
        return
    told = _(
        "The latest is %(title)s, published %(day)s.",
        title=latest.title,
        day=date_long(latest.published_at),
    )
    yield Paragraph(told)
    yield Paragraph(latest.summary)
    if report.pictures:
        yield Paragraph(_("Published during the year:"))
        yield Bullets(
            tuple(
                f"{head.title} ({label(head.kind).lower()}), {date_long(head.published_at)}"
                for head in reversed(report.pictures)
            )
        )


def _plans(report: CouncilReport) -> Iterator[Block]:
    yield Heading(_("The action plan"))
    if not report.plans:
        yield Paragraph(_("No published plan holds during the year."))
    for plan in report.plans:
        page, words = plan.page, plan.page.words
        picture = words["picture"]
        yield Heading(page.title, 2)
        yield facts(
            [
                (_("Holds"), day_range(page.window.starts_on, page.window.ends_on)),
                (_("Decided"), decision_words(words["decision"])),
                (_("Diary number"), words["dnr"]),
                (_("Rests on the picture"), picture["title"] if picture else None),
                (_("Areas"), listed([area.name for area in page.areas])),
                (_("Activities"), number(page.n_activities)),
                (_("Carried out in %(year)s", year=report.year), times_words(plan.n_held)),
                (_("To be evaluated after"), day_words(words["evaluation"]["after"])),
                (_("Followed up"), date_long(page.followed_up_on)),
            ]
        )


def _duties(duties: Sequence[tuple[str, str, str]]) -> Iterator[Block]:
    if duties:
        yield Heading(_("The duties of the act"))
        yield Table("", (_("Duty"), _("State"), _("No later than")), tuple(duties), (50, 30, 20))


def _promises(report: CouncilReport) -> Iterator[Block]:
    yield Heading(_("The promises"))
    if not report.promises:
        yield Paragraph(_("No promise holds during the year."))
    for promise in report.promises:
        yield Heading(promise.title, 2)
        yield Paragraph(_promise_line(promise), "muted")
        if promise.points:
            heads = (_("Point"), _("Count"), _("State"))
            rows = tuple(
                (point.title, count_of(point), status_words(point.status, point.status_reason))
                for point in promise.points
            )
            yield Table("", heads, rows, (46, 32, 22))
        judged = report.judgements[promise.slug]
        if judged.is_begun:
            yield Paragraph(_("What the parties judge at the end"), "strong")
            said = ((side_words(s), _judged(s.judgement)) for s in judged.sides if s.judgement)
            yield Sides(tuple(said))


def _promise_line(promise: PromiseSummary) -> str:
    window = promise.time.window
    held = day_range(window.starts_on, window.ends_on) if window else _("Not decided")
    return f"{promise.label}. {held}. {listed([*promise.official_names])}."


def _judged(judgement: JudgementView) -> tuple[str, ...]:
    return (
        verdict_words(judgement.verdict),
        judgement.reason,
        f"{judgement.role}, {date_long(judgement.judged_on)}",
    )


def _results(report: CouncilReport) -> Iterator[Block]:
    yield Heading(_("What has come of it"))
    points = [point for promise in report.promises for point in promise.points]
    met = sum(point.status is Status.DONE for point in points)
    behind = sum(point.status is Status.BEHIND for point in points)
    short = sum(point.status is Status.NOT_REACHED for point in points)
    unmeasured = sum(point.status is Status.NOT_MEASURABLE for point in points)
    yield Bullets(
        (
            _("%(n)s of %(all)s points are done.", n=number(met), all=number(len(points))),
            _("%(n)s are behind plan.", n=number(behind)),
            _("%(n)s were not reached when their time was over.", n=number(short)),
            _("%(n)s cannot be measured as they are written.", n=number(unmeasured)),
        )
    )
    yield Paragraph(
        _(
            "A kept promise does not surely mean that more people feel safe. That is asked in the"
            " dialogues with residents, and their answers stand on the public pages."
        ),
        "muted",
    )
