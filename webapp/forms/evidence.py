"""The form for a source that somebody else has made."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm

from surveys.drafts.evidence import SourceDraft
from surveys.limits import MAX_PARAGRAPHS, MAX_SHORT, MAX_SOURCE, MAX_TITLE
from webapp.forms.staff_fields import DayField, NumberField, line, paragraphs


class SourceForm(FlaskForm):
    """What the source says, who made it, and what one must know to judge it."""

    title = line(
        _l("What is it?"),
        MAX_TITLE,
        needed=_l("Write what the source is."),
        hint=_l("For example “Anmälda narkotikabrott 2022”."),
    )
    statement = paragraphs(
        _l("What does it say?"),
        MAX_PARAGRAPHS,
        needed=_l("Write what the source says, with its numbers."),
    )
    source = line(
        _l("Who made it?"),
        MAX_SOURCE,
        needed=_l("Write who made it."),
        hint=_l("An authority, a report or a group. Never a person."),
    )
    period = line(_l("Which time is it about?"), MAX_SHORT)
    n = NumberField(
        _l("How many is it based on (n)?"),
        description=_l("Leave it empty if nobody knows. Readers then see “unknown”."),
    )
    method = paragraphs(_l("How was it made?"), MAX_PARAGRAPHS)
    caveat = paragraphs(
        _l("What must one bear in mind?"),
        MAX_PARAGRAPHS,
        hint=_l("For example that reported crimes also show how much time the police have spent."),
    )
    dated_on = DayField(_l("Which day is it from?"))

    def draft(self) -> SourceDraft:
        """What the form says."""
        return SourceDraft(
            title=self.title.data,
            statement=self.statement.data,
            source=self.source.data,
            period=self.period.data or None,
            n=self.n.data,
            method=self.method.data or None,
            caveat=self.caveat.data or None,
            dated_on=self.dated_on.data,
        )
