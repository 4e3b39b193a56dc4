"""Settings of small numbers, of what the police may see and of whom to tell of a danger."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm

from surveys.drafts.settings import PoliceDraft
from surveys.limits import MAX_PARAGRAPHS, MAX_SOURCE
from surveys.models.municipality import Municipality
from surveys.models.safety import SafetyKind
from surveys.privacy import MIN_CROSSED, MIN_RESPONDENTS, Limits
from webapp.forms.staff_fields import Filled, NumberField, line, paragraphs, tick
from webapp.labels import label
from webapp.words.safety import routes


class PoliceForm(FlaskForm):
    """What the municipality has decided that its police may see besides figures and masked text."""

    reads_unmasked = tick(
        _l("The police may read answers as they were written"),
        _l("With a reason, and each look in the log, as for others."),
    )
    reads_points = tick(
        _l("The police may see exact points on the map"), _l("Each look is logged.")
    )
    decision = line(
        _l("Decision"),
        MAX_SOURCE,
        hint=_l("Case number and day. It stands in the log and on the page for residents."),
    )

    def draft(self) -> PoliceDraft:
        """What the form says."""
        return PoliceDraft(
            bool(self.reads_unmasked.data), bool(self.reads_points.data), self.decision.data or None
        )


class LimitsForm(FlaskForm):
    """The fewest respondents that are told."""

    min_respondents = NumberField(
        _l("In a figure of its own"),
        description=_l("From 5, which is the usual, to 50."),
        validators=[Filled(_l("Write how many."))],
    )
    min_crossed = NumberField(
        _l("In a cell of a crossed table"),
        description=_l("Not less than the number above, at most 100. The usual is 10."),
        validators=[Filled(_l("Write how many."))],
    )

    def draft(self) -> Limits:
        """What the form says."""
        return Limits(
            int(self.min_respondents.data or MIN_RESPONDENTS),
            int(self.min_crossed.data or MIN_CROSSED),
        )


class RoutingForm(FlaskForm):
    """Whom to tell, for each kind of danger."""

    danger_now = paragraphs(_l("Danger now"), MAX_PARAGRAPHS)
    child = paragraphs(_l("A child"), MAX_PARAGRAPHS)
    self_harm = paragraphs(_l("Somebody may harm themselves"), MAX_PARAGRAPHS)
    abuse = paragraphs(_l("Violence or abuse"), MAX_PARAGRAPHS)

    def __init__(self, municipality: Municipality, **options: Any) -> None:
        route = routes(municipality)
        super().__init__(data={kind.value: route(kind) for kind in SafetyKind}, **options)
        for kind in SafetyKind:
            self[kind.value].label.text = label(kind)

    def draft(self) -> dict[SafetyKind, str]:
        """What the form says, by kind."""
        return {kind: self[kind.value].data or "" for kind in SafetyKind}
