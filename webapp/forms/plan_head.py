"""The form for a plan's head: what it is, what it rests on, who decided it, where it is told of."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import ValidationError

from surveys.drafts.plans import ChannelDraft, DecisionDraft, GroundDraft, PlanDraft
from surveys.limits import MAX_DNR, MAX_PARAGRAPHS, MAX_SHORT, MAX_SOURCE, MAX_TITLE
from surveys.models.plan import ActionPlan
from webapp.forms.staff_fields import (
    DayField,
    Filled,
    SelectChoice,
    line,
    lines,
    paragraphs,
    split_lines,
    tick,
)

Choices = Sequence[tuple[int, str]]
CHANNEL_PARTS = 3


class PlanHead(FlaskForm):
    """The fields; made with the pictures, agreements and councils that can be chosen."""

    title = line(_l("Title"), MAX_TITLE, needed=_l("Write a title."))
    is_joint = tick(
        _l("Joint plan of the municipality and the police"),
        _l("A joint plan is approved by both before it is shown. Untick for the municipality's."),
    )
    starts_on = DayField(_l("First day"), validators=[Filled(_l("Write the first day."))])
    ends_on = DayField(_l("Last day"), validators=[Filled(_l("Write the last day."))])
    dnr = line(_l("Your diary number"), MAX_DNR)
    introduction = paragraphs(_l("What the plan is and what it holds"), MAX_PARAGRAPHS)
    methods = lines(_l("Methods"), MAX_SHORT, hint=_l("Such as EST, SSP or SIG, one on each line."))
    authors = lines(
        _l("Drawn up by"), MAX_SHORT, hint=_l("Roles and not persons, one on each line.")
    )
    picture_id = SelectChoice(
        _l("The problem picture that it rests on"), description=_l("The edition (2023:196, 5 §).")
    )
    agreement_id = SelectChoice(_l("The agreement that it belongs to"))
    council_id = SelectChoice(_l("The council that it is led from"))
    decided_on = DayField(_l("Decided on"))
    decided_by = line(_l("Decided by"), 160, hint=_l("The body, such as “Kommunstyrelsen”."))
    decision_paragraph = line(_l("Paragraph of the minutes"), 60, hint=_l("Such as “§ 45”."))
    evaluation_text = paragraphs(_l("How the whole plan is evaluated"), MAX_PARAGRAPHS)
    evaluate_after = DayField(_l("The evaluation is made after"))
    evaluation_owners = lines(_l("Answer for follow-up and evaluation"), MAX_SHORT)
    summary_due_on = DayField(_l("Last day of the written summary"))
    report_to = lines(_l("Reported to"), MAX_SHORT, hint=_l("Roles, one on each line."))
    other_plans = lines(
        _l("Other plans that it ties into"),
        MAX_SHORT,
        hint=_l("Such as the ANDT plan. The numbers of activities are reported there too."),
    )
    channels = lines(
        _l("Where we tell about the work"),
        MAX_SOURCE,
        hint=_l(
            "One channel on each line: its name; who answers for it in the municipality; who at"
            " the police. For example “Webbplatsen; Kommunikationsavdelningen; Kommunpolisen”."
        ),
    )

    def __init__(
        self, pictures: Choices, agreements: Choices, councils: Choices, **options: Any
    ) -> None:
        super().__init__(**options)
        self.picture_id.choices = _choices(pictures, _("None yet"))
        self.agreement_id.choices = _choices(agreements, _("None"))
        self.council_id.choices = _choices(councils, _("None"))

    def validate_channels(self, field: Any) -> None:
        """At most a name and two roles on each line."""
        for typed in split_lines(field.data):
            if typed.count(";") >= CHANNEL_PARTS or not typed.split(";")[0].strip():
                raise ValidationError(
                    _("Write name; municipality; police on each line, with semicolons between.")
                )


def read_head(form: Any) -> PlanDraft:
    """What the head's fields say."""
    return PlanDraft(
        title=form.title.data,
        starts_on=form.starts_on.data,
        ends_on=form.ends_on.data,
        is_joint=form.is_joint.data,
        dnr=form.dnr.data,
        decision=DecisionDraft(
            form.decided_on.data, form.decided_by.data, form.decision_paragraph.data
        ),
        ground=GroundDraft(
            _id(form.picture_id.data), _id(form.agreement_id.data), _id(form.council_id.data)
        ),
        authors=split_lines(form.authors.data),
        introduction=form.introduction.data,
        methods=split_lines(form.methods.data),
        evaluation_text=form.evaluation_text.data or None,
        evaluate_after=form.evaluate_after.data,
        evaluation_owners=split_lines(form.evaluation_owners.data),
        channels=tuple(map(_channel, split_lines(form.channels.data))),
        other_plans=split_lines(form.other_plans.data),
        report_to=split_lines(form.report_to.data),
        summary_due_on=form.summary_due_on.data,
        revision=form.revision.data,
    )


def plan_values(plan: ActionPlan) -> dict[str, Any]:
    """What the form for ``plan`` is filled with."""
    as_they_are = (
        "title", "is_joint", "starts_on", "ends_on", "dnr", "introduction", "decided_on",
        "decided_by", "decision_paragraph", "evaluation_text", "evaluate_after", "summary_due_on",
        "revision",
    )  # fmt: skip
    in_lines = ("methods", "authors", "evaluation_owners", "report_to", "other_plans")
    chosen = ("picture_id", "agreement_id", "council_id")
    return {
        **{name: getattr(plan, name) for name in as_they_are},
        **{name: "\n".join(getattr(plan, name) or ()) for name in in_lines},
        **{name: str(getattr(plan, name) or "") for name in chosen},
        "channels": "\n".join(map(_channel_line, plan.channels)),
    }


def _choices(rows: Choices, none: str) -> list[tuple[str, str]]:
    return [("", none)] + [(str(id_), name) for id_, name in rows]


def _id(value: str | None) -> int | None:
    return int(value) if value else None


def _channel(typed: str) -> ChannelDraft:
    name, municipality, police = (*(part.strip() for part in typed.split(";")), "", "")[:3]
    return ChannelDraft(name, municipality or None, police or None)


def _channel_line(channel: dict[str, Any]) -> str:
    parts = [channel["name"], channel.get("municipality") or "", channel.get("police") or ""]
    return "; ".join(parts).rstrip("; ")
