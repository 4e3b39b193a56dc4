"""Forms for a plan that is read from a file: choosing it, and putting right what was read."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from govuk_frontend_wtf.wtforms_widgets import GovFileInput, GovTextArea
from wtforms import Field, TextAreaField, ValidationError

from surveys.drafts.plan_imports import HeadDraft, ImportedAreaDraft, RowDraft
from surveys.limits import MAX_PARAGRAPHS, MAX_SHORT, MAX_SOURCE, MAX_SUMMARY, MAX_TITLE
from surveys.plan_files.found import FoundArea, FoundHead, FoundRow
from webapp.forms.pictures import RevisionForm
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
from webapp.forms.typed_text import AtMost

MAX_PASTED = 2_000_000  # characters: a table of ten thousand rows, of which we say that it is


class PlanFileForm(FlaskForm):
    """A document, or a table copied from one."""

    file = FileField(
        _l("The plan as a file"),
        description=_l("Word (.docx), Excel (.xlsx) or CSV, at most 16 MB."),
        widget=GovFileInput(),
    )
    pasted = TextAreaField(
        _l("Or paste the table here"),
        description=_l(
            "Mark the tables in Word or Excel, with their headings and what stands between them,"
            " copy and paste."
        ),
        # Tabs at the ends are empty cells and stay.
        filters=[lambda typed: (typed or "").strip("\r\n")],
        validators=[AtMost(MAX_PASTED)],
        widget=GovTextArea(),
    )

    def validate_pasted(self, field: Field) -> None:
        """One of the two is needed, and only one."""
        if self.has_file() and (field.data or "").strip():
            raise ValidationError(_("Choose either a file or a pasted table, not both."))
        if not self.has_file() and not (field.data or "").strip():
            raise ValidationError(_("Choose a file or paste a table."))

    def has_file(self) -> bool:
        """Whether a file was sent. An empty one was sent too."""
        return bool(self.file.data and getattr(self.file.data, "filename", ""))


class ImportRowForm(RevisionForm):
    """One row that was read."""

    activity = line(_l("Activity"), MAX_SOURCE)
    when = line(_l("When"), MAX_SOURCE, hint=_l("Leave a gap empty if the plan does not say."))
    takes_when = tick(_l("The reading of When is right and is kept with the words"))
    who = line(_l("Who"), MAX_SUMMARY)
    follow_up = line(_l("Follow-up under this area"), MAX_SUMMARY)
    takes_follow_up = tick(_l("The reading of the follow-up is right and is kept with the words"))
    area = SelectChoice(_l("Area"), validate_choice=False)
    new_area = line(_l("Or an area that is not in the list"), MAX_SHORT)

    def __init__(self, areas: Sequence[FoundArea], **options: Any) -> None:
        super().__init__(**options)
        self.area.choices = [("", _("Choose an area")), *((str(a.number), a.name) for a in areas)]

    def draft(self) -> RowDraft:
        """What the form says."""
        return RowDraft(
            activity=self.activity.data or "",
            when=self.when.data or "",
            who=self.who.data or "",
            follow_up=self.follow_up.data or "",
            area=int(self.area.data) if self.area.data else None,
            new_area=self.new_area.data or "",
            takes_when=self.takes_when.data,
            takes_follow_up=self.takes_follow_up.data,
            revision=self.revision.data or 0,
        )


class ImportHeadForm(RevisionForm):
    """What the plan says of itself."""

    title = line(_l("Title"), MAX_TITLE, needed=_l("Write a title."))
    starts_on = DayField(_l("First day"))
    ends_on = DayField(_l("Last day"))
    authors = lines(
        _l("Drawn up by"), MAX_SHORT, hint=_l("Roles and not persons, one on each line.")
    )
    evaluation_text = paragraphs(_l("How the whole plan is evaluated"), MAX_PARAGRAPHS)
    evaluate_after = DayField(_l("The evaluation is made after"))
    evaluation_owners = lines(_l("Answer for follow-up and evaluation"), MAX_SHORT)
    channels = lines(_l("Where we tell about the work"), MAX_SHORT)

    def draft(self) -> HeadDraft:
        """What the form says."""
        return HeadDraft(
            title=self.title.data or "",
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            authors=split_lines(self.authors.data),
            evaluation_text=self.evaluation_text.data or "",
            evaluate_after=self.evaluate_after.data,
            evaluation_owners=split_lines(self.evaluation_owners.data),
            channels=split_lines(self.channels.data),
            revision=self.revision.data or 0,
        )


class ImportAreaForm(RevisionForm):
    """An area that was read."""

    name = line(_l("Name of the area"), MAX_SHORT, needed=_l("Write a name."))
    goals = lines(_l("Goals"), MAX_SUMMARY)

    def draft(self) -> ImportedAreaDraft:
        """What the form says."""
        return ImportedAreaDraft(
            self.name.data or "", split_lines(self.goals.data), self.revision.data or 0
        )


class LooseRowsForm(FlaskForm):
    """One area for all rows that stand under none."""

    name = line(
        _l("An area for all rows that stand under none"), MAX_SHORT, needed=_l("Write a name.")
    )


class JoinRowsForm(RevisionForm):
    """Which row a row is the same activity as. ``rows`` are (number, activity)."""

    other = SelectChoice(
        _l("The same activity as"),
        validate_choice=False,
        validators=[Filled(_l("Choose a row."))],
    )

    def __init__(self, rows: Sequence[tuple[int, str]], **options: Any) -> None:
        super().__init__(**options)
        self.other.choices = [("", _("Choose a row"))] + [
            (str(number), f"{number}. {activity}") for number, activity in rows
        ]


class ConfirmForm(RevisionForm):
    """Where the rows go: into a new plan or one that is a draft. ``plans`` are (slug, title)."""

    into = SelectChoice(_l("The rows become"), validate_choice=False)

    def __init__(self, plans: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(**options)
        self.into.choices = [("", _("A new draft plan"))] + [
            (slug, _("More rows of the draft “%(plan)s”", plan=title)) for slug, title in plans
        ]


def row_values(row: FoundRow) -> dict[str, Any]:
    """What the form for ``row`` is filled with."""
    return {
        "activity": row.activity,
        "when": row.when,
        "who": row.who,
        "follow_up": row.follow_up,
        "area": str(row.area or ""),
        "takes_when": row.takes_when,
        "takes_follow_up": row.takes_follow_up,
        "revision": row.revision,
    }


def head_values(head: FoundHead) -> dict[str, Any]:
    """What the form for ``head`` is filled with."""
    return {
        "title": head.title,
        "starts_on": head.starts_on,
        "ends_on": head.ends_on,
        "authors": "\n".join(head.authors),
        "evaluation_text": head.evaluation_text,
        "evaluate_after": head.evaluate_after,
        "evaluation_owners": "\n".join(head.evaluation_owners),
        "channels": "\n".join(head.channels),
        "revision": head.revision,
    }


def area_values(area: FoundArea) -> dict[str, Any]:
    """What the form for ``area`` is filled with."""
    return {"name": area.name, "goals": "\n".join(area.goals), "revision": area.revision}
