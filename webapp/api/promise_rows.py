"""Published promises, their points, and how they go today."""

from collections.abc import Iterator, Sequence
from datetime import date

from flask import url_for
from flask_babel import lazy_gettext as _l

from surveys.models.party import Party
from surveys.models.plan import OccasionState
from surveys.models.promise import PointMeasure
from surveys.queries.promises.history import UpdateView
from surveys.queries.promises.page import PointPage, PromisePage, get_public_promise
from surveys.queries.promises.promises import list_public_promises
from surveys.queries.promises.time import Phase
from surveys.schedule.pace import Status
from webapp.api.counted_fields import (
    COUNT_FIELDS,
    PLACE_FIELDS,
    STATE_TODAY,
    TARGET_FIELDS,
    count_row,
    place_row,
    places_row,
    target_row,
)
from webapp.api.fields import Asked, Field, Resource, Row, of_municipality
from webapp.clock import today

PROMISE = Field("promise", "string", _l("The promise's part of each address."))
PARTIES = tuple(party.value for party in Party)
STATUSES = tuple(status.value for status in Status)


def promise_rows(asked: Asked) -> list[Row]:
    """The municipality's published promises, own and joint: running, coming, ended."""
    return [_promise(page) for page in _pages(asked)]


def point_rows(asked: Asked) -> list[Row]:
    """The points of all published promises, in their order."""
    return [_point(page, point) for page in _pages(asked) for point in page.points]


def progress_rows(asked: Asked) -> list[Row]:
    """What was done and reported, the latest first."""
    rows = [row for page in _pages(asked) for row in _progress(page)]
    return sorted(rows, key=lambda row: (row["on"], row["promise"]), reverse=True)


def _pages(asked: Asked) -> list[PromisePage]:
    here = of_municipality(asked)
    slugs = [p.slug for p in list_public_promises(asked.session, here, today())]
    return [get_public_promise(asked.session, here, slug, today()) for slug in slugs]


def _promise(page: PromisePage) -> Row:
    summary, window = page.summary, page.summary.time.window
    return {
        "slug": summary.slug,
        "title": summary.title,
        "label": summary.label,
        "municipalities": list(summary.official_names),
        "police_area": summary.police_area,
        "dnr": page.dnr,
        "said": page.said,
        "pledge": page.pledge,
        "vision": page.vision,
        "starts_on": _day(window.starts_on if window else None),
        "ends_on": _day(window.ends_on if window else None),
        "months_from_signing": summary.time.months_from_signing,
        "phase": summary.time.phase.value,
        "status": summary.status.value,
        "updated_on": _day(summary.updated_on),
        "stale_days": summary.stale_days,
        "signatories": [
            {
                "title": signatory.title,
                "body": signatory.body,
                "is_acting": signatory.is_acting,
                "place": signatory.place,
                "signed_on": _day(signatory.signed_on),
            }
            for signatory in page.signatories
        ],
        "published_on": _day(page.published_on),
        "url": url_for("public.promise", slug=summary.slug),
    }


def _point(page: PromisePage, point: PointPage) -> Row:
    state = point.state
    return {
        "id": state.id,
        "promise": page.summary.slug,
        "title": state.title,
        "text": state.text,
        "area": state.area,
        "responsible": state.responsible.value,
        "third_parties": state.third_parties,
        "measure": state.measure.value,
        **target_row(state.counter),
        "unit": state.unit,
        "due_on": _day(state.due_on),
        "condition": state.condition,
        "ended_on": _day(point.ended_on),
        "status": state.status.value,
        "status_reason": state.status_reason,
        **count_row(state.counter),
        **places_row(point.words.places),
    }


def _progress(page: PromisePage) -> Iterator[Row]:
    slug = page.summary.slug
    for point in page.points:
        for occasion in point.state.occasions:
            yield {
                "kind": "occasion",
                "on": occasion.held_on.isoformat(),
                "promise": slug,
                "point_id": point.state.id,
                "state": occasion.state.value,
                "text": occasion.note,
                "working_days": occasion.working_days,
                "condition_met": occasion.condition_met,
                "author": occasion.logged_by,
                **place_row(occasion.place_told),
            }
        for update in point.updates:
            yield _report(slug, update, point.state.id)
    for update in page.updates:
        yield _report(slug, update, None)


