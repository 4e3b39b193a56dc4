"""Forms for the codebook: a theme, two that become one, one that becomes two, a file."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from govuk_frontend_wtf.wtforms_widgets import GovFileInput

from surveys.drafts.themes import ThemeDraft
from surveys.limits import MAX_PARAGRAPHS, MAX_THEME_NAME
from webapp.forms.pictures import RevisionForm
from webapp.forms.staff_fields import Filled, SelectChoice, line, paragraphs


class ThemeForm(RevisionForm):
    """One code of the codebook. ``parents`` are (code, name) of what it may lie under."""

    name = line(
        _l("Name"),
        MAX_THEME_NAME,
        needed=_l("Write a name."),
        hint=_l("What it is about, such as “Trafik”. Never who somebody is."),
    )
    definition = paragraphs(
        _l("What the theme is"),
        MAX_PARAGRAPHS,
        hint=_l("In one sentence, so that two people agree."),
    )
    counts = paragraphs(
        _l("This counts"), MAX_PARAGRAPHS, hint=_l("Examples of what belongs here.")
    )
    does_not_count = paragraphs(
        _l("This does not count"),
        MAX_PARAGRAPHS,
        hint=_l("What is easily mixed up with it, and which theme to use instead."),
    )
    parent = SelectChoice(_l("Broader theme"), validate_choice=False)

    def __init__(self, parents: Sequence[tuple[str, str]], **options: object) -> None:
        super().__init__(**options)
        self.parent.choices = [("", _("None")), *parents]

    def draft(self) -> ThemeDraft:
        """What the form says."""
        return ThemeDraft(
            name=self.name.data or "",
            definition=self.definition.data or "",
            counts=self.counts.data or "",
            does_not_count=self.does_not_count.data or "",
            parent_code=self.parent.data or None,
            revision=self.revision.data or 0,
        )


class MergeForm(FlaskForm):
    """Which theme another goes into. ``themes`` are (id, name)."""

    into = SelectChoice(
        _l("Merge into"), validate_choice=False, validators=[Filled(_l("Choose a theme."))]
    )

    def __init__(self, themes: Sequence[tuple[str, str]], **options: object) -> None:
        super().__init__(**options)
        self.into.choices = [("", _("Choose a theme")), *themes]


class CodebookFileForm(FlaskForm):
    """A codebook as a CSV file."""

    file = FileField(
        _l("The codebook as a CSV file"),
        validators=[Filled(_l("Choose a file."))],
        widget=GovFileInput(),
    )
