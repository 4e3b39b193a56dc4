"""Published action plans: each activity once, under all of its areas."""

from collections.abc import Iterator, Sequence

from flask import url_for
from flask_babel import lazy_gettext as _l

from surveys.queries.plans.page import ActivityLine, AreaView, PlanPage, get_public_plan
from surveys.queries.plans.plans import list_public_plans
from surveys.schedule.pace import Status
from webapp.api.counted_fields import (
    COUNT_FIELDS,
    PLACE_FIELDS,
    TARGET_FIELDS,
    count_row,
    place_row,
    target_row,
)
from webapp.api.fields import Asked, Field, Resource, Row, of_municipality
from webapp.clock import today


def activity_rows(asked: Asked) -> list[Row]:
    """The activities of all published plans, each once, in the order of the plan."""
    here = of_municipality(asked)
    rows: list[Row] = []
    for summary in list_public_plans(asked.session, here):
        rows.extend(_activities(get_public_plan(asked.session, here, summary.slug, today())))
    return rows


def _activities(page: PlanPage) -> Iterator[Row]:
    found: dict[int, list[tuple[AreaView, ActivityLine]]] = {}
    for area in page.areas:
        for line in area.lines:
            found.setdefault(line.id, []).append((area, line))
    for links in found.values():
        yield _activity(page, links)


def _activity(page: PlanPage, links: Sequence[tuple[AreaView, ActivityLine]]) -> Row:
    line = links[0][1]
    return {
        "id": line.id,
        "plan": page.slug,
        "edition": page.number,
        "areas": [area.name for area, _line in links],
        "name": line.name,
        "when": line.when_text,
        "who": line.who_text,
        **target_row(line.counter),
        "follow_ups": [_follow_up(area, under) for area, under in links],
        **count_row(line.counter),
        **place_row(line.place),
        "last_on": line.last_on.isoformat() if line.last_on else None,
        "status": line.counter.status.value if line.counter else None,
        "url": url_for("public.plan", slug=page.slug),
    }


def _follow_up(area: AreaView, line: ActivityLine) -> Row:
    planned = line.follow_up
    return {
        "area": area.name,
        "text": planned.text if planned else None,
        "due_on": planned.due_on.isoformat() if planned and planned.due_on else None,
    }


ACTIVITIES = Resource(
    "activities",
    "/municipalities/<slug:kommun>/activities",
    _l("Activities of the action plans"),
    _l("What police and municipality do together, how often, and how often it was done."),
    (
        Field("id", "integer", _l("The activity's number in this installation.")),
        Field("plan", "string", _l("The plan's part of each address.")),
        Field("edition", "integer", _l("The number of the published edition."), is_nullable=True),
        Field("areas", "strings", _l("The prioritised areas that it stands under.")),
        Field("name", "string", _l("What is done.")),
        Field("when", "string", _l("When, in the plan's own words.")),
        Field("who", "string", _l("Who does it.")),
        *TARGET_FIELDS,
        Field("follow_ups", "objects", _l("Follow-up under each area; null where none is given.")),
        *COUNT_FIELDS,
        Field("last_on", "date", _l("The latest occasion."), is_nullable=True),
        Field(
            "status",
            "string",
            _l("Its state today; null for an activity that has been taken out."),
            is_nullable=True,
            values=tuple(status.value for status in Status),
        ),
        *PLACE_FIELDS,
        Field("url", "uri", _l("The page for readers.")),
    ),
    activity_rows,
    has_place=True,
)
PLAN_RESOURCES: Sequence[Resource] = (ACTIVITIES,)
