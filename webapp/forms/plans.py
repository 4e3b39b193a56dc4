"""Forms for action plans: the plan, its areas and its activities."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field

from surveys.drafts.plans import ActivityDraft, PlacementDraft, PlanDraft, PriorityAreaDraft
from surveys.limits import MAX_PARAGRAPHS, MAX_SHORT, MAX_SOURCE, MAX_SUMMARY, MAX_TITLE
from surveys.models.plan import ActionPlan, Activity, Comparator, PriorityArea, TargetPeriod
from webapp.forms.promises import read_target, weekday_choices
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
from webapp.labels import label


class PlanForm(FlaskForm):
    """The head of a plan."""

    title = line(_l("Title"), MAX_TITLE, needed=_l("Write a title."))
    starts_on = DayField(_l("First day"), validators=[Filled(_l("Write the first day."))])
    ends_on = DayField(_l("Last day"), validators=[Filled(_l("Write the last day."))])
    introduction = paragraphs(_l("What the plan is and what it holds"), MAX_PARAGRAPHS)
    authors = lines(
        _l("Drawn up by"), MAX_SHORT, hint=_l("Roles and not persons, one on each line.")
    )
    evaluation_text = paragraphs(_l("How the whole plan is evaluated"), MAX_PARAGRAPHS)
    evaluate_after = DayField(_l("The evaluation is made after"))
    evaluation_owners = lines(_l("Answer for follow-up and evaluation"), MAX_SHORT)
    channels = lines(_l("Where we tell about the work"), MAX_SHORT)

    def draft(self) -> PlanDraft:
        """What the form says."""
        return PlanDraft(
            title=self.title.data,
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            authors=split_lines(self.authors.data),
            introduction=self.introduction.data,
            evaluation_text=self.evaluation_text.data or None,
            evaluate_after=self.evaluate_after.data,
            evaluation_owners=split_lines(self.evaluation_owners.data),
            channels=split_lines(self.channels.data),
        )


class PriorityAreaForm(FlaskForm):
    """A prioritised area."""

    name = line(_l("Name of the area"), MAX_SHORT, needed=_l("Write a name."))
    goals = lines(_l("Goals"), MAX_SUMMARY)

    def draft(self) -> PriorityAreaDraft:
        """What the form says."""
        return PriorityAreaDraft(self.name.data, split_lines(self.goals.data))


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
    area_ids: Sequence[int] = ()

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
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
            placements=tuple(
                PlacementDraft(id_, self._of("follow_up", id_).data, self._of("due_on", id_).data)
                for id_ in ticked
            ),
        )

    def _of(self, name: str, area_id: int) -> Field:
        return self[f"{name}_{area_id}"]


def activity_form(areas: Sequence[PriorityArea]) -> type[ActivityForm]:
    """A form with, for each area, a box and the follow-up that this area asks for."""
    fields: dict[str, Any] = {"area_ids": tuple(area.id for area in areas)}
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
    return type("ActivityFormForPlan", (ActivityForm,), fields)


def plan_values(plan: ActionPlan) -> dict[str, Any]:
    """What the form for ``plan`` is filled with."""
    return {
        "title": plan.title,
        "starts_on": plan.starts_on,
        "ends_on": plan.ends_on,
        "introduction": plan.introduction,
        "authors": "\n".join(plan.authors),
        "evaluation_text": plan.evaluation_text,
        "evaluate_after": plan.evaluate_after,
        "evaluation_owners": "\n".join(plan.evaluation_owners),
        "channels": "\n".join(plan.channels),
    }


def activity_values(activity: Activity) -> dict[str, Any]:
    """What the form for ``activity`` is filled with."""
    values: dict[str, Any] = {
        "name": activity.name,
        "when_text": activity.when_text,
        "who_text": activity.who_text,
        "target_count": activity.target_count,
        "comparator": activity.comparator.value if activity.comparator else "",
        "per": activity.per.value if activity.per else "",
        "weekday": "" if activity.weekday is None else str(activity.weekday),
    }
    for link in activity.links:
        values[f"area_{link.area_id}"] = True
        if link.follow_up:
            values[f"follow_up_{link.area_id}"] = link.follow_up.text
            values[f"due_on_{link.area_id}"] = link.follow_up.due_on
    return values
