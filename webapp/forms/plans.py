"""Forms for action plans: the plan, its areas and its activities."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field

from surveys.drafts.plans import (
    ActivityDraft,
    PlacementDraft,
    PlanDraft,
    PlanFollowUpDraft,
    PriorityAreaDraft,
)
from surveys.limits import MAX_PARAGRAPHS, MAX_SHORT, MAX_SOURCE, MAX_SUMMARY
from surveys.models.body import Body
from surveys.models.plan import ActionPlan, Activity, Comparator, PriorityArea, TargetPeriod
from webapp.forms.pictures import RevisionField
from webapp.forms.plan_head import PlanHead, read_head
from webapp.forms.promise_points import read_target, weekday_choices
from webapp.forms.staff_fields import (
    DayField,
    Filled,
    NumberField,
    SelectChoice,
    choices_of,
    line,
    lines,
    paragraphs,
    split_lines,
    tick,
)
from webapp.forms.typed_text import choices
from webapp.labels import label


class PlanForm(PlanHead):
    """The head of a plan."""

    revision = RevisionField()

    def draft(self) -> PlanDraft:
        """What the form says."""
        return read_head(self)


class PriorityAreaForm(FlaskForm):
    """A prioritised area."""

    name = line(_l("Name of the area"), MAX_SHORT, needed=_l("Write a name."))
    goals = lines(_l("Goals"), MAX_SUMMARY)
    revision = RevisionField()

    def draft(self) -> PriorityAreaDraft:
        """What the form says."""
        return PriorityAreaDraft(self.name.data, split_lines(self.goals.data), self.revision.data)


class PlanFollowUpForm(FlaskForm):
    """That the whole plan has been followed up."""

    on = DayField(_l("Day of the follow-up"), validators=[Filled(_l("Write the day."))])
    text = paragraphs(
        _l("What it came to"),
        MAX_PARAGRAPHS,
        needed=_l("Write something here."),
        hint=_l("In plain words. It is shown on the plan's public page."),
    )

    def draft(self) -> PlanFollowUpDraft:
        """What the form says."""
        return PlanFollowUpDraft(self.on.data, self.text.data)


class ActivityForm(FlaskForm):
    """An activity; made by ``activity_form`` with fields for each area of the plan."""

    name = line(_l("Activity"), MAX_SOURCE, needed=_l("Write a name."))
    when_text = line(
        _l("When"),
        MAX_SOURCE,
        needed=_l("Write when, in the plan's own words."),
        hint=_l("In the plan's own words, such as “Minst 2 gånger/år” or “När behov uppstår”."),
    )
    who_text = line(_l("Who"), MAX_SUMMARY)
    comparator = SelectChoice(_l("How the number is meant"))
    target_count = NumberField(
        _l("How many times"), description=_l("Leave empty what the plan does not count.")
    )
    per = SelectChoice(_l("How often"))
    weekday = SelectChoice(_l("Day of the week"))
    place = SelectChoice(_l("Place"))
    methods = lines(_l("Methods"), MAX_SHORT, hint=_l("Such as EST, SSP or SIG, one on each line."))
    revision = RevisionField()
    area_ids: Sequence[int] = ()
    offered_places: Sequence[tuple[int, str]] = ()

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.place.choices = [("", _("No place is given"))]
        self.place.choices += [(str(id_), name) for id_, name in self.offered_places]
        if not self.offered_places:
            del self.place
        self.comparator.choices = choices_of(Comparator, label)
        self.per.choices = choices_of(TargetPeriod, label)
        self.weekday.choices = weekday_choices()

    def draft(self) -> ActivityDraft:
        """What the form says."""
        ticked = [id_ for id_ in self.area_ids if self._of("area", id_).data]
        return ActivityDraft(
            name=self.name.data,
            when_text=self.when_text.data,
            who_text=self.who_text.data,
            target=read_target(self),
            methods=split_lines(self.methods.data),
            place_id=int(self.place.data) if "place" in self and self.place.data else None,
            placements=tuple(map(self._placement, ticked)),
            revision=self.revision.data,
        )

    def _placement(self, id_: int) -> PlacementDraft:
        body = self._of("body", id_).data if f"body_{id_}" in self else None
        return PlacementDraft(
            id_,
            self._of("follow_up", id_).data,
            self._of("due_on", id_).data,
            int(body) if body else None,
        )

    def _of(self, name: str, area_id: int) -> Field:
        return self[f"{name}_{area_id}"]


def activity_form(
    areas: Sequence[PriorityArea],
    bodies: Sequence[Body] = (),
    places: Sequence[tuple[int, str]] = (),
) -> type[ActivityForm]:
    """A form with, for each area, a box and the follow-up that this area asks for."""
    fields: dict[str, Any] = {
        "area_ids": tuple(area.id for area in areas),
        "offered_places": tuple(places),
    }
    to_nobody = [("", _("No body"))]
    for area in areas:
        fields[f"area_{area.id}"] = tick(_("Stands under %(area)s", area=area.name))
        fields[f"follow_up_{area.id}"] = line(
            _("Follow-up under %(area)s", area=area.name),
            MAX_SUMMARY,
            hint=_l("Leave empty where the plan gives none."),
        )
        fields[f"due_on_{area.id}"] = DayField(
            _("Day of the follow-up under %(area)s", area=area.name)
        )
        if bodies:
            fields[f"body_{area.id}"] = SelectChoice(
                _("Reported under %(area)s to", area=area.name),
                choices=choices([*to_nobody, *((str(body.id), body.name) for body in bodies)]),
                description=_l("“At every meeting” takes its days from the body's meetings."),
            )
    return type("ActivityFormForPlan", (ActivityForm,), fields)


def area_values(plan: ActionPlan, area: PriorityArea) -> dict[str, Any]:
    """What the form for ``area`` is filled with."""
    return {"name": area.name, "goals": "\n".join(area.goals), "revision": plan.revision}


def activity_values(plan: ActionPlan, activity: Activity) -> dict[str, Any]:
    """What the form for ``activity`` is filled with."""
    values: dict[str, Any] = {
        "name": activity.name,
        "when_text": activity.when_text,
        "who_text": activity.who_text,
        "target_count": activity.target_count,
        "comparator": activity.comparator.value if activity.comparator else "",
        "per": activity.per.value if activity.per else "",
        "weekday": "" if activity.weekday is None else str(activity.weekday),
        "methods": "\n".join(activity.methods),
        "place": str(activity.named_place_id or ""),
        "revision": plan.revision,
    }
    for link in activity.links:
        values[f"area_{link.area_id}"] = True
        if link.follow_up:
            values[f"follow_up_{link.area_id}"] = link.follow_up.text
            values[f"due_on_{link.area_id}"] = link.follow_up.due_on
            values[f"body_{link.area_id}"] = str(link.follow_up.body_id or "")
    return values
