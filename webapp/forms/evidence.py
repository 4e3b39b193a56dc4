"""The form for a source that somebody else has made."""

import re

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, ValidationError

from surveys.drafts.evidence import RateDraft, SeriesRow, SourceDraft
from surveys.limits import MAX_PARAGRAPHS, MAX_SHORT, MAX_SOURCE, MAX_TITLE
from surveys.models.evidence import Direction
from webapp.forms.staff_fields import (
    DayField,
    NumberField,
    SelectChoice,
    choices_of,
    line,
    paragraphs,
    split_lines,
    tick,
)
from webapp.labels import label

_SEPARATOR = re.compile(r"[;\t]")
_NUMBER = re.compile(r"-?\d{1,9}(?:\.\d{1,4})?")


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
    indicator = line(
        _l("What is measured?"),
        MAX_TITLE,
        hint=_l(
            "For example “own trygghet outdoors late at night”. The view of crime in the country is"
            " another indicator, and the two are never one series."
        ),
    )
    geography = line(
        _l("Where?"),
        MAX_TITLE,
        hint=_l("If it is not the municipality: “lokalpolisområde Hälsingland”, “the country”."),
    )
    comparison = paragraphs(_l("Beside which other place or time is it set?"), MAX_PARAGRAPHS)
    direction = SelectChoice(_l("Which way has it gone?"))
    wanted = SelectChoice(
        _l("Which way is wanted?"),
        description=_l("More may be the goal: more people who report, for example."),
    )
    recurs = line(
        _l("How often does it come?"), MAX_SHORT, hint=_l("For example “every other year”.")
    )
    series = paragraphs(
        _l("The numbers, as a table"),
        MAX_PARAGRAPHS,
        hint=_l("One row a line: period; number; unit. “2023 kv 1; 2,4; per 1 000 invånare”."),
    )
    rate_count = NumberField(
        _l("A count of rare things"),
        description=_l(
            "Fill in the count and how many live there, and we say how much of it may be chance."
        ),
    )
    rate_population = NumberField(
        _l("Among how many inhabitants?"),
        description=_l("Over several years: inhabitants times years."),
    )
    other_name = line(_l("Another place to compare with"), MAX_SHORT)
    other_count = NumberField(_l("Its count"))
    other_population = NumberField(_l("Its inhabitants"))
    needs_clearance = tick(
        _l("It comes from a closed source and has to be cleared before it is published"),
        _l("For example statistics made from criminal intelligence."),
    )

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        for field in (self.direction, self.wanted):
            field.choices = choices_of(Direction, label, empty=_l("Not stated"))

    def validate_series(self, field: Field) -> None:
        """Each line is a period and a number, perhaps with a unit."""
        for row in split_lines(field.data):
            if _series_row(row) is None:
                raise ValidationError(
                    _("Write period; number; unit on each line. This one differs: %(row)s", row=row)
                )

    def validate_rate_population(self, field: Field) -> None:
        """Both numbers or none."""
        if (self.rate_count.data is None) is not (field.data is None):
            raise ValidationError(_("Write both the count and the number of inhabitants."))

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
            indicator=self.indicator.data or None,
            geography=self.geography.data or None,
            comparison=self.comparison.data or None,
            direction=Direction(self.direction.data) if self.direction.data else None,
            wanted=Direction(self.wanted.data) if self.wanted.data else None,
            recurs=self.recurs.data or None,
            series=tuple(r for r in map(_series_row, split_lines(self.series.data)) if r),
            rate=self._rate(),
            needs_clearance=self.needs_clearance.data,
        )

    def _rate(self) -> RateDraft | None:
        if self.rate_count.data is None:
            return None
        return RateDraft(
            count=self.rate_count.data,
            population=self.rate_population.data,
            other_name=self.other_name.data,
            other_count=self.other_count.data,
            other_population=self.other_population.data,
        )


class ClearanceForm(FlaskForm):
    """That a figure of a closed source may be published."""

    decision = line(
        _l("Who decided, and where is the decision kept?"),
        MAX_SOURCE,
        needed=_l("Write who decided and where the decision is kept."),
        hint=_l("A role and a number, never a person's name."),
    )


def _series_row(row: str) -> SeriesRow | None:
    """A line of the table; None where it is none. A decimal comma and a tab are fine."""
    period, value, unit = ([part.strip() for part in _SEPARATOR.split(row)] + ["", "", ""])[:3]
    plain = "".join(value.split()).replace(",", ".").replace("\N{MINUS SIGN}", "-")
    if not period or not _NUMBER.fullmatch(plain):
        return None
    return SeriesRow(period, float(plain), unit)
