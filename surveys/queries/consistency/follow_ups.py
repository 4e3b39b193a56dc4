"""Rules about activities: in two rows, without area or owner, followed up differently or not."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from surveys.models.plan import ActionPlan, Activity, ActivityArea
from surveys.queries.consistency.documents import Documents, activity_spot
from surveys.queries.consistency.findings import Finding, Severity, Spot

STEM = 5  # letters that tell a word from others, whatever its ending
_STOP = {
    *("och", "att", "i", "på", "med", "för", "av", "en", "ett", "den", "det", "till", "mellan"),
    *("gällande", "om", "som", "vid", "samt"),
}
_WORD = re.compile(r"\w+")
_DAY = re.compile(r"\b(20\d\d-\d\d-\d\d)\b")


def differing_follow_ups(documents: Documents) -> Iterator[Finding]:
    """The same activity with two days of follow-up, under two areas or in two rows (1F.1)."""
    for plan in documents.plans:
        for activities in same_activities(plan).values():
            links = [link for activity in activities for link in activity.links]
            dated = [(link, day) for link in links if (day := day_of(link)) is not None]
            days = sorted({day for _link, day in dated})
            if len(days) > 1:
                first = next(link for link, day in dated if day == days[0])
                other = next(link for link, day in dated if day == days[1])
                values = {"first": days[0].isoformat(), "second": days[1].isoformat()}
                spots = (_link_spot(first), _link_spot(other))
                yield Finding("follow_ups_differ", Severity.FAULT, spots, values)


def repeated_activities(documents: Documents) -> Iterator[Finding]:
    """An activity that stands in two rows: it would be counted twice."""
    for plan in documents.plans:
        for activities in same_activities(plan).values():
            if len(activities) > 1:
                spots = tuple(activity_spot(a, a.when_text, _areas(a)) for a in activities)
                yield Finding("activity_twice", Severity.FAULT, spots)


def missing_follow_ups(documents: Documents) -> Iterator[Finding]:
    """An activity that an area gives no follow-up."""
    for plan in documents.plans:
        for area in plan.areas:
            for link in area.links:
                if link.follow_up is None:
                    spot = activity_spot(link.activity, link.activity.when_text, area.name)
                    yield Finding("follow_up_missing", Severity.GAP, (spot,))


def activities_without_area(documents: Documents) -> Iterator[Finding]:
    """An activity that stands under no area."""
    for plan in documents.plans:
        for activity in plan.activities:
            if not activity.links:
                spot = activity_spot(activity, activity.when_text)
                yield Finding("activity_without_area", Severity.FAULT, (spot,))


def activities_without_owner(documents: Documents) -> Iterator[Finding]:
    """An activity that nobody carries out."""
    for plan in documents.plans:
        for activity in plan.activities:
            if not activity.who_text.strip() and activity.owner is None:
                spot = activity_spot(activity, activity.when_text)
                yield Finding("owner_missing", Severity.GAP, (spot,))


def same_activities(plan: ActionPlan) -> dict[frozenset[str], list[Activity]]:
    """The plan's activities by the words of their names, whatever order and ending these have."""
    found: dict[frozenset[str], list[Activity]] = defaultdict(list)
    for activity in plan.activities:
        found[stems(activity.name)].append(activity)
    return found


def stems(name: str) -> frozenset[str]:
    """What a name says, without its endings and small words."""
    words = (word for word in _WORD.findall(name.casefold()) if word not in _STOP)
    return frozenset(word[:STEM] for word in words)


def day_of(link: ActivityArea) -> date | None:
    """The day of the follow-up, or the one that its words name."""
    if link.follow_up is None:
        return None
    if link.follow_up.due_on:
        return link.follow_up.due_on
    named = _DAY.findall(link.follow_up.text)
    try:
        return date.fromisoformat(named[0]) if len(named) == 1 else None
    except ValueError:
        return None


def _link_spot(link: ActivityArea) -> Spot:
    words = link.follow_up.text if link.follow_up else ""
    return activity_spot(link.activity, words, link.area.name)


def _areas(activity: Activity) -> str:
    return ", ".join(link.area.name for link in activity.links)
