"""What a plan says, as plain JSON: what an edition freezes, and what every page of a plan shows.

    {"kind": "action_plan", "version": 1,
     "title", "dnr", "starts_on", "ends_on", "is_joint", "introduction", "municipality",
     "police_areas": [name], "authors": [role], "methods": ["EST"], "other_plans": [title],
     "report_to": [role], "summary_due_on",
     "decision": {"on", "by", "paragraph"} | null,
     "picture": {"slug", "title", "published_on"} | null,
     "agreement": {"title", "signed_on", "ends_on", "dnr"} | null,
     "council": {"name", "led_by", "members": [role]} | null,
     "evaluation": {"text", "after", "owners": [role]},
     "channels": [{"name", "municipality": role | null, "police": role | null}],
     "areas": [{"id", "name", "goals": [text],
                "activities": [{"activity": id, "follow_up": null |
                                {"text", "due_on", "body", "schedule"}}]}],
     "activities": [{"id", "name", "when", "who", "methods": ["SIG"], "weekday", "schedule",
                     "place": name | null,
                     "target": {"count", "comparator", "per"} | null}]}

Days are ISO 8601 or null. An activity stands once, under each area that names its id. How far it
has come is not here: occasions are told of as they are on the day of reading.
"""

from datetime import date
from typing import Any

from surveys.days import swedish_day
from surveys.models.body import Body
from surveys.models.municipality import Agreement
from surveys.models.picture import ProblemPicture
from surveys.models.plan import ActionPlan, Activity, ActivityArea, FollowUp, PriorityArea
from surveys.queries.ground.public_places import tell_place
from surveys.queries.promises.counters import activity_target

VERSION = 1


def plan_content(plan: ActionPlan) -> dict[str, Any]:
    """The plan as it stands in the tables, in the form above."""
    municipality = plan.municipality
    return {
        "kind": "action_plan",
        "version": VERSION,
        "title": plan.title,
        "dnr": plan.dnr,
        "starts_on": _day(plan.starts_on),
        "ends_on": _day(plan.ends_on),
        "is_joint": plan.is_joint,
        "introduction": plan.introduction,
        "municipality": municipality.official_name,
        "police_areas": [area.name for area in municipality.police_areas] if plan.is_joint else [],
        "authors": list(plan.authors),
        "methods": list(plan.methods or ()),
        "other_plans": list(plan.other_plans or ()),
        "report_to": list(plan.report_to or ()),
        "summary_due_on": _day(plan.summary_due_on),
        "decision": _decision(plan),
        "picture": _picture(plan.picture),
        "agreement": _agreement(plan.agreement, plan.municipality_id),
        "council": _council(plan.council),
        "evaluation": {
            "text": plan.evaluation_text,
            "after": _day(plan.evaluate_after),
            "owners": list(plan.evaluation_owners),
        },
        "channels": [dict(channel) for channel in plan.channels],
        "areas": [_area(area) for area in plan.areas],
        "activities": [_activity(activity) for activity in plan.activities],
    }


def _decision(plan: ActionPlan) -> dict[str, Any] | None:
    if plan.decided_on is None:
        return None
    return {
        "on": _day(plan.decided_on),
        "by": plan.decided_by,
        "paragraph": plan.decision_paragraph,
    }


def _picture(picture: ProblemPicture | None) -> dict[str, Any] | None:
    if picture is None:
        return None
    published = swedish_day(picture.published_at) if picture.published_at else None
    return {"slug": picture.slug, "title": picture.title, "published_on": _day(published)}


def _agreement(agreement: Agreement | None, municipality_id: int) -> dict[str, Any] | None:
    if agreement is None:
        return None
    own = [part.dnr for part in agreement.municipalities if part.municipality_id == municipality_id]
    return {
        "title": agreement.title,
        "signed_on": _day(agreement.signed_on),
        "ends_on": _day(agreement.ends_on),
        "dnr": own[0] if own else None,
    }


def _council(body: Body | None) -> dict[str, Any] | None:
    if body is None:
        return None
    return {"name": body.name, "led_by": body.led_by, "members": list(body.members)}


def _area(area: PriorityArea) -> dict[str, Any]:
    return {
        "id": area.id,
        "name": area.name,
        "goals": list(area.goals),
        "activities": [_placement(link) for link in area.links],
    }


def _placement(link: ActivityArea) -> dict[str, Any]:
    return {"activity": link.activity.id, "follow_up": _follow_up(link.follow_up)}


def _follow_up(follow_up: FollowUp | None) -> dict[str, Any] | None:
    if follow_up is None:
        return None
    return {
        "text": follow_up.text,
        "due_on": _day(follow_up.due_on),
        "body": follow_up.body.name if follow_up.body else None,
        "schedule": follow_up.schedule,
    }


def _activity(activity: Activity) -> dict[str, Any]:
    target = activity_target(activity)
    place = tell_place(activity.named_place)
    return {
        "id": activity.id,
        "name": activity.name,
        "when": activity.when_text,
        "who": activity.who_text,
        "methods": list(activity.methods or ()),
        "weekday": activity.weekday,
        "schedule": activity.schedule,
        "place": place.name if place else None,
        "target": {
            "count": target.count,
            "comparator": target.comparator.value,
            "per": target.per.value,
        }
        if target
        else None,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
