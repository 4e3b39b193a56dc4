"""The report to the steering group: two pages at most, however many promises there are."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_babel.speaklater import LazyString

from surveys.queries.consistency.check import Listed
from surveys.queries.editions.edition_files import Look
from surveys.queries.progress.steering import Decision, DecisionKind, SteeringReport
from surveys.queries.promises.counters import PointState
from surveys.queries.promises.promises import PromiseSummary
from surveys.queries.readers.coming_dates import ComingDate, ComingKind
from surveys.schedule.pace import SHORT_OF_PLAN, Status
from webapp.documents.blocks import Block, Bullets, Document, Heading, Paragraph, Table
from webapp.documents.document_parts import Head, counted_document
from webapp.documents.progress_words import count_of, status_words
from webapp.formatters import date_long, date_short, months_left, number, written_month
from webapp.words.consistency import finding_words

MAX_PAGES = 2
_ORDER = (
    Status.BEHIND,
    Status.NOT_REACHED,
    Status.NOT_MEASURABLE,
    Status.CANCELLED,
    Status.ONGOING,
    Status.NOT_BEGUN,
    Status.ON_TRACK,
    Status.AHEAD,
    Status.DONE,
)
_LATE = SHORT_OF_PLAN | {Status.CANCELLED}


@dataclass(frozen=True, slots=True)
class Room:
    """How much a report may say: signs a cell, rows of a table, and how close it is set."""

    density: int
    cell: int
    late: int
    others: int
    items: int


# Tried in turn. The last one surely fits, since nothing in it can be long.
ROOMS = (
    Room(0, 220, 30, 40, 8),
    Room(1, 160, 30, 60, 8),
    Room(1, 100, 16, 16, 6),
    Room(2, 100, 20, 26, 6),
    Room(2, 70, 18, 22, 5),
    Room(3, 70, 20, 30, 5),
    Room(3, 44, 12, 20, 4),
)
_DECISIONS: dict[DecisionKind, LazyString] = {
    DecisionKind.JUDGE: _l("Judge how the promise was kept: %(title)s"),
    DecisionKind.CONTINUE: _l("Decide what comes after: %(title)s"),
    DecisionKind.SIGN: _l("Sign: %(title)s"),
    DecisionKind.OWNER: _l("Say who answers for points of: %(title)s"),
    DecisionKind.REASON: _l("Say why points are behind in: %(title)s"),
}
_KINDS: dict[ComingKind, LazyString] = {
    ComingKind.DIALOGUE_OPENS: _l("Dialogue opens"),
    ComingKind.LAST_DAY_TO_ANSWER: _l("Last day to answer"),
    ComingKind.EVENT: _l("Meeting"),
    ComingKind.MEETING: _l("Meeting"),
    ComingKind.FOLLOW_UP: _l("Follow-up"),
    ComingKind.EVALUATION: _l("Evaluation of the whole plan"),
    ComingKind.SUMMARY: _l("Written summary"),
    ComingKind.PROMISE_FOLLOW_UP: _l("Follow-up"),
    ComingKind.PROMISE_SUMMARY: _l("Written summary"),
    ComingKind.SITUATION_REPORT: _l("Picture of the situation"),
    ComingKind.PROMISE_ENDS: _l("The promise's last day"),
}


def steering_document(
    report: SteeringReport,
    look: Look,
    findings: Sequence[str],
    count_pages: Callable[[Document, Path], int],
    fonts: Path,
) -> Document:
    """The report, set as close and cut as short as two pages ask for, and no closer.

    ``findings`` are contradictions between documents, in words.
    """
    for room in ROOMS:
        made = _in_room(report, look, findings, room)
        if count_pages(made, fonts) <= MAX_PAGES:
            return made
    raise ValueError(f"the report of {look.slug} does not fit on two pages")


def finding_lines(listed: Sequence[Listed]) -> tuple[str, ...]:
    """Contradictions that ask for something, each with the places where it stands."""
    return tuple(
        f"{finding_words(row.finding).rstrip('.')}:"
        f" {'; '.join(spot.title for spot in row.finding.spots)}"
        for row in listed
        if row.asks_for_something
    )


def _in_room(report: SteeringReport, look: Look, findings: Sequence[str], room: Room) -> Document:
    points = [(promise, point) for promise in report.running for point in promise.points]
    late = [(p, point) for p, point in points if point.status in _LATE]
    rest = [promise for promise in report.running if not _is_late(promise)]
    blocks: list[Block] = [
        Paragraph(_summary(report, points), "lead"),
        *_late(late, report, room),
        *_others(rest, report.today, room),
        *_decisions(report.decisions, room),
        *_coming(report.coming, room),
        *_findings(findings, room),
    ]
    head = Head(
        _("Report to the steering group"),
        _("How the promises stand on %(day)s", day=date_long(report.today)),
    )
    return replace(counted_document(look, head, report.today, blocks), density=room.density)


def _is_late(promise: PromiseSummary) -> bool:
    return any(point.status in _LATE for point in promise.points)


def _summary(report: SteeringReport, points: Sequence[tuple[PromiseSummary, PointState]]) -> str:
    n = len(report.running)
    if not n:
        return _("No promise is running right now.")
    counts = Counter(point.status for _promise, point in points)
    told = ngettext("%(num)s promise is running", "%(num)s promises are running", n)
    of = ngettext("with %(num)s point", "with %(num)s points", len(points))
    states = ", ".join(
        f"{status_words(status).lower()} {number(counts[status])}"
        for status in _ORDER
        if counts[status]
    )
    return f"{told} {of}: {states}." if states else f"{told}."


def _late(
    late: Sequence[tuple[PromiseSummary, PointState]], report: SteeringReport, room: Room
) -> Iterator[Block]:
    yield Heading(_("What is behind, and why"))
    if not late:
        yield Paragraph(_("Nothing is behind."))
        return
    heads = (_("Promise and point"), _("Count"), _("State"), _("Why"))
    rows = tuple(
        (
            _cut(f"{promise.title}: {point.title}", room.cell),
            _cut(count_of(point), room.cell // 2),
            status_words(point.status),
            _cut(_why(point, report), room.cell),
        )
        for promise, point in late[: room.late]
    )
    yield Table("", heads, rows, (34, 26, 10, 30))
    yield from _more(len(late) - room.late)


def _why(point: PointState, report: SteeringReport) -> str:
    told = point.status_reason or report.reasons.get(point.id, "")
    return told or _("No reason is written.")


def _others(promises: Sequence[PromiseSummary], today: date, room: Room) -> Iterator[Block]:
    if not promises:
        return
    yield Heading(_("The other promises"))
    heads = (_("Promise"), _("Points"), _("Time left"))
    rows = tuple(
        (
            _cut(promise.title, room.cell),
            _cut("; ".join(map(_point_words, promise.points)), room.cell * 2),
            months_left(promise.time.window.ends_on, today) if promise.time.window else "–",
        )
        for promise in promises[: room.others]
    )
    yield Table("", heads, rows, (34, 50, 16))
    yield from _more(len(promises) - room.others)


def _point_words(point: PointState) -> str:
    if point.counter is None:
        return f"{point.title}: {status_words(point.status).lower()}"
    return f"{point.title}: {count_of(point)}, {status_words(point.status).lower()}"


def _decisions(decisions: Sequence[Decision], room: Room) -> Iterator[Block]:
    yield Heading(_("Decisions that are needed"))
    if not decisions:
        yield Paragraph(_("None."))
        return
    yield Bullets(tuple(_decision(decision, room) for decision in decisions[: room.items]))
    yield from _more(len(decisions) - room.items)


def _decision(decision: Decision, room: Room) -> str:
    told = str(_DECISIONS[decision.kind]) % {"title": _cut(decision.title, room.cell)}
    parts = [told]
    if decision.on:
        parts.append(_("last day %(day)s", day=date_long(decision.on)))
    if decision.n:
        parts.append(_how_many(decision))
    return f"{parts[0]} ({', '.join(parts[1:])})" if len(parts) > 1 else told


def _how_many(decision: Decision) -> str:
    if decision.kind is DecisionKind.SIGN:
        return ngettext("%(num)s role", "%(num)s roles", decision.n)
    return ngettext("%(num)s point", "%(num)s points", decision.n)


def _coming(coming: Sequence[ComingDate], room: Room) -> Iterator[Block]:
    yield Heading(_("Coming dates"))
    if not coming:
        yield Paragraph(_("None are entered."))
        return
    yield Bullets(
        tuple(
            f"{date_short(item.on)}: {_KINDS[item.kind]}, {_cut(_coming_title(item), room.cell)}"
            for item in coming[: room.items]
        )
    )


def _coming_title(item: ComingDate) -> str:
    is_month = item.kind is ComingKind.SITUATION_REPORT
    return written_month(item.title) if is_month else item.title


def _findings(findings: Sequence[str], room: Room) -> Iterator[Block]:
    if not findings:
        return
    yield Heading(_("Where the documents do not agree"))
    yield Bullets(tuple(_cut(finding, room.cell * 2) for finding in findings[: room.items]))
    yield from _more(len(findings) - room.items)


def _more(n: int) -> Iterator[Block]:
    if n > 0:
        yield Paragraph(ngettext("And %(num)s more.", "And %(num)s more.", n), "muted")


def _cut(text: str, length: int) -> str:
    plain = " ".join(text.split())
    if len(plain) <= length:
        return plain
    head = plain[: length - 1]
    whole = head.rsplit(" ", 1)[0] if " " in head[length // 2 :] else head
    return f"{whole} …"