def _report(slug: str, update: UpdateView, point_id: int | None) -> Row:
    return {
        "kind": "report",
        "on": update.dated_on.isoformat(),
        "promise": slug,
        "point_id": point_id,
        "text": update.text,
        "party": update.party.value,
        "author": update.author,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


PROMISES = Resource(
    "promises",
    "/municipalities/<slug:kommun>/promises",
    _l("Promises"),
    _l("Medborgarlöften in their last published edition, and how they stand today."),
    (
        Field("slug", "string", _l("The promise's part of each address.")),
        Field("title", "string", _l("Its title.")),
        Field("label", "string", _l("What it calls itself, with its years.")),
        Field("municipalities", "strings", _l("The municipalities that give it.")),
        Field("police_area", "string", _l("The local police area that gives it.")),
        Field("dnr", "string", _l("This municipality's own diary number."), is_nullable=True),
        Field("said", "string", _l("What residents said.")),
        Field("pledge", "string", _l("What is promised.")),
        Field("vision", "string", _l("The vision behind it."), is_nullable=True),
        Field("starts_on", "date", _l("The first day; null until signed."), is_nullable=True),
        Field("ends_on", "date", _l("The last day; null until signed."), is_nullable=True),
        Field(
            "months_from_signing",
            "integer",
            _l("How long it runs from the day when all have signed, where it says so."),
            is_nullable=True,
        ),
        Field(
            "phase",
            "string",
            _l("Where today stands to its period."),
            values=tuple(phase.value for phase in Phase),
        ),
        Field("status", "string", _l("The state of its slowest point today."), values=STATUSES),
        Field("updated_on", "date", _l("When something was last said."), is_nullable=True),
        Field(
            "stale_days",
            "integer",
            _l("Days since something was last said, once they are more than 90."),
            is_nullable=True,
        ),
        Field("signatories", "objects", _l("Roles that sign, with place and day.")),
        Field("published_on", "date", _l("The day on which it was published."), is_nullable=True),
        Field("url", "uri", _l("The page for readers.")),
    ),
    promise_rows,
)
POINTS = Resource(
    "points",
    "/municipalities/<slug:kommun>/points",
    _l("Points of the promises"),
    _l("What is counted, against which target, and how far it has come today."),
    (
        Field("id", "integer", _l("The point's number in this installation.")),
        PROMISE,
        Field("title", "string", _l("Its title.")),
        Field("text", "string", _l("Its words.")),
        Field("area", "string", _l("The heading that it stands under."), is_nullable=True),
        Field("responsible", "string", _l("Who carries it."), values=PARTIES),
        Field("third_parties", "string", _l("Others who take part."), is_nullable=True),
        Field(
            "measure",
            "string",
            _l("How it is followed up: counted, done or not, or not measurable."),
            values=tuple(measure.value for measure in PointMeasure),
        ),
        *TARGET_FIELDS,
        Field("unit", "string", _l("What is counted."), is_nullable=True),
        Field("due_on", "date", _l("The day by which it is to be done."), is_nullable=True),
        Field("condition", "string", _l("The condition that it rests on."), is_nullable=True),
        Field(
            "ended_on",
            "date",
            _l("When a later edition took it out of the promise; null while it stands."),
            is_nullable=True,
        ),
        Field("status", "string", STATE_TODAY, values=STATUSES),
        Field("status_reason", "string", _l("Why, where somebody has set it."), is_nullable=True),
        *COUNT_FIELDS,
        Field(
            "places",
            "objects",
            _l(
                "Where: name, longitude, latitude and extent in metres. Homes, premises and"
                " sensitive places are left out."
            ),
        ),
    ),
    point_rows,
    has_place=True,
)
PROGRESS = Resource(
    "progress",
    "/municipalities/<slug:kommun>/progress",
    _l("Progress"),
    _l("What was done and what was reported, dated, by role and never by name."),
    (
        Field("kind", "string", _l("What the row is."), values=("occasion", "report")),
        Field("on", "date", _l("The day that it tells of.")),
        PROMISE,
        Field("point_id", "integer", _l("The point, null for the whole."), is_nullable=True),
        Field(
            "state",
            "string",
            _l("Whether the occasion was held."),
            is_nullable=True,
            values=tuple(state.value for state in OccasionState),
        ),
        Field("text", "string", _l("The public note, or the report."), is_nullable=True),
        Field(
            "working_days", "number", _l("How long it lasted, in working days."), is_nullable=True
        ),
        Field("condition_met", "boolean", _l("Whether its condition was met."), is_nullable=True),
        Field("party", "string", _l("Who reports."), is_nullable=True, values=PARTIES),
        Field("author", "string", _l("The role that wrote it.")),
        *PLACE_FIELDS,
    ),
    progress_rows,
    has_place=True,
)
PROMISE_RESOURCES: Sequence[Resource] = (PROMISES, POINTS, PROGRESS)
